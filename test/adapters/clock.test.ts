import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { fixedClock, systemClock } from '../../functions/adapters/clock.ts'
import { dateInShanghai, fromDayNumber } from '../../functions/core/dates.ts'

test('a fixed clock stands on its date at every moment and keeps the time of day', () => {
  const instants = fc.integer({ min: Date.parse('2020-01-01'), max: Date.parse('2040-01-01') })
  const dates = fc.integer({ min: 8100, max: 80_000 }).map(fromDayNumber)
  fc.assert(
    fc.property(instants, dates, (now, date) => {
      const real = new Date(now).toISOString()
      const shown = fixedClock(date, { now: () => real }).now()
      expect(dateInShanghai(shown)).toBe(date)
      expect(shown.slice(11)).toBe(real.slice(11))
    })
  )
})

test('a fixed clock stands on its date in the years of summer time too', () => {
  for (const date of ['1986-05-05', '1988-07-01', '1991-09-14'])
    for (const hour of ['14:59', '15:00', '15:59', '16:00'])
      expect(dateInShanghai(fixedClock(date, { now: () => `2021-06-21T${hour}:30.000Z` }).now())).toBe(date)
})

test('the system clock writes instants in UTC', () => {
  expect(Math.abs(Date.parse(systemClock.now()) - Date.now())).toBeLessThan(1000)
  expect(systemClock.now()).toMatch(/Z$/)
})
