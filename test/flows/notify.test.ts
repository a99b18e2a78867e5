import { beforeEach, describe, expect, test } from 'vitest'
import { memoryChannel } from '../../functions/adapters/channels/memory.ts'
import type { Channel } from '../../functions/core/ports.ts'
import { notifyOfCommit, sendDigests } from '../../functions/flows/notify.ts'
import { begun, lateBy, school, startWorld, type World } from './world.ts'

let world: World
beforeEach(() => {
  world = startWorld()
})

/** A channel that breaks on one recipient. */
const picky = (unreachable: string) => {
  const reached: string[] = []
  const channel: Channel = {
    ...memoryChannel('picky'),
    send: async (_key, { recipient }) => {
      if (recipient === unreachable) throw new Error('broken')
      reached.push(recipient)
      return { type: 'sent' }
    }
  }
  return { channel, reached }
}

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

  test('a fault on the way to one recipient does not keep the other waiting', async () => {
    await world.accept('school', school('school'))
    await world.accept('school', lateBy('2021-12-01'))
    const { channel, reached } = picky('负责人 school')
    const deps = { ...world, channels: async () => [channel] }
    await expect(notifyOfCommit('school', 2, deps)).rejects.toThrow(/school/)
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
    const { channel, reached } = picky('负责人 a')
    const failures = await sendDigests({ ...world, channels: async () => [channel] })
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
