/// <reference lib="dom" />
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { demonstrationDate } from '../../../data/demonstration/load.ts'
import { readFormPrograms } from '../../../functions/adapters/form-programs.ts'
import { formFiles } from '../../../functions/pages/form-files.ts'
import type { Phone } from './phone.ts'

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
}
