/// <reference lib="dom" />
import { expect, it } from 'vitest'
import type { Phone } from './phone.ts'

/** The notes of what the browser keeps half filled in: writing takes a moment, which a person has and a test has not. */
const keptNotes = (): Promise<readonly unknown[]> =>
  new Promise(resolve => {
    const opening = indexedDB.open('report')
    opening.onsuccess = () => {
      const reading = opening.result.transaction('drafts').objectStore('drafts').getAll()
      reading.onsuccess = () => {
        opening.result.close()
        resolve(reading.result.map(({ draft }) => draft?.note))
      }
    }
  })

/** What is half filled in is kept until it is sent or thrown away. */
export const halfFilled = (phone: Phone): void => {
  const project = 'shiyan-kindergarten-complex'

  /** Fills in a report of the milestone that matters most, and leaves it at that. */
  const beginReport = async (): Promise<string> => {
    await phone.open(phone.tracker.tokens.reporter, `/report/?project=${project}`)
    const milestone = await phone.firstMilestone()
    await phone.openMilestone(project, milestone)
    await phone.tap('.choices label', '新日期')
    await phone.tap('.chips label', /月/)
    await phone.tap('.chips label', '天气')
    await phone.choosePhoto('#33a')
    await phone.page.waitForSelector('.strip canvas')
    await phone.tap('summary', '备注')
    await phone.page.fill('textarea', '脚手架未拆')
    await expect.poll(() => phone.page.evaluate(keptNotes)).toEqual(['脚手架未拆'])
    return milestone
  }

  const expectFilledIn = async (page = phone.page): Promise<void> => {
    await page.waitForSelector('.left')
    expect(await page.locator('.left').innerText()).toMatch(/填到一半，还没有发送/)
    expect(await page.locator('.chips input:checked').count()).toBe(2)
    expect(await page.locator('textarea').inputValue()).toBe('脚手架未拆')
    expect(await page.locator('.strip canvas').count()).toBe(1)
  }

  it('outlives "back", a reload and the window, says that it was not sent, and is gone once it is', async () => {
    const milestone = await beginReport()
    const before = await phone.versionOf(project)
    await phone.tap('a.back')
    const card = `a[href="#milestone/${project}/${milestone}"]`
    await phone.page.locator(card, { hasText: '未发送' }).waitFor()
    await phone.page.reload()
    await phone.page.locator(card, { hasText: '未发送' }).waitFor()
    await phone.tap(card)
    await expectFilledIn()
    await phone.page.reload()
    await expectFilledIn()
    const address = phone.page.url()
    await phone.page.close()
    const page = await phone.context.newPage()
    await page.goto(address)
    await expectFilledIn(page)
    await page.locator('button[type=submit]').tap()
    await phone.barSays(/全部已收到/, page)
    expect(await phone.reportsSince(project, before)).toMatchObject([
      { milestoneId: milestone, delay: { code: 'WEATHER' }, note: '脚手架未拆', photos: [expect.any(String)] }
    ])
    expect(await page.locator('.work em').count()).toBe(0)
    await page.locator(card).tap()
    await page.waitForSelector('.choices')
    expect(await page.locator('.left').count()).toBe(0)
    expect(await page.locator('.strip canvas').count()).toBe(0)
  })

  it('is thrown away by whoever starts again', async () => {
    await beginReport()
    await phone.page.reload()
    await expectFilledIn()
    await phone.tap('button', '重新填')
    await phone.page.waitForSelector('.left', { state: 'detached' })
    expect(await phone.page.locator('.chips input:checked').count()).toBe(0)
    await phone.tap('a.back')
    await phone.page.waitForSelector('.work li a')
    expect(await phone.page.locator('.work em').count()).toBe(0)
  })

  it('is recorded once from two windows, and the second one says that it was sent, or makes it another report', async () => {
    const milestone = await beginReport()
    const before = await phone.versionOf(project)
    const other = await phone.context.newPage()
    await other.goto(phone.page.url())
    await expectFilledIn(other)
    await phone.page.bringToFront()
    await phone.tap('button[type=submit]')
    await phone.barSays(/全部已收到/)
    expect(await phone.versionOf(project)).toBe(before + 1)
    await other.bringToFront()
    await other.fill('textarea', '脚手架仍未拆')
    await other.locator('button[type=submit]').tap()
    await other.locator('.error', { hasText: '已在另一窗口发送' }).waitFor()
    expect(await phone.versionOf(project)).toBe(before + 1)
    await other.locator('.error button', { hasText: '另报一份' }).tap()
    await other.locator('button[type=submit]').tap()
    await phone.barSays(/全部已收到/, other)
    expect(await phone.reportsSince(project, before)).toMatchObject([
      { milestoneId: milestone, note: '脚手架未拆' },
      { milestoneId: milestone, note: '脚手架仍未拆' }
    ])
  })

  it('from two windows that both began it is one draft', async () => {
    await phone.open(phone.tracker.tokens.reporter, `/report/?project=${project}`)
    const before = await phone.versionOf(project)
    await phone.openMilestone(project, await phone.firstMilestone())
    await phone.page.waitForSelector('.report-form')
    const other = await phone.context.newPage()
    await other.goto(phone.page.url())
    await other.waitForSelector('.report-form')
    for (const page of [phone.page, other]) {
      await page.bringToFront()
      await page.locator('summary').tap()
      await page.fill('textarea', '已复工')
      await page.locator('button[type=submit]').tap()
      await page.locator('.outbox-bar, .error button').first().waitFor()
    }
    expect(await other.locator('.error[role=alert]').innerText()).toContain('没有重复发送')
    await phone.barSays(/全部已收到/)
    expect(await phone.versionOf(project)).toBe(before + 1)
  })

  it('can still be read and dropped when its milestone was reached elsewhere', async () => {
    const milestone = await beginReport()
    const reached = await phone.tracker.call(`/v1/projects/${project}/reports`, {
      role: 'reporter',
      body: { reports: [{ milestoneId: milestone, actualFinish: '2021-06-20' }] }
    })
    expect(reached.status).toBe(201)
    await phone.open(phone.tracker.tokens.reporter, `/report/?project=${project}`)
    const stranded = phone.page.locator('.work', { hasText: '没有发送，节点已完成' })
    await stranded.locator('a').tap()
    await phone.page.waitForSelector('.stranded')
    expect(await phone.page.locator('.stranded').innerText()).toMatch(/没有发送[\s\S]*预计[\s\S]*脚手架未拆/)
    expect(await phone.page.locator('.stranded canvas').count()).toBe(1)
    await phone.tap('.stranded button', '删除')
    await phone.page.waitForSelector('.stranded button', { state: 'detached' })
    await phone.tap('a.back')
    await phone.page.waitForSelector('.work .state')
    expect(await stranded.count()).toBe(0)
  })

  it('is nothing where nothing was filled in', async () => {
    await phone.open(phone.tracker.tokens.reporter, `/report/?project=${project}`)
    await phone.tap('.also a', '无变化')
    await phone.page.waitForSelector('.report-form')
    await phone.tap('a.back')
    await phone.page.waitForSelector('.work li a')
    expect(await phone.page.locator('.work em').count()).toBe(0)
  })
}
