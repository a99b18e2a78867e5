/// <reference lib="dom" />
import { expect, it } from 'vitest'
import type { Phone } from './phone.ts'

/** What somebody does who opens the link that an administrator gave. */
export const fromTheLink = (phone: Phone): void => {
  it('a new date with its reason is sent with five taps', async () => {
    const before = await phone.versionOf('erzhong-phase-2')
    await phone.open()
    await phone.tap('.work li a')
    await phone.tap('.choices label', '新日期')
    await phone.tap('.chips label', /月/)
    await phone.tap('.chips label', '天气')
    await phone.tap('button[type=submit]')
    await phone.barSays(/已收到/)
    expect(phone.taps()).toBeLessThanOrEqual(5)
    expect(await phone.reportsSince('erzhong-phase-2', before)).toEqual([
      expect.objectContaining({ delay: { code: 'WEATHER' }, forecastFinish: expect.stringMatching(/^2021-/) })
    ])
  })

  it('what is done is sent with three, and the page of the project shows it soon', async () => {
    await phone.open(phone.tracker.tokens.reporter, '/report/?project=shiyan-primary-complex')
    await phone.tap('a[href="#milestone/shiyan-primary-complex/V4"]')
    await phone.tap('.choices label', '已完成')
    await phone.tap('button[type=submit]')
    await phone.barSays(/已收到/)
    expect(phone.taps()).toBe(3)
    const shown = async () => {
      await phone.page.goto(`${phone.tracker.url}/projects/shiyan-primary-complex/`)
      return phone.page.locator('.milestones tr', { hasText: 'V4' }).first().innerText()
    }
    await expect.poll(shown, { timeout: 20_000 }).toMatch(/V4[\s\S]*?2021年6月21日/)
  })

  it('the token leaves the address at once and goes to the API alone', async () => {
    const asked: string[] = []
    phone.page.on('request', request => {
      if (`${request.url()} ${JSON.stringify(request.headers())}`.includes(phone.tracker.tokens.reporter))
        asked.push(new URL(request.url()).pathname)
    })
    await phone.open()
    expect(phone.page.url()).toBe(`${phone.tracker.url}/report/`)
    expect(new Set(asked)).toEqual(new Set(['/v1/agenda']))
    await phone.page.goto(`${phone.tracker.url}/`)
    await phone.page.goBack()
    await phone.page.waitForSelector('.work li a')
    expect(phone.page.url()).toBe(`${phone.tracker.url}/report/`)
  })

  it('shows how each milestone stands, and says how old that is once there is no network', async () => {
    await phone.open()
    await phone.installed()
    expect(await phone.page.locator('.work li').first().innerText()).toMatch(/预计 \d+月\d+日.*%/)
    await phone.context.setOffline(true)
    await phone.page.reload()
    await phone.page.waitForSelector('.fresh.old-data')
    expect(await phone.page.locator('.fresh').innerText()).toMatch(/没有网络。\s*以下是 .* 的情况/)
    expect(await phone.page.locator('.work li').count()).toBeGreaterThan(10)
  })

  it('everything that is tapped is 48 px high', async () => {
    await phone.open()
    const low = () =>
      phone.page.$$eval('.app a, .app button, .app .choice, .app summary', elements =>
        elements.flatMap(element => {
          const { height } = element.getBoundingClientRect()
          return height > 0 && height < 48 ? [`${element.textContent} ${height}`] : []
        })
      )
    expect(await low()).toEqual([])
    await phone.tap('.work li a')
    await phone.tap('.choices label', '新日期')
    expect(await low()).toEqual([])
  })

  it('the agenda is asked for while the form itself is still on its way, and once', async () => {
    const asked: string[] = []
    phone.page.on('request', request => asked.push(new URL(request.url()).pathname))
    await phone.page.route('**/assets/report.js', async route => {
      await phone.page.waitForResponse('**/v1/agenda')
      await route.continue()
    })
    await phone.open()
    expect(asked.filter(path => path === '/v1/agenda')).toHaveLength(1)
  })
}
