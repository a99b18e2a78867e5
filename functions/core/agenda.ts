import { assess } from './assess.ts'
import type { MilestoneAssessment } from './assessment.ts'
import type { Calendar } from './calendar.ts'
import { promisedFinish } from './check-report.ts'
import { addDays, type IsoDate } from './dates.ts'
import type { Milestone, ScheduleDate } from './milestone.ts'
import type { Light } from './policy.ts'
import type { Rules } from './rules.ts'
import { calendarOfMilestone, dateOf, projectCalendars } from './schedule.ts'
import { progressOf, type TrackedProject } from './state.ts'

/** A milestone that can be reported on, and how it stands. */
export interface AgendaMilestone {
  readonly id: string
  readonly name: string
  readonly nameEn?: string | undefined
  readonly light: Light
  readonly percentComplete: number
  /** As reported; null where no report has said when it began. */
  readonly actualStart: ScheduleDate | null
  /** As approved now. */
  readonly baselineFinish: ScheduleDate | null
  readonly projectedFinish: ScheduleDate | null
  /** A report of a later finish than this one needs a reason; null where any date is news. */
  readonly promisedFinish: ScheduleDate | null
  /** Date of the last report that said how far it is. */
  readonly reportedOn: IsoDate | null
  /** Whether its dates are days, or days with a time. */
  readonly unit: Calendar['unit']
}

/** What a project manager may report of a project. */
export interface Agenda {
  readonly id: string
  readonly name: string
  readonly nameEn?: string | undefined
  readonly version: number
  readonly light: Light
  /** Date of the last report of any kind. */
  readonly lastReportOn: IsoDate | null
  readonly count?: { readonly unit: string; readonly total: number; readonly done: number } | undefined
  /** Those neither reached nor cancelled; what matters now comes first. */
  readonly milestones: readonly AgendaMilestone[]
}

/** What begins within so many calendar days matters now; longer than a reporting interval, so that nothing is missed. */
const nearDays = 14

/**
 * What there is to report of a project today: first what is under way or overdue, then what begins soon, then the rest,
 * each by the date it is due and in the order of the plan.
 */
export const agendaOf = (state: TrackedProject, today: IsoDate, rules: Rules): Agenda => {
  const { project, version, countDone = 0, lastReportOn = null } = state
  const { light, milestones } = assess(state, today, rules)
  const calendars = projectCalendars(project, rules.calendars)
  const plans = new Map(project.milestones.map(milestone => [milestone.id, milestone]))
  const open = milestones.flatMap(at => {
    const plan = plans.get(at.id)
    return plan && (at.status === 'not-started' || at.status === 'in-progress') ? [{ plan, at }] : []
  })
  const ranked = open.map(each => ({ ...each, rank: rankOf(each.at, today), due: dueOf(each.at) }))
  ranked.sort((a, b) => a.rank - b.rank || (a.due < b.due ? -1 : a.due > b.due ? 1 : 0))
  return {
    id: project.id,
    name: project.name,
    nameEn: project.nameEn,
    version,
    light,
    lastReportOn,
    ...(project.count ? { count: { unit: project.count.unit, total: project.count.total, done: countDone } } : {}),
    milestones: ranked.map(({ plan, at }) => milestoneOf(plan, at, state, calendarOfMilestone(plan, calendars)))
  }
}

const rankOf = ({ status, earlyStart, baselineFinish }: MilestoneAssessment, today: IsoDate): number => {
  const isOverdue = baselineFinish !== null && dateOf(baselineFinish) < today
  if (status === 'in-progress' || isOverdue) return 0
  return earlyStart !== null && dateOf(earlyStart) <= addDays(today, nearDays) ? 1 : 2
}

/** After every date where there is none. */
const dueOf = ({ baselineFinish, projectedFinish }: MilestoneAssessment): string =>
  baselineFinish ?? projectedFinish ?? '~'

const milestoneOf = (
  { id, name, nameEn }: Milestone,
  { light, percentComplete, baselineFinish, projectedFinish }: MilestoneAssessment,
  state: TrackedProject,
  { unit }: Calendar
): AgendaMilestone => {
  const known = progressOf(state, id)
  return {
    id,
    name,
    nameEn,
    light,
    percentComplete,
    actualStart: known.actualStart ?? null,
    baselineFinish,
    projectedFinish,
    promisedFinish: promisedFinish(state, id, known) ?? null,
    reportedOn: known.reportedOn ?? null,
    unit
  }
}
