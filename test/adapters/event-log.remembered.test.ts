import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type LogItems, memoryEventLog, memoryLogTable } from '../../functions/adapters/event-log.memory.ts'
import { rememberingEventLog } from '../../functions/adapters/event-log.remembered.ts'
import { eventLogOver, type ItemRange } from '../../functions/adapters/event-log.shared.ts'
import { appendMany, appendNext, projectOf } from '../contract/samples.ts'
import { runs } from '../properties/runs.ts'

/** A log that remembers, another over the same items that does not, and what the first has asked for. */
const begun = (stored: LogItems = new Map()) => {
  const asked: Pick<ItemRange, 'from' | 'pageSize'>[] = []
  const table = memoryLogTable(stored)
  const watched = eventLogOver({
    ...table,
    query: (project, range) => {
      asked.push({ from: range.from, pageSize: range.pageSize })
      return table.query(project, range)
    }
  })
  return { stored, asked, log: rememberingEventLog(watched), other: memoryEventLog(stored) }
}

test('whoever writes, whatever was loaded before, a load gives what the log says', async () => {
  const steps = fc.array(
    fc.record({ project: fc.constantFrom('p', 'q'), by: fc.constantFrom('this', 'another'), commits: fc.nat(20) }),
    { maxLength: 12 }
  )
  await fc.assert(
    fc.asyncProperty(steps, async lives => {
      const { log, other } = begun()
      for (const { project, by, commits } of lives) {
        await appendMany(by === 'this' ? log : other, project, commits)
        expect(await log.load(project)).toEqual(await other.load(project))
      }
    }),
    { numRuns: runs(60) }
  )
})

test('what is known is asked for from its last commit on, in one query', async () => {
  const { log, other, asked } = begun()
  await appendMany(other, 'p', 20)
  await log.load('p')
  await appendMany(other, 'p', 2)
  asked.length = 0
  expect((await log.load('p')).state.version).toBe(22)
  expect((await log.load('p')).state.version).toBe(22)
  expect(asked.map(({ from }) => from)).toEqual([20, 22])
})

test('a log that has gone far on is read by the state that it carries', async () => {
  const { log, other, asked } = begun()
  await appendMany(other, 'p', 1)
  await log.load('p')
  await appendMany(other, 'p', 50)
  asked.length = 0
  expect(await log.load('p')).toEqual(await other.load('p'))
  expect(asked).toEqual([
    { from: 1, pageSize: 16 },
    { from: 1, pageSize: 16 }
  ])
})

test.each([
  ['another log', 3],
  ['a shorter log', 1],
  ['no log', 0]
])('%s in the place of the one that was known is loaded as it is', async (_, commits) => {
  const { log, other, stored } = begun()
  await appendMany(other, 'p', 3)
  await log.load('p')
  stored.delete('p')
  if (commits > 0) {
    await appendNext(other, 'p', [{ type: 'project-registered', project: { ...projectOf('p'), name: '另一工程' } }])
    await appendMany(other, 'p', commits - 1)
  }
  expect(await log.load('p')).toEqual(await other.load('p'))
})

test('an earlier version is never answered with what is known of the last', async () => {
  const { log, other } = begun()
  await appendMany(other, 'p', 3)
  await log.load('p')
  expect(await log.load('p', 2)).toEqual(await other.load('p', 2))
})

test('beyond some thousands of milestones those that were not asked for longest are forgotten', async () => {
  const { log, other, asked } = begun()
  const milestones = Array.from({ length: 1000 }, (_, i) => ({ id: `m${i}`, name: '节点', duration: 1 }))
  for (const id of ['a', 'b', 'c', 'd']) {
    await appendNext(other, id, [{ type: 'project-registered', project: { ...projectOf(id), milestones } }])
    await appendMany(other, id, 1)
  }
  for (const id of ['a', 'b', 'c', 'a', 'd']) await log.load(id)
  asked.length = 0
  for (const id of ['a', 'd', 'b']) await log.load(id)
  expect(asked.map(({ from }) => from)).toEqual([2, 2, 1])
})
