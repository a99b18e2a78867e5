import { describe, expect, it } from 'vitest'
import { flagChanges } from '../../functions/core/flag-life.ts'
import { reviewDueOn } from '../../functions/core/review-due.ts'
import { approve, chain, given, noChange, register, report, rules } from './given.ts'

const two = () =>
  chain(
    [
      { id: 'A', duration: 10 },
      { id: 'U2', duration: 10, phase: 'handover' }
    ],
    { requiredBy: '2021-05-31' }
  )

describe('what a review must not miss', () => {
  it('a change of thresholds makes a review due at once, and the review raises what holds now', () => {
    const history = given(['2021-03-01', register(two())], ['2021-03-01', approve])
    history.accept(report('A', { forecastFinish: '2021-03-19', delay: { code: 'LAND' } }), '2021-03-02')
    const strict = { ...rules, policy: { ...rules.policy, redSlipWorkingDays: 3 } }
    expect(reviewDueOn(history.tracked, '2021-03-02', rules) > '2021-03-02').toBe(true)
    expect(reviewDueOn(history.tracked, '2021-03-02', strict)).toBe('2021-03-02')
    expect(flagChanges(history.tracked, strict, '2021-03-02')).toContainEqual(expect.objectContaining({ rule: 'R1' }))
  })

  it('the reason for a later required date stands in the event that moves it', () => {
    const history = given(['2021-03-01', register(two())], ['2021-03-01', approve])
    const later = { ...two(), requiredBy: '2021-06-30' }
    const command = {
      type: 'register-project',
      project: later,
      baseline: {},
      delay: { code: 'LAND', note: '征地' }
    } as const
    expect(history.accept(command, '2021-03-02')[0]).toMatchObject({ type: 'plan-changed', delay: { code: 'LAND' } })
  })

  it('an approval that names no dates approves the ones that the page shows', () => {
    const history = given(['2021-03-01', register(two())], ['2021-03-01', approve])
    history.accept(
      report('A', { actualStart: '2021-03-01', remainingDuration: 20, delay: { code: 'LAND' } }),
      '2021-03-08'
    )
    const shown = history.milestone('U2', '2021-03-11').projectedFinish
    history.accept({ type: 'approve-baseline', reason: '调整', delay: { code: 'LAND' } }, '2021-03-11')
    expect(history.tracked.current?.dates.U2?.finish).toBe(shown)
    expect(history.on('2021-03-11').variance?.workingDays).toBe(0)
  })

  it('a correction of the reason alone does not count the work left anew', () => {
    const history = given(['2021-03-01', register(two())], ['2021-03-01', approve])
    history.accept(
      report('A', { actualStart: '2021-03-01', remainingDuration: 8, delay: { code: 'LAND' } }),
      '2021-03-03'
    )
    const before = history.milestone('A', '2021-03-08').projectedFinish
    history.accept(
      {
        type: 'correct-report',
        corrects: 3,
        reason: '原因更正',
        corrections: [{ milestoneId: 'A', delay: { code: 'FUND' } }]
      },
      '2021-03-08'
    )
    expect(history.milestone('A', '2021-03-08').projectedFinish).toBe(before)
    history.accept(noChange, '2021-03-08')
    expect(history.milestone('A', '2021-03-08').projectedFinish).not.toBe(before)
  })
})
