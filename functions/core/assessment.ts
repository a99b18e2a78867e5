import type { Driver } from './activity.ts'
import type { IsoDate } from './dates.ts'
import type { FlagFacts } from './flag.ts'
import type { FinishForecast } from './forecast.ts'
import type { ScheduleDate } from './milestone.ts'
import type { Light, RuleId, Severity } from './policy.ts'
import type { Text } from './text.ts'

/** From the baseline finish (exclusive) to the projected finish (inclusive); positive is late. */
export interface Variance {
  /** In the calendar `cn`. */
  readonly workingDays: number
  readonly calendarDays: number
}

/** Where a milestone stands. */
export type MilestoneStatus = 'not-started' | 'in-progress' | 'done' | 'cancelled'

/** One milestone at the data date. */
export interface MilestoneAssessment {
  readonly id: string
  readonly light: Light
  readonly status: MilestoneStatus
  readonly percentComplete: number
  /** As first approved. */
  readonly originalFinish: ScheduleDate | null
  /** As approved now, like `baselineFinish`. */
  readonly baselineStart: ScheduleDate | null
  readonly baselineFinish: ScheduleDate | null
  readonly earlyStart: ScheduleDate | null
  readonly earlyFinish: ScheduleDate | null
  readonly lateStart: ScheduleDate | null
  readonly lateFinish: ScheduleDate | null
  /** In the unit of the milestone's calendar, as P6 gives it: late finish − early finish; null when finished. */
  readonly totalFloat: number | null
  readonly freeFloat: number | null
  /** On the longest path to hand-over, or without float. */
  readonly critical: boolean
  readonly projectedFinish: ScheduleDate | null
  readonly variance: Variance | null
  readonly drivenBy: Pick<Driver, 'kind' | 'ref'> | null
}

/** A rule that holds. */
export interface Flag {
  readonly rule: RuleId
  readonly severity: Severity
  readonly milestoneId?: string | undefined
  /** The first day on which the tracker saw it hold. */
  readonly since: IsoDate
  readonly facts: FlagFacts
  readonly text: Text
}

/** A legal or quality check that was made, with its article. */
export interface Check {
  readonly id: string
  /** Whether an article or the craft of scheduling asks for it. */
  readonly kind: 'law' | 'schedule'
  readonly law: string
  readonly ok: boolean
  readonly text: Text
}

/** A way out that has to be decided so many working days before the required opening. */
export interface OpeningDecision {
  /** The last day on which it can be decided. */
  readonly decideBy: IsoDate
  readonly workingDays: number
  /** That day lies before the data date. */
  readonly passed: boolean
}

/** What still keeps the required opening, and until when another way to open can be decided (September guard). */
export interface OpeningGuard {
  readonly requiredBy: IsoDate
  readonly projectedFinish: IsoDate
  /** In use is projected after the required date. */
  readonly endangered: boolean
  /** The last date of 开工 that the network allows; null once the works have begun or where there are none. */
  readonly latestStartOfWorks: IsoDate | null
  /** 借址办学: lessons begin in borrowed rooms. */
  readonly borrowedPremises: OpeningDecision
  /** 分批启用: the finished part opens first. */
  readonly phasedOpening: OpeningDecision
}

/** A path of P6's multiple float paths. */
export interface MilestonePath {
  /** 1 for the most critical. */
  readonly number: number
  /** By how many working days it may slip before it moves hand-over (free float) or its latest dates (total float). */
  readonly float: number
  /** Unfinished milestones in the order of the network. */
  readonly milestones: readonly string[]
}

/** Everything the tracker says of a project at a data date (CONTRACT, "The assessment"). */
export interface Assessment {
  readonly projectId: string
  readonly dataDate: IsoDate
  readonly light: Light
  /** The colour that a silent project had when it was last heard of; shown hatched. */
  readonly lastLight?: Light | undefined
  /** Rules that hold, gravest first; `G` alone when none does. */
  readonly rules: readonly (RuleId | 'G')[]
  /** Hand-over as first approved. */
  readonly baselineFinish: ScheduleDate | null
  /** Hand-over as approved now. */
  readonly currentFinish: ScheduleDate | null
  readonly projectedFinish: ScheduleDate | null
  readonly requiredBy: IsoDate | null
  /** Working days (`cn`) from the projected finish to the required date; negative when it is missed. */
  readonly marginWorkingDays: number | null
  /** From `currentFinish` to `projectedFinish`. */
  readonly variance: Variance | null
  /** Percent of the weighted work, 0 to 100, one decimal. */
  readonly percentComplete: number
  /** 序时进度: percent planned to be done before the data date. */
  readonly plannedPercent: number | null
  /** percentComplete ÷ plannedPercent; null before anything was due. */
  readonly spi: number | null
  /** Earned schedule ÷ actual time (Lipke 2003), both in working days from the planned start. */
  readonly spiT: number | null
  /** The date by which the work done today should have been done. */
  readonly earnedSchedule: IsoDate | null
  /** When the school will be in use, by simulation; absent where nobody asked for it, since it takes milliseconds. */
  readonly forecast?: FinishForecast | null | undefined
  /** Up to ten paths to hand-over, most critical first, by either float; absent where nobody asked, like the forecast. */
  readonly floatPaths?:
    | { readonly totalFloat: readonly MilestonePath[]; readonly freeFloat: readonly MilestonePath[] }
    | undefined
  /** The last of its dates lies in a year without a holiday notice. */
  readonly provisional: boolean
  readonly criticalPath: readonly string[]
  readonly milestones: readonly MilestoneAssessment[]
  readonly flags: readonly Flag[]
  readonly guard: OpeningGuard | null
  readonly checks: readonly Check[]
}
