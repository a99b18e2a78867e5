import { type CalendarLookup, calendarsOf } from '../functions/core/calendar.ts'
import { addDays, daysBetween, type IsoDate } from '../functions/core/dates.ts'
import type {
  BaselineDates,
  Constraint,
  CountPlan,
  DateSpan,
  Milestone,
  Predecessor,
  Project
} from '../functions/core/milestone.ts'
import { computeSchedule, dateOf, type Schedule } from '../functions/core/schedule.ts'
import type { Template, TemplateMilestone } from './templates.ts'

/** Where a project departs from its template. */
export interface Adjustment {
  readonly duration?: number | undefined
  readonly calendar?: string | undefined
  readonly weight?: number | undefined
  readonly name?: string | undefined
  readonly nameEn?: string | undefined
  readonly predecessors?: readonly Predecessor[] | undefined
  readonly constraint?: Constraint | undefined
}

/** What a plan is made from beside its template. */
export interface PlanRequest {
  /** Everything of the project that no template knows. */
  readonly project: Omit<Project, 'start' | 'milestones' | 'count'>
  /** The day on which the first activity starts, or the day by which the project is to be in use: then counted back. */
  readonly dates: { readonly start: IsoDate } | { readonly finish: IsoDate }
  /** By code. */
  readonly adjustments?: Readonly<Record<string, Adjustment>> | undefined
  /** Codes that do not apply (a building on an old campus clears no land); successors wait for what went before. */
  readonly omit?: readonly string[] | undefined
  /** A calendar of the project for the rows on calendar days of these phases, e.g. `construction` → `site`. */
  readonly calendarOfPhase?: Readonly<Record<string, string>> | undefined
  /** Of counted works. */
  readonly count?: { readonly unit: string; readonly total: number } | undefined
}

/** A plan with the dates that the network gives it, to be approved as its baseline. */
export interface TemplatePlan {
  readonly project: Project
  readonly dates: BaselineDates
}

/** A milestone of {@link ProjectDocument}. */
export interface MilestoneDocument extends Milestone {
  readonly baseline?: DateSpan | undefined
}

/** A project as the contract writes it: each milestone carries its own baseline. */
export interface ProjectDocument extends Omit<Project, 'milestones'> {
  readonly milestones: readonly MilestoneDocument[]
}

/** No day within this many before the required finish lets the plan start in time. */
const longestPlanInDays = 4000

/**
 * The plan of a project after a template: forward from its start, or from the last day on which it can start and still
 * be in use by the finish asked for. `builtIn` finds `cn` and `daily`.
 * @throws RangeError when an adjustment or omission names no row, when the links make no network, or when no start is
 * early enough.
 */
export const planFromTemplate = (template: Template, request: PlanRequest, builtIn: CalendarLookup): TemplatePlan => {
  const codes = new Set(template.milestones.map(({ code }) => code))
  for (const code of [...Object.keys(request.adjustments ?? {}), ...(request.omit ?? [])])
    if (!codes.has(code)) throw new RangeError(`template ${template.id} has no milestone ${code}`)
  const calendars = calendarsOf(request.project.calendars ?? {}, builtIn)
  const { dates } = request
  const milestones = milestonesOf(template, request)
  const planFrom = (start: IsoDate, requiredBy?: IsoDate): Planned => {
    const project = { ...request.project, start, milestones }
    const result = computeSchedule(
      { project: { ...project, ...(requiredBy && { requiredBy }) }, progress: {} },
      calendars
    )
    if (!result.ok) throw new RangeError(`template ${template.id}: ${result.code}`)
    return { project, schedule: result.schedule }
  }
  const planned =
    'start' in dates ? planFrom(dates.start) : lastPlanInTime(start => planFrom(start, dates.finish), dates.finish)
  const spans = spansOf(planned.schedule)
  const count = countPlanOf(template, request, spans)
  return { project: count ? { ...planned.project, count } : planned.project, dates: spans }
}

/** The document of a plan, as `PUT /v1/projects/{id}` takes it. */
export const documentOf = ({ project, dates }: TemplatePlan): ProjectDocument => ({
  ...project,
  milestones: project.milestones.map(milestone => {
    const baseline = dates[milestone.id]
    return baseline ? { ...milestone, baseline } : milestone
  })
})

interface Planned {
  readonly project: Project
  readonly schedule: Schedule
}

/** Halves the stretch of possible starts: a later start never gains time. */
const lastPlanInTime = (planFrom: (start: IsoDate) => Planned, finish: IsoDate): Planned => {
  let early = addDays(finish, -longestPlanInDays)
  let late = addDays(finish, 1)
  if (!isInTime(planFrom(early))) throw new RangeError(`no start lets the plan finish by ${finish}`)
  while (daysBetween(early, late) > 1) {
    const middle = addDays(early, Math.floor(daysBetween(early, late) / 2))
    if (isInTime(planFrom(middle))) early = middle
    else late = middle
  }
  return planFrom(early)
}

/** Neither the finish asked for nor the end of a season is missed. */
const isInTime = ({ schedule }: Planned): boolean =>
  [...schedule.dates.values()].every(({ totalFloat }) => totalFloat === undefined || totalFloat >= 0)

const milestonesOf = (template: Template, request: PlanRequest): readonly Milestone[] => {
  const omitted = new Set(request.omit)
  const rows = new Map(template.milestones.map(row => [row.code, row]))
  const seasonal = seasonConstraints(template, request)
  return template.milestones
    .filter(({ code }) => !omitted.has(code))
    .map(row => milestoneOf(row, request, predecessorsOf(row, rows, omitted), seasonal.get(row.code)))
}

const milestoneOf = (
  row: TemplateMilestone,
  { adjustments, calendarOfPhase }: PlanRequest,
  predecessors: readonly Predecessor[],
  seasonal: Constraint | undefined
): Milestone => {
  const adjusted = adjustments?.[row.code] ?? {}
  const constraint = adjusted.constraint ?? seasonal
  return {
    id: row.code,
    name: adjusted.name ?? row.name,
    nameEn: adjusted.nameEn ?? row.nameEn,
    phase: row.phase,
    duration: adjusted.duration ?? row.duration,
    calendar:
      adjusted.calendar ?? (row.calendar === 'daily' ? calendarOfPhase?.[row.phase] : undefined) ?? row.calendar,
    weight: adjusted.weight ?? row.weight,
    predecessors: adjusted.predecessors ?? predecessors,
    ...(constraint ? { constraint } : {}),
    typicalDuration: row.duration
  }
}

/** The links of a row, past the rows that do not apply. */
const predecessorsOf = (
  row: TemplateMilestone,
  rows: ReadonlyMap<string, TemplateMilestone>,
  omitted: ReadonlySet<string>
): readonly Predecessor[] => {
  const found = new Map<string, Predecessor>()
  for (const after of row.after) {
    const { code, lag } = typeof after === 'string' ? { code: after, lag: 0 } : after
    const before = rows.get(code)
    if (!before) throw new RangeError(`${row.code} follows ${code}, which the template does not have`)
    const links = omitted.has(code) ? predecessorsOf(before, rows, omitted) : [{ milestoneId: code, lag: 0 }]
    for (const link of links)
      found.set(link.milestoneId, { milestoneId: link.milestoneId, type: 'FS', lag: link.lag + lag })
  }
  return [...found.values()]
}

/** The season of the year of the finish asked for; else the first season that begins on the start or after it. */
const seasonConstraints = ({ season }: Template, { dates }: PlanRequest): ReadonlyMap<string, Constraint> => {
  if (!season) return new Map()
  const [date, missed] = 'start' in dates ? [dates.start, dates.start.slice(5) > season.from] : [dates.finish, false]
  const year = Number(date.slice(0, 4)) + (missed ? 1 : 0)
  return new Map<string, Constraint>([
    [season.first, { type: 'SNET', date: `${year}-${season.from}` }],
    [season.last, { type: 'FNLT', date: `${year}-${season.to}` }]
  ])
}

const spansOf = (schedule: Schedule): BaselineDates =>
  Object.fromEntries(
    [...schedule.dates].map(([id, { earlyStart, earlyFinish }]) => [id, { start: earlyStart, finish: earlyFinish }])
  )

const countPlanOf = ({ curve }: Template, { count }: PlanRequest, dates: BaselineDates): CountPlan | undefined => {
  const from = curve && dates[curve.from]?.finish
  const to = curve && dates[curve.to]?.finish
  if (!count || !curve || from === undefined || to === undefined) return undefined
  const days = daysBetween(dateOf(from), dateOf(to))
  return {
    ...count,
    plan: curve.points.map(({ time, share }) => ({
      date: addDays(dateOf(from), Math.round(days * time)),
      value: Math.round(count.total * share)
    }))
  }
}
