import { beforeEach, describe, expect, test } from 'vitest'
import { memoryChannel } from '../../functions/adapters/channels/memory.ts'
import type { Channel, Message } from '../../functions/core/ports.ts'
import { deliver } from '../../functions/flows/deliver.ts'
import { notifyOfCommit, sendDigests } from '../../functions/flows/notify.ts'
import { begun, lateBy, school, startWorld, type World } from './world.ts'

let world: World
beforeEach(() => {
  world = startWorld()
})

const message: Message = { recipient: '张三', subject: '红色预警', text: 'R1 | 学校' }

/** A channel that hands on every copy it is given. */
const simpleChannel = (name: string, fails: (times: number) => boolean = () => false) => {
  const sent: string[] = []
  let times = 0
  const channel: Channel = {
    name,
    send: async (key, { recipient }) => {
      times += 1
      if (fails(times)) throw new Error(`${name} is down`)
      sent.push(`${recipient} ${key}`)
    }
  }
  return { channel, sent }
}

describe('delivering a message', () => {
  test('sends it once over each channel, however often it is asked', async () => {
    const [one, two] = [simpleChannel('one'), simpleChannel('two')]
    const deps = { ...world, channels: [one.channel, two.channel] }
    for (let i = 0; i < 3; i += 1) await deliver(message, '2021-06-01', deps)
    expect([one.sent.length, two.sent.length]).toEqual([1, 1])
    expect([...world.deliveriesStored.values()].map(({ status, attempts }) => [status, attempts])).toEqual([
      ['sent', 1],
      ['sent', 1]
    ])
  })

  test('another recipient, date, subject or text is another message', async () => {
    const { channel, sent } = simpleChannel('one')
    const deps = { ...world, channels: [channel] }
    await deliver(message, '2021-06-01', deps)
    await deliver(message, '2021-06-02', deps)
    await deliver({ ...message, recipient: '李四' }, '2021-06-01', deps)
    await deliver({ ...message, text: 'R3' }, '2021-06-01', deps)
    await deliver({ ...message, subject: 'R3' }, '2021-06-01', deps)
    // Nor does moving a letter from one field into the next make the same.
    await deliver({ ...message, subject: '红色预警R', text: '1 | 学校' }, '2021-06-01', deps)
    expect(new Set(sent).size).toBe(6)
  })

  test('a channel that fails does not keep the others, and is tried again alone', async () => {
    const bad = simpleChannel('bad', times => times === 1)
    const good = simpleChannel('good')
    const deps = { ...world, channels: [bad.channel, good.channel] }
    await expect(deliver(message, '2021-06-01', deps)).rejects.toThrow(/1 channel/)
    expect([bad.sent.length, good.sent.length]).toEqual([0, 1])
    expect([...world.deliveriesStored.values()].find(({ key }) => key.startsWith('bad'))).toMatchObject({
      status: 'failed',
      reason: 'bad is down'
    })
    await deliver(message, '2021-06-01', deps)
    expect([bad.sent.length, good.sent.length]).toEqual([1, 1])
  })

  test('a crash between sending and recording sends again under the same key, and the receiver drops it', async () => {
    const { channel, sent } = simpleChannel('one')
    const crash = async () => {
      throw new Error('killed')
    }
    const deps = { ...world, channels: [channel] }
    await expect(
      deliver(message, '2021-06-01', { ...deps, deliveries: { ...world.deliveries, sent: crash } })
    ).rejects.toThrow('killed')
    await deliver(message, '2021-06-01', deps)
    expect(sent).toHaveLength(2)
    expect(new Set(sent).size).toBe(1)
    await deliver(message, '2021-06-01', deps)
    expect(sent).toHaveLength(2)
    const receiver = memoryChannel()
    for (const key of sent) await receiver.send(key, message)
    expect(receiver.received.size).toBe(1)
  })
})

describe('instant notices', () => {
  test('a new red goes at once to the manager and the unit, once', async () => {
    await world.accept('school', school('school'))
    await world.accept('school', lateBy('2021-12-01'))
    for (let i = 0; i < 3; i += 1) await notifyOfCommit('school', 2, world)
    const received = [...world.channel.received.values()]
    expect(received.map(({ recipient }) => recipient).sort()).toEqual(['规划建设科', '负责人 school'])
    for (const { text } of received) {
      expect(text).toMatch(/^R1 \| 学校 school \| .*2021/)
      expect(text).not.toMatch(/undefined|NaN/)
    }
  })

  test('a commit without a new red, or that is not there, tells nobody', async () => {
    await world.accept('school', school('school'))
    await world.accept('school', begun)
    for (const version of [1, 2, 3, 99]) await notifyOfCommit('school', version, world)
    await notifyOfCommit('nope', 1, world)
    expect(world.channel.received.size).toBe(0)
  })

  test('news of a commit speaks of the state as it was then, though more has happened', async () => {
    await world.accept('school', school('school'))
    await world.accept('school', lateBy('2021-12-01'))
    await world.accept('school', {
      type: 'report-progress',
      reports: [{ milestoneId: 'C3', forecastFinish: '2021-08-25' }]
    })
    await notifyOfCommit('school', 2, world)
    expect(world.channel.received.size).toBe(2)
  })

  test('what is older than three days is left to the digest', async () => {
    await world.accept('school', school('school'))
    await world.accept('school', lateBy('2021-12-01'))
    world.today('2021-06-05')
    await notifyOfCommit('school', 2, world)
    expect(world.channel.received.size).toBe(0)
    world.today('2021-06-04')
    await notifyOfCommit('school', 2, world)
    expect(world.channel.received.size).toBe(2)
  })

  test('a recipient who cannot be reached does not keep the other waiting', async () => {
    await world.accept('school', school('school'))
    await world.accept('school', lateBy('2021-12-01'))
    const reached: string[] = []
    const channel: Channel = {
      name: 'picky',
      send: async (_key, { recipient }) => {
        if (recipient.startsWith('负责人')) throw new Error('unknown number')
        reached.push(recipient)
      }
    }
    const deps = { ...world, channels: [channel] }
    await expect(notifyOfCommit('school', 2, deps)).rejects.toThrow(/school/)
    expect(reached).toEqual(['规划建设科'])
    await expect(notifyOfCommit('school', 2, deps)).rejects.toThrow()
    expect(reached).toEqual(['规划建设科'])
  })
})

describe('digests', () => {
  const late = async (id: string) => {
    await world.accept(id, school(id))
    await world.accept(id, lateBy('2021-12-01'))
  }
  const digestsOn = async (date: string) => {
    world.today(date)
    const before = world.channel.received.size
    const failures = await sendDigests(world)
    return { failures, sent: [...world.channel.received.values()].slice(before) }
  }

  test('go out on working days, make-up days at the weekend among them, and on no holiday', async () => {
    world.today('2021-01-20')
    await late('school')
    for (const [date, works] of [
      ['2021-02-05', true], // a Friday
      ['2021-02-06', false], // a Saturday
      ['2021-02-07', true], // a Sunday worked for the Spring Festival
      ['2021-02-11', false], // New Year's Eve, a Thursday
      ['2021-02-20', true], // a Saturday worked
      ['2021-06-12', false],
      ['2021-06-14', false], // the Monday of the Dragon Boat Festival
      ['2021-06-15', true],
      ['2021-10-09', true] // a Saturday worked
    ] as const)
      expect((await digestsOn(date)).sent.length > 0, date).toBe(works)
  })

  test('nobody gets an empty one, and nobody one twice', async () => {
    await late('a')
    await late('b')
    await world.accept(
      'quiet',
      school('quiet', { start: '2021-06-01', responsibleUnit: '后勤科', manager: { name: '王五' } })
    )
    await world.accept('quiet', begun)
    const { sent, failures } = await digestsOn('2021-06-02')
    expect(failures).toEqual([])
    expect(sent.map(({ recipient }) => recipient).sort()).toEqual(['规划建设科', '负责人 a', '负责人 b'])
    for (const { text } of sent) expect(text.trim()).not.toBe('')
    // One message per person: the unit has both projects in one.
    const unit = sent.find(({ recipient }) => recipient === '规划建设科')
    expect([unit?.text.includes('学校 a'), unit?.text.includes('学校 b')]).toEqual([true, true])
    for (let i = 0; i < 3; i += 1) expect((await digestsOn('2021-06-02')).sent).toEqual([])
    expect((await digestsOn('2021-06-03')).sent).toHaveLength(3)
  })

  test('what is red stands first', async () => {
    await late('a')
    const { sent } = await digestsOn('2021-06-02')
    const ranks = (sent[0]?.text ?? '').split('\n').map(line => 'RSYBPN'.indexOf(line.charAt(0)))
    expect(ranks).toEqual([...ranks].sort())
  })

  test('a recipient who cannot be reached is named, and the others are reached', async () => {
    await late('a')
    await late('b')
    world.today('2021-06-02')
    const reached: string[] = []
    const channel: Channel = {
      name: 'picky',
      send: async (_key, { recipient }) => {
        if (recipient === '负责人 a') throw new Error('unknown number')
        reached.push(recipient)
      }
    }
    const failures = await sendDigests({ ...world, channels: [channel] })
    expect(failures.map(({ item }) => item)).toEqual(['负责人 a'])
    expect(reached.sort()).toEqual(['规划建设科', '负责人 b'])
  })

  test('a project that cannot be assessed is named, and the others are told of', async () => {
    await late('a')
    await late('b')
    const item = world.states.get('a')
    if (item)
      world.states.set('a', { ...item, body: String(item.body).replaceAll('"calendar":"cn"', '"calendar":"moon"') })
    const { sent, failures } = await digestsOn('2021-06-02')
    expect(failures.map(({ item: failed }) => failed)).toEqual(['a'])
    expect(sent.map(({ recipient }) => recipient).sort()).toEqual(['规划建设科', '负责人 b'])
  })
})
