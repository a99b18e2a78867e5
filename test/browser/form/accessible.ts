/// <reference lib="dom" />
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, it } from 'vitest'
import { mixedMarks } from '../../pages/mixed-marks.ts'
import type { Phone } from './phone.ts'

/** Nothing that axe complains of, and no half-width mark beside a Chinese character. */
export const accessible = (phone: Phone): void => {
  const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  const axeViolations = async () => {
    await phone.page.evaluate(axeSource)
    const found = await phone.page.evaluate(
      async () => (await globalThis.axe.run({ resultTypes: ['violations'] })).violations
    )
    return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))
  }

  const mixed = async () => mixedMarks(await phone.page.locator('.app').innerText())

  it.each(['/report/', '/en/report/'])('on the list of projects, the form and the list of reports: %s', async where => {
    const violations = async () => [...(await axeViolations()), ...(where === '/report/' ? await mixed() : [])]
    await phone.open(phone.tracker.tokens.reporter, where)
    expect(await violations()).toEqual([])
    await phone.tap('.work li a')
    await phone.tap('.choices label:nth-of-type(3)')
    await phone.tap('.chips label')
    expect(await violations()).toEqual([])
    await phone.page.goto(`${phone.tracker.url}${where}#project/erzhong-phase-2`)
    await phone.page.waitForSelector('.choices', { state: 'detached' })
    await phone.tap('button[type=submit]')
    await phone.tap('.outbox-bar')
    expect(await violations()).toEqual([])
  })
}
