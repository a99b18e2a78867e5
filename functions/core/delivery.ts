import type { IsoDate } from './dates.ts'
import { secondsAfter } from './instants.ts'
import type { Text } from './text.ts'

/** What a receiver said in its own terms, as far as it said anything. */
export interface Answer {
  readonly httpStatus?: number | undefined
  /** Code of its body: a number of a platform as text, the reply code of a mail server, the name of an error of AWS. */
  readonly code?: string | undefined
}

/**
 * What became of one attempt to send. `retry`: turned away for a while, and surely not accepted; `closesChannel` when the
 * same would happen to every other message. `refused`: it will not be taken as it is, somebody has to mend something.
 * `unknown`: nobody can tell whether it arrived; with `retryAfterSeconds` where the answer, without saying so in a known
 * form, came from something that stands before the receiver.
 */
export type SendOutcome = Answer &
  (
    | { readonly type: 'sent' }
    | {
        readonly type: 'retry'
        readonly afterSeconds: number
        readonly reason: Text
        readonly closesChannel?: true | undefined
      }
    | { readonly type: 'refused'; readonly reason: Text }
    | { readonly type: 'unknown'; readonly reason: Text; readonly retryAfterSeconds?: number | undefined }
  )

/** Where a delivery stands: on its way, arrived, given up, or of unknown fate (DOMAIN §6). */
export const deliveryStatuses = ['queued', 'sent', 'failed', 'unknown'] as const

/** One of {@link deliveryStatuses}. */
export type DeliveryStatus = (typeof deliveryStatuses)[number]

/** One attempt, for the record. */
export interface Attempt extends Answer {
  /** From 1. */
  readonly number: number
  /** Which part of the message it sent, from 1. */
  readonly part: number
  /** Instant at which it began. */
  readonly at: string
  /** Absent while it is open. */
  readonly endedAt?: string | undefined
  readonly outcome?: SendOutcome['type'] | undefined
  readonly reason?: Text | undefined
}

/** What is to be delivered to one recipient over one channel; the key is of channel, recipient, date and content. */
export interface DeliveryEntry {
  readonly key: string
  readonly channel: string
  /** The recipient's address on the channel, where it needs one. */
  readonly address?: string | undefined
  /** Civil date of the news. */
  readonly date: IsoDate
  readonly recipient: string
  readonly subject: string
  readonly text: string
}

/** What the ledger knows of one delivery. */
export interface Delivery extends DeliveryEntry {
  /** Counts the writes of the record, so that of two writers one notices; 0 is not in the ledger yet. */
  readonly revision: number
  readonly status: DeliveryStatus
  /** Instant of the last change. */
  readonly at: string
  /** How many parts of the message have arrived. */
  readonly partsSent: number
  /** How often it was tried, all parts together. */
  readonly attempts: number
  readonly history: readonly Attempt[]
  /** An attempt is open, and whoever made it has until then to say what became of it. */
  readonly leaseUntil?: string | undefined
  /** It is to be tried from then on. */
  readonly dueAt?: string | undefined
}

/** What can be done with a delivery at an instant. */
export type Standing =
  | { readonly type: 'settled' }
  | { readonly type: 'open'; readonly until: string }
  | { readonly type: 'abandoned' }
  | { readonly type: 'waiting'; readonly until: string }
  | { readonly type: 'due' }

/**
 * How long an attempt may stay open: longer than its channel waits for the receiver. Where a second copy does no harm it
 * is short, so that a message whose process died is soon on its way again.
 */
const leaseSeconds = (dropsCopies: boolean): number => (dropsCopies ? 10 : 60)

/** Tries of one part before the delivery is given up: with doubled waits that is over an hour. */
export const mostTries = 8

const longestWaitSeconds = 3600

/** A delivery that nobody has tried yet. */
export const newDelivery = (entry: DeliveryEntry, now: string): Delivery => ({
  ...entry,
  revision: 0,
  status: 'queued',
  at: now,
  partsSent: 0,
  attempts: 0,
  history: [],
  dueAt: now
})

/** Where a delivery stands. A record of an older version that a crash left queued has neither lease nor due time. */
export const standingOf = ({ status, leaseUntil, dueAt }: Delivery, now: string): Standing => {
  if (leaseUntil !== undefined) return leaseUntil > now ? { type: 'open', until: leaseUntil } : { type: 'abandoned' }
  if (dueAt !== undefined) return dueAt > now ? { type: 'waiting', until: dueAt } : { type: 'due' }
  return status === 'queued' ? { type: 'abandoned' } : { type: 'settled' }
}

/** True when nothing more will be done about a delivery that is not known to have arrived. */
export const isLost = ({ status, dueAt }: Delivery): boolean =>
  (status === 'failed' || status === 'unknown') && dueAt === undefined

/** The delivery with a new attempt open. */
export const withAttempt = (delivery: Delivery, dropsCopies: boolean, now: string): Delivery => {
  const number = delivery.attempts + 1
  return {
    ...changed(delivery, now),
    status: 'queued',
    attempts: number,
    history: [...delivery.history, { number, part: delivery.partsSent + 1, at: now }],
    leaseUntil: secondsAfter(now, leaseSeconds(dropsCopies))
  }
}

/** The delivery put off, because its channel is full at the moment; that is no attempt. */
export const postponed = (delivery: Delivery, until: string, now: string): Delivery => ({
  ...changed(delivery, now),
  dueAt: until
})

/**
 * The delivery after an attempt. Only an attempt that is still open is concluded, but for one that did send after all:
 * that is knowledge which no guess made meanwhile stands against.
 * @param parts how many parts the message has on its channel.
 * @returns `undefined` when the record says more than the outcome does.
 */
export const concluded = (
  delivery: Delivery,
  attempt: number,
  outcome: SendOutcome,
  parts: number,
  now: string
): Delivery | undefined => {
  const { part } = delivery.history.find(({ number }) => number === attempt) ?? {}
  const isOpen = delivery.leaseUntil !== undefined && delivery.attempts === attempt
  const isNews = outcome.type === 'sent' && part !== undefined && part > delivery.partsSent
  if (!isOpen && !isNews) return undefined
  const ended: Delivery = {
    ...changed(delivery, now),
    history: delivery.history.map(one => (one.number === attempt ? { ...one, ...endOf(outcome, now) } : one))
  }
  switch (outcome.type) {
    case 'sent': {
      const partsSent = part ?? ended.partsSent + 1
      return partsSent < parts
        ? { ...ended, status: 'queued', partsSent, dueAt: now }
        : { ...ended, status: 'sent', partsSent }
    }
    case 'retry':
      return triedAgain(ended, 'queued', 'failed', outcome.afterSeconds, now)
    case 'refused':
      return { ...ended, status: 'failed' }
    case 'unknown':
      return outcome.retryAfterSeconds === undefined
        ? { ...ended, status: 'unknown' }
        : triedAgain(ended, 'unknown', 'unknown', outcome.retryAfterSeconds, now)
  }
}

/**
 * The delivery whose attempt nobody has concluded within its lease: the process died. Whether the message went out is not
 * known. It is tried again where the receiver drops a second copy, and left as unknown where it would show it twice.
 */
export const afterAbandonment = (delivery: Delivery, dropsCopies: boolean, now: string): Delivery => ({
  ...changed(delivery, now),
  status: dropsCopies ? 'queued' : 'unknown',
  history: delivery.history.map(one =>
    one.endedAt === undefined ? { ...one, endedAt: now, outcome: 'unknown', reason: abandonedReason } : one
  ),
  ...(dropsCopies ? { dueAt: now } : {})
})

const abandonedReason: Text = {
  zh: '发送中途程序中断,结果不明',
  en: 'the process ended while it was sending; nobody can tell whether it arrived'
}

const changed = ({ leaseUntil: _over, dueAt: _done, ...delivery }: Delivery, now: string): Delivery => ({
  ...delivery,
  revision: delivery.revision + 1,
  at: now
})

const endOf = (outcome: SendOutcome, endedAt: string): Partial<Attempt> => ({
  endedAt,
  outcome: outcome.type,
  httpStatus: outcome.httpStatus,
  code: outcome.code,
  ...(outcome.type === 'sent' ? {} : { reason: outcome.reason })
})

/** Waits as long as the receiver asked the first time, twice as long each time after, until it has been tried enough. */
const triedAgain = (
  delivery: Delivery,
  waiting: DeliveryStatus,
  givenUp: DeliveryStatus,
  seconds: number,
  now: string
): Delivery => {
  const part = delivery.partsSent + 1
  const tries = delivery.history.filter(attempt => attempt.part === part).length
  if (tries >= mostTries) return { ...delivery, status: givenUp }
  const wait = Math.max(seconds, Math.min(longestWaitSeconds, seconds * 2 ** (tries - 1)))
  return { ...delivery, status: waiting, dueAt: secondsAfter(now, wait) }
}
