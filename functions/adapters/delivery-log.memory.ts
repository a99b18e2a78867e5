import type { DeliveryLog } from '../core/ports.ts'
import { type DeliveryItem, deliveryOfItem, isDeliveryItem, itemOfDelivery, pageBuilder } from './delivery-item.ts'

/** The ledger of deliveries in memory. */
export const memoryDeliveryLog = (items: Map<string, DeliveryItem> = new Map()): DeliveryLog => ({
  find: async key => {
    const item = items.get(key)
    return item && deliveryOfItem(item)
  },

  save: async delivery => {
    const known = Number(items.get(delivery.key)?.revision ?? 0)
    if (delivery.revision !== known + 1) return 'outdated'
    items.set(delivery.key, itemOfDelivery(delivery))
    return 'saved'
  },

  list: async (filter, limit, cursor) => {
    const { add, page } = pageBuilder(filter, limit, cursor)
    add([...items.values()].filter(isDeliveryItem).map(deliveryOfItem))
    return page()
  },

  overdue: async function* (before) {
    const isBefore = (at: string | undefined) => at !== undefined && at < before
    for (const { key, leaseUntil, dueAt } of [...items.values()].filter(isDeliveryItem).map(deliveryOfItem))
      if (isBefore(leaseUntil) || isBefore(dueAt)) yield key
  }
})
