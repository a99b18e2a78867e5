import type { Channel, Clock, DeliveryLog, Message } from '../core/ports.ts'

/** What delivering needs. `hash` is a collision-free digest of a text. */
export interface DeliverDeps {
  readonly deliveries: DeliveryLog
  readonly channels: readonly Channel[]
  readonly clock: Clock
  readonly hash: (text: string) => string
}

/**
 * Sends a message over every channel, at most once per recipient, date and content (DOMAIN §6). A crash between sending
 * and recording leaves the claim open; the next attempt sends again under the same key, which a channel uses to drop the
 * copy. A channel that fails does not keep the others from sending; its error is thrown at the end, so that the caller's
 * retry comes back for it alone.
 */
export const deliver = async (message: Message, date: string, deps: DeliverDeps): Promise<void> => {
  const { deliveries, channels, clock, hash } = deps
  const content = hash(JSON.stringify([message.recipient, date, message.subject, message.text]))
  const errors: unknown[] = []
  for (const channel of channels) {
    const key = `${channel.name}/${content}`
    if ((await deliveries.claim(key, message, clock.now())) === 'already-sent') continue
    try {
      await channel.send(key, message)
    } catch (error) {
      await deliveries.failed(key, clock.now(), error instanceof Error ? error.message : String(error))
      errors.push(error)
      continue
    }
    await deliveries.sent(key, clock.now())
  }
  if (errors.length > 0)
    throw new AggregateError(errors, `a message could not be sent over ${errors.length} channel(s)`)
}
