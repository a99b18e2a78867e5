import type { Case, FlagLife, Silence } from './case-state.ts'
import type { IsoDate } from './dates.ts'
import type { Delay } from './delay.ts'
import type { FlagFacts } from './flag.ts'
import type { Judgement } from './judgement.ts'
import type { BaselineDates, Project, ScheduleDate } from './milestone.ts'
import type { RuleId, Severity } from './policy.ts'

/** What is known of one milestone from reports. */
export interface Progress {
  readonly percentComplete: number
  readonly actualStart?: ScheduleDate | undefined
  readonly actualFinish?: ScheduleDate | undefined
  readonly forecastFinish?: ScheduleDate | undefined
  readonly remainingDuration?: number | undefined
  /** The last reason given for a later date. */
  readonly delay?: Delay | undefined
  readonly note?: string | undefined
  readonly photos?: readonly string[] | undefined
  /** Date of the last report that said how far the work is or, while it is under way, that nothing has changed. */
  readonly reportedOn?: IsoDate | undefined
  readonly cancelled?: { readonly on: IsoDate; readonly reason: string } | undefined
}

/** An approved set of dates. `number` is 1 for the original. */
export interface Baseline {
  readonly number: number
  readonly approvedOn: IsoDate
  readonly reason: string
  readonly dates: BaselineDates
}

/** A flag that is up, with the numbers it was raised with. It stays up for an evaluation after its rule ceased to hold. */
export interface OpenFlag extends FlagLife {
  readonly rule: RuleId
  readonly severity: Severity
  readonly milestoneId?: string | undefined
  readonly since: IsoDate
  readonly facts: FlagFacts
}

/** A request that was answered, so that its repetition can be recognised. */
export interface AnsweredRequest {
  readonly key: string
  readonly hash: string
  readonly version: number
  readonly date: IsoDate
}

/** Nothing is known of the project. */
export interface Unregistered {
  readonly status: 'unregistered'
  readonly version: 0
}

interface Registered {
  readonly version: number
  readonly project: Project
  readonly registeredOn: IsoDate
  /** Date of the last commit. */
  readonly changedOn: IsoDate
  /** The first approved dates; never replaced. */
  readonly original?: Baseline | undefined
  /** The approved dates in force. */
  readonly current?: Baseline | undefined
  readonly progress: Readonly<Record<string, Progress>>
  readonly countDone?: number | undefined
  /** Date of the last report of any kind, "no change" included. */
  readonly lastReportOn?: IsoDate | undefined
  /** Date of the last report that showed progress: a higher percentage or count, a start, a finish. */
  readonly lastProgressOn?: IsoDate | undefined
  readonly flags: Readonly<Record<string, OpenFlag>>
  /** Requests of the last days with an Idempotency-Key, oldest first. */
  readonly requests: readonly AnsweredRequest[]
  /** Date of the last resumption: silence during a pause is no silence. */
  readonly resumedOn?: IsoDate | undefined
  /** Cases (督办单) by id, closed ones included. */
  readonly cases?: Readonly<Record<string, Case>> | undefined
  /** The colour that a person judged, until it is taken back. */
  readonly judgement?: Judgement | undefined
  /** Silences by what they cover, past ones included. */
  readonly silences?: Readonly<Record<string, Silence>> | undefined
}

/** A project that is being followed. */
export interface ActiveProject extends Registered {
  readonly status: 'active'
}

/** A project stopped with approval. */
export interface PausedProject extends Registered {
  readonly status: 'paused'
  readonly pause: { readonly since: IsoDate; readonly reason: string; readonly reviewOn: IsoDate }
}

/** A project in the tracker. */
export type TrackedProject = ActiveProject | PausedProject

/** The state of a project: a fold of its commits and nothing else. */
export type ProjectState = Unregistered | TrackedProject

/** Progress of a milestone of which nothing was reported. */
export const noProgress: Progress = { percentComplete: 0 }

/** Work has begun and is not done: a start, a percentage or work left was reported, and no finish. */
export const isUnderWay = (progress: Progress): boolean =>
  progress.actualFinish === undefined &&
  progress.cancelled === undefined &&
  (progress.actualStart !== undefined || progress.percentComplete > 0 || progress.remainingDuration !== undefined)

/** Progress of a milestone. */
export const progressOf = (state: TrackedProject, milestoneId: string): Progress =>
  state.progress[milestoneId] ?? noProgress
