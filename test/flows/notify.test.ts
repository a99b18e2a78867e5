import { beforeEach, describe, expect, test } from 'vitest'
import { memoryChannel } from '../../functions/adapters/channels/memory.ts'
import type { Channel } from '../../functions/core/ports.ts'
import { changeBureau } from '../../functions/flows/change-bureau.ts'
import { notifyOfCommit } from '../../functions/flows/notify.ts'
import { reviewDue } from '../../functions/flows/review.ts'
import { sendDigests } from '../../functions/flows/send-digests.ts'
import { tellOfReview } from '../../functions/flows/tell-of-review.ts'
import { begun, lateBy, school, someone, startWorld, type World } from './world.ts'

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
      expect(text).toMatch(/^学校 school \| 主体封顶 \| 计划8月25日 预计12月1日 \| .*\| R1 \| 督办〔2021〕第1号$/)
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

describe('notices of a review', () => {
  const reviewOn = async (date: string) => {
    world.today(date)
    await reviewDue(world)
  }
  const textsOf = () => [...world.channel.received.values()].map(({ recipient, text }) => `${recipient}: ${text}`)

  beforeEach(async () => {
    for (const id of ['a', 'b']) await world.accept(id, school(id, { requiredBy: '2021-10-31' }))
  })

  test('tell each person in one message what time alone has brought, once', async () => {
    await reviewOn('2021-08-02')
    await reviewOn('2021-08-03')
    for (let i = 0; i < 3; i += 1) await tellOfReview(world)
    const texts = textsOf()
    expect(texts.map(text => text.split(':')[0]).sort()).toEqual(['规划建设科', '负责人 a', '负责人 b'])
    expect(texts.find(text => text.startsWith('规划建设科'))).toMatch(/学校 a \| .*\n学校 b \| /s)
  })

  test('are not told commit by commit, where each would be a message of its own', async () => {
    await reviewOn('2021-08-02')
    for (const id of ['a', 'b'])
      for (const { version } of await world.log.commits(id)) await notifyOfCommit(id, version, world)
    expect(textsOf()).toEqual([])
  })

  test('go on where they were broken off: what was to be told is told, and nothing that came later is lost', async () => {
    await reviewOn('2021-08-02')
    await reviewOn('2021-08-03')
    const { channel, reached } = picky('规划建设科')
    await expect(tellOfReview({ ...world, channels: async () => [channel] })).rejects.toThrow()
    expect(reached.sort()).toEqual(['负责人 a', '负责人 b'])
    await tellOfReview(world)
    expect(textsOf().some(text => text.startsWith('规划建设科'))).toBe(true)
  })
})

test('a thousand reds among ten thousand projects are one message a person, and a leader learns how many more there are', async () => {
  const people = ['deputy-director', 'director'] as const
  await changeBureau(
    () => people.map(position => ({ type: 'person-entered', person: { id: position, name: position, position } })),
    someone,
    world
  )
  const ids = Array.from({ length: 1000 }, (_, i) => `p${i}`)
  for (const id of ids) await world.accept(id, school(id, { requiredBy: '2021-10-31' }))
  await world.accept('quiet', school('quiet'))
  const quiet = world.states.get('quiet')
  for (let i = 0; quiet && i < 9000; i += 1) {
    const id = `quiet-${i}`
    const summary = quiet.summary.replaceAll('quiet', id)
    world.states.set(id, { ...quiet, project: id, summary, reviewDueOn: '2021-12-31' })
  }
  for (const date of ['2021-08-02', '2021-08-03']) {
    world.today(date)
    await reviewDue(world)
  }
  await tellOfReview(world)
  const received = [...world.channel.received.values()]
  const byRecipient = Map.groupBy(received, ({ recipient }) => recipient)
  expect([...byRecipient.values()].every(own => own.length === 1)).toBe(true)
  for (const id of ids) expect(byRecipient.get(`负责人 ${id}`)?.[0]?.text).toContain(`学校 ${id} | `)
  for (const leader of people) {
    const lines = byRecipient.get(leader)?.[0]?.text.split('\n') ?? []
    expect(lines).toHaveLength(201)
    expect(lines.at(-1)).toMatch(/^另有\d+项,见内部页面$/)
  }
}, 240_000)

describe('digests', () => {
  const late = async (id: string) => {
    await world.accept(id, school(id))
    await world.accept(id, lateBy('2021-12-01'))
  }
  /** With a reminder of every date on every day, so that there is always something to say to the project manager. */
  const talkative = () => {
    const reminderWorkingDays = Array.from({ length: 300 }, (_, days) => days)
    return { ...world, rules: { ...world.rules, policy: { ...world.rules.policy, reminderWorkingDays } } }
  }
  const digestsOn = async (date: string, deps: World = world) => {
    world.today(date)
    const before = world.channel.received.size
    const failures = await sendDigests(deps)
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
      expect((await digestsOn(date, talkative())).sent.length > 0, date).toBe(works)
  })

  test('nobody gets an empty one, and nobody one twice', async () => {
    await late('a')
    await late('b')
    // A red is told at once, so on the next day there is nothing more to say of it.
    expect((await digestsOn('2021-06-02')).sent).toEqual([])
    const { sent, failures } = await digestsOn('2021-06-07')
    expect(failures).toEqual([])
    expect(sent.map(({ recipient }) => recipient).sort()).toEqual(['规划建设科', '负责人 a', '负责人 b'])
    for (const { text } of sent) expect(text).toContain('系统运行正常,共 2 个项目')
    // One message per person: the unit has both projects in one.
    const unit = sent.find(({ recipient }) => recipient === '规划建设科')
    expect([unit?.text.includes('学校 a'), unit?.text.includes('学校 b')]).toEqual([true, true])
    for (let i = 0; i < 3; i += 1) expect((await digestsOn('2021-06-07')).sent).toEqual([])
  })

  test('make up for a day on which none went out', async () => {
    await late('a')
    await digestsOn('2021-06-01')
    // Due every three working days: the 4th did not happen, the 7th tells it.
    expect((await digestsOn('2021-06-08')).sent.map(({ text }) => text.includes('学校 a'))).toContain(true)
  })

  test('a recipient who cannot be reached is named, and the others are reached', async () => {
    await late('a')
    await late('b')
    world.today('2021-06-07')
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
    const { sent, failures } = await digestsOn('2021-06-07')
    expect(failures.map(({ item: failed }) => failed)).toEqual(['a'])
    expect(sent.map(({ recipient }) => recipient).sort()).toEqual(['规划建设科', '负责人 b'])
  })
})
