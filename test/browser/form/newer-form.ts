/// <reference lib="dom" />
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { demonstrationDate } from '../../../data/demonstration/load.ts'
import { readFormPrograms } from '../../../functions/adapters/form-programs.ts'
import { formFiles } from '../../../functions/pages/form-files.ts'
import type { Phone } from './phone.ts'

/** Raises the version of what the form keeps, as a later form would that has one store more. */
const raiseVersion = (): Promise<void> =>
  new Promise((resolve, reject) => {
    const opening = indexedDB.open('report', 99)
    opening.onupgradeneeded = () => opening.result.createObjectStore('later')
    opening.onsuccess = () => resolve(opening.result.close())
    opening.onerror = () => reject(opening.error)
  })

/** Holds what the first form kept, as a window of that form did; it lets go when it is told to. */
const holdFirstVersion = (): Promise<void> =>
  new Promise(resolve => {
    const opening = indexedDB.open('report', 1)
    opening.onupgradeneeded = () => {
      for (const store of ['session', 'agenda']) opening.result.createObjectStore(store)
      opening.result.createObjectStore('outbox', { keyPath: 'key' })
    }
    opening.onsuccess = () => {
      addEventListener('let-go', () => opening.result.close())
      resolve()
    }
  })

/** A new version of the form meets a telephone that has the former one. */
export const newerForm = (phone: Phone): void => {
  it('a newer form takes over whole, and what waits stays', async () => {
    const project = 'erzhong-phase-2'
    await phone.open(phone.tracker.tokens.reporter, `/report/?project=${project}`)
    await phone.installed()
    const before = await phone.versionOf(project)
    await phone.page.route('**/reports', route => route.abort())
    await phone.tap('.also a', '无变化')
    await phone.tap('button[type=submit]')
    await phone.barSays(/1 条待发送/)
    const programs = await readFormPrograms(join(phone.tracker.directory, 'functions', 'publish-status'))
    const newer = { ...programs, page: `${programs.page};document.documentElement.dataset.form='newer'` }
    for (const { path, body } of await formFiles(newer, {
      siteUrl: `${phone.tracker.url}/`,
      clockStandsAt: demonstrationDate
    }))
      writeFileSync(join(phone.tracker.directory, 'site', path), body)
    await phone.page.reload()
    await phone.page.waitForFunction(() => document.documentElement.dataset.form === 'newer')
    await phone.barSays(/1 条待发送/)
    await phone.page.unroute('**/reports')
    await phone.page.reload()
    await phone.barSays(/全部已收到/)
    expect(await phone.versionOf(project)).toBe(before + 1)
  })

  it('whose database is a later one leaves an open window whole: it says so, keeps what is typed and sends it', async () => {
    const project = 'erzhong-phase-2'
    await phone.open(phone.tracker.tokens.reporter, `/report/?project=${project}`)
    const before = await phone.versionOf(project)
    await phone.tap('.also a', '无变化')
    await phone.tap('summary', '备注')
    await phone.page.fill('textarea', '之前')
    const other = await phone.context.newPage()
    await other.goto(`${phone.tracker.url}/assets/icon.svg`)
    await other.evaluate(raiseVersion)
    await phone.page.bringToFront()
    await phone.page.fill('textarea', '之后')
    await phone.page.locator('.trouble', { hasText: '填报页已有新版' }).waitFor()
    await phone.tap('.trouble button', '重新加载')
    await phone.page.waitForSelector('.left')
    expect(await phone.page.locator('textarea').inputValue()).toBe('之后')
    await phone.tap('button[type=submit]')
    await phone.barSays(/全部已收到/)
    expect(await phone.versionOf(project)).toBe(before + 1)
  })

  it('says which window it waits for where an old one holds the database, and goes on once it is closed', async () => {
    const other = await phone.context.newPage()
    await other.goto(`${phone.tracker.url}/assets/icon.svg`)
    await other.evaluate(holdFirstVersion)
    await phone.page.bringToFront()
    await phone.page.goto(`${phone.tracker.url}/report/#token=${phone.tracker.tokens.reporter}`)
    await phone.page.locator('.trouble', { hasText: '另一窗口开着旧版填报页' }).waitFor()
    await other.evaluate(() => dispatchEvent(new Event('let-go')))
    await phone.page.waitForSelector('.work li a')
  })
}
