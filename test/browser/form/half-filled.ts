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
        resolve(reading.result.map(({ draft }) => draft.note))
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

  it('is nothing where nothing was filled in', async () => {
    await phone.open(phone.tracker.tokens.reporter, `/report/?project=${project}`)
    await phone.tap('.also a', '无变化')
    await phone.page.waitForSelector('.report-form')
    await phone.tap('a.back')
    await phone.page.waitForSelector('.work li a')
    expect(await phone.page.locator('.work em').count()).toBe(0)
  })
}
