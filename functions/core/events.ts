import type { Author } from './author.ts'
import { type CaseEvent, isCaseEvent } from './case-events.ts'
import type { IsoDate } from './dates.ts'
import type { Delay } from './delay.ts'
import type { FlagFacts } from './flag.ts'
import type { JudgedLight, Relief } from './judgement.ts'
import type { BaselineDates, Project, ScheduleDate } from './milestone.ts'
import type { RuleId, Severity } from './policy.ts'

/** What a project manager says of one milestone. Absent fields say nothing; they do not take anything back. */
export interface MilestoneReport {
  readonly milestoneId: string
  /** 0 to 100. A milestone is reached by `actualFinish` alone, not by a hundred percent. */
  readonly percentComplete?: number | undefined
  readonly actualStart?: ScheduleDate | undefined
  readonly actualFinish?: ScheduleDate | undefined
  readonly forecastFinish?: ScheduleDate | undefined
  /** Work still to do, in the unit of the milestone's calendar, counted from the day of the report. */
  readonly remainingDuration?: number | undefined
  readonly delay?: Delay | undefined
  readonly note?: string | undefined
  /** Photographs: the SHA-256 of one that was uploaded, or the address of one elsewhere. */
  readonly photos?: readonly string[] | undefined
}

/** A correction may also take a value back: `null` means that it was never so. */
export interface MilestoneCorrection {
  readonly milestoneId: string
  readonly percentComplete?: number | undefined
  readonly actualStart?: ScheduleDate | null | undefined
  readonly actualFinish?: ScheduleDate | null | undefined
  readonly forecastFinish?: ScheduleDate | null | undefined
  readonly remainingDuration?: number | null | undefined
  readonly delay?: Delay | undefined
}

/** A project was entered with its plan. */
export interface ProjectRegistered {
  readonly type: 'project-registered'
  readonly project: Project
}

/** The plan changed, apart from its baseline; the whole plan as it is from now on. */
export interface PlanChanged {
  readonly type: 'plan-changed'
  readonly project: Project
  /** Why the project is required later than before. */
  readonly delay?: Delay | undefined
}

/** Dates were approved. The first approval is the original baseline for good; each later one replaces the current. */
export interface BaselineApproved {
  readonly type: 'baseline-approved'
  readonly reason: string
  readonly delay?: Delay | undefined
  readonly dates: BaselineDates
}

/** A project manager reported progress of some milestones, of the count, or both. */
export interface ProgressReported {
  readonly type: 'progress-reported'
  readonly reports: readonly MilestoneReport[]
  /** Cumulative number of counted works done. */
  readonly countDone?: number | undefined
  readonly note?: string | undefined
  /** When photographs were taken, by hash and by the clock of the camera; of those that say. */
  readonly photosTaken?: Readonly<Record<string, string>> | undefined
}

/** A project manager looked and found nothing changed: it ends silence, it is not progress. */
export interface NoChangeReported {
  readonly type: 'no-change-reported'
  readonly note?: string | undefined
}

/** An earlier report was wrong. The report stays in the log; these values hold instead. */
export interface ReportCorrected {
  readonly type: 'report-corrected'
  /** Version of the commit that carries the mistake. */
  readonly corrects: number
  readonly reason: string
  readonly corrections: readonly MilestoneCorrection[]
  readonly countDone?: number | undefined
}

/** An approved stop, to be looked at again on `reviewOn`. */
export interface ProjectPaused {
  readonly type: 'project-paused'
  readonly reason: string
  readonly reviewOn: IsoDate
}

/** The stop ended. */
export interface ProjectResumed {
  readonly type: 'project-resumed'
  readonly reason: string
}

/** A milestone is no longer owed; its successors wait for its predecessors instead. */
export interface MilestoneCancelled {
  readonly type: 'milestone-cancelled'
  readonly milestoneId: string
  readonly reason: string
}

/** A person judged the colour of the project: a worse one, or with `relief` a better one. */
export interface ColourJudged {
  readonly type: 'colour-judged'
  readonly light: JudgedLight
  readonly reason: string
  readonly relief?: Relief | undefined
}

/** A judgement was taken back: the rules alone colour the project again. */
export interface JudgementWithdrawn {
  readonly type: 'judgement-withdrawn'
  readonly reason: string
}

/** A rule began to hold, of a milestone or, without one, of the project. */
export interface FlagRaised {
  readonly type: 'flag-raised'
  readonly rule: RuleId
  readonly severity: Severity
  readonly milestoneId?: string | undefined
  readonly facts: FlagFacts
}

/** A rule no longer holds. */
export interface FlagCleared {
  readonly type: 'flag-cleared'
  readonly rule: RuleId
  readonly milestoneId?: string | undefined
}

/** Everything that can happen to a project; the log holds nothing else. */
export type ProjectEvent =
  | ProjectRegistered
  | PlanChanged
  | BaselineApproved
  | ProgressReported
  | NoChangeReported
  | ReportCorrected
  | ProjectPaused
  | ProjectResumed
  | MilestoneCancelled
  | ColourJudged
  | JudgementWithdrawn
  | FlagRaised
  | FlagCleared
  | CaseEvent

/** Whether an event tells of flags and cases rather than of the project itself: what follows from facts, and is none. */
export const isOfFlags = (event: ProjectEvent): boolean =>
  event.type === 'flag-raised' || event.type === 'flag-cleared' || isCaseEvent(event)

/** One accepted command: everything it caused, written at once. */
export interface Commit {
  readonly project: string
  /** 1 for the first, without gaps. */
  readonly version: number
  readonly events: readonly ProjectEvent[]
  readonly by: Author
  /** Instant of acceptance, ISO 8601 in UTC. */
  readonly at: string
  /** The same as a civil date in Asia/Shanghai: what "today" was when it was decided. */
  readonly date: IsoDate
  /** The key under which the sender may repeat the request, with a hash of what was asked. */
  readonly request?: { readonly key: string; readonly hash: string } | undefined
  /** Tells apart two commits that are equal in everything else, written by two processes in the same millisecond. */
  readonly nonce?: string | undefined
}
