import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { builtInCalendars } from '../../data/calendars.ts'
import type { Activity, ActivityDates } from '../../functions/core/activity.ts'
import type { CalendarDefinition } from '../../functions/core/calendar.ts'
import type { Constraint, LinkType, Project } from '../../functions/core/milestone.ts'
import { computeNetwork } from '../../functions/core/network.ts'
import { longestPath } from '../../functions/core/network-paths.ts'
import { computeSchedule, projectCalendars } from '../../functions/core/schedule.ts'
import type { Progress } from '../../functions/core/state.ts'
import { runs } from '../properties/runs.ts'
import { outsideData } from './outside-data.ts'
import { datesById, datesOf, early, late, type Row, schedule } from './scheduled.ts'

describe('links on calendar days, after A from 2 to 6 March', () => {
  it.each<[LinkType, number, number, string]>([
    ['FS', 0, 3, '2026-03-07 2026-03-09'],
    ['FS', 2, 3, '2026-03-09 2026-03-11'],
    ['FS', -2, 3, '2026-03-05 2026-03-07'],
    ['SS', 0, 3, '2026-03-02 2026-03-04'],
    ['SS', 2, 3, '2026-03-04 2026-03-06'],
    ['FF', 0, 3, '2026-03-04 2026-03-06'],
    ['FF', 2, 3, '2026-03-06 2026-03-08'],
    ['FF', -1, 3, '2026-03-03 2026-03-05'],
    ['FF', 0, 7, '2026-03-02 2026-03-08'],
    ['SF', 3, 2, '2026-03-03 2026-03-04'],
    ['FS', 0, 0, '2026-03-06 2026-03-06'],
    ['FS', 2, 0, '2026-03-08 2026-03-08'],
    ['SS', 0, 0, '2026-03-02 2026-03-02']
  ])('%s %i puts a successor of %i days on %s', (type, lag, days, expected) => {
    const computed = schedule({ A: { days: 5 }, B: { days, after: [['A', type, lag]] } })
    expect(early(computed, 'B')).toBe(expected)
  })
})

describe('links that reach back, from A on 10 to 14 March', () => {
  it.each<[LinkType, number, string]>([
    ['SS', -2, '2026-03-08 2026-03-10'],
    ['FS', -8, '2026-03-07 2026-03-09'],
    ['SF', 0, '2026-03-07 2026-03-09'],
    ['SF', 2, '2026-03-09 2026-03-11'],
    ['SF', -1, '2026-03-06 2026-03-08'],
    ['FF', -4, '2026-03-08 2026-03-10']
  ])('%s %i puts three days on %s', (type, lag, expected) => {
    const computed = schedule({
      A: { days: 5, constraint: { type: 'SNET', date: '2026-03-10' } },
      B: { days: 3, after: [['A', type, lag]] }
    })
    expect(early(computed, 'B')).toBe(expected)
  })
})

describe('calendars', () => {
  it('pass over weekends and holidays', () => {
    const computed = schedule({
      A: { days: 5, calendar: 'cn' },
      B: { days: 3, calendar: 'cn', after: [['A']] },
      C: { days: 20, calendar: 'cn', after: [['B']] }
    })
    expect(early(computed, 'A')).toBe('2026-03-02 2026-03-06')
    expect(early(computed, 'B')).toBe('2026-03-09 2026-03-11')
    // 12, 13, 16–20, 23–27 and 30 March to 3 April are seventeen; Qingming ends on Monday the 6th; 7–9 April.
    expect(early(computed, 'C')).toBe('2026-03-12 2026-04-09')
  })

  it('count a lag on the calendar of the predecessor', () => {
    const onCalendarDays = schedule({ A: { days: 5 }, B: { days: 1, calendar: 'cn', after: [['A', 'FS', 2]] } })
    expect(early(onCalendarDays, 'B')).toBe('2026-03-09 2026-03-09')
    const onWorkingDays = schedule({ A: { days: 5, calendar: 'cn' }, B: { days: 1, after: [['A', 'FS', 2]] } })
    expect(early(onWorkingDays, 'B')).toBe('2026-03-11 2026-03-11')
    const lead = schedule({ A: { days: 6, calendar: 'cn' }, B: { days: 1, after: [['A', 'FS', -2]] } })
    expect(early(lead, 'B')).toBe('2026-03-06 2026-03-06')
  })

  it('may differ between predecessor and successor, whose floats are in their own days', () => {
    const computed = schedule({
      A: { days: 6, calendar: 'daily' },
      B: { days: 2, calendar: 'cn', after: [['A']] },
      C: { days: 1, calendar: 'daily', after: [['B']] }
    })
    // A ends on Saturday the 7th; B waits for Monday, so that A could take Sunday too.
    expect(early(computed, 'B')).toBe('2026-03-09 2026-03-10')
    expect(early(computed, 'C')).toBe('2026-03-11 2026-03-11')
    expect(datesOf(computed, 'A')).toMatchObject({ totalFloat: 1, freeFloat: 1, lateFinish: '2026-03-08' })
    expect(datesOf(computed, 'B')).toMatchObject({ totalFloat: 0, freeFloat: 0 })
    expect(computed.criticalPath).toEqual(['A', 'B', 'C'])
  })

  it('stop the site over the Spring Festival', () => {
    const site = { exceptions: [{ from: '2021-02-05', to: '2021-02-20', working: false, name: '春节停工' }] }
    const computed = schedule(
      { C3: { days: 30, calendar: 'site' } },
      { start: '2021-01-20', calendars: { site: { base: 'daily', ...site } } }
    )
    // 20 January to 4 February are 16 days, 21 February to 6 March the other 14.
    expect(early(computed, 'C3')).toBe('2021-01-20 2021-03-06')
  })

  it('let an event happen at the end of a working day, never in a pause', () => {
    const computed = schedule(
      {
        A: { days: 1, calendar: 'cn' },
        M: { days: 0, calendar: 'cn', after: [['A']] },
        N: { days: 0, calendar: 'cn', after: [['A', 'FS', 1]] }
      },
      { start: '2026-03-06' }
    )
    expect(early(computed, 'M')).toBe('2026-03-06 2026-03-06')
    expect(early(computed, 'N')).toBe('2026-03-09 2026-03-09')
  })

  it('agree with TaskJuggler 3.7.1 over the New Year, the Spring Festival and its make-up Saturdays of 2026', () => {
    const computed = schedule(
      {
        a: { days: 20, calendar: 'cn' },
        b: { days: 15, calendar: 'cn', after: [['a', 'FS', 2]] },
        c: { days: 30, calendar: 'cn' },
        d: { days: 10, calendar: 'cn', after: [['b'], ['c']] },
        m: { days: 0, calendar: 'cn', after: [['d']] }
      },
      { start: '2026-01-05' }
    )
    expect(
      [...computed.dates].map(([id, { earlyStart, earlyFinish }]) => [id, earlyStart, earlyFinish]).sort()
    ).toEqual([
      ['a', '2026-01-05', '2026-01-30'],
      ['b', '2026-02-04', '2026-03-02'],
      ['c', '2026-01-05', '2026-02-13'],
      ['d', '2026-03-03', '2026-03-16'],
      ['m', '2026-03-16', '2026-03-16']
    ])
  })
})

describe('floats', () => {
  const diamond = {
    A: { days: 5 },
    B: { days: 10, after: [['A']] },
    C: { days: 4, after: [['A']] },
    D: { days: 3, after: [['C']] },
    E: { days: 2, after: [['B'], ['D']] }
  } satisfies Record<string, Row>

  it('keep total and free float distinct', () => {
    const computed = schedule(diamond)
    expect(early(computed, 'E')).toBe('2026-03-17 2026-03-18')
    expect(datesOf(computed, 'B')).toMatchObject({ totalFloat: 0, freeFloat: 0 })
    // C may slip three days, but the first of them moves D already.
    expect(datesOf(computed, 'C')).toMatchObject({ totalFloat: 3, freeFloat: 0, lateFinish: '2026-03-13' })
    expect(datesOf(computed, 'D')).toMatchObject({ totalFloat: 3, freeFloat: 3, lateStart: '2026-03-14' })
    expect(datesOf(computed, 'E')).toMatchObject({ totalFloat: 0, freeFloat: 0 })
    expect(computed.criticalPath).toEqual(['A', 'B', 'E'])
  })

  it('are measured against the required date of the hand-over, negative when it is missed', () => {
    const spare = schedule(diamond, { requiredBy: '2026-03-20' })
    expect(datesOf(spare, 'A').totalFloat).toBe(2)
    expect(datesOf(spare, 'C').totalFloat).toBe(5)
    const missed = schedule(diamond, { requiredBy: '2026-03-14' })
    expect(datesOf(missed, 'A').totalFloat).toBe(-4)
    expect(datesOf(missed, 'C').totalFloat).toBe(-1)
    expect(early(missed, 'E')).toBe('2026-03-17 2026-03-18')
    expect(missed.criticalPath).toEqual(['A', 'B', 'E'])
  })

  it('bound late dates through every type of link', () => {
    const computed = schedule({
      A: { days: 5 },
      B: { days: 2, after: [['A', 'SS', 1]] },
      C: { days: 2, after: [['A', 'FF', 1]] },
      Z: { days: 10, after: [['A']] }
    })
    expect(late(computed, 'A')).toBe('2026-03-02 2026-03-06')
    expect(late(computed, 'B')).toBe('2026-03-15 2026-03-16')
    expect(datesOf(computed, 'B').totalFloat).toBe(12)
    expect(early(computed, 'C')).toBe('2026-03-06 2026-03-07')
    expect(datesOf(computed, 'A').freeFloat).toBe(0)
  })

  it('do not let an activity outlast the project where only its start is linked on', () => {
    const computed = schedule({ A: { days: 10 }, B: { days: 1, after: [['A', 'SS']] } })
    expect(datesOf(computed, 'A')).toMatchObject({ totalFloat: 0, lateStart: '2026-03-02', lateFinish: '2026-03-11' })
    expect(datesOf(computed, 'B')).toMatchObject({ totalFloat: 9, lateFinish: '2026-03-11' })
  })

  it('give each date the link that drove it', () => {
    const computed = schedule(diamond)
    expect(datesOf(computed, 'A').drivenBy).toEqual({ kind: 'constraint', ref: 'start' })
    expect(datesOf(computed, 'D').drivenBy).toEqual({ kind: 'predecessor', ref: 'C', link: 'FS' })
    expect(datesOf(computed, 'E').drivenBy).toEqual({ kind: 'predecessor', ref: 'B', link: 'FS' })
  })
})

describe('constraints on B of three days, which could run from 7 to 9 March', () => {
  const constrained = (constraint: Constraint) =>
    schedule({ A: { days: 5 }, B: { days: 3, after: [['A']], constraint }, C: { days: 2, after: [['B']] } })

  it('SNET moves a start on, and not back', () => {
    expect(early(constrained({ type: 'SNET', date: '2026-03-10' }), 'B')).toBe('2026-03-10 2026-03-12')
    expect(early(constrained({ type: 'SNET', date: '2026-03-04' }), 'B')).toBe('2026-03-07 2026-03-09')
    const computed = constrained({ type: 'SNET', date: '2026-03-10' })
    expect(datesOf(computed, 'B').drivenBy).toEqual({ kind: 'constraint', ref: 'SNET' })
    expect(datesOf(computed, 'A')).toMatchObject({ totalFloat: 3, freeFloat: 3 })
  })

  it('FNET moves a finish on', () => {
    const computed = constrained({ type: 'FNET', date: '2026-03-12' })
    expect(early(computed, 'B')).toBe('2026-03-10 2026-03-12')
    expect(datesOf(computed, 'B').drivenBy).toEqual({ kind: 'constraint', ref: 'FNET' })
  })

  it('SNLT and FNLT leave early dates alone and make the float negative', () => {
    const start = constrained({ type: 'SNLT', date: '2026-03-05' })
    expect(early(start, 'B')).toBe('2026-03-07 2026-03-09')
    expect(late(start, 'B')).toBe('2026-03-05 2026-03-07')
    expect(datesOf(start, 'B').totalFloat).toBe(-2)
    expect(datesOf(start, 'A').totalFloat).toBe(-2)
    const finish = constrained({ type: 'FNLT', date: '2026-03-08' })
    expect(early(finish, 'B')).toBe('2026-03-07 2026-03-09')
    expect(datesOf(finish, 'B')).toMatchObject({ totalFloat: -1, lateFinish: '2026-03-08' })
    expect(datesOf(finish, 'C').totalFloat).toBe(0)
  })

  it('SNLT and FNLT bind nothing while there is time', () => {
    expect(datesOf(constrained({ type: 'SNLT', date: '2026-04-01' }), 'B').totalFloat).toBe(0)
    expect(datesOf(constrained({ type: 'FNLT', date: '2026-04-01' }), 'B').totalFloat).toBe(0)
  })

  it('MSO and MFO win over the links, as MS Project schedules', () => {
    const start = constrained({ type: 'MSO', date: '2026-03-05' })
    expect(early(start, 'B')).toBe('2026-03-05 2026-03-07')
    expect(early(start, 'C')).toBe('2026-03-08 2026-03-09')
    expect(datesOf(start, 'B')).toMatchObject({ totalFloat: 0, drivenBy: { kind: 'constraint', ref: 'MSO' } })
    expect(datesOf(start, 'A').totalFloat).toBe(-2)
    const finish = constrained({ type: 'MFO', date: '2026-03-20' })
    expect(early(finish, 'B')).toBe('2026-03-18 2026-03-20')
    expect(datesOf(finish, 'B')).toMatchObject({ totalFloat: 0, drivenBy: { kind: 'constraint', ref: 'MFO' } })
    expect(datesOf(finish, 'A').totalFloat).toBe(11)
  })

  it('ALAP uses up the free float and moves no successor', () => {
    const rows = (constraint?: Constraint): Record<string, Row> => ({
      A: { days: 5 },
      B: { days: 3, after: [['A']], ...(constraint ? { constraint } : {}) },
      L: { days: 10, after: [['A']] },
      E: { days: 2, after: [['B'], ['L']] }
    })
    const plain = schedule(rows())
    const placed = schedule(rows({ type: 'ALAP' }))
    expect(early(placed, 'B')).toBe('2026-03-14 2026-03-16')
    expect(early(placed, 'E')).toBe(early(plain, 'E'))
    expect(datesOf(placed, 'B')).toMatchObject({
      totalFloat: 0,
      freeFloat: 0,
      drivenBy: { kind: 'constraint', ref: 'ALAP' }
    })
  })

  it('ALAP does not move a successor of its start either, when it was promised for later than its work takes', () => {
    const computed = schedule({
      B: { days: 2, progress: { forecastFinish: '2026-03-06' }, constraint: { type: 'ALAP' } },
      C: { days: 1, after: [['B', 'SS', 7]], constraint: { type: 'SNET', date: '2026-03-20' } }
    })
    expect(early(computed, 'B')).toBe('2026-03-13 2026-03-14')
    expect(datesOf(computed, 'B').freeFloat).toBe(0)
  })

  it('are met on the next working day where the date rests', () => {
    const computed = schedule({
      B: { days: 3, calendar: 'cn', constraint: { type: 'SNET', date: '2026-03-07' } },
      C: { days: 1, calendar: 'cn', constraint: { type: 'FNET', date: '2026-03-08' } }
    })
    expect(early(computed, 'B')).toBe('2026-03-09 2026-03-11')
    expect(early(computed, 'C')).toBe('2026-03-09 2026-03-09')
  })
})

describe('progress', () => {
  const chain = (a: Partial<Progress>, b: Partial<Progress> = {}): Record<string, Row> => ({
    A: { days: 5, progress: a },
    B: { days: 3, after: [['A']], progress: b },
    C: { days: 2, after: [['B']] }
  })

  it('takes actual dates as they are and gives finished work no late dates and no float', () => {
    const computed = schedule(chain({ actualStart: '2026-03-03', actualFinish: '2026-03-09' }), {
      dataDate: '2026-03-10'
    })
    expect(early(computed, 'A')).toBe('2026-03-03 2026-03-09')
    expect(datesOf(computed, 'A').totalFloat).toBeUndefined()
    expect(datesOf(computed, 'A').lateFinish).toBeUndefined()
    expect(datesOf(computed, 'A').drivenBy).toEqual({ kind: 'actual', ref: 'actualFinish' })
    expect(early(computed, 'B')).toBe('2026-03-10 2026-03-12')
    expect(computed.criticalPath).toEqual(['B', 'C'])
  })

  it('starts what is left on the morning of the data date: a day due today can still be done today', () => {
    const computed = schedule(chain({ actualStart: '2026-03-02', percentComplete: 80 }), { dataDate: '2026-03-06' })
    expect(early(computed, 'A')).toBe('2026-03-02 2026-03-06')
    expect(datesOf(computed, 'A').drivenBy.kind).toBe('dataDate')
    const idle = schedule(chain({}), { dataDate: '2026-03-04' })
    expect(early(idle, 'A')).toBe('2026-03-04 2026-03-08')
  })

  it('takes the remaining work from the report, else from the percentage, rounded up to whole days', () => {
    const reported = schedule(chain({ actualStart: '2026-03-02', percentComplete: 80, remainingDuration: 4 }), {
      dataDate: '2026-03-06'
    })
    expect(early(reported, 'A')).toBe('2026-03-02 2026-03-09')
    const halves = schedule(chain({ actualStart: '2026-03-02', percentComplete: 50 }), { dataDate: '2026-03-06' })
    expect(early(halves, 'A')).toBe('2026-03-02 2026-03-08')
    const tenths = schedule({ A: { days: 30, progress: { percentComplete: 90 } } }, { dataDate: '2026-03-31' })
    expect(early(tenths, 'A').slice(11)).toBe('2026-04-02')
  })

  it('retains the logic: work that began out of turn goes on when its predecessor is done', () => {
    const computed = schedule(
      chain({ actualStart: '2026-03-02', percentComplete: 40 }, { actualStart: '2026-03-03', remainingDuration: 2 }),
      { dataDate: '2026-03-05' }
    )
    expect(early(computed, 'A')).toBe('2026-03-02 2026-03-07')
    expect(early(computed, 'B')).toBe('2026-03-03 2026-03-09')
    expect(datesOf(computed, 'B').drivenBy).toEqual({ kind: 'predecessor', ref: 'A', link: 'FS' })
    expect(datesOf(computed, 'B').totalFloat).toBe(0)
    expect(computed.criticalPath).toEqual(['A', 'B', 'C'])
  })

  it('lets the promised finish say later, never earlier', () => {
    const later = schedule(chain({ forecastFinish: '2026-03-11' }), { dataDate: '2026-03-03' })
    expect(early(later, 'A')).toBe('2026-03-03 2026-03-11')
    expect(datesOf(later, 'A').drivenBy).toEqual({ kind: 'report', ref: 'forecastFinish' })
    expect(early(later, 'B')).toBe('2026-03-12 2026-03-14')
    const earlier = schedule(chain({ forecastFinish: '2026-03-04' }), { dataDate: '2026-03-03' })
    expect(early(earlier, 'A')).toBe('2026-03-03 2026-03-07')
  })

  it('does not finish at a hundred percent, only by an actual finish', () => {
    const computed = schedule(chain({ actualStart: '2026-03-02', percentComplete: 100 }), { dataDate: '2026-03-10' })
    expect(datesOf(computed, 'A').totalFloat).toBe(0)
    expect(datesOf(computed, 'A').drivenBy.kind).toBe('dataDate')
  })

  it('hands the links of a cancelled milestone on to its successors', () => {
    const rows = chain({}, { cancelled: { on: '2026-03-02', reason: 'not owed' } })
    const computed = schedule(rows)
    expect(computed.dates.has('B')).toBe(false)
    expect(early(computed, 'C')).toBe('2026-03-07 2026-03-08')
  })
})

const noWork = { constraints: [] } as const
const dailyTime = builtInCalendars('daily')!.time
const activity = (id: string, ...from: readonly string[]): Activity => ({
  id,
  time: dailyTime,
  duration: 1,
  links: from.map(before => ({ from: before, type: 'FS', lag: 0 })),
  ...noWork
})

describe('a plan that is no network', () => {
  it('names the members of a cycle in the order of the work', () => {
    const activities = [
      activity('A'),
      activity('B', 'A', 'D'),
      activity('C', 'B'),
      activity('D', 'C'),
      activity('E', 'D')
    ]
    const result = computeNetwork({ activities, start: 0 })
    if (result.ok || result.code !== 'cycle') throw new Error('a cycle was expected')
    expect([...result.members].sort()).toEqual(['B', 'C', 'D'])
    const doubled = [...result.members, ...result.members].join()
    expect(doubled).toContain('B,C,D')
  })

  it('names an activity that follows itself', () => {
    expect(computeNetwork({ activities: [activity('A', 'A')], start: 0 })).toEqual({
      ok: false,
      code: 'cycle',
      members: ['A']
    })
  })

  it('names the predecessor that there is not', () => {
    expect(computeNetwork({ activities: [activity('A', 'Z')], start: 0 })).toEqual({
      ok: false,
      code: 'unknown-predecessor',
      id: 'A',
      ref: 'Z'
    })
  })

  it('is none when it is empty', () => {
    expect(computeNetwork({ activities: [], start: 0 })).toMatchObject({ ok: true, dates: [] })
  })

  it('may name a predecessor twice, by two links', () => {
    const computed = schedule({
      A: { days: 5 },
      B: {
        days: 3,
        after: [
          ['A', 'SS', 1],
          ['A', 'FF', 4]
        ]
      }
    })
    expect(early(computed, 'B')).toBe('2026-03-08 2026-03-10')
  })
})

describe('networks computed by others', () => {
  const p6 = outsideData('xer/xernative_sample.json')
  it.skipIf(p6 === undefined)('give every early date, late date and float of a Primavera file', () => {
    const hours = z.number()
    const file = z
      .object({
        project: z.object({ plannedStart: z.string() }),
        calendars: z.array(
          z.object({
            id: z.string(),
            week: z.record(z.string(), z.array(z.tuple([z.string(), z.string()]))),
            exceptions: z.record(z.string(), z.array(z.unknown()))
          })
        ),
        tasks: z.array(
          z.object({
            id: z.string(),
            calendar: z.string(),
            remainHours: hours,
            earlyStart: z.string(),
            earlyFinish: z.string(),
            lateStart: z.string(),
            lateFinish: z.string(),
            totalFloatHours: hours,
            freeFloatHours: hours
          })
        ),
        links: z.array(
          z.object({ pred: z.string(), succ: z.string(), type: z.enum(['FS', 'SS', 'FF', 'SF']), lagHours: hours })
        )
      })
      .parse(JSON.parse(readFileSync(p6!, 'utf8')))
    // A week starts on Sunday there; all its working days have the same shifts.
    const calendars = Object.fromEntries(
      file.calendars
        .filter(({ week }) => Object.keys(week).length > 0)
        .map(({ id, week, exceptions }): [string, CalendarDefinition] => {
          const working = Object.keys(week).filter(key => week[key]!.length > 0)
          expect(new Set(working.map(key => JSON.stringify(week[key]))).size).toBe(1)
          return [
            id,
            {
              week: working.map(key => ((Number(key) + 5) % 7) + 1),
              shifts: week[working[0]!],
              exceptions: Object.keys(exceptions).map(date => ({ from: date, to: date, working: false }))
            }
          ]
        })
    )
    const project: Project = {
      id: 'p6',
      name: 'p6',
      start: file.project.plannedStart.replace(' ', 'T'),
      calendars,
      milestones: file.tasks.map(({ id, calendar, remainHours }) => ({
        id,
        name: id,
        duration: remainHours,
        calendar,
        predecessors: file.links
          .filter(({ succ }) => succ === id)
          .map(({ pred, type, lagHours }) => ({ milestoneId: pred, type, lag: lagHours }))
      }))
    }
    const result = computeSchedule({ project, progress: {} }, projectCalendars(project, builtInCalendars))
    if (!result.ok) throw new Error(result.code)
    const written = (date: string | undefined) => date?.replace('T', ' ')
    const ours = file.tasks.map(({ id, calendar, remainHours }) => {
      const dates = datesOf(result.schedule, id)
      return {
        id,
        calendar,
        remainHours,
        earlyStart: written(dates.earlyStart),
        earlyFinish: written(dates.earlyFinish),
        lateStart: written(dates.lateStart),
        lateFinish: written(dates.lateFinish),
        totalFloatHours: dates.totalFloat,
        freeFloatHours: dates.freeFloat
      }
    })
    expect(ours).toEqual(file.tasks)
    expect(ours).toHaveLength(25)
  })

  const psplib = outsideData('psplib/j30.sm.tgz')
  it.skipIf(psplib === undefined)('have the critical path lengths of all 480 networks of PSPLIB j30', () => {
    const networks = filesOfTar(gunzipSync(readFileSync(psplib!))).filter(({ name }) => name.endsWith('.sm'))
    expect(networks).toHaveLength(480)
    const lengths = networks.map(({ name, text }) => [name, lengthOfPath(text)])
    expect(lengths).toEqual(networks.map(({ name, text }) => [name, mpmTimeOf(text)]))
  })
})

/** The plain files of a tar archive: 512-byte headers with the name at 0 and the size, octal, at 124. */
const filesOfTar = (archive: Buffer): { name: string; text: string }[] => {
  const files: { name: string; text: string }[] = []
  for (let at = 0; at + 512 <= archive.length && archive[at] !== 0; ) {
    const field = (from: number, to: number) => archive.toString('latin1', at + from, at + to).replace(/\0.*$/s, '')
    const size = Number.parseInt(field(124, 136), 8)
    files.push({ name: field(0, 100), text: archive.toString('latin1', at + 512, at + 512 + size) })
    at += 512 + Math.ceil(size / 512) * 512
  }
  return files
}

const section = (text: string, title: string): number[][] => {
  const from = text.indexOf(title)
  return text
    .slice(from, text.indexOf('****', from))
    .split('\n')
    .map(line => line.trim().split(/\s+/).map(Number))
    .filter(numbers => numbers.length > 2 && numbers.every(n => Number.isInteger(n)))
}

const mpmTimeOf = (text: string): number => Number(/MPM-Time\s+(?:\d+\s+){5}(\d+)/.exec(text)?.[1])

const lengthOfPath = (text: string): number => {
  const followers = section(text, 'PRECEDENCE RELATIONS')
  const activities = section(text, 'REQUESTS/DURATIONS').map(
    ([job, , duration = 0]): Activity => ({
      id: String(job),
      time: dailyTime,
      duration,
      links: followers
        .filter(([, , , ...after]) => after.includes(job!))
        .map(([from]) => ({ from: String(from), type: 'FS', lag: 0 })),
      ...noWork
    })
  )
  const result = computeNetwork({ activities, start: 0 })
  if (!result.ok) throw new Error(result.code)
  return dailyTime.count(0, datesById(result).get('32')!.earlyFinish)
}

const timeOf = { daily: dailyTime, cn: builtInCalendars('cn')!.time }
const anyLink = fc.record({
  from: fc.nat(),
  type: fc.constantFrom<LinkType>('FS', 'SS', 'FF', 'SF'),
  lag: fc.integer({ min: -4, max: 6 })
})
const networkOf = (calendars: readonly (keyof typeof timeOf)[], link: typeof anyLink = anyLink) =>
  fc
    .array(
      fc.record({
        calendar: fc.constantFrom(...calendars),
        duration: fc.integer({ min: 0, max: 9 }),
        links: fc.array(link, { maxLength: 3 })
      }),
      { minLength: 2, maxLength: 9 }
    )
    .map(rows =>
      rows.map(
        ({ calendar, duration, links }, i): Activity => ({
          id: String(i),
          time: timeOf[calendar],
          duration,
          links: i === 0 ? [] : links.map(({ from, type, lag }) => ({ from: String(from % i), type, lag })),
          ...noWork
        })
      )
    )
const start = dailyTime.startOf(20_515) // 2026-03-03

const compute = (activities: readonly Activity[], more: object = {}): ReadonlyMap<string, ActivityDates> => {
  const result = computeNetwork({ activities, start, ...more })
  if (!result.ok) throw new Error(result.code)
  return datesById(result)
}

describe('every network', () => {
  it('never gets earlier by one more link', () => {
    fc.assert(
      fc.property(networkOf(['daily', 'cn']), anyLink, fc.nat(), (activities, { from, type, lag }, to) => {
        const i = 1 + (to % (activities.length - 1))
        const more = activities.map((a, j) =>
          j === i ? { ...a, links: [...a.links, { from: String(from % i), type, lag }] } : a
        )
        const before = compute(activities)
        const after = compute(more)
        for (const { id } of activities) {
          expect(after.get(id)!.earlyStart).toBeGreaterThanOrEqual(before.get(id)!.earlyStart)
          expect(after.get(id)!.earlyFinish).toBeGreaterThanOrEqual(before.get(id)!.earlyFinish)
        }
      }),
      { numRuns: runs(500) }
    )
  })

  it('is the same in whatever order its activities are listed', () => {
    const shuffled = networkOf(['daily', 'cn']).chain(activities =>
      fc.tuple(fc.constant(activities), fc.shuffledSubarray(activities, { minLength: activities.length }))
    )
    fc.assert(
      fc.property(shuffled, ([activities, other]) => {
        const a = compute(activities)
        const b = compute(other)
        for (const { id } of activities) expect(b.get(id)).toEqual(a.get(id))
      })
    )
  })

  it('has late dates that are the early dates of the reversed network, seen in a mirror', () => {
    // A mirror turns days about the start; finish-finish becomes start-start, and a week of seven days looks the same.
    const turned: Readonly<Record<LinkType, LinkType>> = { FS: 'FS', SS: 'FF', FF: 'SS', SF: 'SF' }
    const positive = fc.array(
      fc.record({
        duration: fc.integer({ min: 1, max: 9 }),
        links: fc.array(
          fc.record({
            from: fc.nat(),
            type: fc.constantFrom<LinkType>('FS', 'SS', 'FF'),
            lag: fc.integer({ min: 0, max: 6 })
          }),
          { maxLength: 3 }
        )
      }),
      { minLength: 2, maxLength: 9 }
    )
    fc.assert(
      fc.property(positive, rows => {
        const activities = rows.map(
          ({ duration, links }, i): Activity => ({
            ...activity(String(i)),
            duration,
            links: i === 0 ? [] : links.map(({ from, type, lag }) => ({ from: String(from % i), type, lag }))
          })
        )
        const reversed = activities.map(
          (own): Activity => ({
            ...own,
            links: activities.flatMap(({ id, links }) =>
              links
                .filter(({ from }) => from === own.id)
                .map(({ type, lag }) => ({ from: id, type: turned[type], lag }))
            )
          })
        )
        const dates = compute(activities)
        const mirrored = compute(reversed)
        const dayOf = (t: number) => Math.floor(t / 1440)
        const last = Math.max(...[...dates.values()].map(({ earlyFinish }) => dayOf(earlyFinish)))
        for (const { id } of activities) {
          const late = dates.get(id)!
          const early = mirrored.get(id)!
          expect(last - dayOf(late.lateFinish!)).toBe(dayOf(early.earlyStart) - dayOf(start))
          expect(last - dayOf(late.lateStart!)).toBe(dayOf(early.earlyFinish) - dayOf(start))
        }
      }),
      { numRuns: runs(500) }
    )
  })

  it('has no negative float and no early date after its late date while nothing is required', () => {
    fc.assert(
      fc.property(networkOf(['daily', 'cn']), activities => {
        for (const [, dates] of compute(activities)) {
          expect(dates.totalFloat).toBeGreaterThanOrEqual(0)
          expect(dates.freeFloat).toBeGreaterThanOrEqual(0)
          expect(dates.earlyFinish).toBeLessThanOrEqual(dates.lateFinish!)
          expect(dates.earlyStart).toBeLessThanOrEqual(dates.lateStart!)
        }
      }),
      { numRuns: runs(500) }
    )
  })

  it('ends no later when one activity starts later by its total float', () => {
    const endOf = (dates: ReadonlyMap<string, ActivityDates>) =>
      Math.max(...[...dates.values()].map(({ earlyFinish }) => earlyFinish))
    fc.assert(
      fc.property(networkOf(['daily', 'cn']), rows => {
        const activities = rows.map(row => ({ ...row, duration: row.duration + 1 }))
        const dates = compute(activities)
        for (const late of activities) {
          const { earlyStart, totalFloat } = dates.get(late.id)!
          const at = late.time.ceil(late.time.offset(earlyStart, totalFloat!))
          const delayed = activities.map(a => (a === late ? { ...a, constraints: [{ type: 'SNET' as const, at }] } : a))
          expect(endOf(compute(delayed))).toBe(endOf(dates))
        }
      }),
      { numRuns: runs(300) }
    )
  })

  it('is as long as its longest chain, where all links are finish to start', () => {
    const plain = fc.record({ from: fc.nat(), type: fc.constant<LinkType>('FS'), lag: fc.constant(0) })
    fc.assert(
      fc.property(networkOf(['cn'], plain), activities => {
        const lengths: number[] = []
        for (const { duration, links } of activities)
          lengths.push(duration + Math.max(0, ...links.map(({ from }) => lengths[Number(from)]!)))
        const dates = compute(activities)
        activities.forEach(({ id }, i) => {
          const { earlyFinish, freeFloat, totalFloat } = dates.get(id)!
          expect(timeOf.cn.count(start, earlyFinish)).toBe(lengths[i])
          expect(freeFloat).toBeLessThanOrEqual(totalFloat!)
        })
        const longest = lengths.indexOf(Math.max(...lengths))
        expect(dates.get(String(longest))!.totalFloat).toBe(0)
      })
    )
  })

  it('has as its longest path activities without float, one calendar and the last activity given', () => {
    const plain = fc.record({ from: fc.nat(), type: fc.constant<LinkType>('FS'), lag: fc.integer({ min: 0, max: 4 }) })
    fc.assert(
      fc.property(networkOf(['cn'], plain), activities => {
        const result = computeNetwork({ activities, start })
        if (!result.ok) throw new Error(result.code)
        const dates = datesById(result)
        const [last] = [...dates].toSorted(([, a], [, b]) => b.earlyFinish - a.earlyFinish)
        for (const id of longestPath(result, last![0])) expect(dates.get(id)!.totalFloat).toBe(0)
      })
    )
  })

  it('moves on by no more than its data date and never finishes open work before it', () => {
    fc.assert(
      fc.property(networkOf(['daily', 'cn']), fc.integer({ min: 0, max: 40 }), (activities, days) => {
        const dataDate = start + days * 1440
        const planned = compute(activities)
        for (const [id, dates] of compute(activities, { dataDate })) {
          expect(dates.earlyFinish).toBeGreaterThanOrEqual(dataDate)
          expect(dates.earlyStart).toBeGreaterThanOrEqual(planned.get(id)!.earlyStart)
        }
      })
    )
  })
})
