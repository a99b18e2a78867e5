/// <reference lib="dom" />
import { expect, it } from 'vitest'
import type { Phone } from './phone.ts'

/** No place of the form is a dead end. */
export const waysOn = (phone: Phone): void => {
  it('leads back from what can be reported no more', async () => {
    await phone.open()
    await phone.page.goto(`${phone.tracker.url}/report/#milestone/erzhong-phase-2/NONE`)
    await phone.page.waitForSelector('.warning')
    await phone.tap('a.back')
    await phone.page.waitForSelector('.work li a')
  })

  it('is told to whoever typed a wrong token, and nothing of what does not wait', async () => {
    await phone.page.goto(`${phone.tracker.url}/report/#token=cpt_nobody_nothing`)
    const warning = await phone.page.locator('#sign-in .warning').innerText()
    expect(warning).toContain('令牌无效')
    expect(warning).not.toContain('待发送')
  })

  it('leads from one reason to another, and takes along only the note that is shown', async () => {
    const project = 'shiyan-kindergarten-complex'
    await phone.open(phone.tracker.tokens.reporter, `/report/?project=${project}`)
    const before = await phone.versionOf(project)
    await phone.openMilestone(project, await phone.firstMilestone())
    await phone.tap('.choices label', '新日期')
    await phone.page.locator('input[type=date]').fill('2021-01-01')
    await phone.tap('button[type=submit]')
    expect(await phone.page.locator('.error[role=alert]').innerText()).toContain('不能早于今天')
    await phone.tap('.chips label', /月/)
    await phone.tap('.chips label', '其他')
    await phone.page.locator('.details input[maxlength]').pressSequentially('道路中断')
    expect(await phone.page.locator('.details input[maxlength]').inputValue()).toBe('道路中断')
    await phone.tap('.chips label', '天气')
    await phone.tap('button[type=submit]')
    await phone.barSays(/全部已收到/)
    expect(await phone.reportsSince(project, before)).toMatchObject([{ delay: { code: 'WEATHER' } }])
    expect(JSON.stringify(await phone.reportsSince(project, before))).not.toContain('道路中断')
  })
}
