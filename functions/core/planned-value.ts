import { type Calendar, type CalendarLookup, dailyCalendar } from './calendar.ts'
import { type BaselineDates, closeoutPhase, type Milestone, type Project } from './milestone.ts'
import { calendarOfMilestone, endOfDate, startOfDate } from './schedule.ts'
import { hoursPerDay, type Instant, type WorkTime } from './work-time.ts'

/** Work as the baseline plans it. `fixed` of its value is due when it starts, the rest evenly over its working time. */
export interface PlannedWork {
  readonly id: string
  readonly time: WorkTime
  readonly start: Instant
  readonly finish: Instant
  readonly value: number
  readonly fixed?: number | undefined
}

/** The planned value over time (PMI's performance measurement baseline, 计划值曲线). */
export interface PlannedCurve {
  readonly start: Instant
  /** The moment by which everything is due. */
  readonly finish: Instant
  /** Value due when everything is. */
  readonly total: number
  /** Value due by a moment; what starts at that moment has begun. */
  readonly valueAt: (t: Instant) => number
  /**
   * When this much was due, to the minute: `first` the moment by which it was, `last` the one until which no more was.
   * They differ where nothing falls due for a while.
   */
  readonly dueAt: (value: number) => { readonly first: Instant; readonly last: Instant }
}

/** What is known of a piece of work, for its earned value. */
export interface DoneWork {
  readonly percentComplete: number
  readonly started: boolean
}

/** The planned value curve of works; `undefined` when there are none or they are worth nothing. */
export const plannedCurve = (works: readonly PlannedWork[]): PlannedCurve | undefined => {
  const total = works.reduce((sum, { value }) => sum + value, 0)
  if (works.length === 0 || total <= 0) return undefined
  const start = works.reduce((first, work) => Math.min(first, work.start), Number.POSITIVE_INFINITY)
  const finish = works.reduce((last, work) => Math.max(last, work.finish), start)
  // Working time is counted once per calendar and moment, however many works share the calendar.
  const byCalendar = Map.groupBy(works, ({ time }) => time)
  const lines = [...byCalendar].map(([time, own]) => ({
    time,
    works: own.map(work => {
      const from = time.count(start, work.start)
      return { ...work, fixed: work.fixed ?? 0, from, length: time.count(start, work.finish) - from }
    })
  }))
  const valueAt = (t: Instant): number => {
    let value = 0
    for (const { time, works: own } of lines) {
      const now = time.count(start, t)
      for (const work of own) {
        if (t < work.start) continue
        const done = work.length > 0 ? Math.min(1, Math.max(0, (now - work.from) / work.length)) : 1
        value += work.fixed + done * (work.value - work.fixed)
      }
    }
    return value
  }
  const tolerance = 1e-9 * total
  const firstMoment = (holds: (t: Instant) => boolean): Instant => {
    let low = start
    let high = finish
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      if (holds(middle)) high = middle
      else low = middle + 1
    }
    return low
  }
  const dueAt = (value: number) => {
    const first = firstMoment(t => valueAt(t) >= value - tolerance)
    const next = firstMoment(t => valueAt(t) > value + tolerance)
    return { first, last: Math.max(first, next < finish || valueAt(finish) > value + tolerance ? next - 1 : finish) }
  }
  return { start, finish, total, valueAt, dueAt }
}

/**
 * Earned schedule (Lipke 2003): the moment by which the work done now should have been done. Where nothing was due for a
 * while it is the moment of that pause nearest to the status date: who rests as planned is neither early nor late.
 */
export const earnedSchedule = (curve: PlannedCurve, value: number, statusDate: Instant): Instant => {
  const { first, last } = curve.dueAt(value)
  return Math.min(last, Math.max(first, statusDate))
}

/** The earned value of works: the fixed part once they have started, the rest by percent complete. */
export const earnedValue = (works: readonly PlannedWork[], doneOf: (id: string) => DoneWork): number =>
  works.reduce((sum, { id, value, fixed = 0 }) => {
    const { percentComplete, started } = doneOf(id)
    return sum + (started ? fixed : 0) + (percentComplete / 100) * (value - fixed)
  }, 0)

/**
 * The works of a project that count towards its finish, from its baseline and its weights; those without approved dates
 * are left out. Counted works (68 套) go by their planned number alone, as one work from each date to the next.
 */
export const plannedWorks = (
  project: Project,
  baseline: BaselineDates,
  calendars: CalendarLookup,
  isCancelled: (id: string) => boolean = () => false
): readonly PlannedWork[] => {
  if (project.count) return countedWorks(project)
  const owed = project.milestones.filter(({ id, phase }) => phase !== closeoutPhase && !isCancelled(id))
  const weights = owed.map(milestone => weightOf(milestone, calendarOfMilestone(milestone, calendars)))
  const worthless = weights.every(weight => weight === 0)
  return owed.flatMap((milestone, i) => {
    const approved = baseline[milestone.id]
    if (!approved) return []
    return [
      {
        id: milestone.id,
        time: calendarOfMilestone(milestone, calendars).time,
        start: startOfDate(approved.start),
        finish: endOfDate(approved.finish),
        // A plan of bare events weighs them all alike.
        value: worthless ? 1 : (weights[i] ?? 0)
      }
    ]
  })
}

const everyDay = dailyCalendar()

const countedWorks = ({ count, start }: Project): readonly PlannedWork[] => {
  const { time } = everyDay
  const points = count?.plan ?? []
  return points.flatMap(({ date, value }, i) => {
    const before = points[i - 1]
    const from = before ? endOfDate(before.date) : startOfDate(start)
    const finish = endOfDate(date)
    return [{ id: date, time, start: Math.min(from, finish), finish, value: value - (before?.value ?? 0) }]
  })
}

/** Points of the S-curve (S 曲线): percent due at each moment at which some work starts or ends, in the order of time. */
export const sCurve = (
  works: readonly PlannedWork[]
): readonly { readonly at: Instant; readonly plannedPercent: number }[] => {
  const curve = plannedCurve(works)
  if (!curve) return []
  const moments = new Set(works.flatMap(({ start, finish }) => [start, finish]))
  return [...moments].sort((a, b) => a - b).map(at => ({ at, plannedPercent: (100 * curve.valueAt(at)) / curve.total }))
}

/** What a milestone counts in the progress of its project: its weight, else its duration in days. */
export const weightOf = ({ weight, duration }: Milestone, { unit }: Calendar): number =>
  weight ?? (unit === 'hour' ? duration / hoursPerDay : duration)
