import type { World } from './world.ts'

class Killed extends Error {}

/** How often, and when, a process dies. */
export interface Crashes {
  /** Runs an invocation until it comes to its end, on ports that may die; each attempt is a new process. */
  readonly through: (deps: World, work: (alive: World) => Promise<unknown>) => Promise<void>
  /** Crashes so far. */
  readonly count: () => number
}

/** Nothing ever crashes. */
export const noCrashes: Crashes = {
  through: async (deps, work) => {
    await work(deps)
  },
  count: () => 0
}

/**
 * Kills every invocation once at each of its awaits: at the first, and when it is repeated at the second, and so on until it
 * comes through. `before` dies before the call has done anything, `after` when it has and nobody hears of it. From its death
 * on nothing that the process calls does anything.
 */
export const crashAtEachAwait = (moment: 'before' | 'after'): Crashes => {
  let crashes = 0
  return {
    count: () => crashes,
    through: async (deps, work) => {
      for (let crashAt = 1; ; crashAt += 1) {
        const life = lifeUntil(crashAt, moment)
        try {
          await work(mortal(deps, life))
          if (!life.isDead()) return
        } catch (error) {
          if (!life.isDead()) throw error
        }
        crashes += 1
      }
    }
  }
}

interface Life {
  readonly call: <Answer>(work: () => Promise<Answer>) => Promise<Answer>
  readonly isDead: () => boolean
}

const lifeUntil = (crashAt: number, moment: 'before' | 'after'): Life => {
  let passed = 0
  let dead = false
  const die = (): never => {
    dead = true
    throw new Killed('the process died')
  }
  return {
    isDead: () => dead,
    call: async work => {
      if (dead) return die()
      passed += 1
      const isLast = passed === crashAt
      if (isLast && moment === 'before') return die()
      const answer = await work()
      if (isLast) return die()
      return dead ? die() : answer
    }
  }
}

/** The ports of an invocation, each call of which may be the last. */
const mortal = (deps: World, life: Life): World => ({
  ...deps,
  log: mortalPort(deps.log, life),
  bureau: mortalPort(deps.bureau, life),
  store: mortalPort(deps.store, life),
  deliveries: mortalPort(deps.deliveries, life),
  pacer: mortalPort(deps.pacer, life),
  retries: mortalPort(deps.retries, life),
  channels: async () =>
    (await life.call(deps.channels)).map(channel => ({
      ...channel,
      send: (...asked) => life.call(() => channel.send(...asked))
    }))
})

const mortalPort = <Port extends object>(port: Port, life: Life): Port =>
  new Proxy(port, {
    get: (target, name, receiver) => {
      const member: unknown = Reflect.get(target, name, receiver)
      if (typeof member !== 'function') return member
      return (...asked: unknown[]) =>
        streamed.has(String(name))
          ? mortalStream(Reflect.apply(member, target, asked), life)
          : life.call(async () => Reflect.apply(member, target, asked))
    }
  })

/** What is read item by item: each item is an await. */
const streamed: ReadonlySet<string> = new Set(['projects', 'due', 'all'])

async function* mortalStream(items: AsyncIterable<unknown>, life: Life): AsyncIterable<unknown> {
  const iterator = items[Symbol.asyncIterator]()
  for (;;) {
    const next = await life.call(() => iterator.next())
    if (next.done) return
    yield next.value
  }
}
