import { describe, expect, it } from 'vitest'
import { builtInCalendars } from '../../data/calendars.ts'
import { layeredCalendar } from '../../functions/core/calendar.ts'
import type { Project } from '../../functions/core/milestone.ts'
import {
  earnedSchedule,
  earnedValue,
  type PlannedWork,
  plannedCurve,
  plannedWorks,
  sCurve
} from '../../functions/core/planned-value.ts'
import { endOfDate, startOfDate } from '../../functions/core/schedule.ts'

const { time } = layeredCalendar({
  week: [1, 2, 3, 4, 5],
  shifts: [
    ['08:00', '12:00'],
    ['13:00', '17:00']
  ]
})

// 2021-03-01 is a Monday.
const work = (id: string, start: string, finish: string, value: number, fixed = 0): PlannedWork => ({
  id,
  time,
  start: startOfDate(start),
  finish: endOfDate(finish),
  value,
  fixed
})

const curveOf = (works: readonly PlannedWork[]) => {
  const curve = plannedCurve(works)
  if (!curve) throw new Error('no curve')
  return curve
}

describe('planned value', () => {
  const works = [
    work('a', '2021-03-01T08:00', '2021-03-02T17:00', 160, 32),
    work('b', '2021-03-08T08:00', '2021-03-08T17:00', 40, 40)
  ]
  const curve = curveOf(works)

  it.each([
    ['before the start', '2021-03-01T07:59', 0],
    ['at the start: the fixed part', '2021-03-01T08:00', 32],
    ['after half a day of two', '2021-03-01T12:00', 64],
    ['over the lunch break', '2021-03-01T13:00', 64],
    ['at the end', '2021-03-02T17:00', 160],
    ['in the pause after it', '2021-03-05T10:00', 160],
    ['at the start of one that is fixed altogether', '2021-03-08T08:00', 200]
  ])('%s', (_, at, value) => expect(curve.valueAt(startOfDate(at))).toBeCloseTo(value, 9))

  it('is earned as it is planned: the fixed part once work has started', () => {
    const done = { a: { percentComplete: 50, started: true }, b: { percentComplete: 0, started: false } }
    expect(earnedValue(works, id => done[id as 'a' | 'b'])).toBe(96)
  })

  it.each([
    ['the moment in work', 56, '2021-03-09T17:00', '2021-03-01T11:00'],
    ['in a pause that was planned, the status date', 160, '2021-03-04T10:00', '2021-03-04T10:00'],
    ['behind a pause, the end of it', 160, '2021-03-20T10:00', '2021-03-08T07:59'],
    ['before a pause that is not reached, the start of it', 160, '2021-03-02T09:00', '2021-03-02T17:00'],
    ['everything, the end of the plan', 200, '2021-04-01T10:00', '2021-03-08T17:00'],
    ['nothing, the start', 0, '2021-03-08T10:00', '2021-03-01T08:00']
  ])('earned schedule: %s', (_, value, statusDate, at) =>
    expect(earnedSchedule(curve, value, startOfDate(statusDate))).toBe(startOfDate(at))
  )

  it('draws the S-curve at each start and end', () =>
    expect(sCurve(works).map(({ plannedPercent }) => plannedPercent)).toEqual([16, 80, 100, 100]))

  it('has no curve where nothing is worth anything', () => expect(plannedCurve([])).toBeUndefined())
})

describe('works of a project', () => {
  const project: Project = {
    id: 'p',
    name: '示例',
    start: '2021-03-01',
    milestones: [
      { id: 'A', name: '甲', duration: 5 },
      { id: 'B', name: '乙', duration: 15, calendar: 'daily' },
      { id: 'F', name: '决算', duration: 90, phase: 'closeout' },
      { id: 'X', name: '取消', duration: 30 }
    ]
  }
  const baseline = {
    A: { start: '2021-03-01', finish: '2021-03-05' },
    B: { start: '2021-03-06', finish: '2021-03-20' },
    F: { start: '2021-03-21', finish: '2021-06-18' },
    X: { start: '2021-03-01', finish: '2021-04-01' }
  }

  it('weighs by duration what counts towards the finish, on days as on hours', () => {
    const curve = curveOf(plannedWorks(project, baseline, builtInCalendars, id => id === 'X'))
    expect(curve.total).toBe(20)
    expect(curve.valueAt(startOfDate('2021-03-06'))).toBe(5)
    expect(curve.valueAt(endOfDate('2021-03-06'))).toBe(6)
    expect(curve.finish).toBe(endOfDate('2021-03-20'))
  })

  it('goes by the number where works are counted', () => {
    const counted = { ...project, count: { unit: '套', total: 68, plan: [{ date: '2021-03-31', value: 68 }] } }
    const curve = curveOf(plannedWorks(counted, baseline, builtInCalendars))
    expect(curve.valueAt(endOfDate('2021-03-31'))).toBe(68)
    expect(curve.valueAt(startOfDate('2021-03-16'))).toBeGreaterThan(30)
  })
})
