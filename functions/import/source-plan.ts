import type { Constraint, DateSpan, LinkType, ScheduleDate } from '../core/milestone.ts'
import type { SchedulingRules } from '../core/scheduling-rules.ts'
import type { ImportedPlan, MilestoneSource, PlanFormat } from './imported-plan.ts'
import type { WorkingHours } from './working-hours.ts'

/** A link as a file has it. */
export interface SourceLink {
  /** Internal id of the predecessor. */
  readonly from: string
  readonly type: LinkType
  /** Hours on `lagCalendar`. */
  readonly lag: number
  /** The calendar on which the lag runs, where it is not the predecessor's. */
  readonly lagCalendar?: WorkingHours | undefined
  readonly path: string
}

/** A task as a file has it, hours on its own calendar; what is no task (summaries, levels of effort) is left out before. */
export interface SourceTask {
  readonly sourceId: string
  readonly code?: string | undefined
  readonly name: string
  readonly kind: MilestoneSource['kind']
  readonly path: string
  readonly duration: number
  readonly calendar: WorkingHours
  readonly links: readonly SourceLink[]
  /** In the order of their rank: a plan holds two. */
  readonly constraints: readonly Constraint[]
  readonly deadline?: ScheduleDate | undefined
  readonly expectedFinish?: ScheduleDate | undefined
  readonly actualStart?: ScheduleDate | undefined
  readonly actualFinish?: ScheduleDate | undefined
  readonly remaining?: number | undefined
  readonly percentComplete: number
  readonly baseline?: DateSpan | undefined
  /** The dates that the source program computed, to choose among constraints. */
  readonly computed: ComputedDates
}

/** Dates as the source program computed them. */
export interface ComputedDates {
  readonly earlyStart?: ScheduleDate | undefined
  readonly earlyFinish?: ScheduleDate | undefined
  readonly lateStart?: ScheduleDate | undefined
  readonly lateFinish?: ScheduleDate | undefined
}

/** A project as a file has it. */
export interface SourcePlan {
  readonly format: PlanFormat
  readonly source: ImportedPlan['source']
  /** What an id may be made of, best first. */
  readonly idCandidates: readonly (string | undefined)[]
  readonly start: ScheduleDate
  readonly requiredBy?: string | undefined
  readonly dataDate?: ScheduleDate | undefined
  readonly schedulingRules: SchedulingRules
  /** Calendars to keep although no task may use them. */
  readonly calendars: readonly WorkingHours[]
  readonly tasks: readonly SourceTask[]
}

/** The first start that a file has, for a plan that names none. */
export const earliestStart = (tasks: readonly SourceTask[]): ScheduleDate =>
  tasks
    .flatMap(({ actualStart, computed }) => actualStart ?? computed.earlyStart ?? [])
    .reduce((a, b) => (b < a ? b : a), '2199-12-31')

/** Hours to a hundredth of a minute: sums of thirds of hours stay what they were. */
export const rounded = (hours: number): number => Math.round(hours * 6000) / 6000
