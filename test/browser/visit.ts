/// <reference lib="dom" />
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import type { RunningTracker } from '../local/tracker.ts'

/** A page in a browser, and what it did that no page should. */
export interface Visit {
  readonly page: Page
  /** Errors, outside requests and answers of 400 and more, as they come. */
  readonly complaints: readonly string[]
}

/** A visitor of the site with a window of its own. */
export const visit = async (
  browser: Browser,
  tracker: RunningTracker,
  options: BrowserContextOptions & { readonly width: number }
): Promise<Visit> => {
  const { width, ...rest } = options
  const context = await browser.newContext({ viewport: { width, height: 900 }, ...rest })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', message => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(`console: ${message.text()}`)
  })
  page.on('pageerror', error => complaints.push(`error: ${error.message}`))
  page.on('request', request => {
    if (!request.url().startsWith(`${tracker.url}/`)) complaints.push(`outside: ${request.url()}`)
  })
  page.on('response', response => {
    if (response.status() >= 400) complaints.push(`${response.status()}: ${response.url()}`)
  })
  return { page, complaints }
}

/** Every page of the site, found by following its own links from the overview. */
export const allPages = async (page: Page, tracker: RunningTracker): Promise<readonly string[]> => {
  const found = new Set(['/'])
  for (const path of found) {
    await page.goto(tracker.url + path)
    const links = await page.$$eval('a[href]', anchors =>
      anchors.map(a => (a instanceof HTMLAnchorElement ? a.href : ''))
    )
    for (const link of links) {
      const { origin, pathname } = new URL(link)
      if (origin === tracker.url && pathname.endsWith('/')) found.add(pathname)
    }
  }
  return [...found]
}
