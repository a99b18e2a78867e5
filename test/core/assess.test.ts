import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '../../functions/core/dates.ts'
import type { Delay } from '../../functions/core/delay.ts'
import { runs } from '../properties/runs.ts'
import { anyLife, live } from './any-life.ts'
import { approved, cancel, chain, given, type History, noChange, register, report } from './given.ts'

const day0 = '2021-03-01'
const delay: Delay = { code: 'DESIGN' }
const ab = chain([{ id: 'A' }, { id: 'B' }])
const dates = approved({ A: ['2021-03-01', '2021-03-12'], B: ['2021-03-15', '2021-03-26'] })
const running = () => given([day0, register(ab, dates)])

describe('When a milestone is expected', () => {
  it('is the later of what its manager promises and what the network gives', () => {
    const later = running()
    later.accept(report('A', { forecastFinish: '2021-03-19', delay }), day0)
    expect(later.milestone('A', day0)).toMatchObject({
      projectedFinish: '2021-03-19',
      drivenBy: { kind: 'report', ref: 'forecastFinish' }
    })
    const earlier = running()
    earlier.accept(report('A', { forecastFinish: '2021-03-05' }), day0)
    expect(earlier.milestone('A', day0).projectedFinish).toBe('2021-03-12')
  })

  it('moves what depends on it', () => {
    const history = running()
    history.accept(report('A', { forecastFinish: '2021-03-19', delay }), day0)
    expect(history.milestone('B', day0)).toMatchObject({
      earlyStart: '2021-03-22',
      projectedFinish: '2021-04-02',
      variance: { workingDays: 5, calendarDays: 7 },
      drivenBy: { kind: 'predecessor', ref: 'A' }
    })
    expect(history.on(day0)).toMatchObject({ projectedFinish: '2021-04-02', variance: { workingDays: 5 } })
  })

  it('is its actual finish once there is one, and its successors go on from there', () => {
    const history = running()
    history.accept(report('A', { actualStart: day0, actualFinish: '2021-03-09' }), '2021-03-10')
    expect(history.milestone('A', '2021-03-10')).toMatchObject({
      status: 'done',
      light: 'done',
      projectedFinish: '2021-03-09',
      variance: { workingDays: -3, calendarDays: -3 },
      drivenBy: { kind: 'actual' },
      totalFloat: null,
      critical: false
    })
    expect(history.milestone('B', '2021-03-10')).toMatchObject({
      earlyStart: '2021-03-10',
      projectedFinish: '2021-03-23'
    })
  })

  it('follows from the start of the project, then from the passing of time, when nobody reports', () => {
    expect(running().milestone('A', day0)).toMatchObject({
      projectedFinish: '2021-03-12',
      drivenBy: { kind: 'constraint', ref: 'start' }
    })
    expect(running().milestone('A', '2021-03-03')).toMatchObject({
      projectedFinish: '2021-03-16',
      drivenBy: { kind: 'dataDate' }
    })
  })

  it('follows from a date imposed on it', () => {
    const history = given([
      day0,
      register(chain([{ id: 'A', constraint: { type: 'SNET', date: '2021-03-08' } }, { id: 'B' }]))
    ])
    expect(history.milestone('A', day0)).toMatchObject({
      earlyStart: '2021-03-08',
      projectedFinish: '2021-03-19',
      drivenBy: { kind: 'constraint', ref: 'SNET' }
    })
  })

  it.each(['MSO', 'MFO'] as const)('is not in the past for a date imposed by %s, nor is what depends on it', type => {
    const history = given([
      day0,
      register(
        chain([
          { id: 'A', duration: 3, constraint: { type, date: '2021-03-05' } },
          { id: 'B', duration: 1 }
        ])
      )
    ])
    expect(history.milestone('A', '2021-03-15')).toMatchObject({
      projectedFinish: '2021-03-15',
      drivenBy: { kind: 'dataDate' }
    })
    expect(history.milestone('B', '2021-03-15').projectedFinish).toBe('2021-03-16')
  })

  it('counts over the May holidays and their make-up days', () => {
    const history = given([
      '2021-04-23',
      register(chain([{ id: 'A' }], { start: '2021-04-23' }), approved({ A: ['2021-04-23', '2021-04-30'] }))
    ])
    // 23, Sunday 25, 26 to 30 April, 6 and 7 May, Saturday 8 May.
    expect(history.milestone('A', '2021-04-23')).toMatchObject({
      projectedFinish: '2021-05-08',
      variance: { workingDays: 3, calendarDays: 8 }
    })
  })
})

describe('Between two reports', () => {
  const reported = () =>
    given([day0, register(ab, dates)], ['2021-03-03', report('A', { remainingDuration: 8, actualStart: day0 })])

  it('work left counts from the last report while the next is not due', () => {
    for (const date of ['2021-03-03', '2021-03-05', '2021-03-10'])
      expect(reported().milestone('A', date).projectedFinish).toBe('2021-03-12')
  })

  it('beyond the agreed interval it counts from the data date', () => {
    expect(reported().milestone('A', '2021-03-11')).toMatchObject({
      projectedFinish: '2021-03-22',
      drivenBy: { kind: 'dataDate' }
    })
  })

  it('ends on the data date at the earliest', () => {
    const history = given([day0, register(ab, dates)], ['2021-03-03', report('A', { remainingDuration: 2 })])
    expect(history.milestone('A', '2021-03-04').projectedFinish).toBe('2021-03-04')
    expect(history.milestone('A', '2021-03-09')).toMatchObject({
      projectedFinish: '2021-03-09',
      drivenBy: { kind: 'dataDate' }
    })
  })

  it('"no change" means that the work left is what it was', () => {
    const history = reported()
    history.accept(noChange, '2021-03-10')
    expect(history.milestone('A', '2021-03-10').projectedFinish).toBe('2021-03-19')
  })

  it('work begun out of order waits for what comes before it (retained logic)', () => {
    const history = reported()
    history.accept(report('B', { percentComplete: 50, actualStart: '2021-03-02' }), '2021-03-03')
    expect(history.milestone('B', '2021-03-03')).toMatchObject({
      earlyStart: '2021-03-02',
      projectedFinish: '2021-03-19',
      drivenBy: { kind: 'predecessor', ref: 'A' }
    })
  })

  it('a percentage says what is left where nothing else does', () => {
    const history = given([day0, register(ab, dates)], ['2021-03-03', report('A', { percentComplete: 90 })])
    expect(history.milestone('A', '2021-03-03')).toMatchObject({ projectedFinish: '2021-03-03', status: 'in-progress' })
    const some = given([day0, register(ab, dates)], ['2021-03-03', report('A', { percentComplete: 75 })])
    // 2.5 days are three.
    expect(some.milestone('A', '2021-03-03').projectedFinish).toBe('2021-03-05')
  })
})

describe('The path to hand-over', () => {
  const diamond = (more = {}) =>
    chain(
      [
        { id: 'A' },
        { id: 'B', duration: 5 },
        { id: 'C', predecessors: [{ milestoneId: 'A', type: 'FS', lag: 0 }] },
        {
          id: 'D',
          predecessors: [
            { milestoneId: 'B', type: 'FS', lag: 0 },
            { milestoneId: 'C', type: 'FS', lag: 0 }
          ]
        }
      ],
      more
    )

  it('is the longest one; what is beside it has float', () => {
    const history = given([day0, register(diamond())])
    expect(history.on(day0).criticalPath).toEqual(['A', 'C', 'D'])
    expect(history.milestone('B', day0)).toMatchObject({ totalFloat: 5, freeFloat: 5, critical: false })
    expect(history.milestone('C', day0)).toMatchObject({ totalFloat: 0, freeFloat: 0, critical: true })
  })

  it('leaves behind what is finished', () => {
    const history = given([day0, register(diamond())], ['2021-03-12', report('A', { actualFinish: '2021-03-12' })])
    expect(history.on('2021-03-12').criticalPath).toEqual(['C', 'D'])
  })

  it('changes over when the other branch grows longer', () => {
    const history = given([day0, register(diamond())], [day0, report('B', { forecastFinish: '2021-04-30' })])
    expect(history.on(day0).criticalPath).toContain('D')
    expect(history.milestone('D', day0).drivenBy).toEqual({ kind: 'predecessor', ref: 'B' })
    expect(history.milestone('C', day0)).toMatchObject({ critical: false })
  })

  it('a required date before the end makes float negative all along it', () => {
    // D ends on 12 April; from 7 April that is three working days.
    const history = given([day0, register(diamond({ requiredBy: '2021-04-07' }))])
    expect(history.on(day0)).toMatchObject({ projectedFinish: '2021-04-12', marginWorkingDays: -3 })
    expect(history.milestone('D', day0)).toMatchObject({ lateFinish: '2021-04-07', totalFloat: -3, critical: true })
    expect(history.milestone('A', day0)).toMatchObject({ totalFloat: -3, critical: true })
    expect(history.milestone('B', day0)).toMatchObject({ totalFloat: 2, critical: false })
  })

  it('a required date after the end is float', () => {
    const history = given([day0, register(diamond({ requiredBy: '2021-04-14' }))])
    expect(history.milestone('D', day0)).toMatchObject({ totalFloat: 2, lateFinish: '2021-04-14' })
    expect(history.on(day0)).toMatchObject({ marginWorkingDays: 2, requiredBy: '2021-04-14' })
  })
})

describe('A cancelled milestone', () => {
  it('is shown with the dates that it had, and has no part in anything', () => {
    const history = given(
      [day0, register(chain([{ id: 'A' }, { id: 'X' }, { id: 'B' }]), approved({ X: ['2021-03-15', '2021-03-26'] }))],
      [day0, report('X', { percentComplete: 10 })],
      [day0, cancel('X')]
    )
    expect(history.milestone('X', '2021-06-01')).toEqual({
      id: 'X',
      light: 'paused',
      status: 'cancelled',
      percentComplete: 10,
      originalFinish: '2021-03-26',
      baselineStart: '2021-03-15',
      baselineFinish: '2021-03-26',
      earlyStart: null,
      earlyFinish: null,
      lateStart: null,
      lateFinish: null,
      totalFloat: null,
      freeFloat: null,
      critical: false,
      projectedFinish: null,
      variance: null,
      drivenBy: null
    })
    expect(history.on('2021-06-01').flags.filter(({ milestoneId }) => milestoneId === 'X')).toEqual([])
    expect(history.on(day0).criticalPath).toEqual(['A', 'B'])
  })
})

describe('Years without a holiday notice', () => {
  const endsOn = (date: string) =>
    given([day0, register(ab, dates)], [day0, report('B', { forecastFinish: date, delay })]).on(day0).provisional

  it('make an assessment provisional when its last date lies in one', () => {
    expect(endsOn('2026-12-31')).toBe(false)
    expect(endsOn('2027-01-04')).toBe(true)
  })
})

describe('An assessment', () => {
  it('names the project, its dates and what is not known', () => {
    expect(running().on(day0)).toMatchObject({
      projectId: 'school',
      dataDate: day0,
      baselineFinish: '2021-03-26',
      currentFinish: '2021-03-26',
      projectedFinish: '2021-03-26',
      requiredBy: null,
      marginWorkingDays: null,
      variance: { workingDays: 0, calendarDays: 0 },
      provisional: false,
      guard: null
    })
  })

  it('says how far each milestone is', () => {
    const history = running()
    history.accept(report('A', { actualStart: day0 }), day0)
    expect(history.on(day0).milestones.map(({ status }) => status)).toEqual(['in-progress', 'not-started'])
  })

  it('can be made of any day, past or to come, and changes nothing', () => {
    const history = running()
    const before = JSON.stringify(history.state)
    expect(history.on('2020-12-01').dataDate).toBe('2020-12-01')
    expect(history.on('2021-03-03')).toEqual(history.on('2021-03-03'))
    expect(JSON.stringify(history.state)).toBe(before)
  })
})

describe('Whatever was reported', () => {
  const openFinishes = (history: History, date: string) =>
    new Map(
      history
        .on(date)
        .milestones.flatMap(({ id, status, projectedFinish }) =>
          status === 'done' || projectedFinish === null ? [] : [[id, projectedFinish] as const]
        )
    )

  it('unfinished work never ends before the data date', () => {
    fc.assert(
      fc.property(anyLife, fc.nat({ max: 60 }), (life, later) => {
        const { history, today } = live(life)
        const date = addDays(today, later)
        for (const [id, finish] of openFinishes(history, date))
          expect(finish >= date, `${id} ${finish} ${date}`).toBe(true)
      }),
      { numRuns: runs(300) }
    )
  })

  it('as time passes without a report, unfinished work never ends earlier', () => {
    fc.assert(
      fc.property(anyLife, fc.nat({ max: 30 }), fc.nat({ max: 40 }), (life, sooner, later) => {
        const { history, today } = live(life)
        const before = openFinishes(history, addDays(today, sooner))
        for (const [id, finish] of openFinishes(history, addDays(today, sooner + later)))
          expect(finish >= (before.get(id) ?? ''), `${id} ${before.get(id)} → ${finish}`).toBe(true)
      }),
      { numRuns: runs(300) }
    )
  })

  it('percentages lie between 0 and 100 and the planned one never falls', () => {
    fc.assert(
      fc.property(anyLife, fc.nat({ max: 90 }), (life, later) => {
        const { history, today } = live(life)
        const now = history.on(today)
        const then = history.on(addDays(today, later))
        for (const percent of [now.percentComplete, now.plannedPercent ?? 0]) {
          expect(percent).toBeGreaterThanOrEqual(0)
          expect(percent).toBeLessThanOrEqual(100)
        }
        expect(then.plannedPercent ?? 0).toBeGreaterThanOrEqual(now.plannedPercent ?? 0)
      }),
      { numRuns: runs(150) }
    )
  })
})
