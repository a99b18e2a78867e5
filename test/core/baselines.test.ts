import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Command } from '../../functions/core/commands.ts'
import { addDays } from '../../functions/core/dates.ts'
import type { Delay } from '../../functions/core/delay.ts'
import type { BaselineDates } from '../../functions/core/milestone.ts'
import { runs } from '../properties/runs.ts'
import { anyLife, perform } from './any-life.ts'
import { approve, approved, cancel, chain, given, type History, register, report } from './given.ts'

const day0 = '2021-03-01'
const plan = chain([{ id: 'A' }, { id: 'B' }])
const dates = approved({ A: ['2021-03-01', '2021-03-12'], B: ['2021-08-02', '2021-08-13'] })
const delay: Delay = { code: 'FUND' }
const running = () => given([day0, register(plan, dates)])

const change = (moved: BaselineDates, more: { delay?: Delay; requiredBy?: string } = {}): Command => ({
  type: 'register-project',
  project: more.requiredBy === undefined ? plan : { ...plan, requiredBy: more.requiredBy },
  baseline: moved,
  ...(more.delay ? { delay: more.delay } : {})
})

const outcome = (history: History, command: Command, date: string): string => {
  const decision = history.when(command, date)
  return decision.ok ? 'accepted' : decision.refusal.faults.map(({ code }) => code).join(' ')
}

describe('The first baseline', () => {
  it('is approved with the plan, or later as the network computes it', () => {
    expect(running().tracked.original).toMatchObject({ number: 1, approvedOn: day0, dates })
    const history = given([day0, register(plan)], ['2021-03-03', approve])
    // The plan itself, not what has become of it by the day of the approval.
    expect(history.tracked.original).toEqual({
      number: 1,
      approvedOn: '2021-03-03',
      reason: 'approved',
      dates: approved({ A: ['2021-03-01', '2021-03-12'], B: ['2021-03-15', '2021-03-26'] })
    })
  })

  it('may name some dates; the network gives the others', () => {
    const history = given(
      [day0, register(plan)],
      [day0, { type: 'approve-baseline', reason: '批复', dates: approved({ B: ['2021-05-06', '2021-05-31'] }) }]
    )
    expect(history.tracked.current?.dates).toEqual({
      A: { start: '2021-03-01', finish: '2021-03-12' },
      B: { start: '2021-05-06', finish: '2021-05-31' }
    })
  })

  it('never changes, whatever is approved afterwards', () => {
    fc.assert(
      fc.property(anyLife, life => {
        let original: unknown
        for (const { history } of perform(life)) {
          const now = history.tracked.original
          if (original !== undefined) expect(now).toEqual(original)
          original = now
        }
      }),
      { numRuns: runs(200) }
    )
  })

  it('is shown beside the one in force', () => {
    const history = running()
    history.accept(change(approved({ B: ['2021-08-16', '2021-08-27'] }), { delay }), '2021-04-01')
    expect(history.on('2021-04-01')).toMatchObject({ baselineFinish: '2021-08-13', currentFinish: '2021-08-27' })
    expect(history.milestone('B', '2021-04-01')).toMatchObject({
      originalFinish: '2021-08-13',
      baselineFinish: '2021-08-27'
    })
    expect(history.tracked.current).toMatchObject({ number: 2, approvedOn: '2021-04-01' })
  })
})

describe('A later baseline', () => {
  it('keeps what is not named', () => {
    const history = running()
    history.accept(
      { type: 'approve-baseline', reason: '调整', dates: approved({ B: ['2021-07-01', '2021-07-14'] }) },
      day0
    )
    expect(history.tracked.current?.dates).toEqual({ ...dates, B: { start: '2021-07-01', finish: '2021-07-14' } })
  })

  it('computed, it starts from what has happened and leaves finished milestones as they were approved', () => {
    const history = given(
      [day0, register(plan, approved({ A: ['2021-03-01', '2021-03-12'], B: ['2021-03-15', '2021-03-26'] }))],
      ['2021-03-19', report('A', { actualStart: day0, actualFinish: '2021-03-19', delay })],
      ['2021-03-19', { ...approve, delay } as Command]
    )
    expect(history.tracked.current?.dates).toEqual({
      A: { start: '2021-03-01', finish: '2021-03-12' },
      B: { start: '2021-03-22', finish: '2021-04-02' }
    })
  })

  it('is computed too where the list of dates is empty', () => {
    const command: Command = { type: 'approve-baseline', reason: '顺延', delay, dates: {} }
    expect(running().accept(command, '2021-03-10')[0]).toMatchObject({
      type: 'baseline-approved',
      dates: { A: { start: '2021-03-10', finish: '2021-03-23' } }
    })
  })

  it('that changes nothing is no event', () => {
    const history = running()
    expect(history.accept({ type: 'approve-baseline', reason: '复核', dates }, day0)).toEqual([])
  })

  it('may move a locked date: approving is what a lock asks for', () => {
    const history = running()
    const later: Command = {
      type: 'approve-baseline',
      reason: '延期批复',
      dates: approved({ A: ['2021-03-01', '2021-03-31'] }),
      delay
    }
    expect(outcome(history, later, '2021-03-12')).toBe('accepted')
    expect(history.accept(later, '2021-03-12')[0]).toMatchObject({ type: 'baseline-approved', delay })
  })

  it('with earlier dates needs no reason for delay', () => {
    const earlier: Command = {
      type: 'approve-baseline',
      reason: '提前',
      dates: approved({ B: ['2021-08-02', '2021-08-12'] })
    }
    expect(outcome(running(), earlier, day0)).toBe('accepted')
  })
})

describe('A changed plan', () => {
  it('that is the same records nothing, however its fields are ordered', () => {
    const history = running()
    const { id, name, ...rest } = plan
    expect(history.accept(register({ ...rest, name, id }, dates), day0)).toEqual([])
    expect(history.accept(register(plan), day0)).toEqual([])
    expect(history.commits).toHaveLength(1)
  })

  it('is recorded apart from its dates', () => {
    const history = running()
    const renamed = { ...plan, name: '改名学校' }
    expect(history.accept(register(renamed, dates), day0)).toEqual([{ type: 'plan-changed', project: renamed }])
    expect(history.accept(register(renamed, approved({ B: ['2021-08-02', '2021-08-12'] })), day0)).toMatchObject([
      { type: 'baseline-approved', dates: { ...dates, B: { start: '2021-08-02', finish: '2021-08-12' } } }
    ])
  })

  // B falls on 13 August; 14 July is 30 days before, 13 July 31.
  it('may move a date 31 days before it falls and no later', () => {
    const earlier = change(approved({ B: ['2021-08-02', '2021-08-12'] }))
    expect(addDays('2021-08-13', -30)).toBe('2021-07-14')
    expect(outcome(running(), earlier, '2021-07-13')).toBe('accepted')
    expect(outcome(running(), earlier, '2021-07-14')).toBe('date-locked')
    expect(outcome(running(), earlier, '2021-08-13')).toBe('date-locked')
    expect(outcome(running(), earlier, '2021-09-01')).toBe('date-locked')
  })

  it('moves no locked date for a reason either', () => {
    const later = change(approved({ B: ['2021-08-02', '2021-08-31'] }), { delay })
    expect(outcome(running(), later, '2021-07-13')).toBe('accepted')
    expect(outcome(running(), later, '2021-07-14')).toBe('date-locked')
  })

  it('may say a locked date again', () => {
    expect(outcome(running(), change(dates), '2021-08-01')).toBe('accepted')
  })

  it('may move a date to one that is locked from then on', () => {
    const soon = change(approved({ B: ['2021-07-19', '2021-07-20'] }))
    expect(outcome(running(), soon, '2021-07-13')).toBe('accepted')
  })

  it('may give dates to a milestone that had none, at any time', () => {
    const history = given([day0, register(plan, approved({ B: ['2021-08-02', '2021-08-13'] }))])
    expect(outcome(history, change(approved({ A: ['2021-03-01', '2021-03-12'] })), '2021-03-11')).toBe('accepted')
  })

  it('with a later approved date needs a reason, with an earlier one or another start it does not', () => {
    const moved = (start: string, finish: string) => change(approved({ B: [start, finish] }))
    expect(outcome(running(), moved('2021-08-02', '2021-08-16'), day0)).toBe('delay-reason-required')
    expect(outcome(running(), moved('2021-08-02', '2021-08-11'), day0)).toBe('accepted')
    expect(outcome(running(), moved('2021-08-05', '2021-08-13'), day0)).toBe('accepted')
  })

  it('with a later required date, or none any more, needs a reason; with an earlier one it does not', () => {
    const history = () => given([day0, register({ ...plan, requiredBy: '2021-08-25' }, dates)])
    expect(outcome(history(), change({}, { requiredBy: '2021-08-25' }), day0)).toBe('accepted')
    expect(outcome(history(), change({}, { requiredBy: '2021-08-24' }), day0)).toBe('accepted')
    expect(outcome(history(), change({}, { requiredBy: '2021-08-26' }), day0)).toBe('delay-reason-required')
    expect(outcome(history(), change({}, { requiredBy: '2021-08-26', delay }), day0)).toBe('accepted')
    expect(outcome(history(), change({}), day0)).toBe('delay-reason-required')
    expect(outcome(running(), change({}, { requiredBy: '2021-08-25' }), day0)).toBe('accepted')
  })

  it('keeps every milestone that was approved or reported on; others may go', () => {
    const three = chain([{ id: 'A' }, { id: 'B' }, { id: 'C' }])
    const two = register(chain([{ id: 'A' }, { id: 'B' }]))
    const history = given([day0, register(three)])
    expect(outcome(history, two, day0)).toBe('accepted')
    history.accept(report('C', { note: '已接洽' }), day0)
    expect(outcome(history, two, day0)).toBe('milestone-vanished')
  })

  it('clears the flags of a milestone that goes', () => {
    const three = chain([{ id: 'A' }, { id: 'B' }, { id: 'C' }])
    const history = given([day0, register(three, approved({ A: ['2021-03-01', '2021-03-12'] }))])
    expect(outcome(history, register(chain([{ id: 'A' }])), day0)).toBe('accepted')
  })

  it('cannot bring back a cycle or a calendar that does not exist', () => {
    const history = given([day0, register(plan, dates)], [day0, cancel('A')])
    const bad = register(chain([{ id: 'A', predecessors: [{ milestoneId: 'B', type: 'FS', lag: 0 }] }, { id: 'B' }]))
    expect(outcome(history, bad, day0)).toBe('cycle')
    expect(outcome(history, register(chain([{ id: 'A', calendar: 'x' }, { id: 'B' }])), day0)).toBe('unknown-calendar')
  })
})
