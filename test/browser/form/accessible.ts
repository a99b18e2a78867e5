/// <reference lib="dom" />
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, it } from 'vitest'
import type { Phone } from './phone.ts'

/** Nothing that axe complains of. */
export const accessible = (phone: Phone): void => {
  const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  const violations = async () => {
    await phone.page.evaluate(axeSource)
    const found = await phone.page.evaluate(
      async () => (await globalThis.axe.run({ resultTypes: ['violations'] })).violations
    )
    return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))
  }

  it.each(['/report/', '/en/report/'])('on the list of projects, the form and the list of reports: %s', async where => {
    await phone.open(phone.tracker.tokens.reporter, where)
    expect(await violations()).toEqual([])
    await phone.tap('.work li a')
    await phone.tap('.choices label:nth-of-type(3)')
    await phone.tap('.chips label')
    expect(await violations()).toEqual([])
    await phone.page.goto(`${phone.tracker.url}${where}#project/erzhong-phase-2`)
    await phone.tap('button[type=submit]')
    await phone.tap('.outbox-bar')
    expect(await violations()).toEqual([])
  })
}
