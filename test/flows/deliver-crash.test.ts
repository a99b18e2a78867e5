import { describe, expect, test } from 'vitest'
import { memoryDeliveryLog } from '../../functions/adapters/delivery-log.memory.ts'
import { sha256 } from '../../functions/adapters/digest.ts'
import { memoryPacer } from '../../functions/adapters/pacer.memory.ts'
import { type Delivery, isLost, type SendOutcome } from '../../functions/core/delivery.ts'
import type { Channel, Message } from '../../functions/core/ports.ts'
import { type DeliverDeps, deliver, retryDelivery } from '../../functions/flows/deliver.ts'

const message: Message = { recipient: '张三', subject: '红色预警', text: 'a\nb\nc' }
const date = '2021-06-01'
const busy: SendOutcome = { type: 'retry', afterSeconds: 60, closesChannel: true, reason: { zh: '忙', en: 'busy' } }

class Killed extends Error {}

/** A life of the process: from the crash on, nothing that it calls does anything. */
interface Life {
  readonly run: <Answer>(work: () => Promise<Answer>) => Promise<Answer>
  readonly points: () => number
}

/** Every call has two moments to die: before it does anything, and after, when nobody hears of it any more. */
const lifeUntil = (crashAt: number): Life => {
  let passed = 0
  let dead = false
  const point = () => {
    if (passed === crashAt) dead = true
    passed += 1
    if (dead) throw new Killed()
  }
  return {
    run: async work => {
      point()
      const answer = await work()
      point()
      return answer
    },
    points: () => passed
  }
}

interface Scenario {
  readonly dropsCopies: boolean
  readonly parts: number
  /** How often the receiver turns the message away first. */
  readonly refusals: number
}

/** Delivers a message whose process dies at one moment, and lets stream and queue come again as they do. */
const play = async ({ dropsCopies, parts, refusals }: Scenario, crashAt: number) => {
  const received: string[] = []
  const answers = Array<SendOutcome>(refusals).fill(busy)
  const channel: Channel = {
    name: 'one',
    dropsCopies,
    pace: { id: 'robot', limits: [{ count: 2, seconds: 60 }], avoidMinutes: [] },
    partsOf: one =>
      one.text
        .split('\n')
        .slice(0, parts)
        .map(text => ({ ...one, text })),
    send: async (key, { text }) => {
      const outcome = answers.shift() ?? { type: 'sent' }
      if (outcome.type === 'sent' && !(dropsCopies && received.some(line => line.startsWith(`${key} `))))
        received.push(`${key} ${text}`)
      return outcome
    }
  }
  const deliveries = memoryDeliveryLog()
  const pacer = memoryPacer()
  const queue: { readonly key: string; readonly at: number }[] = []
  const lost: Delivery[] = []
  let now = Date.parse('2021-06-01T00:31:00.000Z')
  const clock = { now: () => new Date(now).toISOString() }
  const depsIn = ({ run }: Life): DeliverDeps => ({
    deliveries: {
      find: key => run(() => deliveries.find(key)),
      save: delivery => run(() => deliveries.save(delivery)),
      list: (...of) => run(() => deliveries.list(...of)),
      overdue: deliveries.overdue
    },
    channels: () => run(async () => [{ ...channel, send: (...of) => run(() => channel.send(...of)) }]),
    pacer: {
      take: (...of) => run(() => pacer.take(...of)),
      close: (...of) => run(() => pacer.close(...of))
    },
    retries: { add: (key, seconds) => run(async () => void queue.push({ key, at: now + seconds * 1000 })) },
    realTime: clock,
    hash: sha256,
    onLost: delivery => void lost.push(delivery)
  })

  const mortal = lifeUntil(crashAt)
  const immortal = lifeUntil(Number.POSITIVE_INFINITY)
  let crashed = false
  /** An invocation; whoever called it calls again after a failure, with a new process. */
  const invoke = async (work: (deps: DeliverDeps) => Promise<void>, again: () => void) => {
    try {
      await work(depsIn(crashed ? immortal : mortal))
    } catch {
      crashed = true
      again()
    }
  }
  const fromStream = (): Promise<void> =>
    invoke(
      deps => deliver(message, date, deps),
      () => queue.push({ key: 'stream', at: now + 1000 })
    )
  await fromStream()
  for (let next = queue.sort((a, b) => a.at - b.at).shift(); next; next = queue.sort((a, b) => a.at - b.at).shift()) {
    const { key, at } = next
    now = Math.max(now, at)
    if (key === 'stream') await fromStream()
    else
      await invoke(
        deps => retryDelivery(key, deps),
        () => queue.push({ key, at: now + 1_080_000 })
      )
  }
  const [delivery] = (await deliveries.list({}, 10)).deliveries
  return { received, delivery, lost, points: mortal.points() }
}

const scenarios: readonly Scenario[] = [false, true].flatMap(dropsCopies =>
  [1, 3].flatMap(parts => [0, 1, 2].map(refusals => ({ dropsCopies, parts, refusals })))
)

describe.each(scenarios)('killed once at every await: %j', scenario => {
  test('at most once on a robot, exactly once where copies are dropped, and nothing is left in between', async () => {
    const { points } = await play(scenario, Number.POSITIVE_INFINITY)
    expect(points).toBeGreaterThan(10)
    const whole = ['a', 'b', 'c'].slice(0, scenario.parts)
    let unknown = 0
    for (let crashAt = 0; crashAt < points; crashAt += 1) {
      const { received, delivery, lost } = await play(scenario, crashAt)
      const texts = received.map(line => line.slice(-1))
      const where = `crash ${crashAt}: ${texts} ${delivery?.status}`
      expect(new Set(texts).size, where).toBe(texts.length)
      expect(whole.slice(0, texts.length), where).toEqual(texts)
      expect(delivery?.leaseUntil, where).toBeUndefined()
      expect(delivery?.dueAt, where).toBeUndefined()
      if (scenario.dropsCopies || delivery?.status === 'sent') {
        expect(texts, where).toEqual(whole)
        expect(delivery?.status, where).toBe('sent')
      } else {
        unknown += 1
        expect(delivery?.status, where).toBe('unknown')
        expect(delivery && isLost(delivery), where).toBe(true)
        expect(lost, where).toHaveLength(1)
      }
    }
    // Opening an attempt (after), sending (before, after), writing the outcome (before): once for each attempt.
    expect(unknown).toBe(scenario.dropsCopies ? 0 : 4 * (scenario.parts + scenario.refusals))
  })
})
