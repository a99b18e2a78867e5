/// <reference lib="dom" />
import { expect, it } from 'vitest'
import type { Phone } from './phone.ts'

/** What is reported without a network waits, and is recorded once. */
export const withoutNetwork = (phone: Phone): void => {
  it('three reports with two photographs wait through a reload, and each is recorded once when the network is back', async () => {
    const project = 'shiyan-kindergarten-complex'
    const before = await phone.versionOf(project)
    await phone.open(phone.tracker.tokens.reporter, `/report/?project=${project}`)
    await phone.installed()
    await phone.context.setOffline(true)
    const ids = await phone.page.$$eval('.work:first-of-type li a', links =>
      links.slice(0, 3).map(a => a.getAttribute('href'))
    )
    for (const [at, href] of ids.entries()) {
      await phone.tap(`a[href="${href}"]`)
      if (at < 2) {
        await phone.choosePhoto(['#a33', '#3a3'][at]!)
        await phone.page.waitForSelector('.strip canvas')
      }
      await phone.tap('summary', '备注')
      await phone.page.fill('textarea', `离线 ${href}`)
      await phone.tap('button[type=submit]')
      await phone.barSays(/待发送/)
    }
    await phone.page.reload()
    await phone.barSays(/3 条待发送/)
    expect(await phone.versionOf(project)).toBe(before)
    await phone.context.setOffline(false)
    await phone.barSays(/全部已收到/)
    const reports = await phone.reportsSince(project, before)
    expect(reports).toMatchObject(ids.map(href => ({ note: `离线 ${href}` })))
    const photos = reports.flatMap(report => ('photos' in report && Array.isArray(report.photos) ? report.photos : []))
    expect(new Set(photos).size).toBe(2)
    expect(photos).toHaveLength(2)
    const thumbnails = async () => {
      await phone.page.goto(`${phone.tracker.url}/projects/${project}/`)
      // They are loaded when they come near.
      for (const image of await phone.page.locator('.photos img').all()) await image.scrollIntoViewIfNeeded()
      await phone.page.waitForLoadState('networkidle')
      return phone.page.$$eval('.photos img', images =>
        images.map(image => (image instanceof HTMLImageElement ? image.naturalWidth : 0))
      )
    }
    await expect.poll(thumbnails, { timeout: 10_000 }).toEqual([320, 320])
    expect(await phone.page.locator('.photos img').first().getAttribute('alt')).toContain('摄于 2021年6月21日 08:15')
    for (const sha256 of photos) {
      const response = await fetch(`${phone.tracker.url}/photos/${project}/${sha256}`)
      const bytes = Buffer.from(await response.arrayBuffer())
      expect(response.headers.get('content-type')).toBe('image/jpeg')
      expect(response.headers.get('x-content-type-options')).toBe('nosniff')
      expect(bytes.toString('latin1')).not.toMatch(/Exif|GPS/)
    }
  })

  it('two windows send a report once', async () => {
    const project = 'erzhong-phase-2'
    await phone.open(phone.tracker.tokens.reporter, `/report/?project=${project}`)
    await phone.installed()
    const other = await phone.context.newPage()
    await phone.open(phone.tracker.tokens.reporter, `/report/?project=${project}`, other)
    await phone.page.bringToFront()
    let posts = 0
    phone.context.on('response', response => {
      if (response.request().method() === 'POST') posts += 1
    })
    const before = await phone.versionOf(project)
    await phone.context.setOffline(true)
    await phone.tap('.also a', '无变化')
    await phone.tap('button[type=submit]')
    await phone.barSays(/1 条待发送/)
    await phone.context.setOffline(false)
    await Promise.all([phone.barSays(/全部已收到/), phone.barSays(/全部已收到/, other)])
    expect(posts).toBe(1)
    expect(await phone.versionOf(project)).toBe(before + 1)
  })

  it('is sent by the service worker when the page is closed, once the browser says that there is a network', async () => {
    const project = 'erzhong-phase-2'
    await phone.open(phone.tracker.tokens.reporter, `/report/?project=${project}`)
    await phone.installed()
    const before = await phone.versionOf(project)
    const sync = await backgroundSync()
    await phone.context.setOffline(true)
    await phone.tap('.also a', '无变化')
    await phone.tap('button[type=submit]')
    await phone.barSays(/1 条待发送/)
    await phone.page.close()
    await sync()
    expect(await phone.versionOf(project)).toBe(before)
    await phone.context.setOffline(false)
    // Fired again while anything waits, as the browser does: the worker hears of the network a moment after the browser.
    const afterSync = () => sync().then(() => phone.versionOf(project))
    await expect.poll(afterSync, { timeout: 30_000, interval: 500 }).toBe(before + 1)
    await sync()
    const page = await phone.context.newPage()
    await page.goto(`${phone.tracker.url}/report/`)
    await phone.barSays(/全部已收到/, page)
    expect(await phone.versionOf(project)).toBe(before + 1)
  })

  /** Fires Background Sync as the browser does when it finds a network; by DevTools, from a page that is not of the form. */
  const backgroundSync = async (): Promise<() => Promise<unknown>> => {
    const elsewhere = await phone.context.newPage()
    await elsewhere.goto(`${phone.tracker.url}/assets/icon.svg`)
    const devtools = await phone.context.newCDPSession(elsewhere)
    const registered = new Promise<string>(resolve =>
      devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
        const ours = registrations.find(({ scopeURL }) => scopeURL === `${phone.tracker.url}/report/`)
        if (ours) resolve(ours.registrationId)
      })
    )
    await devtools.send('ServiceWorker.enable')
    const registrationId = await registered
    const { url: origin } = phone.tracker
    return () =>
      devtools.send('ServiceWorker.dispatchSyncEvent', {
        origin,
        registrationId,
        tag: 'report-outbox',
        lastChance: false
      })
  }
}
