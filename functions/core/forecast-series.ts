import type { CalendarLookup } from './calendar.ts'
import { axisOf, earnedStatus, type FinishForecast, type ForecastInput, forecastFinish, writerOf } from './forecast.ts'
import { type BaselineDates, closeoutPhase, type Project, type ScheduleDate } from './milestone.ts'
import { computeSchedule, dateOf, endOfDate, startOfDate } from './schedule.ts'
import { noProgress, type Progress } from './state.ts'
import type { Instant } from './work-time.ts'

/** What was known of one milestone at a status date. Absent fields say nothing and take nothing back. */
export interface MilestoneStatusReport {
  readonly id: string
  readonly percentComplete: number
  readonly actualStart?: ScheduleDate | undefined
  readonly actualFinish?: ScheduleDate | undefined
  /** Work left, in the unit of the milestone's calendar. A later percentage without it replaces it. */
  readonly remainingDuration?: number | undefined
}

/** A status of a project; milestones that it does not name are as they were. */
export interface StatusReport {
  readonly date: ScheduleDate
  readonly milestones: readonly MilestoneStatusReport[]
}

/** The forecast at one status date (CONTRACT, `tracker forecast`). */
export interface ForecastRow {
  readonly date: ScheduleDate
  /** 序时进度 in percent of the weighted work. */
  readonly plannedPercent: number
  readonly percentComplete: number
  /** When the work done so far was due. */
  readonly earnedSchedule: ScheduleDate
  /** Earned schedule ÷ elapsed working time; null before the planned start. */
  readonly spiT: number | null
  readonly finish: Pick<FinishForecast, 'p50' | 'p80'>
  readonly method: FinishForecast['method']
}

/**
 * A forecast at each status date, oldest first, each from what was known at its date alone: a start or finish that a
 * status gives for a later day is left out. A milestone without approved dates is measured by those the plan computes.
 * @throws RangeError when the plan has no schedule.
 */
export const forecastSeries = (
  plan: { readonly project: Project; readonly baseline: BaselineDates },
  statuses: readonly StatusReport[],
  calendars: CalendarLookup,
  reference?: ForecastInput['reference']
): readonly ForecastRow[] => {
  const baseline = completed(plan, calendars)
  const { project } = plan
  const owed = project.milestones.filter(({ phase }) => phase !== closeoutPhase)
  const targets = new Set((owed.length > 0 ? owed : project.milestones).map(({ id }) => id))
  const write = writerOf(project, calendars)
  const axis = axisOf(project, calendars)
  let progress: Readonly<Record<string, Progress>> = {}
  return [...statuses]
    .sort((a, b) => momentOf(a.date, axis.unit) - momentOf(b.date, axis.unit))
    .flatMap(status => {
      progress = { ...progress, ...reported(progress, status) }
      const dataDate = momentOf(status.date, axis.unit)
      const input: ForecastInput = { project, baseline, progress, calendars, dataDate, targets, reference }
      const earned = earnedStatus(input)
      const forecast = forecastFinish(input)
      if (!earned || !forecast) return []
      // On a day calendar a status is that of a morning: what was done by an evening is written as the next morning.
      const schedule =
        axis.unit === 'day'
          ? axis.ceil(earned.earnedSchedule)
          : Math.max(earned.plannedStart, axis.floor(earned.earnedSchedule))
      return [
        {
          date: status.date,
          plannedPercent: rounded(earned.plannedPercent),
          percentComplete: rounded(earned.percentComplete),
          earnedSchedule: write(schedule),
          spiT: earned.spiT === null ? null : rounded(earned.spiT),
          finish: { p50: forecast.p50, p80: forecast.p80 },
          method: forecast.method
        }
      ]
    })
}

/** A status without a time of day is that of the morning on a calendar of days, of the evening on one of hours. */
const momentOf = (date: ScheduleDate, unit: 'day' | 'hour'): Instant =>
  unit === 'day' || date.includes('T') ? startOfDate(date) : endOfDate(date) + 1

const reported = (
  before: Readonly<Record<string, Progress>>,
  { date, milestones }: StatusReport
): Readonly<Record<string, Progress>> => {
  const known = <T extends ScheduleDate | undefined>(actual: T): T | undefined =>
    actual === undefined || isLater(actual, date) ? undefined : actual
  return Object.fromEntries(
    milestones.map(({ id, percentComplete, actualStart, actualFinish, remainingDuration }) => {
      const { actualStart: started, actualFinish: finished } = before[id] ?? noProgress
      const finish = known(actualFinish) ?? finished
      return [
        id,
        {
          percentComplete: finish === undefined ? percentComplete : 100,
          actualStart: known(actualStart) ?? started,
          actualFinish: finish,
          remainingDuration
        }
      ]
    })
  )
}

const isLater = (actual: ScheduleDate, date: ScheduleDate): boolean =>
  actual.includes('T') && date.includes('T') ? actual > date : dateOf(actual) > dateOf(date)

const completed = (
  { project, baseline }: { readonly project: Project; readonly baseline: BaselineDates },
  calendars: CalendarLookup
): BaselineDates => {
  if (project.milestones.every(({ id }) => baseline[id])) return baseline
  const computed = computeSchedule({ project, progress: {}, baseline }, calendars)
  if (!computed.ok) throw new RangeError(`the plan has no schedule: ${computed.code}`)
  const dates = [...computed.schedule.dates].map(([id, { earlyStart, earlyFinish }]) => [
    id,
    { start: earlyStart, finish: earlyFinish }
  ])
  return { ...Object.fromEntries(dates), ...baseline }
}

const rounded = (value: number): number => Math.round(value * 1e4) / 1e4
