/// <reference lib="dom" />
import { expect, it } from 'vitest'
import type { AgendaReply } from '../../../functions/form/api.ts'
import type { Phone } from './phone.ts'

/** What is sent off is what was filled in, once. */
export const sending = (phone: Phone): void => {
  const project = 'shiyan-primary-complex'

  it('waits for photographs that are still being made ready, and says so', async () => {
    await phone.open(phone.tracker.tokens.reporter, `/report/?project=${project}`)
    const before = await phone.versionOf(project)
    const milestone = await phone.firstMilestone()
    await phone.openMilestone(project, milestone)
    await phone.page.evaluate(() => {
      const atOnce = globalThis.createImageBitmap
      const late = async (source: ImageBitmapSource) => {
        await new Promise(resolve => setTimeout(resolve, 1_000))
        return atOnce(source)
      }
      globalThis.createImageBitmap = late
    })
    await phone.choosePhoto('#aa3')
    await phone.tap('summary', '备注')
    await phone.page.fill('textarea', '照片在后')
    await phone.tap('button[type=submit]')
    expect(await phone.page.locator('button[type=submit]').innerText()).toContain('照片')
    await phone.barSays(/全部已收到/)
    expect(await phone.reportsSince(project, before)).toEqual([
      { milestoneId: milestone, note: '照片在后', photos: [expect.any(String)] }
    ])
  })

  it('is recorded once when it is tapped twice, and the second tap opens nothing', async () => {
    await phone.open(phone.tracker.tokens.reporter, `/report/?project=${project}`)
    const before = await phone.versionOf(project)
    await phone.tap('.also a', '无变化')
    const { x, y, width, height } = (await phone.page.locator('button[type=submit]').boundingBox())!
    await phone.page.locator('button[type=submit]').evaluate(button => {
      if (button instanceof HTMLElement) for (const _tap of [1, 2]) button.click()
    })
    await phone.page.waitForSelector('.work li a')
    await phone.page.touchscreen.tap(x + width / 2, y + height / 2)
    await phone.barSays(/全部已收到/)
    expect(await phone.versionOf(project)).toBe(before + 1)
    expect(new URL(phone.page.url()).hash).toBe('')
  })

  it('as no change at a milestone confirms the project and keeps the photograph with the milestone', async () => {
    await phone.open(phone.tracker.tokens.reporter, `/report/?project=${project}`)
    const before = await phone.versionOf(project)
    const milestone = await phone.firstMilestone()
    await phone.openMilestone(project, milestone)
    await phone.choosePhoto('#3aa')
    await phone.page.waitForSelector('.strip canvas')
    await phone.tap('.choices label', '全项目无变化')
    expect(await phone.page.locator('.strip canvas').isVisible()).toBe(true)
    await phone.tap('button[type=submit]')
    await phone.barSays(/全部已收到/)
    expect(await phone.versionOf(project)).toBe(before + 2)
    await phone.tap('.outbox-bar')
    expect(await phone.page.locator('.outbox').innerText()).toMatch(/区实验小学综合楼 · 照片 1 张/)
    expect(await phone.reportsSince(project, before)).toEqual([
      { milestoneId: milestone, photos: [expect.any(String)] }
    ])
  })

  it('is never less than is recorded, to the last decimal', async () => {
    await phone.open(phone.tracker.tokens.reporter, '/report/?project=erzhong-phase-2')
    const milestone = await phone.firstMilestone()
    await phone.tracker.call('/v1/projects/erzhong-phase-2/reports', {
      role: 'reporter',
      body: { reports: [{ milestoneId: milestone, percentComplete: 97.4 }] }
    })
    await phone.open(phone.tracker.tokens.reporter, '/report/?project=erzhong-phase-2')
    const before = await phone.versionOf('erzhong-phase-2')
    await phone.openMilestone('erzhong-phase-2', milestone)
    await phone.tap('.choices label', '进度')
    expect(await phone.page.locator('output').innerText()).toBe('97.4%')
    expect(await phone.page.locator('input[type=range]').getAttribute('min')).toBe('98')
    await phone.tap('button[type=submit]')
    await phone.barSays(/全部已收到/)
    expect(await phone.reportsSince('erzhong-phase-2', before)).toEqual([
      { milestoneId: milestone, percentComplete: 97.4 }
    ])
  })

  it('says when the work began, where nobody has said so yet', async () => {
    const response = await phone.tracker.call('/v1/agenda', { role: 'reporter' })
    const agenda: AgendaReply = await response.json()
    const { milestones = [] } = agenda.projects.find(({ id }) => id === project) ?? {}
    const [begun, open] = [milestones.find(each => each.actualStart), milestones.find(each => !each.actualStart)]
    const before = await phone.versionOf(project)
    await phone.open(phone.tracker.tokens.reporter, `/report/?project=${project}`)
    await phone.openMilestone(project, begun?.id ?? '')
    await phone.tap('.choices label', '进度')
    expect(await phone.page.locator('.details input[type=date]').count()).toBe(0)
    await phone.tap('a.back')
    await phone.openMilestone(project, open?.id ?? '')
    await phone.tap('.choices label', '进度')
    const start = phone.page.locator('label', { hasText: '实际开始' }).locator('input')
    await start.fill('2021-06-22')
    await phone.tap('button[type=submit]')
    expect(await phone.page.locator('.error[role=alert]').innerText()).toContain('开始日期不能晚于今天')
    await start.fill('2021-06-18')
    await phone.tap('button[type=submit]')
    await phone.barSays(/全部已收到/)
    expect(await phone.reportsSince(project, before)).toEqual([
      { milestoneId: open?.id, percentComplete: 0, actualStart: '2021-06-18' }
    ])
  })
}
