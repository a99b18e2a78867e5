import type { SendOutcome } from '../../functions/core/delivery.ts'
import type { Channel } from '../../functions/core/ports.ts'

/**
 * How a call of something outside goes wrong. `fail-before` and `throttle` have no effect; `fail-after` has it and says that
 * it failed; `time-out` has it only after whoever called has given up; `answer-twice` has it twice, as where an answer was
 * lost and the call repeated below; a kill ends the process, from which on nothing that it calls does anything.
 */
export const faultKinds = [
  'fail-before',
  'fail-after',
  'time-out',
  'throttle',
  'answer-twice',
  'kill-before',
  'kill-after'
] as const

/** One of {@link faultKinds}. */
export type FaultKind = (typeof faultKinds)[number]

/** What a call throws that was made to go wrong. */
export class InjectedFault extends Error {
  override readonly name = 'InjectedFault'
}

/** One attempt of an invocation, one call of which goes wrong. */
export interface Life {
  readonly kind: FaultKind
  /** Makes a call, or has it go wrong. `method` is what is counted: `EventLog.append`. */
  readonly call: <Answer>(method: string, work: () => Promise<Answer>) => Promise<Answer>
  /** The same of a receiver, which says in its answer what went wrong. */
  readonly send: (channel: Channel, key: string, work: () => Promise<SendOutcome>) => Promise<SendOutcome>
  readonly isDead: () => boolean
  /** The call that was to go wrong has been reached. */
  readonly isHit: () => boolean
  /** What was given up has its effect after all. */
  readonly end: () => Promise<void>
}

/** A life one call of which goes wrong: the first, counted from 1, whose turn it is; `key` is that of a delivery which is sent. */
export const lifeWith = (
  kind: FaultKind,
  turn: (call: number, method: string, key?: string) => boolean,
  onFault: (method: string) => void = () => {}
): Life => {
  let passed = 0
  let hit = false
  let dead = false
  const late: (() => Promise<unknown>)[] = []
  const die = (): never => {
    dead = true
    throw new InjectedFault('the process died')
  }
  const isTurn = (method: string, key?: string): boolean => {
    passed += 1
    // An attempt goes on only where nothing failed.
    if ((hit && kind !== 'answer-twice') || !turn(passed, method, key)) return false
    hit = true
    onFault(method)
    return true
  }
  const goWrong = async <Answer>(work: () => Promise<Answer>): Promise<Answer> => {
    switch (kind) {
      case 'fail-before':
        throw new InjectedFault('failed before it did anything')
      case 'throttle':
        throw new InjectedFault('throttled')
      case 'fail-after':
        await work()
        throw new InjectedFault('failed after it was done')
      case 'time-out':
        late.push(work)
        throw new InjectedFault('timed out')
      case 'answer-twice': {
        const answer = await work()
        await work()
        return answer
      }
      case 'kill-before':
        return die()
      case 'kill-after':
        await work()
        return die()
    }
  }
  return {
    kind,
    call: async (method, work) => {
      if (dead) return die()
      if (isTurn(method)) return goWrong(work)
      const answer = await work()
      return dead ? die() : answer
    },
    send: async (channel, key, work) => {
      if (dead) return die()
      if (!isTurn('Channel.send', key)) {
        const outcome = await work()
        return dead ? die() : outcome
      }
      return wrongOutcome(channel, kind, late, work, () => goWrong(work))
    },
    isDead: () => dead,
    isHit: () => hit,
    end: async () => {
      for (const work of late.splice(0)) await work().catch(() => {})
    }
  }
}

const reason = { zh: '注入的故障', en: 'an injected fault' }

/** What a channel makes of a call that went wrong: nothing is thrown while the process lives. */
const wrongOutcome = async (
  { dropsCopies }: Channel,
  kind: FaultKind,
  late: (() => Promise<unknown>)[],
  work: () => Promise<SendOutcome>,
  otherwise: () => Promise<SendOutcome>
): Promise<SendOutcome> => {
  // Where a second copy is dropped, not knowing is as good as not sent.
  const notKnown: SendOutcome = dropsCopies ? { type: 'retry', afterSeconds: 5, reason } : { type: 'unknown', reason }
  switch (kind) {
    case 'fail-before':
      return { type: 'retry', afterSeconds: 5, reason }
    case 'throttle':
      return { type: 'retry', afterSeconds: 60, closesChannel: true, reason }
    case 'fail-after':
      await work()
      return notKnown
    case 'time-out':
      late.push(work)
      return notKnown
    case 'answer-twice':
      // A receiver that shows both copies is one to which a message is never sent twice by what is below the channel.
      return dropsCopies ? otherwise() : work()
    case 'kill-before':
    case 'kill-after':
      return otherwise()
  }
}

/** The ports of a world, by the field in which they are. */
const portNames = {
  log: 'EventLog',
  bureau: 'BureauLog',
  store: 'StateStore',
  deliveries: 'DeliveryLog',
  pacer: 'Pacer',
  retries: 'RetryQueue',
  pages: 'PageStore',
  photos: 'PhotoStore',
  access: 'Access',
  sessions: 'Sessions',
  checkpoints: 'CheckpointStore',
  signer: 'Signer'
} as const

/** What of a world can go wrong. */
export interface Outside {
  readonly channels: () => Promise<readonly Channel[]>
}

/** The ports of an invocation, a call of which may go wrong. */
export const mortal = <Deps extends Outside>(
  deps: Deps,
  life: Life,
  fields: readonly string[] = Object.keys(portNames)
): Deps => ({
  ...deps,
  ...Object.fromEntries(
    Object.entries(portNames).flatMap(([field, name]) => {
      const port: unknown = Reflect.get(deps, field)
      return fields.includes(field) && typeof port === 'object' && port !== null
        ? [[field, mortalPort(name, port, life)]]
        : []
    })
  ),
  channels: async () =>
    (await life.call('Channels.read', deps.channels)).map(channel => ({
      ...channel,
      send: (...asked: Parameters<Channel['send']>) => life.send(channel, asked[0], () => channel.send(...asked))
    }))
})

const mortalPort = (name: string, port: object, life: Life): object =>
  new Proxy(port, {
    get: (target, method, receiver) => {
      const member: unknown = Reflect.get(target, method, receiver)
      if (typeof member !== 'function') return member
      const called = `${name}.${String(method)}`
      return (...asked: unknown[]) =>
        streamed.has(called)
          ? mortalStream(called, Reflect.apply(member, target, asked), life)
          : life.call(called, async () => Reflect.apply(member, target, asked))
    }
  })

/** What is read item by item: each item is an await. */
const streamed: ReadonlySet<string> = new Set([
  'EventLog.projects',
  'StateStore.due',
  'StateStore.all',
  'DeliveryLog.overdue'
])

async function* mortalStream(method: string, items: AsyncIterable<unknown>, life: Life): AsyncIterable<unknown> {
  const iterator = items[Symbol.asyncIterator]()
  // An item that was asked for twice is the same item.
  const next = () => {
    let asked: Promise<IteratorResult<unknown>> | undefined
    return () => {
      asked ??= iterator.next()
      return asked
    }
  }
  for (;;) {
    const read = await life.call(method, next())
    if (read.done) return
    yield read.value
  }
}
