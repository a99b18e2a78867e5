/// <reference lib="dom" />
import { expect, it } from 'vitest'
import type { Phone } from './phone.ts'

/** An answer that never came is asked for again, or left to a person. */
export const unanswered = (phone: Phone): void => {
  const project = 'erzhong-phase-2'

  /** Lets a report through to the tracker, and loses what it answers. */
  const loseAnswers = () =>
    phone.page.route('**/reports', async route => {
      await route.fetch()
      await route.abort()
    })

  it('is asked for again under the same key, and the report is recorded once', async () => {
    const before = await phone.versionOf(project)
    await phone.open(phone.tracker.tokens.reporter, `/report/?project=${project}`)
    await loseAnswers()
    await phone.tap('.also a', '无变化')
    await phone.tap('button[type=submit]')
    await expect.poll(() => phone.versionOf(project), { timeout: 15_000 }).toBe(before + 1)
    await phone.barSays(/1 条待发送/)
    await phone.page.unroute('**/reports')
    await phone.page.reload()
    await phone.barSays(/全部已收到/)
    expect(await phone.versionOf(project)).toBe(before + 1)
  })

  it('under a token that took the place of the former is left to a person, since the key would count anew', async () => {
    const before = await phone.versionOf(project)
    const [first, second] = [await phone.issue(project), await phone.issue(project)]
    await phone.open(first.token)
    await loseAnswers()
    await phone.tap('.also a', '无变化')
    await phone.tap('button[type=submit]')
    await expect.poll(() => phone.versionOf(project), { timeout: 15_000 }).toBe(before + 1)
    await phone.page.unroute('**/reports')
    await phone.revoke(first)
    await phone.page.reload()
    await phone.page.waitForSelector('#sign-in .warning')
    await phone.open(second.token)
    await phone.tap('.left button', '是我填的')
    await phone.barSays(/1 条待处理/)
    await phone.tap('.outbox-bar')
    expect(await phone.page.locator('.doubtful').innerText()).toContain('没有等到回答')
    await phone.tap('button', '删除')
    await phone.page.waitForSelector('.doubtful', { state: 'detached' })
    expect(await phone.versionOf(project)).toBe(before + 1)
  })
}
