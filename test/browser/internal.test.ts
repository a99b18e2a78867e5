/// <reference lib="dom" />
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeDirectory, type RunningTracker, startTracker } from '../local/tracker.ts'
import { launchChromium } from './chromium.ts'

let tracker: RunningTracker
let browser: Browser

beforeAll(async () => {
  ;[tracker, browser] = await Promise.all([startTracker(makeDirectory()), launchChromium()])
})

afterAll(async () => {
  await browser?.close()
  await tracker?.stop()
})

it.each([true, false])('a leader signs in, looks around and signs out, with script: %s', async javaScriptEnabled => {
  const context = await browser.newContext({ viewport: { width: 320, height: 900 }, javaScriptEnabled })
  const page = await context.newPage()
  await page.goto(`${tracker.url}/internal/`)
  await page.fill('#token', tracker.tokens.leader)
  await page.click('button.primary')
  expect(page.url()).toBe(`${tracker.url}/internal/`)
  const [cookie] = await context.cookies()
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/internal' })
  expect(cookie?.value).not.toBe(tracker.tokens.leader)
  expect(await page.locator('#projects tbody tr').count()).toBe(12)
  for (const place of ['', 'projects/erzhong-phase-2/', 'flags/', 'cases/', 'people/', 'deliveries/']) {
    const response = await page.goto(`${tracker.url}/internal/${place}`)
    expect(response?.status(), place).toBe(200)
    const [inside, outside] = [await page.locator('html').evaluate(html => html.scrollWidth), 320]
    expect(inside, place).toBeLessThanOrEqual(outside)
    // A column of Chinese would shrink to one character otherwise.
    const widths = await page.locator('td').evaluateAll(cells => cells.map(cell => cell.getBoundingClientRect().width))
    expect(Math.min(...widths), place).toBeGreaterThanOrEqual(80)
  }
  await page.click('form button')
  expect(await page.locator('#token').count()).toBe(1)
  expect((await page.goto(`${tracker.url}/internal/flags/`))?.status()).toBe(401)
  await context.close()
})
