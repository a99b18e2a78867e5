import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, daysBetween } from '../../functions/core/dates.ts'
import { flagId } from '../../functions/core/flag.ts'
import { longestReviewInterval, reviewDueOn } from '../../functions/core/review-due.ts'
import { runs } from '../properties/runs.ts'
import { anyLife, live } from './any-life.ts'
import { approved, chain, given, type History, noChange, pause, register, report, review, rules } from './given.ts'

const day0 = '2021-03-01'

const due = (history: History, date: string) => reviewDueOn(history.tracked, date, rules)

const withC3 = (start: string, finish: string) =>
  given([day0, register(chain([{ id: 'C3' }], { start }), approved({ C3: [start, finish] }))])

describe('The next review is due', () => {
  it('on the first day of a silence', () => {
    const history = withC3(day0, '2021-12-31')
    history.accept(report('C3', { percentComplete: 90 }), '2021-03-10')
    expect(due(history, '2021-03-10')).toBe('2021-03-18')
  })

  it('ten working days before a date', () => {
    const history = given([
      '2021-04-19',
      register(chain([{ id: 'C3' }], { start: '2021-04-26' }), approved({ C3: ['2021-04-26', '2021-05-11'] }))
    ])
    // Back from 11 May: 10, Saturday 8, 7, 6 May, 30 to 26 April are nine, so the ten begin after Sunday 25 April.
    expect(due(history, '2021-04-19')).toBe('2021-04-25')
  })

  it('on the day after the review of a pause was due', () => {
    const history = withC3(day0, '2021-12-31')
    history.accept(pause('2021-03-20'), '2021-03-09')
    // The day after it, the pause is seen a second time and may be told.
    expect(due(history, '2021-03-09')).toBe('2021-03-10')
    history.accept(review, '2021-03-10')
    expect(due(history, '2021-03-10')).toBe('2021-03-21')
  })

  it('after 31 days where nothing can change', () => {
    const history = withC3(day0, '2021-12-31')
    history.accept(pause('2021-12-01'), '2021-03-09')
    history.accept(review, '2021-03-10')
    expect(due(history, '2021-03-10')).toBe('2021-04-10')
    expect(daysBetween('2021-03-10', '2021-04-10')).toBe(longestReviewInterval)
  })

  it('on the 31st day too where something changes only then', () => {
    const history = withC3(day0, '2021-12-31')
    history.accept(pause('2021-04-08'), '2021-03-09')
    history.accept(review, '2021-03-10')
    expect(due(history, '2021-03-10')).toBe('2021-04-09')
    const later = withC3(day0, '2021-12-31')
    later.accept(pause('2021-04-09'), '2021-03-09')
    later.accept(review, '2021-03-10')
    expect(due(later, '2021-03-10')).toBe('2021-04-10')
  })

  it('two months after a yellow flag that nobody improves', () => {
    const history = given(
      [day0, register(chain([{ id: 'C3' }]), approved({ C3: ['2021-11-15', '2021-11-30'] }))],
      ['2021-03-20', report('C3', { forecastFinish: '2021-12-03', percentComplete: 1, delay: { code: 'FUND' } })],
      ['2021-05-18', report('C3', { percentComplete: 2 })]
    )
    expect(due(history, '2021-05-18')).toBe('2021-05-20')
  })

  it('later, once somebody has reported', () => {
    const history = withC3(day0, '2021-12-31')
    history.accept(report('C3', { percentComplete: 90 }), '2021-03-10')
    history.accept(noChange, '2021-03-17')
    expect(due(history, '2021-03-17')).toBe('2021-03-25')
  })
})

describe('Until the next review', () => {
  it('silence changes no flag and no light; on the day of the review it does, unless that is the 31st', () => {
    fc.assert(
      fc.property(anyLife, life => {
        const { history, today } = live(life)
        const reviewOn = due(history, today)
        const shown = (date: string) => {
          const { light, lastLight, rules: holding, flags, milestones } = history.on(date)
          return { light, lastLight, holding, flags: flags.map(flagId), lights: milestones.map(m => m.light) }
        }
        const now = shown(today)
        for (let date = addDays(today, 1); date < reviewOn; date = addDays(date, 1)) {
          expect(shown(date), date).toEqual(now)
          expect(history.when(review, date), date).toEqual({ ok: true, events: [] })
        }
        const days = daysBetween(today, reviewOn)
        expect(days).toBeLessThanOrEqual(longestReviewInterval)
        if (days < longestReviewInterval) expect(history.accept(review, reviewOn)).not.toEqual([])
      }),
      { numRuns: runs(150) }
    )
  })
})
