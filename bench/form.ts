/// <reference lib="dom" />
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { startTracker } from '../lib/local/runtime.ts'
import { launchChromium } from '../test/browser/chromium.ts'

/**
 * How soon the form for reports can be used after its link was opened: until the first milestone can be tapped, on a
 * telephone over 3G, the first time and when its service worker has it. Least of some, in milliseconds; the share of the
 * network is what the same page takes without the throttle.
 */

/** Round trip in milliseconds and kbit/s down and up. 3G: the "Regular 3G" of browsers' tools; fast: "Slow 4G" of Lighthouse. */
const networks = { '3G': [100, 750, 250], 'fast 3G': [150, 1600, 750], none: undefined } as const
const times = Number(process.argv[2] ?? 5)

const directory = mkdtempSync(join(tmpdir(), 'form-bench-'))
const tracker = await startTracker({
  directory,
  port: 0,
  empty: false,
  report: (what, error) => console.error(what, error)
})
const issued = await fetch(`${tracker.url}v1/tokens`, {
  method: 'POST',
  headers: { authorization: `Bearer ${tracker.tokens.admin}`, 'content-type': 'application/json' },
  body: JSON.stringify({ role: 'reporter', name: 'bench', projects: ['erzhong-phase-2', 'shiyan-primary-complex'] })
})
const { token }: { readonly token: string } = await issued.json()

/**
 * Marks in the page's own time, which begins when the link is opened, the first picture with a milestone to tap: whoever
 * asks from outside hears of it later, the more so the busier the machine is.
 */
const markUsable = (): void => {
  new MutationObserver((_changes, observer) => {
    if (!document.querySelector('.work li a')) return
    observer.disconnect()
    requestAnimationFrame(() => setTimeout(() => performance.mark('usable')))
  }).observe(document, { subtree: true, childList: true })
}

/** Opens the link for the first time, and once more with everything there. */
const measured = async (browser: Browser, network: (typeof networks)[keyof typeof networks]) => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  const page = await context.newPage()
  if (network) {
    const [latency, down, up] = network
    const session = await context.newCDPSession(page)
    const conditions = { offline: false, latency, downloadThroughput: down * 125, uploadThroughput: up * 125 }
    await session.send('Network.emulateNetworkConditions', conditions)
  }
  await page.addInitScript(markUsable)
  const usable = async (address: string): Promise<number> => {
    await page.goto(address, { waitUntil: 'commit' })
    await page.waitForFunction(() => performance.getEntriesByName('usable').length > 0)
    return page.evaluate(() => performance.getEntriesByName('usable')[0]?.startTime ?? Number.NaN)
  }
  const first = await usable(`${tracker.url}report/#token=${token}`)
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated')
  const again = await usable(`${tracker.url}report/?again`)
  await context.close()
  return { first, again }
}

const browser = await launchChromium()
try {
  const rows = []
  for (const [network, conditions] of Object.entries(networks)) {
    const runs = []
    for (let run = 0; run < times; run += 1) runs.push(await measured(browser, conditions))
    rows.push({
      network,
      'first visit': Math.round(Math.min(...runs.map(({ first }) => first))),
      'with the service worker': Math.round(Math.min(...runs.map(({ again }) => again)))
    })
  }
  console.table(rows)
} finally {
  await browser.close()
  await tracker.stop()
  rmSync(directory, { recursive: true, force: true })
}
