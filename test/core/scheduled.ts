import { builtInCalendars } from '../../data/calendars.ts'
import type { ActivityDates } from '../../functions/core/activity.ts'
import type { CalendarDefinition } from '../../functions/core/calendar.ts'
import type { LinkType, Milestone, Project } from '../../functions/core/milestone.ts'
import type { ComputedNetwork } from '../../functions/core/network.ts'
import { computeSchedule, type MilestoneDates, projectCalendars, type Schedule } from '../../functions/core/schedule.ts'
import type { SchedulingRules } from '../../functions/core/scheduling-rules.ts'
import type { Progress } from '../../functions/core/state.ts'

type LinkTo = readonly [from: string, type?: LinkType, lag?: number, lagCalendar?: string]

/** A milestone of a plan, and what has happened to it. */
export interface Row
  extends Pick<Milestone, 'calendar' | 'marks' | 'constraint' | 'secondaryConstraint' | 'deadline' | 'expectedFinish'> {
  readonly days: number
  readonly after?: readonly LinkTo[]
  readonly progress?: Partial<Progress>
}

interface PlanOptions {
  readonly schedulingRules?: SchedulingRules
  readonly start?: string
  readonly dataDate?: string
  readonly requiredBy?: string
  readonly calendars?: Readonly<Record<string, CalendarDefinition>>
}

/** A plan from 2026-03-02, a Monday, on calendar days unless a row says otherwise. */
export const schedule = (rows: Readonly<Record<string, Row>>, options: PlanOptions = {}): Schedule => {
  const { dataDate, start = '2026-03-02', ...rest } = options
  const project: Project = {
    id: 'p',
    name: 'p',
    start,
    ...rest,
    milestones: Object.entries(rows).map(
      ([id, { days, after = [], calendar = 'daily', progress: _progress, ...imposed }]) => ({
        id,
        name: id,
        duration: days,
        calendar,
        predecessors: after.map(([milestoneId, type = 'FS', lag = 0, lagCalendar]) => ({
          milestoneId,
          type,
          lag,
          lagCalendar
        })),
        ...imposed
      })
    )
  }
  const progress = Object.fromEntries(
    Object.entries(rows).flatMap(([id, row]) => (row.progress ? [[id, { percentComplete: 0, ...row.progress }]] : []))
  )
  const result = computeSchedule({ project, progress, dataDate }, projectCalendars(project, builtInCalendars))
  if (!result.ok) throw new Error(result.code)
  return result.schedule
}

/** The computed dates of a milestone. */
export const datesOf = ({ dates }: Schedule, id: string): MilestoneDates => {
  const found = dates.get(id)
  if (!found) throw new Error(`no ${id}`)
  return found
}

/** The dates of a computed network by the id of each activity. */
export const datesById = ({ sorted, dates }: ComputedNetwork): ReadonlyMap<string, ActivityDates> =>
  new Map(
    sorted.network.activities.flatMap(({ id }, place) => {
      const own = dates[place]
      return own ? [[id, own] as const] : []
    })
  )

/** Early start and finish. */
export const early = (computed: Schedule, id: string): string => {
  const { earlyStart, earlyFinish } = datesOf(computed, id)
  return `${earlyStart} ${earlyFinish}`
}

/** Late start and finish. */
export const late = (computed: Schedule, id: string): string => {
  const { lateStart, lateFinish } = datesOf(computed, id)
  return `${lateStart} ${lateFinish}`
}
