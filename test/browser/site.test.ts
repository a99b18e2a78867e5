/// <reference lib="dom" />
import type { Browser } from 'playwright-core'
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

const openPage = (width: number, javaScriptEnabled = true) => visit(browser, tracker, { width, javaScriptEnabled })

describe('the site in a browser', () => {
  it.each([1280, 320])(
    'every page opens at %i px without complaint, outside request or sideways scrolling',
    async width => {
      const { page, complaints } = await openPage(width)
      const paths = await allPages(page, tracker)
      expect(paths.length).toBeGreaterThanOrEqual(2 * (1 + 12 + 3))
      for (const path of paths) {
        await page.goto(tracker.url + path)
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
        expect(overflow, `${path} at ${width} px`).toBeLessThanOrEqual(0)
      }
      expect(complaints).toEqual([])
      await page.context().close()
    }
  )

  it('shows its colours in words and filters without script', async () => {
    const { page, complaints } = await openPage(1280, false)
    await page.goto(tracker.url)
    const rows = page.locator('main table tbody tr.row-red')
    expect(await rows.count()).toBeGreaterThan(0)
    await expect(rows.first().innerText()).resolves.toContain('红')
    const green = page.locator('tr.row-green').first()
    expect(await green.isVisible()).toBe(true)
    await page.locator('a[href$="#red"]').first().click()
    expect(await green.isVisible()).toBe(false)
    expect(await rows.first().isVisible()).toBe(true)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('sorts by a head and narrows by words where there is script, and the colour of the address stays', async () => {
    const { page, complaints } = await openPage(1280)
    await page.goto(tracker.url)
    const names = () => page.locator('.projects tbody tr:visible th a').allInnerTexts()
    const before = await names()
    const head = page.locator('.projects thead th', { hasText: '当前进度' })
    await head.getByRole('button').click()
    expect(await head.getAttribute('aria-sort')).toBe('ascending')
    const done = (await page.locator('.projects td[data-label="当前进度"] b').allInnerTexts()).map(Number.parseFloat)
    expect(done).toEqual(done.toSorted((a, b) => a - b))
    await head.getByRole('button').click()
    expect(await head.getAttribute('aria-sort')).toBe('descending')
    expect((await names()).toSorted()).toEqual(before.toSorted())
    await page.getByRole('searchbox').fill('幼儿园 红')
    expect(await names()).toEqual(expect.arrayContaining(['区实验幼儿园综合楼']))
    expect((await names()).length).toBeLessThan(before.length)
    await page.locator('a[href$="#yellow"]').first().click()
    expect(await names()).toEqual([])
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('keeps working pages for a reader without script, form explained included', async () => {
    const { page, complaints } = await openPage(900, false)
    await page.goto(`${tracker.url}/report/`)
    expect(await page.locator('noscript').count()).toBe(1)
    expect(await page.locator('button[type=submit]').isDisabled()).toBe(true)
    expect(await page.locator('main').innerText()).toContain('curl')
    expect(complaints).toEqual([])
    await page.context().close()
  })
})
