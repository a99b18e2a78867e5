import { once } from 'node:events'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { builtInCalendars } from '../../data/calendars.ts'
import { demonstrationDate, loadDemonstration } from '../../data/demonstration/load.ts'
import { help, startOptionsOf } from '../../lib/local/start-options.ts'
import {
  eventually,
  historyOf,
  makeDirectory,
  noticeKeys,
  type RunningTracker,
  runStart,
  slowness,
  spawnStart,
  startTracker
} from './tracker.ts'

const steps = loadDemonstration(builtInCalendars)
const ids = [...new Set(steps.map(({ project }) => project))]
const project = 'shiyan-primary-north'
const versionSchema = z.object({ version: z.number() })

/** Milliseconds of a first start on this machine, now. */
let firstStart = 3000

describe('the demonstration', () => {
  const directory = makeDirectory()
  let tracker: RunningTracker
  beforeAll(async () => {
    tracker = await startTracker(directory)
    firstStart = tracker.readyMilliseconds
  })
  afterAll(async () => {
    await tracker.stop()
  })

  test('is up within ten seconds of the first start, bundling and loading included', () => {
    expect(tracker.readyMilliseconds).toBeLessThan(10_000 * slowness())
    process.stdout.write(`first start: ${Math.round(tracker.readyMilliseconds)} ms\n`)
  })

  test('shows its projects, and the API answers, at once', async () => {
    const overview = await (await fetch(`${tracker.url}/`)).text()
    for (const id of ids) expect(overview).toContain(`projects/${id}/`)
    expect(overview).toContain(demonstrationDate)
    for (const path of ['/data/projects.json', '/assets/site.css'])
      expect((await fetch(`${tracker.url}${path}`)).status, path).toBe(200)
    for (const path of ['/en/', '/print/', '/report/', '/api/', `/projects/${project}/`]) {
      const response = await fetch(`${tracker.url}${path}`)
      expect(response.status, path).toBe(200)
      expect(await response.text(), path).toMatch(/class="mark-clock">.*2021-06-21/)
    }
    const health = await tracker.call('/v1/health')
    expect(await health.json()).toMatchObject({ status: 'ok', today: demonstrationDate, demonstrationClock: true })
    const list = await tracker.call('/v1/projects?limit=200', { role: 'viewer' })
    const { projects } = z.object({ projects: z.array(z.object({ id: z.string() })) }).parse(await list.json())
    expect(projects.map(({ id }) => id).toSorted()).toEqual(ids.toSorted())
  })

  test('prints a token per role, keeps them from others, and says where it runs', () => {
    for (const token of Object.values(tracker.tokens)) expect(tracker.output()).toContain(token)
    expect(statSync(join(directory, 'tokens.json')).mode & 0o777).toBe(0o600)
    expect(JSON.parse(readFileSync(join(directory, 'run.json'), 'utf8'))).toMatchObject({
      pid: tracker.process.pid,
      url: `${tracker.url}/`,
      dynamodb: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/)
    })
  })

  test('shows a report on the page and in the API within two seconds', async () => {
    const sent = performance.now()
    const response = await tracker.call(`/v1/projects/${project}/reports`, {
      role: 'reporter',
      body: { noChange: true, note: '现场核实' }
    })
    expect(response.status).toBe(201)
    const { version } = versionSchema.parse(await response.json())
    const shown = await tracker.call(`/v1/projects/${project}`)
    expect(await shown.json()).toMatchObject({ version })
    const page = `${tracker.url}/projects/${project}/`
    await eventually(
      'the version on the page',
      async () => (await (await fetch(page)).text()).includes(`第 ${version} 版`),
      2000 * slowness()
    )
    process.stdout.write(`report to page: ${Math.round(performance.now() - sent)} ms\n`)
    await eventually('the version in the overview', async () => {
      const data = await fetch(`${tracker.url}/data/projects.json`)
      const { projects } = z
        .object({ projects: z.array(versionSchema.extend({ id: z.string() })) })
        .parse(await data.json())
      return projects.some(one => one.id === project && one.version === version)
    })
  })

  test('answers a question for a page that has not changed with 304', async () => {
    const first = await fetch(`${tracker.url}/`)
    const etag = first.headers.get('etag') ?? ''
    // Undici asks for compression; the tag is that of the coding.
    expect((await fetch(`${tracker.url}/`, { headers: { 'if-none-match': etag } })).status).toBe(304)
  })

  test('refuses a second start on its folder with one sentence, and goes on', async () => {
    const { code, stdout, stderr } = await runStart(['--port', '0', '--data', directory])
    expect(code).toBe(1)
    expect(stdout).toBe('')
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(stderr).toMatch(/占用.*Another tracker is running/)
    expect((await tracker.call('/v1/health')).status).toBe(200)
  })

  test('ends on Ctrl-C with what is under way answered, and has everything on the next start', async () => {
    const digests = () => noticeKeys(directory, ({ subject }) => subject.includes('日报'))
    const digestsBefore = await eventually('the digests', async () => digests().length >= 4 && digests())
    const reports = Array.from({ length: 20 }, (_, index) =>
      tracker.call('/v1/projects/no39-north/reports', { body: { noChange: true, note: `last ${index}` } }).then(
        response => ({ index, status: response.status }),
        () => ({ index, status: 'not taken' })
      )
    )
    await wait(60)
    const code = await tracker.stop()
    expect(code).toBe(0)
    expect(existsSync(join(directory, 'run.json'))).toBe(false)
    const answers = await Promise.all(reports)
    for (const { status } of answers) expect([201, 'not taken']).toContain(status)
    const acknowledged = answers.filter(({ status }) => status === 201)
    expect(acknowledged.length).toBeGreaterThan(0)
    tracker = await startTracker(directory)
    const history = await historyOf(tracker, 'no39-north')
    const notes = history.flatMap(({ events }) => events.map(({ note }) => note))
    for (const { index } of acknowledged) expect(notes).toContain(`last ${index}`)
    expect(Object.keys(tracker.tokens)).toEqual(['admin', 'reporter', 'leader', 'viewer'])
    await wait(1000 * slowness())
    // The schedules of this date have fired: nobody gets a second digest.
    expect(digests()).toEqual(digestsBefore)
    expect(new Set(noticeKeys(directory)).size).toBe(noticeKeys(directory).length)
  })

  test('says so when the folder is asked to be empty', async () => {
    await tracker.stop()
    const { code, stderr } = await runStart(['--port', '0', '--data', directory, '--empty'])
    expect([code, stderr.trim().split('\n').length]).toEqual([2, 1])
    expect(stderr).toContain('--data')
    tracker = await startTracker(directory, ['--today', '2021-07-01'])
    // The page of the day before is shown while the new one is being written.
    const ofThatDay = async () => (await (await fetch(`${tracker.url}/`)).text()).includes('2021-07-01')
    expect(await eventually('the overview of that day', ofThatDay)).toBe(true)
  })
})

test('a first start that is killed again and again ends with the whole demonstration', {
  timeout: 180_000
}, async () => {
  const directory = makeDirectory()
  for (const share of [0.3, 0.5, 0.8]) {
    const child = spawnStart(['--port', '0', '--data', directory])
    await wait(share * firstStart)
    child.kill('SIGKILL')
    await once(child, 'close')
  }
  const tracker = await startTracker(directory)
  try {
    for (const id of ids) {
      const history = await historyOf(tracker, id)
      expect(history.map(({ version }) => version)).toEqual(history.map((_, index) => index + 1))
      const commands = history.filter(({ events }) => events.some(({ type }) => !type.startsWith('flag-')))
      expect(commands, id).toHaveLength(steps.filter(step => step.project === id).length)
    }
  } finally {
    await tracker.stop()
  }
})

test('a list of channels that is wrong is told by its place, in both languages, without its value', async () => {
  const CHANNELS = JSON.stringify([{ type: 'wecom', name: 'group', key: 'https://evil.example/very-private' }])
  const { code, stdout, stderr } = await runStart(['--port', '0', '--data', makeDirectory(), '--empty'], { CHANNELS })
  expect(code).toBe(1)
  expect(stdout).not.toContain('ready')
  expect(stderr).toMatch(/环境变量有误.*\/ The environment is wrong/)
  expect(stderr).toContain('CHANNELS is wrong at 0.key: 填机器人的 webhook 地址')
  expect(stderr).not.toMatch(/very-private|\n {4}at /)
})

test('wrong use ends with 2 and a sentence', async () => {
  const { code, stdout, stderr } = await runStart(['--port', 'x'])
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toMatch(/--port.*x/)
})

test.each<[readonly string[], RegExp]>([
  [['--port', 'x'], /--port/],
  [['--port', '65536'], /--port/],
  [['--port', '-1'], /--port/],
  [['--port='], /--port/],
  [['--data='], /--data/],
  [['--today', '2021-02-29'], /--today/],
  [['--today', 'tomorrow'], /--today/],
  [['--nonsense'], /nonsense/],
  [['--empty=yes'], /empty/],
  [['surplus'], /surplus/]
])('%j is wrong use', (words, sentence) => {
  expect(startOptionsOf(words)).toEqual({ wrong: expect.stringMatching(sentence) })
})

test('what is not said has its default', () => {
  expect(startOptionsOf([])).toEqual({ port: 8787, directory: '.tracker', today: undefined, empty: false })
  expect(startOptionsOf(['--port', '0', '--data', 'x', '--today', '2021-07-01', '--empty'])).toEqual({
    port: 0,
    directory: 'x',
    today: '2021-07-01',
    empty: true
  })
  expect(startOptionsOf(['--help', '--port', '1'])).toBe('help')
  for (const option of ['--port', '--data', '--today', '--empty']) expect(help).toContain(option)
})

test('a port in use is said in one sentence', async () => {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const { code, stderr } = await runStart(['--port', String(port), '--data', makeDirectory()])
  server.close()
  expect([code, stderr.trim().split('\n').length]).toEqual([1, 1])
  expect(stderr).toContain(String(port))
})
