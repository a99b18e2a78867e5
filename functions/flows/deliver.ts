import type { IsoDate } from '../core/dates.ts'
import {
  afterAbandonment,
  concluded,
  type Delivery,
  type DeliveryEntry,
  isLost,
  newDelivery,
  postponed,
  type SendOutcome,
  standingOf,
  withAttempt
} from '../core/delivery.ts'
import { secondsAfter, secondsBetween } from '../core/instants.ts'
import type { Reach } from '../core/people.ts'
import type { Channel, Clock, DeliveryLog, Message, Pacer, RetryQueue } from '../core/ports.ts'
import type { Text } from '../core/text.ts'

/** What delivering needs. */
export interface DeliverDeps {
  readonly deliveries: DeliveryLog
  /** The configured channels, read when they are needed. */
  readonly channels: () => Promise<readonly Channel[]>
  readonly pacer: Pacer
  readonly retries: RetryQueue
  /** The clock of the machine, for leases, waits and rates: they pass also while a demonstration stands on its date. */
  readonly realTime: Clock
  /** A collision-free digest of a text. */
  readonly hash: (text: string) => string
  /** Told of every delivery that ended without being known to have arrived. */
  readonly onLost: (delivery: Delivery) => void
}

/**
 * Delivers a message over every channel that its recipient is reached by, at most once per recipient, date and content
 * (DOMAIN §6). What a receiver turns away for a while waits in the queue of retries. A fault of the tracker's own on one
 * channel does not keep the others from sending; it is thrown at the end, so that the caller's retry comes back for it.
 */
export const deliver = async (message: Message, date: IsoDate, deps: DeliverDeps): Promise<void> => {
  const channels = await deps.channels()
  const errors: unknown[] = []
  for (const entry of entriesOf(message, date, channels, deps.hash))
    try {
      const known = await deps.deliveries.find(entry.key)
      await advance(known ?? newDelivery(entry, deps.realTime.now()), channelOf(entry, channels), deps)
    } catch (error) {
      errors.push(error)
    }
  if (errors.length > 0) throw new AggregateError(errors, `${errors.length} deliveries of a message could not be made`)
}

/** Looks at a delivery again and does what can be done by now; one that is not in the ledger is passed over. */
export const retryDelivery = async (key: string, deps: DeliverDeps): Promise<void> => {
  const delivery = await deps.deliveries.find(key)
  if (delivery) await advance(delivery, channelOf(delivery, await deps.channels()), deps)
}

/** How long a delivery may be overdue before it counts as forgotten: no queue is that late. */
const forgottenAfterSeconds = 3600

/**
 * Puts deliveries that nobody brings back any more into the queue again: its message was lost, or purged with others.
 * @returns how many there were.
 */
export const recallForgotten = async ({ deliveries, retries, realTime }: DeliverDeps): Promise<number> => {
  let count = 0
  for await (const key of deliveries.overdue(secondsAfter(realTime.now(), -forgottenAfterSeconds))) {
    await retries.add(key, 0)
    count += 1
  }
  return count
}

/**
 * The deliveries that a message is made of. The outbox of one machine takes all, and stands in for channels that are not
 * configured there. Elsewhere a person who is reached by nothing, or by what is not there, is a delivery that is lost.
 */
const entriesOf = (
  { recipient, subject, text, reach, occasion }: Message,
  date: IsoDate,
  channels: readonly Channel[],
  hash: (text: string) => string
): readonly DeliveryEntry[] => {
  const everywhere: readonly Reach[] = channels.map(({ name }) => ({ channel: name }))
  const outboxes = everywhere.filter((_reach, i) => channels[i]?.takesAll)
  const isKnown = ({ channel }: Reach) => channels.some(({ name }) => name === channel)
  const named = reach?.length === 0 ? [{ channel: 'none' }] : reach
  const reached = named ? [...outboxes, ...(outboxes.length > 0 ? named.filter(isKnown) : named)] : everywhere
  return reached.map(({ channel, address }) => {
    const said = occasion === undefined ? [subject, text] : [occasion]
    const content = hash(JSON.stringify([recipient, date, ...said, ...(address === undefined ? [] : [address])]))
    return { key: `${channel}/${content}`, channel, address, date, recipient, subject, text }
  })
}

const channelOf = ({ channel }: DeliveryEntry, channels: readonly Channel[]): Channel =>
  channels.find(({ name }) => name === channel) ?? absentChannel(channel)

/** A channel that is not configured, or no longer: what would go there is given up where everybody can see it. */
const absentChannel = (name: string): Channel => ({
  name,
  dropsCopies: true,
  partsOf: message => [message],
  send: async () => ({ type: 'refused', reason: absentReason })
})

const absentReason: Text = { zh: '没有配置这个渠道', en: 'this channel is not configured' }

/** Does what can be done about a delivery now. Each round writes the ledger; who comes second looks anew. */
const advance = async (delivery: Delivery, channel: Channel, deps: DeliverDeps): Promise<void> => {
  const { realTime, retries } = deps
  let current: Delivery | undefined = delivery
  while (current) {
    const now = realTime.now()
    const standing = standingOf(current, now)
    switch (standing.type) {
      case 'settled':
        return
      case 'open':
      case 'waiting':
        return retries.add(current.key, secondsBetween(now, standing.until))
      case 'abandoned':
        current = await write(afterAbandonment(current, channel.dropsCopies, now), deps)
        break
      case 'due':
        current = await attempt(current, channel, now, deps)
        break
    }
  }
}

/** Sends the next part, if the channel has a place for it. */
const attempt = async (
  delivery: Delivery,
  channel: Channel,
  now: string,
  deps: DeliverDeps
): Promise<Delivery | undefined> => {
  const { deliveries, pacer, realTime } = deps
  const { pace } = channel
  const place = pace && (await pacer.take(pace, now))
  if (place?.type === 'full') return write(postponed(delivery, place.until, now), deps)
  // From here until its outcome is written the attempt is open; a crash in between leaves its fate unknown.
  const open = withAttempt(delivery, channel.dropsCopies, now)
  if ((await deliveries.save(open)) === 'outdated') return deliveries.find(open.key)
  const parts = channel.partsOf(delivery)
  const key = parts.length > 1 ? `${open.key}/${open.partsSent + 1}` : open.key
  const outcome = await channel.send(key, parts[open.partsSent] ?? delivery, delivery.address)
  const settled = await settle(open, outcome, parts.length, deps)
  if (pace && outcome.type === 'retry' && outcome.closesChannel)
    await pacer.close(pace, outcome.afterSeconds, realTime.now())
  return settled
}

/** Writes the outcome of an attempt over whatever the ledger says by now. */
const settle = async (
  open: Delivery,
  outcome: SendOutcome,
  parts: number,
  deps: DeliverDeps
): Promise<Delivery | undefined> => {
  let current: Delivery | undefined = open
  while (current) {
    const next = concluded(current, open.attempts, outcome, parts, deps.realTime.now())
    if (next === undefined) return current
    current = await write(next, deps)
    if (current?.revision === next.revision) return current
  }
  return undefined
}

/** Writes a record and answers what the ledger has then: this, or what another writer was first with. */
const write = async (next: Delivery, { deliveries, onLost }: DeliverDeps): Promise<Delivery | undefined> => {
  if ((await deliveries.save(next)) === 'outdated') return deliveries.find(next.key)
  if (isLost(next)) onLost(next)
  return next
}
