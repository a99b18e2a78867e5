import { expect, test } from 'vitest'
import { takeSnapshot } from '../../functions/flows/take-snapshot.ts'
import { begun, lateBy, school, startWorld } from './world.ts'

/** A school that is registered on Monday 31 May, begins on 1 June and moves its date on Friday 4 June. */
const week = async () => {
  const world = startWorld()
  world.today('2021-05-31')
  await world.accept('a', school('a'))
  world.today('2021-06-01')
  await world.accept('a', begun)
  world.today('2021-06-04')
  await world.accept('a', lateBy('2021-12-01'))
  return world
}

test('a snapshot tells a change from the evening of the Monday before', async () => {
  const world = await week()
  const { week: change, projectedFinish } = (await world.store.get('a'))!.summary
  expect(change).toMatchObject({
    since: '2021-05-31',
    before: { percentComplete: 0 },
    reached: [{ id: 'C1', name: '开工' }]
  })
  expect(change!.before!.projectedFinish! < projectedFinish!).toBe(true)
})

test('nothing is asked of the log, and nothing told, where the project has not changed since Monday', async () => {
  const world = await week()
  const { state } = await world.log.load('a')
  if (state.status === 'unregistered') throw new Error('not registered')
  const log = { ...world.log, load: () => expect.fail('asked'), commits: () => expect.fail('asked') }
  expect((await takeSnapshot(state, '2021-06-08', { ...world, log })).summary.week).toBeUndefined()
})

test('the Monday is found behind any number of commits of the week', async () => {
  const world = await week()
  for (let day = 0; day < 40; day += 1) await world.accept('a', { type: 'report-no-change' })
  expect((await world.store.get('a'))!.summary.week).toMatchObject({ before: { percentComplete: 0 } })
})
