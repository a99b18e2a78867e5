/// <reference lib="dom" />
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, makeDirectory, type RunningTracker, startTracker } from '../local/tracker.ts'
import { launchChromium } from './chromium.ts'
import { allPages } from './visit.ts'

/** What breaks out of text, attributes, comments, titles, data and styles; whatever of it comes alive carries the mark. */
const payloads = [
  '"><img src=x data-mark onerror=alert(1)>',
  '<script data-mark>alert(1)</script>',
  "'><svg data-mark onload=alert(1)>",
  '</title><script data-mark>alert(1)</script>',
  '</script><script data-mark>alert(1)//',
  '<a data-mark href=javascript:alert(1)>x</a>',
  '--><body data-mark onload=alert(1)>',
  ']]><b data-mark style=x:expression(1)>',
  '&lt;img data-mark src=x onerror=alert(1)&gt;',
  '=HYPERLINK("https://x.example","x")'
] as const

let tracker: RunningTracker
let browser: Browser
beforeAll(async () => {
  ;[tracker, browser] = await Promise.all([
    startTracker(makeDirectory(), ['--empty', '--today', '2021-06-21']),
    launchChromium()
  ])
  for (const [index, payload] of payloads.entries()) await writeEverywhere(`p${index}`, payload)
})
afterAll(async () => {
  await browser?.close()
  await tracker?.stop()
})

const sent = async (method: string, path: string, body: object) => {
  const response = await tracker.call(path, { method, body })
  const text = await response.text()
  expect(response.status, `${method} ${path} ${text.slice(0, 300)}`).toBeLessThan(300)
  return JSON.parse(text)
}

/** Puts the text into every field of every write that takes one. */
const writeEverywhere = async (id: string, text: string) => {
  const project = `/v1/projects/${id}`
  const post = (path: string, body: object) => sent('POST', path, body)
  const milestone = { name: text, nameEn: text, phase: text.slice(0, 40), duration: 20 }
  const delay = { code: 'OTHER', note: text }
  const plan = {
    id,
    name: text,
    nameEn: text,
    programme: text,
    town: text,
    category: text.slice(0, 40),
    responsibleUnit: text,
    scope: text,
    manager: { name: text, contact: text },
    requiredBy: '2021-08-25',
    start: '2021-03-01',
    source: { document: text, item: text, owed: text },
    calendars: {
      [text]: { base: 'daily', exceptions: [{ from: '2021-05-01', to: '2021-05-02', working: false, name: text }] }
    },
    milestones: [
      { ...milestone, id: 'C1', calendar: text },
      { ...milestone, id: 'C3', predecessors: [{ milestoneId: 'C1' }] },
      { ...milestone, id: 'V2' },
      { ...milestone, id: 'U2', predecessors: [{ milestoneId: 'C3' }] }
    ],
    count: { unit: text.slice(0, 20), total: 10, plan: [{ date: '2021-07-01', value: 10 }] }
  }
  await sent('PUT', project, plan)
  await post(`${project}/baselines`, { reason: text, delay })
  const late = { percentComplete: 10, forecastFinish: '2022-03-31', delay, note: text }
  await post(`${project}/reports`, { reports: ['C1', 'C3'].map(milestoneId => ({ milestoneId, ...late })) })
  await post(`/v1/cases/${id}.1/ruling`, { excusable: true, reason: text })
  const report = await post(`${project}/reports`, { noChange: true, note: text })
  await post(`${project}/corrections`, {
    corrects: report.version - 1,
    reason: text,
    reports: [{ milestoneId: 'C3', percentComplete: 5 }]
  })
  await post(`${project}/milestones/V2/cancel`, { reason: text })
  await post(`${project}/pause`, { reason: text, reviewOn: '2021-07-01' })
  await post(`${project}/resume`, { reason: text })
  await post(`${project}/silences`, { until: '2021-07-01', reason: text })
  await post(`${project}/judgement`, { light: 'yellow', reason: text, approvedBy: 'director' })
  await post(`/v1/cases/${id}.1/acknowledge`, { committedFinish: '2022-03-31', measure: text })
  await post(`/v1/cases/${id}.1/close`, { evidence: text })
  const reach = [{ channel: text, address: text }]
  await sent('PUT', `/v1/people/${id}`, {
    name: text,
    position: 'manager',
    unit: text,
    projects: [id],
    towns: [text],
    reach
  })
}

/** A window in which everything that a payload could do leaves a trace. */
const watched = async () => {
  const context = await browser.newContext()
  const traces: string[] = []
  await context.exposeFunction('leaveTrace', (trace: string) => void traces.push(trace))
  await context.addInitScript(() => {
    const trace = (text: string) => Reflect.get(window, 'leaveTrace')(`${location.pathname}: ${text}`)
    window.alert = () => trace('a script ran')
    document.addEventListener('securitypolicyviolation', event =>
      trace(`refused ${event.violatedDirective} ${event.sample}`)
    )
  })
  const page = await context.newPage()
  page.on('dialog', dialog => {
    traces.push(`dialog ${dialog.message()}`)
    return dialog.dismiss()
  })
  page.on('request', request => {
    if (!request.url().startsWith(`${tracker.url}/`)) traces.push(`outside ${request.url()}`)
  })
  return { context, page, traces }
}

const look = async (page: Page, path: string, traces: string[]) => {
  // Feeds, calendars and workbooks are for other programs: a browser keeps them, and opens none.
  const opened = await page.goto(tracker.url + path).catch(() => undefined)
  if (!opened) return
  const marks = await page.evaluate(() => document.querySelectorAll('[data-mark]').length)
  if (marks > 0) traces.push(`${path}: ${marks} elements that nobody of the site made`)
}

test('text of people comes alive on no page: public, internal, print, outbox, feeds, documentation', async () => {
  await eventually('the last project on the site', async () => {
    const page = await fetch(`${tracker.url}/projects/p${payloads.length - 1}/`)
    return page.ok && (await page.text()).includes('HYPERLINK')
  })
  const { context, page, traces } = await watched()
  const found = await allPages(page, tracker)
  const data = payloads.flatMap((_, index) => [`/data/projects/p${index}.json`, `/projects/p${index}/calendar.ics`])
  const others = ['/feed.atom', '/calendar.ics', '/ledger.xlsx', '/data/projects.json', '/outbox/', '/nowhere<script>/']
  for (const path of [...found, ...data, ...others]) await look(page, path, traces)

  await page.goto(`${tracker.url}/internal/`)
  await page.fill('#token', tracker.tokens.leader)
  await page.click('button.primary')
  const inside = [
    '',
    'flags/',
    'cases/',
    'people/',
    'deliveries/',
    ...payloads.map((_, index) => `projects/p${index}/`)
  ]
  for (const place of inside) await look(page, `/internal/${place}`, traces)
  await page.goto(`${tracker.url}/internal/people/`)
  expect(await page.locator('main').innerText()).toContain(payloads[1])

  expect(traces).toEqual([])
  expect(found.length).toBeGreaterThan(payloads.length * 2)
  process.stdout.write(
    `stored script: ${payloads.length} texts, ${found.length + data.length + others.length + inside.length} pages\n`
  )
  await context.close()
}, 180_000)

test('nor in the form for reports, which builds its page from what the API says', async () => {
  const { context, page, traces } = await watched()
  await page.goto(`${tracker.url}/report/#token=${tracker.tokens.admin}`)
  await page.waitForFunction(text => document.querySelector('#app')?.textContent?.includes(text), payloads[1])
  const marks = await page.evaluate(() => document.querySelectorAll('[data-mark]').length)
  expect([traces, marks]).toEqual([[], 0])
  await context.close()
}, 60_000)
