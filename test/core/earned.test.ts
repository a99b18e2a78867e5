import { describe, expect, it } from 'vitest'
import { builtInCalendars } from '../../data/calendars.ts'
import type { Command } from '../../functions/core/commands.ts'
import type { Delay } from '../../functions/core/delay.ts'
import { type EarnedInput, earnedOf } from '../../functions/core/earned.ts'
import type { Milestone } from '../../functions/core/milestone.ts'
import { approve, approved, cancel, chain, given, noChange, register, report } from './given.ts'

const day0 = '2021-03-01'
const delay: Delay = { code: 'MATERIAL' }

/** A from 1 to 12 March, B from 15 to 26 March: ten working days each. */
const pair = (
  a: Partial<Milestone> = {},
  b: Partial<Milestone> = {},
  ...more: readonly (readonly [string, Command])[]
) =>
  given(
    [
      day0,
      register(
        chain([
          { id: 'A', ...a },
          { id: 'B', ...b }
        ]),
        approved({ A: ['2021-03-01', '2021-03-12'], B: ['2021-03-15', '2021-03-26'] })
      )
    ],
    ...more
  )

describe('What is remembered of a plan', () => {
  const { project } = pair().tracked
  const planned = { A: { start: '2021-03-01', finish: '2021-03-12' }, B: { start: '2021-03-15', finish: '2021-03-26' } }
  const half = { percentComplete: 50 }
  const cancelled = { ...half, cancelled: { on: day0, reason: 'x' } }
  const inputs: readonly Omit<EarnedInput, 'project'>[] = [
    { progress: { A: half }, baseline: planned },
    { progress: { A: cancelled }, baseline: planned },
    { progress: { A: half, B: cancelled }, baseline: planned },
    { progress: { A: half }, baseline: { ...planned, B: { start: '2021-04-15', finish: '2021-04-26' } } },
    { progress: { A: half } }
  ]

  it('is not taken for what another state of it cancels, or for another baseline', () => {
    const seen = (of: typeof project, input: Omit<EarnedInput, 'project'>) => {
      const { percentComplete, plannedPercent } = earnedOf({ project: of, ...input }, builtInCalendars)
      return [percentComplete, plannedPercent('2021-03-20')]
    }
    const anew = inputs.map(input => seen(structuredClone(project), input))
    expect(new Set(anew.map(String)).size).toBe(inputs.length)
    for (const at of [0, 1, 2, 3, 4, 3, 2, 1, 0]) expect(seen(project, inputs[at]!), String(at)).toEqual(anew[at])
  })
})

describe('Percent complete', () => {
  it('weighs milestones by their durations', () => {
    const history = pair({ duration: 30 }, {}, [day0, report('A', { percentComplete: 50 })])
    expect(history.on(day0).percentComplete).toBe(37.5)
  })

  it('weighs them by their weights where there are any', () => {
    const history = pair({ duration: 30, weight: 1 }, { weight: 4 }, [day0, report('A', { percentComplete: 50 })])
    expect(history.on(day0).percentComplete).toBe(10)
  })

  it('weighs bare events alike', () => {
    const history = pair({ duration: 0 }, { duration: 0 }, [day0, report('A', { actualFinish: day0 })])
    expect(history.on(day0).percentComplete).toBe(50)
  })

  it('leaves out close-out and what is cancelled', () => {
    const done = report('A', { percentComplete: 100 })
    expect(pair({}, { phase: 'closeout' }, [day0, done]).on(day0).percentComplete).toBe(100)
    const three = given(
      [day0, register(chain([{ id: 'A' }, { id: 'X', duration: 80 }, { id: 'B' }]))],
      [day0, done],
      [day0, cancel('X')]
    )
    expect(three.on(day0).percentComplete).toBe(50)
  })

  it('is given with one decimal', () => {
    const history = given(
      [day0, register(chain([{ id: 'A' }, { id: 'B' }, { id: 'C' }]))],
      [day0, report('A', { percentComplete: 100 })]
    )
    expect(history.on(day0).percentComplete).toBe(33.3)
  })

  it('hours on a calendar of shifts weigh an eighth of a day', () => {
    const history = given(
      [
        day0,
        register(
          chain([{ id: 'A', calendar: 'shift', duration: 80 }, { id: 'B' }], {
            calendars: {
              shift: {
                base: 'cn',
                shifts: [
                  ['08:00', '12:00'],
                  ['13:00', '17:00']
                ]
              }
            }
          })
        )
      ],
      [day0, report('A', { percentComplete: 100 })]
    )
    expect(history.on(day0).percentComplete).toBe(50)
  })
})

describe('Planned percent (序时)', () => {
  it('accrues over the working days gone before the morning of the date', () => {
    const planned = (date: string) => pair().on(date).plannedPercent
    expect(planned('2021-03-01')).toBe(0)
    expect(planned('2021-03-02')).toBe(5)
    expect(planned('2021-03-13')).toBe(50)
    expect(planned('2021-03-15')).toBe(50)
    expect(planned('2021-03-17')).toBe(60)
    expect(planned('2021-03-26')).toBe(95)
    expect(planned('2021-03-27')).toBe(100)
    expect(planned('2022-01-01')).toBe(100)
  })

  it('stands still over a holiday and goes on with its make-up day', () => {
    const history = given([
      '2021-04-19',
      register(chain([{ id: 'A' }], { start: '2021-04-25' }), approved({ A: ['2021-04-25', '2021-05-11'] }))
    ])
    // Working days: Sunday 25 April, 26 to 30 April, 6, 7, Saturday 8, 10 and 11 May: eleven.
    expect(history.on('2021-04-26').plannedPercent).toBe(9.1)
    expect(history.on('2021-05-01').plannedPercent).toBe(54.5)
    expect(history.on('2021-05-06').plannedPercent).toBe(54.5)
    expect(history.on('2021-05-08').plannedPercent).toBe(72.7)
    expect(history.on('2021-05-09').plannedPercent).toBe(81.8)
  })

  it('a bare event is due on the morning after its day', () => {
    const history = given([
      day0,
      register(chain([{ id: 'A', duration: 0 }]), approved({ A: ['2021-03-10', '2021-03-10'] }))
    ])
    expect(history.on('2021-03-10').plannedPercent).toBe(0)
    expect(history.on('2021-03-11').plannedPercent).toBe(100)
  })

  it('goes by the baseline in force', () => {
    const history = pair({}, {}, [
      day0,
      {
        type: 'approve-baseline',
        reason: '调整',
        dates: approved({ A: ['2021-03-01', '2021-03-26'], B: ['2021-03-29', '2021-04-12'] }),
        delay
      }
    ])
    expect(history.on('2021-03-15').plannedPercent).toBe(25)
  })

  it('is unknown without a baseline', () => {
    expect(given([day0, register(chain([{ id: 'A' }]))]).on(day0)).toMatchObject({
      plannedPercent: null,
      spi: null,
      spiT: null,
      earnedSchedule: null
    })
  })
})

describe('Earned schedule (Lipke 2003)', () => {
  it('by hand: 8 of 20 days of work are done on the morning of 17 March, when 12 were due', () => {
    const history = pair({}, {}, ['2021-03-16', report('A', { percentComplete: 80, actualStart: day0 })])
    expect(history.on('2021-03-17')).toMatchObject({
      percentComplete: 40,
      plannedPercent: 60,
      spi: 0.667,
      // The eighth working day is Wednesday 10 March; its work was due on the morning after.
      earnedSchedule: '2021-03-11',
      spiT: 0.667
    })
  })

  it('by hand: work ahead of its plan earns days to come', () => {
    const history = pair({}, {}, ['2021-03-05', report('A', { percentComplete: 90, actualStart: day0 })])
    // Five working days are gone on Saturday 6 March, nine are done.
    expect(history.on('2021-03-06')).toMatchObject({ earnedSchedule: '2021-03-12', spi: 1.8, spiT: 1.8 })
  })

  it('between two days of work it is the day that is not yet earned whole', () => {
    const history = pair({}, {}, ['2021-03-05', report('A', { percentComplete: 35, actualStart: day0 })])
    // 3.5 days: three whole ones, so the morning of the fourth.
    expect(history.on('2021-03-06')).toMatchObject({ earnedSchedule: '2021-03-04', spiT: 0.6 })
  })

  it('nothing done has earned nothing; before the first day is over nothing is said', () => {
    const history = pair({}, {}, [day0, noChange])
    expect(history.on('2021-03-01')).toMatchObject({ earnedSchedule: null, spiT: null, spi: null })
    expect(history.on('2021-03-02')).toMatchObject({ earnedSchedule: '2021-03-01', spiT: 0, spi: 0 })
  })

  it('all done on the last planned day is exactly in time', () => {
    // B ends on a Thursday here, so that the day after it is a working day.
    const history = given(
      [
        day0,
        register(
          chain([{ id: 'A' }, { id: 'B', duration: 9 }]),
          approved({ A: ['2021-03-01', '2021-03-12'], B: ['2021-03-15', '2021-03-25'] })
        )
      ],
      ['2021-03-12', report('A', { actualFinish: '2021-03-12' })],
      ['2021-03-25', report('B', { actualFinish: '2021-03-25' })]
    )
    expect(history.on('2021-03-26')).toMatchObject({
      percentComplete: 100,
      spi: 1,
      earnedSchedule: '2021-03-26',
      spiT: 1
    })
  })

  it('the work done on a Friday is earned until Monday morning', () => {
    const history = pair({}, {}, ['2021-03-12', report('A', { actualFinish: '2021-03-12' })])
    expect(history.on('2021-03-15')).toMatchObject({ earnedSchedule: '2021-03-15', spiT: 1, spi: 1 })
  })

  it('of counted works goes by the steps of their plan', () => {
    const history = given(
      [
        day0,
        register(
          chain([{ id: 'A' }], {
            count: {
              unit: '套',
              total: 68,
              plan: [
                { date: '2021-03-05', value: 17 },
                { date: '2021-03-12', value: 34 },
                { date: '2021-03-26', value: 68 }
              ]
            }
          }),
          approved({ A: ['2021-03-01', '2021-03-26'] })
        )
      ],
      ['2021-03-16', { type: 'report-progress', reports: [], countDone: 17 }]
    )
    // 17 are what was due from 5 March until the end of 12 March, that is on the morning of the 12th still: 9 of 12 days.
    expect(history.on('2021-03-17')).toMatchObject({ percentComplete: 25, plannedPercent: 50, spiT: 0.75, spi: 0.5 })
  })

  it('is of the baseline that the network computes as of one typed in', () => {
    const history = given(
      [day0, register(chain([{ id: 'A' }, { id: 'B' }]))],
      [day0, approve],
      ['2021-03-16', report('A', { percentComplete: 80, actualStart: day0 })]
    )
    expect(history.on('2021-03-17').spiT).toBe(0.667)
  })
})
