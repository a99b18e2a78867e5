/// <reference lib="dom" />
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeDirectory, type RunningTracker, startTracker } from '../local/tracker.ts'
import { launchChromium } from './chromium.ts'
import { allPages, visit } from './visit.ts'

let tracker: RunningTracker
let browser: Browser

beforeAll(async () => {
  ;[tracker, browser] = await Promise.all([startTracker(makeDirectory()), launchChromium()])
})

afterAll(async () => {
  await browser?.close()
  await tracker?.stop()
})

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

declare global {
  /** Put into the page by its source. */
  var axe: { readonly run: (options: RunOptions) => Promise<AxeResults> }
}

/** What axe finds wrong on a page, contrast of all text included (WCAG 2.2 AA and good practice). */
const violations = async (page: Page, path: string): Promise<readonly string[]> => {
  await page.goto(tracker.url + path)
  await page.evaluate(axeSource)
  const found = await page.evaluate(async () => {
    for (const folded of document.querySelectorAll('details')) folded.open = true
    return (await globalThis.axe.run({ resultTypes: ['violations'] })).violations
  })
  return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${path} ${id}: ${html.slice(0, 160)}`))
}

const school = '/projects/shiyan-kindergarten-complex/'

describe('axe finds nothing', () => {
  it('on any page, at a desk and by daylight', async () => {
    const { page } = await visit(browser, tracker, { width: 1280 })
    const found: string[] = []
    const paths = await allPages(page, tracker)
    // The English page of a project has the elements of the Chinese one; one of them stands below.
    for (const path of paths.filter(each => !each.startsWith('/en/projects/')))
      found.push(...(await violations(page, path)))
    expect(found).toEqual([])
    await page.context().close()
  }, 180_000)

  it.each<readonly [string, BrowserContextOptions & { width: number }]>([
    ['in the dark', { width: 1280, colorScheme: 'dark' }],
    ['on a telephone', { width: 320 }],
    ['in forced colours', { width: 900, forcedColors: 'active' }]
  ])('on one page of each kind %s', async (_name, options) => {
    const { page } = await visit(browser, tracker, options)
    const found: string[] = []
    for (const path of ['/', '/en/', school, `/en${school}`, '/print/', '/report/'])
      found.push(...(await violations(page, path)))
    expect(found).toEqual([])
    await page.context().close()
  })
})

describe('the keyboard', () => {
  /** Where the focus lies after each press of Tab, until it leaves the page or for so many presses. */
  const tabStops = async (
    page: Page,
    most: number
  ): Promise<readonly { name: string; y: number; shown: boolean }[]> => {
    const stops: { name: string; y: number; shown: boolean }[] = []
    while (stops.length < most) {
      await page.keyboard.press('Tab')
      const stop = await page.evaluate(() => {
        const element = document.activeElement
        if (!(element instanceof HTMLElement) || element === document.body) return null
        const { top } = element.getBoundingClientRect()
        const outline = getComputedStyle(element)
        return {
          name: element.getAttribute('href') ?? element.getAttribute('aria-labelledby') ?? element.tagName,
          y: top + scrollY,
          shown: outline.outlineStyle !== 'none' && Number.parseFloat(outline.outlineWidth) >= 2
        }
      })
      if (!stop) break
      stops.push(stop)
    }
    return stops
  }

  it('reaches the skip link first, which leads to the content', async () => {
    const { page } = await visit(browser, tracker, { width: 1280 })
    await page.goto(tracker.url)
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.getAttribute('href'))).toBe('#main')
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main')
    await page.context().close()
  })

  it.each(['/', school])('goes through %s from top to bottom, and its place can be seen', async path => {
    const { page } = await visit(browser, tracker, { width: 400 })
    await page.goto(tracker.url + path)
    const stops = await tabStops(page, 80)
    expect(stops.length).toBeGreaterThan(10)
    expect(stops.filter(({ shown }) => !shown)).toEqual([])
    const turns = stops.filter(({ y }, index) => index > 0 && y < stops[index - 1]!.y - 40)
    expect(turns).toEqual([])
    await page.context().close()
  })

  it('opens the table behind a chart', async () => {
    const { page } = await visit(browser, tracker, { width: 1280 })
    await page.goto(tracker.url + school)
    const twin = page.locator('section:has(> #trend) details')
    await twin.locator('summary').focus()
    await page.keyboard.press('Enter')
    await expect(twin.locator('tbody tr').first().innerText()).resolves.toMatch(/2021年/)
    await page.context().close()
  })
})

describe('on paper', () => {
  /** The sizes of the pages of a PDF in millimetres. */
  const paper = async (path: string): Promise<readonly string[]> => {
    const { page } = await visit(browser, tracker, { width: 1280 })
    await page.goto(tracker.url + path)
    const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1')
    await page.context().close()
    const millimetres = (points: string) => Math.round((Number(points) * 25.4) / 72)
    return [...pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(
      ([, width, height]) => `${millimetres(width!)} × ${millimetres(height!)}`
    )
  }

  it('the board is one sheet of A3 in landscape', async () => {
    expect(await paper('/print/')).toEqual(['420 × 297'])
  })

  it('a project is a bulletin of at most four sheets of A4 upright', async () => {
    const sheets = await paper(school)
    expect(new Set(sheets)).toEqual(new Set(['210 × 297']))
    expect(sheets.length).toBeLessThanOrEqual(4)
  })

  it('the overview lies on A4 in landscape', async () => {
    expect(new Set(await paper('/'))).toEqual(new Set(['297 × 210']))
  })

  it.each(['/', '/print/', school])('nothing of %s is cut off at the edge', async path => {
    const { page } = await visit(browser, tracker, { width: 1100 })
    await page.emulateMedia({ media: 'print' })
    await page.goto(tracker.url + path)
    const cut = await page.evaluate(() =>
      [...document.querySelectorAll('main *')]
        .filter(element => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
        .map(element => element.outerHTML.slice(0, 80))
    )
    expect(cut).toEqual([])
    await page.context().close()
  })
})
