import { describe, expect, it } from 'vitest'
import type { Constraint } from '../../functions/core/milestone.ts'
import type { SchedulingRules } from '../../functions/core/scheduling-rules.ts'
import { datesOf, early, late, type Row, schedule } from './scheduled.ts'

const msProject: SchedulingRules = { program: 'ms-project' }

/** A to 6 March, then B of three days, then C of two; L to 15 March beside them. */
const rows = (b: Partial<Row> = {}): Record<string, Row> => ({
  A: { days: 5 },
  B: { days: 3, after: [['A']], ...b },
  C: { days: 2, after: [['B']] },
  L: { days: 14 }
})

describe('two constraints of one milestone', () => {
  it('hold it back and bound it', () => {
    const computed = schedule(
      rows({
        constraint: { type: 'SNET', date: '2026-03-09' },
        secondaryConstraint: { type: 'FNLT', date: '2026-03-12' }
      })
    )
    expect(early(computed, 'B')).toBe('2026-03-09 2026-03-11')
    expect(late(computed, 'B')).toBe('2026-03-10 2026-03-12')
    expect(datesOf(computed, 'B')).toMatchObject({ totalFloat: 1, drivenBy: { kind: 'constraint', ref: 'SNET' } })
  })

  it('are the same in whatever order they stand', () => {
    const constraint: Constraint = { type: 'FNET', date: '2026-03-12' }
    const secondaryConstraint: Constraint = { type: 'SNLT', date: '2026-03-08' }
    const one = schedule(rows({ constraint, secondaryConstraint }))
    const other = schedule(rows({ constraint: secondaryConstraint, secondaryConstraint: constraint }))
    expect(other.dates).toEqual(one.dates)
    expect(datesOf(one, 'B').totalFloat).toBe(-2)
  })
})

describe('"start on" and "finish on"', () => {
  it('hold back, and give way to the links with negative float, as in P6', () => {
    const free = schedule(rows({ constraint: { type: 'SO', date: '2026-03-10' } }))
    expect(early(free, 'B')).toBe('2026-03-10 2026-03-12')
    expect(datesOf(free, 'B')).toMatchObject({ totalFloat: 0, drivenBy: { kind: 'constraint', ref: 'SO' } })
    const passed = schedule(rows({ constraint: { type: 'SO', date: '2026-03-05' } }))
    expect(early(passed, 'B')).toBe('2026-03-07 2026-03-09')
    expect(datesOf(passed, 'B').totalFloat).toBe(-2)
    const finish = schedule(rows({ constraint: { type: 'FO', date: '2026-03-08' } }))
    expect(early(finish, 'B')).toBe('2026-03-07 2026-03-09')
    expect(late(finish, 'B')).toBe('2026-03-06 2026-03-08')
  })

  it('win over the links by the rules of MS Project', () => {
    const passed = schedule(rows({ constraint: { type: 'SO', date: '2026-03-05' } }), { schedulingRules: msProject })
    expect(early(passed, 'B')).toBe('2026-03-05 2026-03-07')
  })
})

describe('as soon as possible, a deadline and an expected finish', () => {
  it('impose nothing, bound the late finish, and decide what is left', () => {
    expect(schedule(rows({ constraint: { type: 'ASAP' } })).dates).toEqual(schedule(rows()).dates)
    for (const schedulingRules of [undefined, msProject]) {
      const due = schedule(rows({ deadline: '2026-03-08' }), schedulingRules ? { schedulingRules } : {})
      expect(early(due, 'B')).toBe('2026-03-07 2026-03-09')
      expect(datesOf(due, 'B')).toMatchObject({ lateFinish: '2026-03-08', totalFloat: -1 })
    }
    const expected = schedule(rows({ expectedFinish: '2026-03-12' }))
    expect(early(expected, 'B')).toBe('2026-03-07 2026-03-12')
    expect(early(expected, 'C')).toBe('2026-03-13 2026-03-14')
    expect(late(expected, 'B')).toBe('2026-03-08 2026-03-13')
    expect(early(schedule(rows({ expectedFinish: '2026-03-08' })), 'B')).toBe('2026-03-07 2026-03-08')
  })
})

describe('a bare event', () => {
  const rowsOf = (marks?: 'start'): Record<string, Row> => ({
    A: { days: 8, calendar: 'shift' },
    M: { days: 0, calendar: 'shift', after: [['A']], ...(marks ? { marks } : {}) },
    B: { days: 8, calendar: 'shift', after: [['M']] },
    L: { days: 40, calendar: 'shift' }
  })
  const calendars = {
    shift: { week: [1, 2, 3, 4, 5], shifts: [['08:00', '12:00'] as const, ['13:00', '17:00'] as const] }
  }

  it('is dated at the end of the work before it, or at the start of the work that it marks, with the same float', () => {
    const finish = schedule(rowsOf(), { calendars })
    expect(early(finish, 'M')).toBe('2026-03-02T17:00 2026-03-02T17:00')
    expect(late(finish, 'M')).toBe('2026-03-05T17:00 2026-03-05T17:00')
    const start = schedule(rowsOf('start'), { calendars })
    expect(early(start, 'M')).toBe('2026-03-03T08:00 2026-03-03T08:00')
    expect(late(start, 'M')).toBe('2026-03-06T08:00 2026-03-06T08:00')
    for (const id of ['A', 'M', 'B']) expect(datesOf(start, id).totalFloat).toBe(24)
    for (const id of ['A', 'B', 'L']) expect(early(start, id)).toBe(early(finish, id))
  })

  it('on a calendar of days happens on the day on which hours end, not on the next', () => {
    const rowsOf = (days: number): Record<string, Row> => ({
      A: { days, calendar: 'shift' },
      M: { days: 0, after: [['A']] },
      N: { days: 0, calendar: 'cn', after: [['A', 'FF']] },
      B: { days: 2, after: [['M']] }
    })
    for (const hours of [4, 8]) {
      const computed = schedule(rowsOf(hours), { calendars })
      for (const id of ['M', 'N']) expect(early(computed, id)).toBe('2026-03-02 2026-03-02')
      expect(early(computed, 'B')).toBe('2026-03-03 2026-03-04')
      expect(datesOf(computed, 'M').totalFloat).toBe(0)
    }
    // Over a weekend it waits for Monday, as ever.
    const friday = schedule(
      { A: { days: 48, calendar: 'night' }, M: { days: 0, calendar: 'cn', after: [['A']] } },
      {
        calendars: { night: { week: [1, 2, 3, 4, 5, 6], shifts: [['08:00', '16:00'] as const] } }
      }
    )
    expect(early(friday, 'A').slice(17)).toBe('2026-03-07T16:00')
    expect(early(friday, 'M')).toBe('2026-03-09 2026-03-09')
  })
})

describe('a lag on a calendar of its own', () => {
  it('runs on it, forwards and backwards', () => {
    const computed = schedule({
      A: { days: 5, calendar: 'cn' },
      B: { days: 1, calendar: 'cn', after: [['A', 'FS', 4, 'daily']] },
      C: { days: 10, calendar: 'cn', after: [['A']] }
    })
    // A ends on Friday the 6th; four days by the calendar reach into Tuesday.
    expect(early(computed, 'B')).toBe('2026-03-11 2026-03-11')
    expect(late(computed, 'B')).toBe('2026-03-20 2026-03-20')
    const alone = schedule({
      A: { days: 5, calendar: 'cn' },
      B: { days: 1, calendar: 'cn', after: [['A', 'FS', 4, 'daily']], deadline: '2026-03-18' },
      C: { days: 14, calendar: 'cn' }
    })
    // From the end of Friday the 13th four days lead to Tuesday, so that B is ready for Wednesday.
    expect(late(alone, 'A').slice(11)).toBe('2026-03-13')
    expect(datesOf(alone, 'A').freeFloat).toBe(0)
  })
})

describe('progress', () => {
  const outOfTurn = {
    A: { days: 5, progress: { actualStart: '2026-03-02', percentComplete: 40 } },
    B: { days: 3, after: [['A']], progress: { actualStart: '2026-03-03', remainingDuration: 2 } },
    C: { days: 2, after: [['B']] }
  } satisfies Record<string, Row>

  it('goes on at the data date by progress override, and its predecessor is free of it', () => {
    const retained = schedule(outOfTurn, { dataDate: '2026-03-05' })
    expect(early(retained, 'B')).toBe('2026-03-03 2026-03-09')
    const override = schedule(outOfTurn, {
      dataDate: '2026-03-05',
      schedulingRules: { program: 'p6', progress: 'progress-override' }
    })
    expect(early(override, 'B')).toBe('2026-03-03 2026-03-06')
    expect(datesOf(override, 'A')).toMatchObject({ earlyFinish: '2026-03-07', totalFloat: 1, lateFinish: '2026-03-08' })
    expect(override.criticalPath).toEqual(['B', 'C'])
  })

  it('goes on from its start by the rules of MS Project, and from the data date when it is behind', () => {
    const onTime = schedule(outOfTurn, { dataDate: '2026-03-03', schedulingRules: msProject })
    // Two of five days are done from Monday on: the other three end on Friday, by the links or not.
    expect(early(onTime, 'A')).toBe('2026-03-02 2026-03-06')
    expect(datesOf(onTime, 'A').drivenBy.ref).toBe('actualStart')
    expect(early(onTime, 'B').slice(11)).toBe('2026-03-04')
    const behind = schedule(outOfTurn, { dataDate: '2026-03-09', schedulingRules: msProject })
    expect(early(behind, 'A')).toBe('2026-03-02 2026-03-11')
  })
})

describe('total float', () => {
  const of = (b: Partial<Row>, schedulingRules: SchedulingRules) =>
    datesOf(schedule({ B: { days: 3, ...b }, Z: { days: 9 } }, { schedulingRules }), 'B').totalFloat

  it('is that of the finish, of the start, or the smaller, as the options say', () => {
    // A promise stretches the finish and leaves the start where it was.
    const promised: Partial<Row> = { progress: { forecastFinish: '2026-03-08' } }
    for (const totalFloat of ['finish', 'start', 'smallest'] as const)
      expect(of({}, { program: 'p6', totalFloat })).toBe(6)
    expect(of(promised, { program: 'p6' })).toBe(2)
    expect(of(promised, { program: 'p6', totalFloat: 'start' })).toBe(6)
    expect(of(promised, { program: 'p6', totalFloat: 'smallest' })).toBe(2)
    expect(of(promised, msProject)).toBe(2)
  })

  it('of what has begun is that of the finish', () => {
    const begun: Partial<Row> = { progress: { actualStart: '2026-03-02', percentComplete: 10 } }
    for (const rules of [{ program: 'p6', totalFloat: 'start' } as const, msProject]) expect(of(begun, rules)).toBe(6)
  })
})

describe('MS Project', () => {
  it('honours a date "no later than" against the links', () => {
    const start = schedule(rows({ constraint: { type: 'SNLT', date: '2026-03-05' } }), { schedulingRules: msProject })
    expect(early(start, 'B')).toBe('2026-03-05 2026-03-07')
    expect(datesOf(start, 'B').drivenBy).toEqual({ kind: 'constraint', ref: 'SNLT' })
    // The float of what it does not wait for is negative.
    expect(datesOf(start, 'A').totalFloat).toBe(-2)
    const finish = schedule(rows({ constraint: { type: 'FNLT', date: '2026-03-08' } }), { schedulingRules: msProject })
    expect(early(finish, 'B')).toBe('2026-03-06 2026-03-08')
    const loose = schedule(rows({ constraint: { type: 'FNLT', date: '2026-03-30' } }), { schedulingRules: msProject })
    expect(early(loose, 'B')).toBe('2026-03-07 2026-03-09')
  })

  it('places what is as late as possible by its total slack, and what follows behind it', () => {
    const placed = schedule(rows({ constraint: { type: 'ALAP' } }), { schedulingRules: msProject })
    expect(early(placed, 'B')).toBe('2026-03-11 2026-03-13')
    expect(early(placed, 'C')).toBe('2026-03-14 2026-03-15')
    expect(datesOf(placed, 'B')).toMatchObject({ totalFloat: 0, drivenBy: { kind: 'constraint', ref: 'ALAP' } })
    // P6 moves no successor, and C leaves B no free float.
    expect(early(schedule(rows({ constraint: { type: 'ALAP' } })), 'B')).toBe('2026-03-07 2026-03-09')
  })
})
