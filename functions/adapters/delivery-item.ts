import * as z from 'zod'
import { dateInShanghai } from '../core/dates.ts'
import type { Delivery } from '../core/delivery.ts'
import type { DeliveryFilter } from '../core/ports.ts'
import { attemptSchema, deliveryStatusSchema } from '../schema/delivery.ts'
import { jsonTextOf } from '../schema/fields.ts'

/** A record of the ledger as it is stored; its text of attempts is opaque to the table. */
export type DeliveryItem = Readonly<Record<string, string | number | undefined>>

const keptDays = 400

/** A record as an item. It may be forgotten a year and a month after its last change, so that last year's can be shown. */
export const itemOfDelivery = ({ history, ...delivery }: Delivery): DeliveryItem => ({
  ...delivery,
  history: JSON.stringify(history),
  expiresAt: Math.floor(Date.parse(delivery.at) / 1000) + keptDays * 86_400
})

// Records of the first version have no revision, channel, date or history; what they lack follows from what they have.
const itemSchema = z.object({
  key: z.string(),
  revision: z.int().default(0),
  channel: z.string().optional(),
  address: z.string().optional(),
  date: z.string().optional(),
  recipient: z.string(),
  subject: z.string(),
  text: z.string(),
  status: deliveryStatusSchema,
  at: z.string(),
  partsSent: z.int().default(0),
  attempts: z.int(),
  history: jsonTextOf(z.array(attemptSchema)).default([]),
  leaseUntil: z.string().optional(),
  dueAt: z.string().optional()
})

/**
 * An item as a record.
 * @throws ZodError when it is of no form that was ever written.
 */
export const deliveryOfItem = (item: unknown): Delivery => {
  const { channel, date, ...rest } = itemSchema.parse(item)
  return {
    ...rest,
    channel: channel ?? rest.key.slice(0, rest.key.lastIndexOf('/')),
    date: date ?? dateInShanghai(rest.at)
  }
}

/** True for a record; the table also holds the flows of receivers. */
export const isDeliveryItem = (item: object): boolean => 'recipient' in item

/** True for the records that a list is to show. */
export const isListed = ({ status, after }: DeliveryFilter, delivery: Delivery): boolean =>
  (status === undefined || delivery.status === status) && (after === undefined || lastFirst(after, delivery) < 0)

/** The order of lists: the last change first, and of changes at one instant the keys in their order. */
export const lastFirst = (a: Pick<Delivery, 'at' | 'key'>, b: Pick<Delivery, 'at' | 'key'>): number => {
  if (a.at !== b.at) return a.at > b.at ? -1 : 1
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0
}
