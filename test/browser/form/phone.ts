/// <reference lib="dom" />
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { withExif } from '../../form/exif.ts'
import { makeDirectory, type RunningTracker, startTracker } from '../../local/tracker.ts'
import { launchChromium } from '../chromium.ts'

/** A telephone with the form on it, a fresh one for every test, and the tracker that it reports to. */
export interface Phone {
  readonly tracker: RunningTracker
  readonly context: BrowserContext
  readonly page: Page
  /** How many taps this test has made. */
  readonly taps: () => number
  readonly tap: (selector: string, text?: string | RegExp) => Promise<void>
  /** Opens the link that an administrator gave, and waits until there is something to tap. */
  readonly open: (token?: string, where?: string, on?: Page) => Promise<void>
  /** Opens the card of a milestone, which need not be among the first ones. */
  readonly openMilestone: (project: string, milestone: string) => Promise<void>
  /** The milestone that matters most. */
  readonly firstMilestone: () => Promise<string>
  /** Waits until the bar above the projects says something. */
  readonly barSays: (text: RegExp, on?: Page) => Promise<unknown>
  /** Waits until the service worker has the form; from then on it opens without a network. */
  readonly installed: () => Promise<unknown>
  /** Chooses a photograph of one colour. */
  readonly choosePhoto: (colour: string) => Promise<void>
  /** What was reported of a project since a version, oldest first. */
  readonly reportsSince: (project: string, version: number) => Promise<readonly object[]>
  readonly versionOf: (project: string) => Promise<number>
  /** Issues a token of its own to report on a project with. */
  readonly issue: (project: string) => Promise<Issued>
  readonly revoke: (issued: Issued) => Promise<void>
}

interface Issued {
  readonly id: string
  readonly token: string
}

interface Sent {
  readonly version: number
  readonly events: readonly { readonly type: string; readonly reports?: readonly object[] }[]
}

/** A telephone for the tests of a file; tracker and browser start once. */
export const usePhone = (): Phone => {
  let tracker: RunningTracker
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let taps: number

  beforeAll(async () => {
    ;[tracker, browser] = await Promise.all([startTracker(makeDirectory()), launchChromium()])
  })
  afterAll(async () => {
    await browser?.close()
    await tracker?.stop()
  })
  beforeEach(async () => {
    context = await browser.newContext({
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
      locale: 'zh-CN'
    })
    page = await context.newPage()
    taps = 0
  })
  afterEach(() => context.close())

  const tap = async (selector: string, text?: string | RegExp): Promise<void> => {
    taps += 1
    await page
      .locator(selector, text === undefined ? {} : { hasText: text })
      .first()
      .tap()
  }

  return {
    get tracker() {
      return tracker
    },
    get context() {
      return context
    },
    get page() {
      return page
    },
    taps: () => taps,
    tap,
    open: async (token = tracker.tokens.reporter, where = '/report/', on = page) => {
      await on.goto(`${tracker.url}${where}#token=${token}`)
      await on.waitForSelector('.work li a')
    },
    openMilestone: async (project, milestone) => {
      const card = page.locator(`a[href="#milestone/${project}/${milestone}"]`)
      if (!(await card.isVisible())) await tap(`.work:has(a[href^="#milestone/${project}/"]) button`)
      await tap(`a[href="#milestone/${project}/${milestone}"]`)
    },
    firstMilestone: async () =>
      (await page.locator('.work:first-of-type li a').first().getAttribute('href'))?.split('/')[2] ?? '',
    barSays: (text, on = page) => on.locator('.outbox-bar').filter({ hasText: text }).waitFor({ timeout: 15_000 }),
    installed: () => page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated'),
    choosePhoto: async colour => {
      const buffer = await pictureOf(colour, page)
      await page.setInputFiles('input[type=file]', { name: '现场.jpg', mimeType: 'image/jpeg', buffer })
    },
    reportsSince: async (project, version) => {
      const response = await tracker.call(`/v1/projects/${project}/history?limit=200`, { role: 'admin' })
      const { commits }: { readonly commits: readonly Sent[] } = await response.json()
      return commits
        .filter(commit => commit.version > version)
        .toReversed()
        .flatMap(({ events }) =>
          events.flatMap(({ type, reports }) => (type === 'progress-reported' ? (reports ?? []) : []))
        )
    },
    versionOf: async project => {
      const response = await tracker.call(`/v1/projects/${project}`, { role: 'viewer' })
      const { version }: { readonly version: number } = await response.json()
      return version
    },
    issue: async project => {
      const body = { role: 'reporter', name: '现场', projects: [project] }
      const issued: Issued = await (await tracker.call('/v1/tokens', { role: 'admin', body })).json()
      return issued
    },
    revoke: async ({ id }) => {
      const headers = { authorization: `Bearer ${tracker.tokens.admin}` }
      const { status } = await fetch(`${tracker.url}/v1/tokens/${id}`, { method: 'DELETE', headers })
      expect(status).toBe(204)
    }
  }
}

/** A picture of one colour as a camera would give it: large, and with an Exif block. */
const pictureOf = async (colour: string, page: Page): Promise<Buffer> => {
  const bytes = await page.evaluate(async fill => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 2400, height: 1800 })
    const context = canvas.getContext('2d')
    if (context) Object.assign(context, { fillStyle: fill }).fillRect(0, 0, 2400, 1800)
    const blob = await new Promise<Blob | null>(resolve => canvas.toBlob(resolve, 'image/jpeg'))
    return [...new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer(0))]
  }, colour)
  return Buffer.from(withExif(new Uint8Array(bytes), { taken: '2021:06:21 08:15:30' }))
}
