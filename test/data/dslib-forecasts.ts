import { builtInCalendars } from '../../data/calendars.ts'
import type { ReferenceClass } from '../../functions/core/forecast.ts'
import { forecastSeries } from '../../functions/core/forecast-series.ts'
import { computeNetwork } from '../../functions/core/network.ts'
import { longestLog, onTimeTolerance, priorOf } from '../../functions/core/overrun-prior.ts'
import { earnedSchedule, earnedValue, plannedCurve } from '../../functions/core/planned-value.ts'
import { projectCalendars } from '../../functions/core/schedule.ts'
import { forecastSchema } from '../../functions/schema/forecast.ts'
import { planOf } from '../../functions/schema/plan.ts'
import { type DslibPeriod, type DslibProject, instantOf } from './dslib.ts'

/** Forecasts of one finish, in working hours from the start of the project. */
export interface Judged {
  readonly code: string
  readonly period: DslibPeriod
  readonly real: number
  readonly p50: number
  readonly p80: number
  readonly peers: Readonly<Record<Peer, number>>
}

export const peers = [
  'earned schedule (PF=1)',
  'network update',
  'planned value',
  'earned duration',
  'keep the baseline'
] as const
export type Peer = (typeof peers)[number]

/** Every status date before the finish, each project forecast from the reference class of the others alone. */
export const leaveOneOut = (projects: readonly DslibProject[]): readonly Judged[] =>
  projects.flatMap(project => judge(project, classOf(projects.filter(other => other !== project))))

/** The reference class of projects, as the constants of the core are computed. */
export const classOf = (projects: readonly DslibProject[]): ReferenceClass => ({
  durations: priorOf(projects.flatMap(ratiosOf), `DSLIB, ${projects.length} projects (Batselier & Vanhoucke 2015)`),
  pace: { logMedian: 0, logSpread: paceOf(projects).rootMeanSquare, n: projects.length }
})

/** Actual ÷ planned working hours of every activity that lasts. */
export const ratiosOf = ({ activities, calendar: { time }, periods }: DslibProject): readonly number[] => {
  const known = new Map(periods.at(-1)?.milestones.map(milestone => [milestone.id, milestone]))
  return activities.flatMap(({ id, durationHours }) => {
    const { actualStart, actualFinish } = known.get(String(id)) ?? {}
    if (actualStart === undefined || actualFinish === undefined || durationHours <= 0) return []
    return [time.count(instantOf(actualStart), instantOf(actualFinish)) / durationHours]
  })
}

/** Logarithms of the real remaining time ÷ that of earned schedule, each project with the same weight. */
export const paceOf = (projects: readonly DslibProject[]) => {
  const samples = projects.flatMap(project => {
    const { real, at, planned } = measured(project)
    const own = project.periods.flatMap(period => {
      const { now, schedule } = at(period)
      const left = planned - schedule
      return period.finished || left <= 0 ? [] : [bounded(Math.log(Math.max(1, real - now) / left))]
    })
    return own.map(log => ({ log, weight: 1 / own.length }))
  })
  const total = samples.reduce((sum, { weight }) => sum + weight, 0)
  const squares = samples.reduce((sum, { log, weight }) => sum + weight * log ** 2, 0)
  let below = 0
  const median = samples
    .toSorted((a, b) => a.log - b.log)
    .find(({ weight }) => {
      below += weight
      return below >= total / 2
    })
  return { rootMeanSquare: Math.sqrt(squares / total), median: median?.log ?? 0, n: samples.length }
}

/** Share of the variance of the logarithms of durations that lies between projects (one-way analysis of variance). */
export const intraclassCorrelation = (projects: readonly DslibProject[]): number => {
  const groups = projects.map(project =>
    ratiosOf(project).map(ratio => (Math.abs(ratio - 1) < onTimeTolerance ? 0 : bounded(Math.log(ratio))))
  )
  const n = groups.flat().length
  const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const all = meanOf(groups.flat())
  const between = groups.reduce((sum, g) => sum + g.length * (meanOf(g) - all) ** 2, 0) / (groups.length - 1)
  const within =
    groups.reduce((sum, g) => sum + g.reduce((s, x) => s + (x - meanOf(g)) ** 2, 0), 0) / (n - groups.length)
  const size = (n - groups.reduce((sum, g) => sum + g.length ** 2, 0) / n) / (groups.length - 1)
  return (between - within) / (between + (size - 1) * within)
}

const bounded = (log: number): number => Math.max(-longestLog, Math.min(longestLog, log))

const judge = (project: DslibProject, reference: ReferenceClass): readonly Judged[] => {
  const { plan, statuses } = forecastSchema.parse({
    project: project.document,
    statuses: project.periods.map(({ date, milestones }) => ({ date, milestones }))
  })
  const { project: registered, baseline } = planOf(plan, builtInCalendars)
  const calendars = projectCalendars(registered, builtInCalendars)
  const rows = forecastSeries({ project: registered, baseline }, statuses, calendars, reference)
  const { real, hours, peersAt } = measured(project)
  return project.periods.flatMap((period, i) => {
    const row = rows[i]
    if (period.finished || !row) return []
    const { p50, p80 } = row.finish
    return [{ code: project.code, period, real, p50: hours(p50), p80: hours(p80), peers: peersAt(period) }]
  })
}

const measured = (project: DslibProject) => {
  const { time } = project.calendar
  const start = instantOf(project.document.start)
  const hours = (clock: string) => time.count(start, instantOf(clock))
  const works = project.activities.map(({ id, start: from, end, cost }) => ({
    id: String(id),
    time,
    start: instantOf(from),
    finish: Math.max(instantOf(from), instantOf(end)),
    value: cost
  }))
  const curve = plannedCurve(works)
  if (!curve) throw new RangeError(`${project.code} plans nothing`)
  const planned = time.count(start, curve.finish)
  const at = (period: DslibPeriod) => {
    const known = new Map(period.milestones.map(milestone => [milestone.id, milestone]))
    const value = earnedValue(works, id => ({ percentComplete: known.get(id)?.percentComplete ?? 0, started: true }))
    const now = hours(period.date)
    const due = curve.valueAt(instantOf(period.date))
    return { now, due, value, schedule: time.count(start, earnedSchedule(curve, value, instantOf(period.date))) }
  }
  const peersAt = (period: DslibPeriod): Readonly<Record<Peer, number>> => {
    const { now, due, value, schedule } = at(period)
    return {
      'earned schedule (PF=1)': now + planned - schedule,
      'network update': hoursOfNetwork(project, period),
      'planned value': planned - (value - due) / (curve.total / planned),
      'earned duration': now + Math.max(planned, now) - now * (due > 0 ? value / due : 1),
      'keep the baseline': Math.max(planned, now)
    }
  }
  return { real: hours(project.realFinish), planned, hours, at, peersAt }
}

/** The status-date update: what is left begins at the status date and takes what was planned of it. */
const hoursOfNetwork = ({ activities, calendar: { time }, document }: DslibProject, period: DslibPeriod): number => {
  const known = new Map(period.milestones.map(milestone => [milestone.id, milestone]))
  const start = instantOf(document.start)
  const result = computeNetwork({
    start,
    dataDate: instantOf(period.date),
    activities: activities.map(({ id, start: planned, durationHours, predecessors }) => {
      const { actualStart, actualFinish, percentComplete = 0 } = known.get(String(id)) ?? {}
      return {
        id: String(id),
        time,
        duration: durationHours,
        links: predecessors.map(({ id: from, type, lagHours }) => ({ from: String(from), type, lag: lagHours })),
        constraints: predecessors.length > 0 ? [] : [{ type: 'SNET' as const, at: instantOf(planned) }],
        actualStart: actualStart === undefined ? undefined : instantOf(actualStart),
        actualFinish: actualFinish === undefined ? undefined : instantOf(actualFinish),
        remaining: actualStart === undefined ? undefined : durationHours * (1 - percentComplete / 100)
      }
    })
  })
  if (!result.ok) throw new RangeError(result.code)
  return Math.max(...result.dates.map(({ earlyFinish }) => time.count(start, earlyFinish)))
}
