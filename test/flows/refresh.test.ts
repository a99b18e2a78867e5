import { beforeEach, describe, expect, test } from 'vitest'
import { rebuildSnapshot } from '../../functions/flows/rebuild.ts'
import { refreshSnapshot } from '../../functions/flows/refresh.ts'
import { reviewDue } from '../../functions/flows/review.ts'
import { begun, lateBy, school, startWorld, type World } from './world.ts'

let world: World
beforeEach(() => {
  world = startWorld()
})

const stateOf = async (project: string) => {
  const { state } = await world.log.load(project)
  if (state.status === 'unregistered') throw new Error('not registered')
  return state
}

describe('bringing a snapshot up to date', () => {
  test('twice, late or out of order gives what once gives', async () => {
    await world.accept('school', school('school'))
    const early = world.states.get('school')
    await world.accept('school', begun)
    await world.accept('school', lateBy('2021-12-01'))
    const wanted = await world.store.get('school')
    expect(wanted?.version).toBe(3)
    for (let i = 0; i < 3; i += 1) await refreshSnapshot('school', world)
    expect(await world.store.get('school')).toEqual(wanted)
    // As if every record before had been lost, and only an old one came now.
    if (early) world.states.set('school', early)
    await refreshSnapshot('school', world)
    expect(await world.store.get('school')).toEqual(wanted)
  })

  test('many at once, on different days, ends with the newest', async () => {
    await world.accept('school', school('school'))
    await world.accept('school', begun)
    const onDay = (date: string) => ({ ...world, clock: { now: () => `${date}T02:00:00.000Z` } })
    await Promise.all(['2021-06-03', '2021-06-01', '2021-06-02'].map(date => refreshSnapshot('school', onDay(date))))
    expect((await world.store.get('school'))?.evaluatedOn).toBe('2021-06-03')
  })

  test('of a project without a log does nothing', async () => {
    await refreshSnapshot('nope', world)
    expect(world.states.size).toBe(0)
  })
})

describe('rebuilding', () => {
  test('finds nothing after a month of normal operation', async () => {
    for (const id of ['a', 'b', 'c']) await world.accept(id, school(id))
    await world.accept('a', begun)
    for (let day = 2; day <= 30; day += 1) {
      world.today(`2021-06-${String(day).padStart(2, '0')}`)
      expect((await reviewDue(world)).failures).toEqual([])
      if (day % 6 === 0) await world.accept('a', { type: 'report-no-change' })
      if (day === 15) await world.accept('b', lateBy('2021-11-30'))
      if (day === 20) await world.accept('c', { type: 'pause-project', reason: '停工', reviewOn: '2021-07-20' })
    }
    for (const id of ['a', 'b', 'c'])
      expect(await rebuildSnapshot(await stateOf(id), world)).toEqual({ project: id, finding: 'same' })
  })

  const damaged = async (change: (item: Record<string, unknown>) => Record<string, unknown>) => {
    await world.accept('school', school('school'))
    await world.accept('school', begun)
    const right = await world.store.get('school')
    const item = world.states.get('school')
    if (!item) throw new Error('no snapshot')
    world.states.set('school', { ...item, ...change(item) } as typeof item)
    return right
  }

  test.each<[string, string, (item: Record<string, unknown>) => Record<string, unknown>]>([
    [
      'different',
      'a colour',
      ({ summary }) => ({ summary: String(summary).replace(/"light":"\w+"/, '"light":"done"') })
    ],
    [
      'different',
      'a percentage',
      ({ body }) => ({ body: String(body).replace('"percentComplete":1', '"percentComplete":9') })
    ],
    ['different', 'a review put off', () => ({ reviewDueOn: '2199-01-01' })],
    ['unreadable', 'half a state', ({ body }) => ({ body: String(body).slice(0, 100) })],
    ['unreadable', 'no summary', () => ({ summary: 'null' })],
    ['unreadable', 'a state of another form', () => ({ body: '{"status":"active"}' })]
  ])('finds %s: %s, and puts it right', async (finding, _what, change) => {
    const right = await damaged(change)
    const found = await rebuildSnapshot(await stateOf('school'), world)
    expect(found).toMatchObject({ project: 'school', finding, repaired: true })
    expect(await world.store.get('school')).toEqual(right)
    expect(await rebuildSnapshot(await stateOf('school'), world)).toEqual({ project: 'school', finding: 'same' })
  })

  test('finds a snapshot that is missing, or behind', async () => {
    await world.accept('school', school('school'))
    const early = world.states.get('school')
    await world.accept('school', begun)
    const right = await world.store.get('school')
    world.states.clear()
    expect(await rebuildSnapshot(await stateOf('school'), world)).toMatchObject({ finding: 'missing', repaired: true })
    expect(await world.store.get('school')).toEqual(right)
    if (early) world.states.set('school', early)
    expect(await rebuildSnapshot(await stateOf('school'), world)).toMatchObject({ finding: 'behind', repaired: true })
    expect(await world.store.get('school')).toEqual(right)
  })

  test('says that a snapshot knows more than the log, and does not claim to have put it right', async () => {
    await world.accept('school', school('school'))
    const before = await stateOf('school')
    await world.accept('school', begun)
    expect(await rebuildSnapshot(before, world)).toMatchObject({ finding: 'ahead', repaired: false })
    expect((await world.store.get('school'))?.version).toBe(2)
  })
})
