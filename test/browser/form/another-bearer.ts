/// <reference lib="dom" />
import { expect, it } from 'vitest'
import type { Phone } from './phone.ts'

/** What one bearer filled in on a telephone is neither shown to the next one nor sent under their token. */
export const anotherBearer = (phone: Phone): void => {
  const project = 'erzhong-phase-2'

  const textOfApp = () => phone.page.locator('#app').innerText()

  const expectNothingOf = async (milestone: string): Promise<void> => {
    await phone.page.locator('.left', { hasText: '本机有 2 份未发送的填报' }).waitFor()
    expect(await phone.page.locator('.outbox-bar, .work em, .left button').count()).toBe(0)
    await phone.openMilestone(project, milestone)
    await phone.page.waitForSelector('.report-form')
    expect(await phone.page.locator('textarea').inputValue()).toBe('')
    await phone.page.goto(`${phone.tracker.url}/report/#outbox`)
    await phone.page.waitForSelector('.account')
    expect(await textOfApp()).toContain('本机尚无填报')
  }

  it('a half-filled report and one that waits stay with the token, through signing out and another one', async () => {
    const [first, second] = [await phone.issue(project), await phone.issue(project)]
    const before = await phone.versionOf(project)
    await phone.open(first.token)
    const milestone = await phone.firstMilestone()
    await phone.page.route('**/reports', route => route.abort())
    await phone.tap('.also a', '无变化')
    await phone.tap('button[type=submit]')
    await phone.barSays(/1 条待发送/)
    await phone.openMilestone(project, milestone)
    await phone.tap('summary', '备注')
    await phone.page.fill('textarea', '甲写的')
    await phone.tap('a.back')
    await phone.page.locator('.work em', { hasText: '未发送' }).waitFor()
    await phone.tap('.account button', '退出登录')
    await phone.page.locator('.left', { hasText: '本机有 2 份未发送的填报' }).waitFor()
    expect(await textOfApp()).not.toContain('无变化')
    await phone.page.unroute('**/reports')
    await phone.open(second.token)
    await expectNothingOf(milestone)
    expect(await phone.versionOf(project)).toBe(before)
    await phone.open(first.token)
    await phone.barSays(/全部已收到/)
    expect(await phone.versionOf(project)).toBe(before + 1)
    await phone.openMilestone(project, milestone)
    expect(await phone.page.locator('textarea').inputValue()).toBe('甲写的')
  })

  it('a link with another token opens nothing of the former, which is still good', async () => {
    const [first, second] = [await phone.issue(project), await phone.issue(project)]
    await phone.open(first.token)
    await phone.openMilestone(project, await phone.firstMilestone())
    await phone.tap('summary', '备注')
    await phone.page.fill('textarea', '甲写的')
    await phone.tap('a.back')
    await phone.page.locator('.work em', { hasText: '未发送' }).waitFor()
    await phone.open(second.token)
    await phone.page.locator('.left', { hasText: '本机有 1 份未发送的填报' }).waitFor()
    expect(await phone.page.locator('.work em, .left button').count()).toBe(0)
  })
}
