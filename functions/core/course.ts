import type { Calendar } from './calendar.ts'
import { addDays, daysBetween, type IsoDate } from './dates.ts'
import type { Delay, DelayCode } from './delay.ts'
import { type Commit, isOfFlags, type ProjectEvent } from './events.ts'
import { initialState } from './evolve.ts'
import { closeoutPhase } from './milestone.ts'
import { type MilestoneOutlook, type Outlook, outlookOf } from './outlook.ts'
import type { Rules } from './rules.ts'
import { dateOf } from './schedule.ts'
import type { ProjectState, TrackedProject } from './state.ts'
import type { Step } from './steps.ts'

/** A project as its log had it on the evening of a day, seen with nothing that came later. */
export interface CoursePoint {
  readonly on: IsoDate
  readonly percentComplete: number
  /** By the baseline of that day; null before there was one. */
  readonly plannedPercent: number | null
  /** The projected or actual finish of every milestone then owed, by id. */
  readonly finishes: Readonly<Record<string, IsoDate>>
}

/** A later date with its reason, and by how much it moved the milestone. */
export interface DelayStep {
  readonly on: IsoDate
  readonly code: DelayCode
  readonly milestoneId: string
  /** Working days (`cn`) from the finish projected before the report to the one after it; 0 where nothing moved. */
  readonly workingDays: number
}

/** How a project came to where it is: what trend charts, S-curves and the Pareto of reasons are drawn from. */
export interface Course {
  /** Percent planned by the morning of each date, by the baseline in force; empty without one. */
  readonly planned: readonly { readonly on: IsoDate; readonly percent: number }[]
  /** Report dates in ascending order, the data date last; an even choice of them where there are many. */
  readonly points: readonly CoursePoint[]
  /** How many dates there were to choose from. */
  readonly dates: number
  readonly delays: readonly DelayStep[]
  /** Weekend days that work (调休上班) between the first and the last date of the plan. */
  readonly makeUpDays: readonly IsoDate[]
}

/** A chart needs no more report dates than this; of more, an even choice is taken, the first and the last among them. */
const pointsAtMost = 20
const plannedSteps = 40

/**
 * The course of a project to its state on the data date, from all its steps: each report is seen with the state it left
 * behind.
 * @throws RangeError when a plan has no schedule; `decide` refuses such plans.
 */
export const courseOf = (state: TrackedProject, steps: readonly Step[], dataDate: IsoDate, rules: Rules): Course => {
  const reported = new Map<IsoDate, TrackedProject>()
  const outlookAt = outlooksBy(rules)
  const delays: DelayStep[] = []
  let before: ProjectState = initialState
  for (const { commit, after } of steps) {
    if (after.status === 'unregistered') continue
    if (before.status !== 'unregistered') delays.push(...delaysOf(commit, before, after, rules, outlookAt))
    if (commit.events.some(event => !isOfFlags(event))) reported.set(commit.date, after)
    before = after
  }
  reported.set(dataDate, state)
  const outlook = outlookOf(state, dataDate, rules)
  const span = spanOf(outlook)
  return {
    planned: plannedOf(outlook),
    points: evenly([...reported], pointsAtMost).map(([on, past]) => pointOf(outlookAt(past, on))),
    dates: reported.size,
    delays,
    makeUpDays: makeUpDaysBetween(span.from, span.to, outlook.cn)
  }
}

const pointOf = ({ dataDate, earned, milestones }: Outlook): CoursePoint => ({
  on: dataDate,
  percentComplete: earned.percentComplete,
  plannedPercent: earned.plannedPercent(dataDate),
  finishes: Object.fromEntries(milestones.map(m => [m.milestone.id, dateOf(m.projectedFinish)]))
})

type OutlookAt = (state: TrackedProject, on: IsoDate) => Outlook

/** Computes each outlook once: the state that a late report left behind is also a point of the course. */
const outlooksBy = (rules: Rules): OutlookAt => {
  const known = new Map<TrackedProject, Outlook>()
  return (state, on) => {
    const found = known.get(state)
    if (found?.dataDate === on) return found
    const outlook = outlookOf(state, on, rules)
    known.set(state, outlook)
    return outlook
  }
}

const delaysOf = (
  commit: Commit,
  before: TrackedProject,
  after: TrackedProject,
  rules: Rules,
  outlookAt: OutlookAt
): readonly DelayStep[] => {
  const reasons = commit.events.flatMap(reasonsIn)
  if (reasons.length === 0) return []
  const was = outlookAt(before, commit.date).schedule.dates
  const is = outlookAt(after, commit.date).schedule.dates
  const cn = rules.calendars('cn')
  return reasons.map(({ milestoneId, delay }) => {
    const [from, to] = [was.get(milestoneId)?.earlyFinish, is.get(milestoneId)?.earlyFinish]
    const workingDays =
      cn && from !== undefined && to !== undefined ? Math.max(0, cn.count(dateOf(from), dateOf(to))) : 0
    return { on: commit.date, code: delay.code, milestoneId, workingDays }
  })
}

const reasonsIn = (event: ProjectEvent): readonly { readonly milestoneId: string; readonly delay: Delay }[] => {
  const said =
    event.type === 'progress-reported' ? event.reports : event.type === 'report-corrected' ? event.corrections : []
  return said.flatMap(({ milestoneId, delay }) => (delay ? [{ milestoneId, delay }] : []))
}

const plannedOf = (outlook: Outlook): Course['planned'] => {
  const approved = outlook.milestones.filter(isOwed).flatMap(({ milestone }) => {
    const dates = outlook.state.current?.dates[milestone.id]
    return dates ? [dateOf(dates.start), addDays(dateOf(dates.finish), 1)] : []
  })
  const [first, last] = [approved.toSorted()[0], approved.toSorted().at(-1)]
  if (first === undefined || last === undefined) return []
  const days = daysBetween(first, last)
  const steps = Math.min(plannedSteps, days)
  return Array.from({ length: steps + 1 }, (_, step) => {
    const on = addDays(first, Math.round((step * days) / Math.max(steps, 1)))
    return { on, percent: outlook.earned.plannedPercent(on) ?? 0 }
  })
}

/** Close-out runs for years after hand-over, and no chart shows it. */
const isOwed = ({ milestone }: MilestoneOutlook): boolean => milestone.phase !== closeoutPhase

const spanOf = ({ state, milestones, dataDate }: Outlook): { readonly from: IsoDate; readonly to: IsoDate } => {
  const dates = milestones
    .filter(isOwed)
    .flatMap(({ baselineFinish, projectedFinish }) => [baselineFinish ?? projectedFinish, projectedFinish])
    .map(dateOf)
  const known = [dataDate, dateOf(state.project.start), ...dates].toSorted()
  return { from: known[0] ?? dataDate, to: known.at(-1) ?? dataDate }
}

const makeUpDaysBetween = (from: IsoDate, to: IsoDate, cn: Calendar): readonly IsoDate[] => {
  const years = Array.from(
    { length: Number(to.slice(0, 4)) - Number(from.slice(0, 4)) + 1 },
    (_, i) => Number(from.slice(0, 4)) + i
  )
  return years.flatMap(year => makeUpDaysOf(year, cn)).filter(day => day >= from && day <= to)
}

const makeUpDaysOf = (year: number, cn: Calendar): readonly IsoDate[] => {
  const known = knownYears.get(cn) ?? new Map<number, readonly IsoDate[]>()
  knownYears.set(cn, known)
  const found =
    known.get(year) ?? cn.range(`${year}-01-01`, `${year}-12-31`).filter(day => cn.day(day).name !== undefined)
  known.set(year, found)
  return found
}

/** The notices of a calendar do not change while it lives. */
const knownYears = new WeakMap<Calendar, Map<number, readonly IsoDate[]>>()

const evenly = <T>(items: readonly T[], most: number): readonly T[] =>
  items.length <= most
    ? items
    : Array.from({ length: most }, (_, i) => items[Math.round((i * (items.length - 1)) / (most - 1))]).flatMap(item =>
        item === undefined ? [] : [item]
      )
