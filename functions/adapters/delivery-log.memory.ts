import { type Delivery, expiryOf, type ReadableDeliveryLog } from './delivery-log.ts'

/** The ledger of deliveries in memory. */
export const memoryDeliveryLog = (stored: Map<string, Delivery> = new Map()): ReadableDeliveryLog => ({
  claim: async (key, { recipient, subject, text }, at) => {
    const known = stored.get(key)
    if (known?.status === 'sent') return 'already-sent'
    const attempts = (known?.attempts ?? 0) + 1
    stored.set(key, {
      ...known,
      key,
      status: 'queued',
      attempts,
      at,
      recipient,
      subject,
      text,
      expiresAt: expiryOf(at)
    })
    return 'claimed'
  },

  sent: async (key, at) => {
    const known = stored.get(key)
    if (!known) return
    const { reason: _settled, ...rest } = known
    stored.set(key, { ...rest, status: 'sent', at })
  },

  failed: async (key, at, reason) => {
    const known = stored.get(key)
    if (known && known.status !== 'sent') stored.set(key, { ...known, status: 'failed', at, reason })
  },

  find: async key => stored.get(key)
})
