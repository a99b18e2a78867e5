/// <reference lib="dom" />
import { expect, it } from 'vitest'
import type { Phone } from './phone.ts'

/** What the tracker refuses is explained and can be corrected. */
export const refused = (phone: Phone): void => {
  it('is explained, and goes out anew once it is corrected', async () => {
    const project = 'shiyan-primary-complex'
    await phone.open(phone.tracker.tokens.reporter, `/report/?project=${project}`)
    await phone.installed()
    const [milestone = ''] = await phone.page.$$eval('.work:first-of-type li a', links =>
      links.map(a => a.getAttribute('href')?.split('/')[2] ?? '')
    )
    await phone.context.setOffline(true)
    await phone.openMilestone(project, milestone)
    await phone.tap('.choices label', '进度')
    await phone.tap('.chips button', '90%')
    await phone.tap('button[type=submit]')
    await phone.barSays(/1 条待发送/)
    await phone.tracker.call(`/v1/projects/${project}/reports`, {
      role: 'reporter',
      body: { reports: [{ milestoneId: milestone, percentComplete: 95 }] }
    })
    const before = await phone.versionOf(project)
    await phone.context.setOffline(false)
    await phone.barSays(/1 条待处理/)
    const elsewhere = await phone.versionOf('erzhong-phase-2')
    await phone.tap('a[href="#project/erzhong-phase-2"]')
    await phone.tap('button[type=submit]')
    await expect.poll(() => phone.versionOf('erzhong-phase-2'), { timeout: 15_000 }).toBe(elsewhere + 1)
    await phone.barSays(/1 条待处理[\s\S]*90%/)
    await phone.tap('.outbox-bar')
    const refused = await phone.page.locator('.refused').innerText()
    expect(refused).toMatch(/进度：低于已报进度；如/)
    expect(refused.split('低于已报进度')).toHaveLength(2)
    expect(refused).not.toContain('/reports')
    expect(refused).toContain('区实验小学综合楼')
    expect(await phone.versionOf(project)).toBe(before)
    // The language is that of the page, not of the sending.
    await phone.page.goto(`${phone.tracker.url}/en/report/#outbox`)
    const inEnglish = await phone.page.locator('.refused').innerText()
    expect(inEnglish).toMatch(/Percent: It is less than was reported/)
    expect(inEnglish).not.toContain('低于')
    await phone.page.goBack()
    await phone.page.waitForSelector('.refused')
    await phone.tap('a', '改正后重发')
    expect(await phone.page.locator('output').innerText()).toBe('95%')
    expect(await phone.page.locator('.details').first().innerText()).toContain('已记录 95%')
    await phone.tap('.chips button', '100%')
    await phone.tap('button[type=submit]')
    await phone.barSays(/全部已收到/)
    expect(await phone.reportsSince(project, before)).toEqual([{ milestoneId: milestone, percentComplete: 100 }])
    await phone.tap('.outbox-bar')
    expect(await phone.page.locator('.refused').count()).toBe(0)
  })

  it('for its token keeps what waits, asks to sign in again, and is sent once its bearer says that it is theirs', async () => {
    const project = 'erzhong-phase-2'
    const [first, second] = [await phone.issue(project), await phone.issue(project)]
    await phone.open(first.token)
    await phone.installed()
    await phone.context.setOffline(true)
    await phone.tap('.also a', '无变化')
    await phone.tap('button[type=submit]')
    await phone.barSays(/1 条待发送/)
    await phone.revoke(first)
    const before = await phone.versionOf(project)
    await phone.context.setOffline(false)
    await phone.page.waitForSelector('#sign-in .warning')
    expect(await phone.page.locator('.warning').innerText()).toContain('令牌已失效')
    await phone.barSays(/1 条待发送/)
    await phone.page.fill('#token', second.token)
    await phone.tap('button[type=submit]')
    await phone.page.locator('.left', { hasText: '前一个令牌已失效，留下 1 份' }).waitFor()
    expect(await phone.versionOf(project)).toBe(before)
    await phone.tap('.left button', '是我填的')
    await phone.barSays(/全部已收到/)
    expect(await phone.versionOf(project)).toBe(before + 1)
  })
}
