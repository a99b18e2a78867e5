import { beforeEach, describe, expect, test } from 'vitest'
import { reviewDue } from '../../functions/flows/review.ts'
import { begun, school, startWorld, type World } from './world.ts'

let world: World
beforeEach(() => {
  world = startWorld()
})

const due = (i: number) => `due-${String(i).padStart(4, '0')}`

/** `all` projects of which the review of `count` is due on 2021-06-20, each read of a stored body counted. */
const fill = async (all: number, count: number) => {
  for (let i = 0; i < count; i += 1) await world.accept(due(i), school(due(i)))
  await world.accept('pattern', school('pattern'))
  const pattern = world.states.get('pattern')
  if (!pattern) throw new Error('no snapshot')
  for (let i = 0; i < all - count - 1; i += 1) {
    const id = `later-${String(i).padStart(4, '0')}`
    world.states.set(id, { ...pattern, project: id, reviewDueOn: '2021-07-01' })
  }
  world.states.set('pattern', { ...pattern, reviewDueOn: '2021-07-01' })
  const reads = { bodies: 0, loads: 0, appends: 0, puts: 0 }
  for (const [id, item] of world.states)
    world.states.set(
      id,
      new Proxy(item, {
        get: (target, property, receiver) => {
          if (property === 'body' || property === 'summary') reads.bodies += 1
          return Reflect.get(target, property, receiver)
        }
      })
    )
  const { log, store } = world
  const counted: World = {
    ...world,
    log: {
      ...log,
      load: (...asked) => {
        reads.loads += 1
        return log.load(...asked)
      },
      append: (...asked) => {
        reads.appends += 1
        return log.append(...asked)
      }
    },
    store: {
      ...store,
      put: snapshot => {
        reads.puts += 1
        return store.put(snapshot)
      }
    }
  }
  return { reads, counted }
}

describe('a review of all projects', () => {
  test.each([
    [20, 3],
    [2000, 3],
    [2000, 10]
  ])('of %i projects of which some are due reads just those: %i', async (all, count) => {
    const { reads, counted } = await fill(all, count)
    expect(world.states.size).toBe(all)
    world.today('2021-06-20')
    const { reviewed, changed, failures } = await reviewDue(counted)
    expect([reviewed, changed, failures]).toEqual([count, count, []])
    expect(reads).toEqual({ bodies: 0, loads: count, appends: count, puts: count })
  })

  test('of 2,000 of which none is due reads and writes nothing', async () => {
    const { reads, counted } = await fill(2000, 0)
    world.today('2021-06-20')
    const before = JSON.stringify(
      [...world.states.values()].map(({ project, version, evaluatedOn }) => [project, version, evaluatedOn])
    )
    expect(await reviewDue(counted)).toEqual({ reviewed: 0, changed: 0, failures: [] })
    expect(reads).toEqual({ bodies: 0, loads: 0, appends: 0, puts: 0 })
    expect(
      JSON.stringify(
        [...world.states.values()].map(({ project, version, evaluatedOn }) => [project, version, evaluatedOn])
      )
    ).toBe(before)
  })

  test('run again changes nothing, on the same day and by two at once', async () => {
    for (let i = 0; i < 5; i += 1) await world.accept(due(i), school(due(i)))
    world.today('2021-06-20')
    const results = await Promise.all([reviewDue(world), reviewDue(world)])
    expect(results.flatMap(({ failures }) => failures)).toEqual([])
    expect(results.reduce((sum, { changed }) => sum + changed, 0)).toBe(5)
    const stored = JSON.stringify([...world.states])
    expect(await reviewDue(world)).toEqual({ reviewed: 0, changed: 0, failures: [] })
    expect(JSON.stringify([...world.states])).toBe(stored)
    for (let i = 0; i < 5; i += 1) expect(world.items.get(due(i))?.size).toBe(2)
  })

  test('that finds nothing new puts the next one off, without a commit', async () => {
    await world.accept('school', school('school'))
    await world.accept('school', begun)
    const item = world.states.get('school')
    if (item) world.states.set('school', { ...item, reviewDueOn: '2021-06-02' })
    world.today('2021-06-02')
    expect(await reviewDue(world)).toEqual({ reviewed: 1, changed: 0, failures: [] })
    expect(world.items.get('school')?.size).toBe(2)
    expect((await world.store.get('school'))?.evaluatedOn).toBe('2021-06-02')
    expect(await reviewDue(world)).toEqual({ reviewed: 0, changed: 0, failures: [] })
  })

  test('is the author of what only time has caused', async () => {
    await world.accept('school', school('school'))
    world.today('2021-06-20')
    await reviewDue(world)
    const [, commit] = await world.log.commits('school')
    expect(commit?.by).toEqual({ id: 'review-schedules', role: 'system' })
    for (const event of commit?.events ?? []) expect(event.type).toMatch(/^flag-/)
  })

  test('a snapshot that was late in the review is put off and comes round again: no day is lost', async () => {
    await world.accept('school', school('school'))
    await world.accept('school', begun)
    let commits = 0
    for (let day = 2; day <= 60; day += 1) {
      world.today(new Date(Date.UTC(2021, 5, day)).toISOString().slice(0, 10))
      commits += (await reviewDue(world)).changed
    }
    expect(commits).toBeGreaterThan(2)
    const { flags } = (await world.store.get('school'))?.state ?? { flags: {} }
    expect(Object.keys(flags)).toContain('S1')
  })

  test('one bad project never stops the others, and is named', async () => {
    for (let i = 0; i < 6; i += 1) await world.accept(due(i), school(due(i)))
    // One cannot be read, one was never registered, one has a gap.
    const item = world.items.get(due(1))?.get(1)
    world.items.get(due(1))?.set(1, { ...(item as object), events: '{' })
    world.items.delete(due(3))
    const gap = world.items.get(due(4))
    gap?.set(3, { ...(gap.get(1) as object), version: 3 })
    world.today('2021-06-20')
    const { reviewed, changed, failures } = await reviewDue(world)
    expect([reviewed, changed]).toEqual([6, 3])
    expect(failures.map(({ item }) => item).sort()).toEqual([due(1), due(3), due(4)])
    for (const { error } of failures) expect(String(error)).toMatch(/due-000[134]/)
    // The next morning they are tried again, and found again.
    world.today('2021-06-21')
    expect((await reviewDue(world)).failures.map(({ item }) => item).sort()).toEqual([due(1), due(3), due(4)])
  })

  test('a snapshot that cannot be stored is a failure of that project alone', async () => {
    for (let i = 0; i < 3; i += 1) await world.accept(due(i), school(due(i)))
    world.today('2021-06-20')
    const { store } = world
    const put: typeof store.put = snapshot =>
      snapshot.project === due(1) ? Promise.reject(new Error('throttled')) : store.put(snapshot)
    const result = await reviewDue({ ...world, store: { ...store, put } })
    expect([result.reviewed, result.failures.map(({ item }) => item)]).toEqual([3, [due(1)]])
    // It is due still, and its flags stand in the log once.
    expect(await reviewDue(world)).toEqual({ reviewed: 1, changed: 0, failures: [] })
    expect(world.items.get(due(1))?.size).toBe(2)
  })
})
