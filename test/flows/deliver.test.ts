import { beforeEach, describe, expect, test } from 'vitest'
import { memoryChannel } from '../../functions/adapters/channels/memory.ts'
import type { SendOutcome } from '../../functions/core/delivery.ts'
import type { Channel, Message } from '../../functions/core/ports.ts'
import { type DeliverDeps, deliver, recallForgotten, retryDelivery } from '../../functions/flows/deliver.ts'
import { runRetries as runQueue } from './run-retries.ts'
import { startWorld, type World } from './world.ts'

let world: World
let now: string
beforeEach(() => {
  world = startWorld()
  now = '2021-06-01T00:31:00.000Z'
})

const message: Message = { recipient: '张三', subject: '红色预警', text: 'R1 | 学校' }
const date = '2021-06-01'
const reason = { zh: '忙', en: 'busy' }

/** A channel that answers what it is told to, then that all is well, and remembers every copy. */
const scripted = (name: string, answers: SendOutcome[] = [], more: Partial<Channel> = {}) => {
  const sent: string[] = []
  const channel: Channel = {
    name,
    dropsCopies: false,
    partsOf: one => [one],
    ...more,
    send: async (key, { text }, address) => {
      const outcome = answers.shift() ?? { type: 'sent' }
      if (outcome.type === 'sent') sent.push([key.slice(0, key.indexOf('/')), text, address].filter(Boolean).join(' '))
      return outcome
    }
  }
  return { channel, sent }
}

const depsOf = (...channels: readonly Channel[]): DeliverDeps => ({
  ...world,
  channels: async () => channels,
  realTime: { now: () => now }
})

const later = (seconds: number) => {
  now = new Date(Date.parse(now) + seconds * 1000).toISOString()
}

const runRetries = (deps: DeliverDeps): Promise<number> =>
  runQueue(world.retriesStored, later, key => retryDelivery(key, deps))

describe('delivering a message', () => {
  test('sends it once over each channel, however often it is asked', async () => {
    const [one, two] = [scripted('one'), scripted('two')]
    const deps = depsOf(one.channel, two.channel)
    for (let i = 0; i < 3; i += 1) await deliver(message, date, deps)
    expect([one.sent, two.sent]).toEqual([['one R1 | 学校'], ['two R1 | 学校']])
    expect(world.ledger()).toMatchObject([
      { channel: 'one', date, status: 'sent', attempts: 1, history: [{ number: 1, outcome: 'sent' }] },
      { channel: 'two', date, status: 'sent', attempts: 1 }
    ])
  })

  test('another recipient, date, subject, text or address is another message', async () => {
    const { channel, sent } = scripted('one')
    const deps = depsOf(channel)
    await deliver(message, date, deps)
    await deliver(message, '2021-06-02', deps)
    await deliver({ ...message, recipient: '李四' }, date, deps)
    await deliver({ ...message, text: 'R3' }, date, deps)
    await deliver({ ...message, subject: 'R3' }, date, deps)
    // Nor does moving a letter from one field into the next make the same.
    await deliver({ ...message, subject: '红色预警R', text: '1 | 学校' }, date, deps)
    for (const address of ['13800001111', '13800002222'])
      await deliver({ ...message, reach: [{ channel: 'one', address }] }, date, deps)
    expect(sent).toHaveLength(8)
  })

  test('reaches a person over the channels that are named, at the address that is named', async () => {
    const [one, two] = [scripted('one'), scripted('two')]
    const deps = depsOf(one.channel, two.channel)
    await deliver({ ...message, reach: [{ channel: 'two', address: 'a@b.cn' }] }, date, deps)
    expect([one.sent, two.sent]).toEqual([[], ['two R1 | 学校 a@b.cn']])
  })

  test('a channel that is named and not there is a lost delivery, unless an outbox stands in for it', async () => {
    const reach = [{ channel: 'pigeon' }]
    await deliver({ ...message, reach }, date, depsOf(scripted('one').channel))
    expect(world.ledger()).toMatchObject([{ channel: 'pigeon', status: 'failed', history: [{ outcome: 'refused' }] }])
    expect(world.lost).toHaveLength(1)
    const outbox = scripted('outbox', [], { takesAll: true, dropsCopies: true })
    await deliver({ ...message, recipient: '李四', reach }, date, depsOf(outbox.channel))
    expect(outbox.sent).toHaveLength(1)
    expect(world.ledger()).toHaveLength(2)
  })

  test('a person who is reached by nothing is a lost delivery, and the outbox shows what was not sent', async () => {
    await deliver({ ...message, reach: [] }, date, depsOf(scripted('one').channel))
    expect(world.ledger()).toMatchObject([{ channel: 'none', status: 'failed' }])
    expect(world.lost).toHaveLength(1)
    const outbox = scripted('outbox', [], { takesAll: true, dropsCopies: true })
    await deliver({ ...message, recipient: '李四', reach: [] }, date, depsOf(outbox.channel))
    expect(outbox.sent).toHaveLength(1)
    expect(world.lost).toHaveLength(1)
  })

  test('a fault on one channel does not keep the others, and comes back to the caller', async () => {
    const broken: Channel = {
      ...memoryChannel('broken'),
      send: async () => {
        throw new Error('out of memory')
      }
    }
    const { channel, sent } = scripted('one')
    await expect(deliver(message, date, depsOf(broken, channel))).rejects.toThrow(/1 deliveries/)
    expect(sent).toHaveLength(1)
  })
})

describe('what a receiver answers', () => {
  test('a refusal for a while is waited for as long as it says, then twice as long, and no other try is made', async () => {
    const busy: SendOutcome = { type: 'retry', afterSeconds: 60, httpStatus: 200, code: '45009', reason }
    const { channel, sent } = scripted('one', [busy, busy])
    const deps = depsOf(channel)
    await deliver(message, date, deps)
    expect([...world.retriesStored.values()]).toEqual([60])
    expect(world.ledger()).toMatchObject([{ status: 'queued', dueAt: '2021-06-01T00:32:00.000Z' }])
    // The stream delivers again meanwhile.
    later(30)
    await deliver(message, date, deps)
    expect([...world.retriesStored.values()]).toEqual([30])
    await runRetries(deps)
    expect(sent).toHaveLength(1)
    expect(now).toBe('2021-06-01T00:34:00.000Z')
    expect(world.ledger()).toMatchObject([
      {
        status: 'sent',
        attempts: 3,
        history: [
          { number: 1, at: '2021-06-01T00:31:00.000Z', outcome: 'retry', httpStatus: 200, code: '45009' },
          { number: 2, at: '2021-06-01T00:32:00.000Z', outcome: 'retry' },
          { number: 3, at: '2021-06-01T00:34:00.000Z', outcome: 'sent' }
        ]
      }
    ])
  })

  test('one that never ends is given up after eight tries, and told of', async () => {
    const busy: SendOutcome = { type: 'retry', afterSeconds: 60, reason }
    const { channel, sent } = scripted('one', Array(20).fill(busy))
    const deps = depsOf(channel)
    await deliver(message, date, deps)
    await runRetries(deps)
    expect(sent).toEqual([])
    expect(world.ledger()).toMatchObject([{ status: 'failed', attempts: 8 }])
    expect(world.lost.map(({ status }) => status)).toEqual(['failed'])
  })

  test.each([
    ['refused', { type: 'refused', code: '93000', reason }, 'failed'],
    ['without an answer', { type: 'unknown', reason }, 'unknown']
  ] as const)('a message that is %s is not sent again, and told of once', async (_what, outcome, status) => {
    const { channel, sent } = scripted('one', [outcome])
    const deps = depsOf(channel)
    for (let i = 0; i < 3; i += 1) await deliver(message, date, deps)
    await runRetries(deps)
    expect(sent).toEqual([])
    expect(world.ledger()).toMatchObject([{ status, attempts: 1 }])
    expect(world.lost).toHaveLength(1)
  })

  test('an answer of the gateway is unknown until a later try tells', async () => {
    const { channel, sent } = scripted('one', [{ type: 'unknown', retryAfterSeconds: 60, reason }])
    const deps = depsOf(channel)
    await deliver(message, date, deps)
    expect(world.ledger()).toMatchObject([{ status: 'unknown', dueAt: '2021-06-01T00:32:00.000Z' }])
    expect(world.lost).toEqual([])
    await runRetries(deps)
    expect(sent).toHaveLength(1)
    expect(world.ledger()).toMatchObject([{ status: 'sent' }])
  })
})

describe('a delivery whose message the queue has lost', () => {
  test('is put back an hour after it was due, as often as it takes, and nothing else is', async () => {
    const { channel, sent } = scripted('one', [{ type: 'retry', afterSeconds: 60, reason }])
    const deps = depsOf(channel)
    await deliver(message, date, deps)
    world.retriesStored.clear()
    later(60 + 3600)
    expect(await recallForgotten(deps)).toBe(0)
    later(1)
    expect(await recallForgotten(deps)).toBe(1)
    expect(await recallForgotten(deps)).toBe(1)
    await runRetries(deps)
    expect(sent).toHaveLength(1)
    later(86_400)
    expect(await recallForgotten(deps)).toBe(0)
  })
})

describe('a message in parts', () => {
  const inLines = { partsOf: (one: Message) => one.text.split('\n').map(text => ({ ...one, text })) }
  const long = { ...message, text: 'a\nb\nc' }

  test('goes out in their order, and a retry goes on where it stopped', async () => {
    const busy: SendOutcome = { type: 'retry', afterSeconds: 60, reason }
    const { channel, sent } = scripted('one', [{ type: 'sent' }, busy], inLines)
    const deps = depsOf(channel)
    await deliver(long, date, deps)
    expect(sent).toEqual(['one a'])
    expect(world.ledger()).toMatchObject([{ status: 'queued', partsSent: 1 }])
    await runRetries(deps)
    expect(sent).toEqual(['one a', 'one b', 'one c'])
    expect(world.ledger()).toMatchObject([{ status: 'sent', partsSent: 3, attempts: 4 }])
  })

  test('keeps the pace between its parts too', async () => {
    const pace = { id: 'robot', limits: [{ count: 2, seconds: 60 }], avoidMinutes: [] }
    const { channel, sent } = scripted('one', [], { ...inLines, pace })
    const deps = depsOf(channel)
    await deliver(long, date, deps)
    expect(sent).toEqual(['one a', 'one b'])
    await runRetries(deps)
    expect(sent).toEqual(['one a', 'one b', 'one c'])
    expect(world.ledger()).toMatchObject([{ status: 'sent', attempts: 3 }])
  })
})

describe('the pace of a receiver', () => {
  const pace = { id: 'robot', limits: [{ count: 20, seconds: 60 }], avoidMinutes: [] }

  test('lets three hundred messages through, twenty in any minute, and waiting is neither an attempt nor work', async () => {
    const times: number[] = []
    const { channel } = scripted('one', [], { pace })
    const timed: Channel['send'] = async () => {
      times.push(Date.parse(now))
      return { type: 'sent' }
    }
    const deps = depsOf({ ...channel, send: timed })
    for (let i = 0; i < 300; i += 1) await deliver({ ...message, text: String(i) }, date, deps)
    expect(await runRetries(deps)).toBeLessThan(2 * 300)
    expect(times).toHaveLength(300)
    for (const at of times)
      expect(times.filter(other => other >= at && other < at + 60_000).length).toBeLessThanOrEqual(20)
    expect(new Set(world.ledger().map(({ status, attempts }) => `${status} ${attempts}`))).toEqual(new Set(['sent 1']))
  })

  test('one throttled message closes the robot for all, also on another channel that leads to it', async () => {
    const throttled: SendOutcome = { type: 'retry', afterSeconds: 600, closesChannel: true, reason }
    const one = scripted('one', [throttled], { pace })
    const two = scripted('two', [], { pace })
    const deps = depsOf(one.channel, two.channel)
    await deliver(message, date, deps)
    expect([one.sent, two.sent]).toEqual([[], []])
    await runRetries(deps)
    expect([one.sent.length, two.sent.length]).toEqual([1, 1])
    expect(now >= '2021-06-01T00:41:00.000Z').toBe(true)
  })
})
