import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'
import { historyOf, makeDirectory, type RunningTracker, slowness, startTracker } from './tracker.ts'

let tracker: RunningTracker
beforeAll(async () => {
  tracker = await startTracker(makeDirectory(), ['--empty', '--today', '2021-06-21'])
  for (const id of ['same-key', 'many'])
    await tracker.call(`/v1/projects/${id}`, {
      method: 'PUT',
      body: {
        id,
        name: id,
        start: '2021-06-01',
        milestones: [{ id: 'M1', name: '主体封顶', duration: 30, calendar: 'daily' }]
      }
    })
})
afterAll(async () => {
  await tracker.stop()
})

const written = z.object({ version: z.number() })

test('the same Idempotency-Key a hundred times at once: one commit, a hundred equal answers', async () => {
  const answers = await Promise.all(
    Array.from({ length: 100 }, async () => {
      const response = await tracker.call('/v1/projects/same-key/reports', {
        body: { noChange: true, note: 'once' },
        headers: { 'idempotency-key': 'k1' }
      })
      return {
        status: response.status,
        etag: response.headers.get('etag'),
        replayed: response.headers.get('idempotent-replayed'),
        body: await response.text()
      }
    })
  )
  expect(new Set(answers.map(({ status, etag, body }) => `${status} ${etag} ${body}`)).size).toBe(1)
  expect(answers[0]).toMatchObject({ status: 201, etag: '"2"' })
  expect(answers.filter(({ replayed }) => replayed === 'true')).toHaveLength(99)
  expect((await historyOf(tracker, 'same-key')).map(({ version }) => version)).toEqual([1, 2])
})

test('two hundred reports at once on one project: all acknowledged ones in the log, no gap, none twice', async () => {
  const answers = await Promise.all(
    Array.from({ length: 200 }, async (_, index) => {
      const note = `report ${index}`
      const response = await tracker.call('/v1/projects/many/reports', { body: { noChange: true, note } })
      return { note, status: response.status, body: await response.json() }
    })
  )
  const acknowledged = answers.filter(({ status }) => status === 201)
  // A function out of time answers 503, which acknowledges nothing; it takes a machine with much else to do.
  if (slowness() < 2) expect(acknowledged).toHaveLength(200)
  else expect(acknowledged.length).toBeGreaterThan(0)
  const history = await historyOf(tracker, 'many')
  expect(history.map(({ version }) => version)).toEqual(history.map((_, index) => index + 1))
  const byVersion = new Map(history.map(({ version, events }) => [version, events.flatMap(({ note }) => note ?? [])]))
  for (const { note, body } of acknowledged) expect(byVersion.get(written.parse(body).version)).toEqual([note])
  const notes = history.flatMap(({ events }) => events.flatMap(({ note }) => note ?? []))
  expect(new Set(notes).size).toBe(notes.length)
  expect(notes.length).toBeGreaterThanOrEqual(acknowledged.length)
})
