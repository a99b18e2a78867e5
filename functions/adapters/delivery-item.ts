import * as z from 'zod'
import { dateInShanghai } from '../core/dates.ts'
import type { Delivery } from '../core/delivery.ts'
import type { DeliveryFilter, DeliveryPage } from '../core/ports.ts'
import { attemptSchema, deliveryStatusSchema } from '../schema/delivery.ts'
import { jsonTextOf } from '../schema/fields.ts'
import { BadCursorError } from './state-store.shared.ts'

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

/** Deliveries of a list, as many as a page and one more, kept while the ledger is gone through. */
export interface PageBuilder {
  readonly add: (deliveries: readonly Delivery[]) => void
  readonly page: () => DeliveryPage
}

/**
 * Makes a page of a list, the last change first and changes of one instant by their keys. What changes between two pages
 * moves to the front, so nothing is passed over that has stood still.
 * @throws BadCursorError
 */
export const pageBuilder = ({ status }: DeliveryFilter, limit: number, cursor: string | undefined): PageBuilder => {
  const after = cursor === undefined ? undefined : placeOfCursor(cursor)
  let kept: readonly Delivery[] = []
  return {
    add: deliveries => {
      const listed = deliveries.filter(
        delivery => (status === undefined || delivery.status === status) && (!after || lastFirst(after, delivery) < 0)
      )
      kept = [...kept, ...listed].sort(lastFirst).slice(0, limit + 1)
    },
    page: () => {
      const last = kept[limit - 1]
      return {
        deliveries: kept.slice(0, limit),
        ...(kept.length > limit && last ? { cursor: cursorAfter(last) } : {})
      }
    }
  }
}

type Place = Pick<Delivery, 'at' | 'key'>

const lastFirst = (a: Place, b: Place): number => {
  if (a.at !== b.at) return a.at > b.at ? -1 : 1
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0
}

const cursorAfter = ({ at, key }: Place): string => Buffer.from(`${at} ${key}`, 'utf8').toString('base64url')

const placeOfCursor = (cursor: string): Place => {
  const [, at = '', key = ''] = /^(\S+) (.+)$/.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? []
  const place = { at, key }
  if (key === '' || cursorAfter(place) !== cursor) throw new BadCursorError('the cursor is not of this list')
  return place
}
