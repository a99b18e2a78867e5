import type { Channel, Message } from '../../core/ports.ts'

/** A channel that keeps what it is given, the first copy of each key, as a receiver that drops repetitions would. */
export const memoryChannel = (name = 'memory'): Channel & { readonly received: ReadonlyMap<string, Message> } => {
  const received = new Map<string, Message>()
  return {
    name,
    received,
    dropsCopies: true,
    partsOf: message => [message],
    send: async (key, { recipient, subject, text }) => {
      if (!received.has(key)) received.set(key, { recipient, subject, text })
      return { type: 'sent' }
    }
  }
}
