import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import * as z from 'zod'
import {
  eventually,
  historyOf,
  makeDirectory,
  noticeKeys,
  type RunningTracker,
  slowness,
  startTracker
} from './tracker.ts'

const today = '2021-06-21'
const words = ['--empty', '--today', today]

const planOf = (id: string) => ({
  id,
  name: `试验 ${id}`,
  category: 'building',
  responsibleUnit: `${id} 的科室`,
  manager: { name: `${id} 的负责人` },
  start: '2021-06-10',
  milestones: [
    {
      id: 'M1',
      name: '主体封顶',
      phase: 'construction',
      duration: 60,
      calendar: 'daily',
      baseline: { start: '2021-06-10', finish: '2021-08-08' }
    }
  ]
})

/** So late that R1 fires at once: one message to the manager and one to the unit. */
const redReport = (note: string) => ({
  reports: [{ milestoneId: 'M1', percentComplete: 20, forecastFinish: '2021-10-30', delay: { code: 'CONTRACTOR' } }],
  note
})

const register = async (tracker: RunningTracker, id: string) => {
  const response = await tracker.call(`/v1/projects/${id}`, { method: 'PUT', body: planOf(id) })
  if (response.status !== 201)
    throw new Error(`${response.status}: ${await response.text()}\n${tracker.output().slice(-2000)}`)
}

const report = async (tracker: RunningTracker, id: string, note: string, body: unknown = { noChange: true, note }) => {
  const response = await tracker.call(`/v1/projects/${id}/reports`, { body, headers: { 'idempotency-key': note } })
  if (response.status !== 201)
    throw new Error(`${response.status}: ${await response.text()}\n${tracker.output().slice(-2000)}`)
  return z.object({ version: z.number() }).parse(await response.json()).version
}

const notesOf = async (tracker: RunningTracker, id: string) => {
  const history = await historyOf(tracker, id)
  expect(history.map(({ version }) => version)).toEqual(history.map((_, index) => index + 1))
  return history.flatMap(({ events }) => events.flatMap(({ note }) => (note === undefined ? [] : [note])))
}

const pageShows = (tracker: RunningTracker, id: string, version: number) =>
  eventually(`version ${version} on the page of ${id}`, async () => {
    const page = await (await fetch(`${tracker.url}/projects/${id}/`)).text()
    return page.includes(`第 ${version} 版`)
  })

test('killed between the append and the feed: the page and the notices come after the next start', async () => {
  const directory = makeDirectory()
  const first = await startTracker(directory, words)
  await register(first, 'a')
  await report(first, 'a', 'the last word', redReport('the last word'))
  // The answer is out, and nothing of what follows it.
  await first.kill()
  const second = await startTracker(directory, words)
  expect(await notesOf(second, 'a')).toEqual(['the last word'])
  await pageShows(second, 'a', 2)
  await eventually('both notices', async () => noticesAbout(directory, 'a').length === 2)
  await second.kill()
  const third = await startTracker(directory, words)
  await pageShows(third, 'a', 2)
  await wait(500 * slowness())
  expect(noticesAbout(directory, 'a')).toHaveLength(2)
  expect(new Set(noticeKeys(directory)).size).toBe(noticeKeys(directory).length)
  await third.stop()
})

test('killed between the state and the page: the page comes after the next start', async () => {
  const directory = makeDirectory()
  const first = await startTracker(directory, words)
  await register(first, 'a')
  await pageShows(first, 'a', 1)
  await report(first, 'a', 'seen by the state')
  await eventually('the state', async () => {
    const response = await first.call('/v1/projects')
    const { projects } = z.object({ projects: z.array(z.object({ version: z.number() })) }).parse(await response.json())
    return projects[0]?.version === 2
  })
  await first.kill()
  const second = await startTracker(directory, words)
  await pageShows(second, 'a', 2)
  await second.stop()
})

test('killed while a receiver has a notice and has not answered: it comes again under its key, the file has it once', async () => {
  const directory = makeDirectory()
  const received: string[] = []
  let answers = false
  const receiver = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    if (body.includes('红色预警')) received.push(String(request.headers['webhook-id']))
    if (answers) response.end()
  })
  await new Promise<void>(resolve => receiver.listen(0, '127.0.0.1', resolve))
  const { port } = receiver.address() as AddressInfo
  const secret = 'whsec_c2VjcmV0c2VjcmV0c2VjcmV0'
  const environment = {
    CHANNELS: JSON.stringify([{ type: 'webhook', name: 'bureau', url: `http://127.0.0.1:${port}/hook`, secret }])
  }
  const first = await startTracker(directory, words, environment)
  await register(first, 'a')
  await report(first, 'a', 'red', redReport('red'))
  await eventually('a notice at the receiver', async () => received.length > 0)
  expect(noticesAbout(directory, 'a').length).toBeGreaterThan(0)
  await first.kill()
  const unanswered = received.splice(0)
  answers = true
  const second = await startTracker(directory, words, environment)
  await eventually('both notices', async () => noticesAbout(directory, 'a').length === 2)
  await eventually('both at the receiver', async () => new Set(received).size === 2)
  for (const key of unanswered) expect(received).toContain(key)
  await wait(500 * slowness())
  expect(new Set(noticeKeys(directory)).size).toBe(noticeKeys(directory).length)
  await second.stop()
  receiver.close()
})

test('killed at any moment under load: what was acknowledged is there once, and what was not can be repeated', {
  timeout: 180_000
}, async () => {
  const directory = makeDirectory()
  const ids = ['a', 'b', 'c', 'd', 'e', 'f']
  const acknowledged = new Set<string>()
  const asked: Sent[] = []
  let tracker = await startTracker(directory, words)
  for (const id of ids) await register(tracker, id)
  for (const [round, answered] of [0, 3, 20].entries()) {
    const running = tracker
    const sent = ids.flatMap(id => {
      const red: Sent = { id, note: `${id} red`, body: redReport(`${id} red`) }
      const plain = Array.from({ length: 5 }, (_, index): Sent => ({ id, note: `${id} ${round} ${index}` }))
      return round === 0 ? [red, ...plain] : plain
    })
    asked.push(...sent)
    const answers = Promise.allSettled(
      sent.map(async ({ id, note, body }) => {
        await report(running, id, note, body)
        acknowledged.add(note)
      })
    )
    const before = acknowledged.size
    await eventually('the answers', async () => acknowledged.size >= before + answered)
    await running.kill()
    await answers
    tracker = await startTracker(directory, words)
  }
  for (const id of ids) {
    const notes = await notesOf(tracker, id)
    expect(new Set(notes).size).toBe(notes.length)
    for (const { note } of asked.filter(one => one.id === id && acknowledged.has(one.note)))
      expect(notes).toContain(note)
  }
  // Every sender repeats what it has no answer to, and then some.
  for (const { id, note, body } of asked) await report(tracker, id, note, body)
  for (const id of ids) {
    const notes = await notesOf(tracker, id)
    expect(notes.toSorted()).toEqual(asked.flatMap(one => (one.id === id ? [one.note] : [])).toSorted())
    await pageShows(tracker, id, notes.length + 1)
    await eventually(`the notices of ${id}`, async () => noticesAbout(directory, id).length === 2)
  }
  expect(new Set(noticeKeys(directory)).size).toBe(noticeKeys(directory).length)
  process.stdout.write(`${acknowledged.size} of ${asked.length} reports acknowledged before a kill\n`)
  await tracker.stop()
})

/** A report, sent under its note as the key. */
interface Sent {
  readonly id: string
  readonly note: string
  readonly body?: unknown
}

/** Keys of the instant notices about a project; digests left out. */
const noticesAbout = (directory: string, id: string): readonly string[] =>
  noticeKeys(directory, ({ subject }) => subject === `红色预警:试验 ${id}`)
