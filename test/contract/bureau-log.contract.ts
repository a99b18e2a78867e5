import { describe, expect, test } from 'vitest'
import { type BureauEvent, emptyBureau } from '../../functions/core/bureau.ts'
import type { BureauLog } from '../../functions/core/ports.ts'
import { changeBureau, numberCases } from '../../functions/flows/change-bureau.ts'

const by = { id: 'test', role: 'admin' } as const
const clock = { now: () => '2021-06-21T02:00:00.000Z' }
const director = { id: 'director', name: '示例局长', position: 'director' } as const

/** What every twin of the bureau's log does. `make` gives an empty one. */
export const bureauLogContract = (name: string, make: () => Promise<BureauLog>): void => {
  describe(`the bureau's log, ${name}`, () => {
    test('is empty at first', async () => {
      expect(await (await make()).load()).toEqual({ bureau: emptyBureau, hash: '0'.repeat(64) })
    })

    test('keeps what is added, and every sixteenth commit carries the whole', async () => {
      const bureau = await make()
      const deps = { bureau, clock }
      for (let day = 1; day <= 40; day += 1) {
        const event: BureauEvent = { type: 'digests-sent', date: `2021-06-${String(1 + (day % 30)).padStart(2, '0')}` }
        await changeBureau(() => (day === 20 ? [{ type: 'person-entered', person: director }] : [event]), by, deps)
      }
      const { bureau: folded } = await bureau.load()
      expect(folded).toEqual({
        version: 40,
        numbers: {},
        people: { director },
        digestsSentOn: '2021-06-11'
      })
    })

    test('takes one of two commits of the same version', async () => {
      const bureau = await make()
      const { hash } = await bureau.load()
      const commit = (nonce: string) =>
        ({ version: 1, events: [], by, at: clock.now(), date: '2021-06-21', nonce }) as const
      const after = { ...emptyBureau, version: 1 }
      expect(await bureau.append(commit('a'), hash, after)).toBe('appended')
      expect(await bureau.append(commit('a'), hash, after)).toBe('appended')
      expect(await bureau.append(commit('b'), hash, after)).toBe('conflict')
    })

    test('numbers cases without a gap, each once, by the year of their opening, under any number of writers', async () => {
      const deps = { bureau: await make(), clock }
      const cases = Array.from({ length: 30 }, (_, i) => ({
        id: `school-${i}.1`,
        openedOn: i % 3 === 0 ? '2020-12-31' : '2021-01-04'
      }))
      await Promise.all(cases.map((_, i) => numberCases(cases.slice(i, i + 3), deps)))
      const { numbers } = (await deps.bureau.load()).bureau
      const serials = (year: number) =>
        Object.values(numbers)
          .filter(number => number.year === year)
          .map(({ serial }) => serial)
          .toSorted((a, b) => a - b)
      expect(serials(2020)).toEqual(Array.from({ length: 10 }, (_, i) => i + 1))
      expect(serials(2021)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1))
      const { version } = (await deps.bureau.load()).bureau
      await numberCases(cases, deps)
      expect((await deps.bureau.load()).bureau.version).toBe(version)
    })
  })
}
