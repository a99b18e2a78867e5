import type { CaseCommand } from './case-commands.ts'
import type { IsoDate } from './dates.ts'
import type { Delay } from './delay.ts'
import type { MilestoneCorrection, MilestoneReport } from './events.ts'
import type { Approver, JudgedLight } from './judgement.ts'
import type { BaselineDates, Project } from './milestone.ts'

/**
 * Enter a project with its plan, or change the unlocked part of one. Dates given as `baseline` become the original
 * baseline when there is none yet; afterwards they may only move milestones that are not locked, later ones with a reason.
 */
export interface RegisterProject {
  readonly type: 'register-project'
  readonly project: Project
  readonly baseline: BaselineDates
  readonly delay?: Delay | undefined
}

/**
 * Approve dates. Milestones that are not named keep what is approved; without any named, and in the first approval, the
 * dates are those that the network computes today.
 */
export interface ApproveBaseline {
  readonly type: 'approve-baseline'
  readonly reason: string
  readonly dates?: BaselineDates | undefined
  readonly delay?: Delay | undefined
}

/** Say how far milestones, or counted works, have come. */
export interface ReportProgress {
  readonly type: 'report-progress'
  readonly reports: readonly MilestoneReport[]
  readonly countDone?: number | undefined
  readonly note?: string | undefined
  /** As the upload of each said; never in the body of a report. */
  readonly photosTaken?: Readonly<Record<string, string>> | undefined
}

/** Say that one has looked and nothing has changed. */
export interface ReportNoChange {
  readonly type: 'report-no-change'
  readonly note?: string | undefined
}

/** Put a wrong report right. */
export interface CorrectReport {
  readonly type: 'correct-report'
  readonly corrects: number
  readonly reason: string
  readonly corrections: readonly MilestoneCorrection[]
  readonly countDone?: number | undefined
}

/** Stop a project with approval, until it is looked at again on `reviewOn` (after today). */
export interface PauseProject {
  readonly type: 'pause-project'
  readonly reason: string
  readonly reviewOn: IsoDate
}

/** End the stop. */
export interface ResumeProject {
  readonly type: 'resume-project'
  readonly reason: string
}

/** A milestone is no longer owed. */
export interface CancelMilestone {
  readonly type: 'cancel-milestone'
  readonly milestoneId: string
  readonly reason: string
}

/** Judge the colour of a project: worse at once, better with the position that approves it, and for one period. */
export interface JudgeColour {
  readonly type: 'judge-colour'
  readonly light: JudgedLight
  readonly reason: string
  readonly approvedBy?: Approver | undefined
}

/** Take a judgement back. */
export interface WithdrawJudgement {
  readonly type: 'withdraw-judgement'
  readonly reason: string
}

/** Look at a project on a day on which nobody reported: only time has passed. */
export interface ReviewProject {
  readonly type: 'review-project'
}

/** Everything that can be asked of a project. */
export type Command =
  | RegisterProject
  | ApproveBaseline
  | ReportProgress
  | ReportNoChange
  | CorrectReport
  | PauseProject
  | ResumeProject
  | CancelMilestone
  | JudgeColour
  | WithdrawJudgement
  | ReviewProject
  | CaseCommand
