import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { builtInCalendars } from '../../data/calendars.ts'
import { dailyCalendar } from '../../functions/core/calendar.ts'
import { addDays } from '../../functions/core/dates.ts'
import { type FinishForecast, type ForecastInput, forecastFinish, forecastOf } from '../../functions/core/forecast.ts'
import { simulate } from '../../functions/core/forecast-simulation.ts'
import type { BaselineDates, LinkType, Milestone, Project } from '../../functions/core/milestone.ts'
import { dslibPrior } from '../../functions/core/overrun-prior.ts'
import { computeSchedule, endOfDate, projectCalendars, startOfDate } from '../../functions/core/schedule.ts'
import type { Progress } from '../../functions/core/state.ts'
import { approve, chain, given, noChange, register, report, rules } from './given.ts'

const start = '2021-03-01'

interface Plan {
  readonly project: Project
  readonly baseline: BaselineDates
  readonly progress: Readonly<Record<string, Progress>>
  readonly dataDate: string
}

const calendarNames = ['cn', 'daily', 'site', 'shift'] as const
const calendars = {
  site: {
    base: 'daily',
    week: [1, 2, 3, 4, 5, 6],
    exceptions: [{ from: '2021-04-01', to: '2021-04-20', working: false }]
  },
  shift: { base: 'daily', week: [1, 2, 3, 4, 5], shifts: [['08:00', '12:00'] as const, ['13:00', '17:00'] as const] }
}

/** Small plans on several calendars with work done in the order of the plan, as of a day about a third through. */
const plans = fc
  .array(
    fc.record({
      days: fc.integer({ min: 0, max: 30 }),
      calendar: fc.constantFrom(...calendarNames),
      back: fc.integer({ min: 1, max: 3 }),
      type: fc.constantFrom<LinkType>('FS', 'FS', 'FS', 'SS', 'FF', 'SF'),
      lag: fc.integer({ min: -3, max: 6 }),
      percent: fc.integer({ min: 0, max: 99 })
    }),
    { minLength: 2, maxLength: 8 }
  )
  .chain(rows => fc.record({ rows: fc.constant(rows), done: fc.integer({ min: 0, max: rows.length - 1 }) }))
  .map(({ rows, done }): Plan => {
    const milestones = rows.map(({ days, calendar, back, type, lag }, i): Milestone => {
      const before = i - back
      return {
        id: `M${i}`,
        name: `M${i}`,
        calendar,
        duration: calendar === 'shift' ? days * 8 : days,
        predecessors: before < 0 ? [] : [{ milestoneId: `M${before}`, type, lag }]
      }
    })
    const project: Project = { id: 'p', name: 'p', start, calendars, milestones }
    const computed = computeSchedule({ project, progress: {} }, projectCalendars(project, builtInCalendars))
    if (!computed.ok) throw new Error(computed.code)
    const baseline = Object.fromEntries(
      [...computed.schedule.dates].map(([id, { earlyStart, earlyFinish }]) => [
        id,
        { start: earlyStart, finish: earlyFinish < earlyStart ? earlyStart : earlyFinish }
      ])
    )
    const spans = milestones.map(({ id }) => baseline[id] ?? { start, finish: start })
    const progress: Record<string, Progress> = {}
    let dataDate = start
    spans.forEach((span, i) => {
      if (i > done) return
      progress[`M${i}`] =
        i < done
          ? { percentComplete: 100, actualStart: span.start, actualFinish: span.finish }
          : { percentComplete: rows[i]?.percent ?? 0, actualStart: span.start }
      const seen = addDays((i < done ? span.finish : span.start).slice(0, 10), 1)
      if (seen > dataDate) dataDate = seen
    })
    return { project, baseline, progress, dataDate }
  })

const forecast = (
  { project, baseline, progress, dataDate }: Plan,
  more: Partial<ForecastInput> = {}
): FinishForecast => {
  const found = forecastFinish({
    project,
    baseline,
    progress,
    calendars: projectCalendars(project, builtInCalendars),
    dataDate: startOfDate(dataDate),
    targets: new Set(project.milestones.map(({ id }) => id)),
    deadline: endOfDate('2021-06-30'),
    runs: 200,
    ...more
  })
  if (!found) throw new Error('no forecast')
  return found
}

describe('every forecast', () => {
  it('comes out the same for the same input, with P50 at or before P80 and neither before the data date', () =>
    fc.assert(
      fc.property(plans, plan => {
        const { p50, p80, onTimeProbability } = forecast(plan)
        expect(forecast(structuredClone(plan))).toEqual(forecast(plan))
        expect(p50 <= p80).toBe(true)
        expect(p50.slice(0, 10) >= plan.dataDate).toBe(true)
        expect(onTimeProbability).toBeGreaterThanOrEqual(0)
        expect(onTimeProbability).toBeLessThanOrEqual(1)
      })
    ))

  it('never improves by the data date moving forward without progress', () =>
    fc.assert(
      fc.property(plans, fc.integer({ min: 1, max: 60 }), (plan, days) => {
        const before = forecast(plan)
        const after = forecast({ ...plan, dataDate: addDays(plan.dataDate, days) })
        expect(after.p50 >= before.p50).toBe(true)
        expect(after.p80 >= before.p80).toBe(true)
        expect(after.onTimeProbability ?? 0).toBeLessThanOrEqual(before.onTimeProbability ?? 0)
      })
    ))

  it('never comes earlier by one link more', () =>
    fc.assert(
      fc.property(
        plans,
        fc.nat(),
        fc.nat(),
        fc.constantFrom<LinkType>('FS', 'SS', 'FF', 'SF'),
        fc.integer({ min: -3, max: 6 }),
        (plan, a, b, type, lag) => {
          const { project } = plan
          const to = 1 + (a % (project.milestones.length - 1))
          const milestones = project.milestones.map((milestone, i) =>
            i === to
              ? {
                  ...milestone,
                  predecessors: [...(milestone.predecessors ?? []), { milestoneId: `M${b % to}`, type, lag }]
                }
              : milestone
          )
          const before = forecast(plan)
          const after = forecast({ ...plan, project: { ...project, milestones } })
          expect(after.p50 >= before.p50).toBe(true)
          expect(after.p80 >= before.p80).toBe(true)
        }
      )
    ))

  it('gives the actual finish of what is finished', () =>
    fc.assert(
      fc.property(plans, plan => {
        const progress = Object.fromEntries(
          Object.entries(plan.baseline).map(([id, span]) => [
            id,
            { percentComplete: 100, actualStart: span.start, actualFinish: span.finish }
          ])
        )
        const last = Math.max(...Object.values(plan.baseline).map(({ finish }) => endOfDate(finish)))
        const { method, p50, p80, onTimeProbability } = forecast({ ...plan, progress })
        expect(method).toBe('actual')
        expect(p50).toBe(p80)
        expect(endOfDate(p50.slice(0, 10))).toBeGreaterThanOrEqual(last)
        expect(startOfDate(p50.slice(0, 10))).toBeLessThanOrEqual(last)
        expect(onTimeProbability).toBe(last <= endOfDate('2021-06-30') ? 1 : 0)
      })
    ))
})

describe('the simulation', () => {
  const { time } = dailyCalendar()
  const origin = startOfDate(start)
  const activity = (id: string, work: number, ...after: string[]) => ({
    id,
    time,
    links: after.map(from => ({ from, type: 'FS' as const, lag: 0 })),
    from: origin,
    work,
    notFinishedBefore: origin
  })
  const options = { runs: 1000, targets: new Set(['z']), axis: time, origin, prior: dslibPrior }
  const surely = { ...dslibPrior, onTime: 1 - 1e-12 }

  it('is the critical path where nothing overruns', () => {
    const { finishes } = simulate([activity('a', 10), activity('b', 4, 'a'), activity('z', 6, 'a', 'b')], {
      ...options,
      prior: surely
    })
    expect(new Set(finishes)).toEqual(new Set([20]))
  })

  it('draws an activity by its id, so that what does not matter to the finish does not move it', () => {
    const alone = simulate([activity('a', 10), activity('z', 6, 'a')], options)
    const among = simulate([activity('q', 1), activity('z', 6, 'a'), activity('a', 10)], options)
    expect(among.finishes).toEqual(alone.finishes)
  })

  it('is exact on two calendars in whole days', () => {
    const cn = builtInCalendars('cn')
    if (!cn) throw new Error('no calendar cn')
    // 2021-03-01 is a Monday; seven calendar days end on Sunday, five working days after them on Friday the 12th.
    const { finishes } = simulate([activity('a', 7), { ...activity('z', 5, 'a'), time: cn.time }], {
      ...options,
      prior: surely
    })
    expect(new Set(finishes)).toEqual(new Set([12]))
  })

  it('refuses a circle and an unknown predecessor', () => {
    expect(() => simulate([activity('a', 1, 'z'), activity('z', 1, 'a')], options)).toThrow('circle')
    expect(() => simulate([activity('z', 1, 'nobody')], options)).toThrow('nobody')
  })
})

describe('a project in the tracker', () => {
  const plan = register(
    chain([{ id: 'C1' }, { id: 'C2', duration: 30 }, { id: 'U2' }], { requiredBy: '2021-06-30' }),
    {}
  )
  const underWay = given(
    ['2021-03-01', plan],
    ['2021-03-01', approve],
    ['2021-03-01', report('C1', { actualStart: '2021-03-01' })],
    ['2021-03-12', report('C1', { percentComplete: 100, actualFinish: '2021-03-12' })],
    ['2021-03-15', report('C2', { actualStart: '2021-03-15', percentComplete: 10 })]
  )

  it('has a forecast that says its method, its sample and its chance', () => {
    const found = forecastOf(underWay.tracked, '2021-03-15', rules)
    expect(found?.method).toBe('simulated-network+earned-schedule')
    expect(found?.sample).toEqual({ n: 243, source: `own finished work (1); ${dslibPrior.source}`, own: 1, kind: 0 })
    expect(found?.p50 && found.p50 >= '2021-04-30').toBe(true)
    expect(found?.onTimeProbability).toBeGreaterThan(0.5)
  })

  it('does not slip between two reports, and does once silence is too long', () => {
    const p50On = (date: string) => forecastOf(underWay.tracked, date, rules)?.p50 ?? ''
    expect(p50On('2021-03-19')).toBe(p50On('2021-03-15'))
    expect(p50On('2021-04-15') > p50On('2021-03-15')).toBe(true)
  })

  it('believes a later date that was promised', () => {
    const promised = given(
      ['2021-03-01', plan],
      ['2021-03-01', approve],
      ['2021-03-02', report('C2', { forecastFinish: '2021-09-30', delay: { code: 'WEATHER', note: '汛期' } })]
    )
    expect((forecastOf(promised.tracked, '2021-03-02', rules)?.p50 ?? '') > '2021-09-30').toBe(true)
    expect(forecastOf(promised.tracked, '2021-03-02', rules)?.onTimeProbability).toBe(0)
  })

  it('goes by the network alone without approved dates', () => {
    const free = given(['2021-03-01', plan], ['2021-03-02', noChange])
    expect(forecastOf(free.tracked, '2021-03-02', rules)?.method).toBe('simulated-network')
  })

  it('moves with the kind of works that are known to overrun, its own work still coming first', () => {
    const late = { n: 40, onTime: 0, logMean: Math.log(1.8), source: '十所学校' }
    const withKind = { ...rules, policy: { ...rules.policy, kinds: { building: late } } }
    const ofKind = (category: string) => ({
      ...underWay.tracked,
      project: { ...underWay.tracked.project, category }
    })
    const plain = forecastOf(underWay.tracked, '2021-03-15', withKind)
    expect(plain).toEqual(forecastOf(underWay.tracked, '2021-03-15', rules))
    expect(forecastOf(ofKind('constructor'), '2021-03-15', withKind)?.p50).toBe(plain?.p50)
    const moved = forecastOf(ofKind('building'), '2021-03-15', withKind)
    expect((moved?.p50 ?? '') > (plain?.p50 ?? '')).toBe(true)
    expect(moved?.sample).toEqual({
      n: 283,
      source: `own finished work (1); its kind (40, 十所学校); ${dslibPrior.source}`,
      own: 1,
      kind: 40
    })
  })
})
