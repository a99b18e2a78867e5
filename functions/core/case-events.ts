import type { IsoDate } from './dates.ts'
import type { DelayCode } from './delay.ts'
import type { FlagKey } from './flag.ts'
import type { RuleId } from './policy.ts'

/** Why a flag that fires is told to nobody: the project is paused or has just resumed, somebody silenced it, or another flag says it already. */
export const suppressions = ['pause', 'silence', 'resume', 'upstream', 'red', 'stale'] as const

/** One of {@link suppressions}. */
export type Suppression = (typeof suppressions)[number]

/** How far a case has gone up: 0 项目负责人, 1 责任股室, 2 分管副局长, 3 局长. */
export type CaseLevel = 0 | 1 | 2 | 3

/** A rule has held long enough to be told: pending → firing. */
export interface FlagFired extends FlagKey {
  readonly type: 'flag-fired'
}

/** A rule has not held for two evaluations in a row: the flag is over. */
export interface FlagResolved extends FlagKey {
  readonly type: 'flag-resolved'
}

/** A flag that fires is not told for the time being. */
export interface FlagSuppressed extends FlagKey {
  readonly type: 'flag-suppressed'
  readonly by: Suppression
}

/** It is told again. */
export interface FlagReleased extends FlagKey {
  readonly type: 'flag-released'
}

/** Somebody asked not to be told of some flags until a date (inclusive), at most 30 days on. */
export interface FlagsSilenced {
  readonly type: 'flags-silenced'
  /** Absent: every rule. */
  readonly rule?: RuleId | undefined
  /** Absent: every milestone, and the project as a whole. */
  readonly milestoneId?: string | undefined
  readonly until: IsoDate
  readonly reason: string
  /** Name of the holder of the token. Internal. */
  readonly author: string
}

/** A red flag that fires opened a case (督办单): one matter, to be answered and closed. */
export interface CaseOpened extends FlagKey {
  readonly type: 'case-opened'
  /** `{project}.{n}`, n counting the cases of the project from 1. */
  readonly caseId: string
}

/** The flag of a case fired again after it was over or the case was closed: it waits anew, from the first level. */
export interface CaseReopened {
  readonly type: 'case-reopened'
  readonly caseId: string
}

/** Somebody answered for a case: by when it will be put right, and how. */
export interface CaseAcknowledged {
  readonly type: 'case-acknowledged'
  readonly caseId: string
  readonly committedFinish: IsoDate
  readonly measure: string
  /** The first day on which the answer no longer holds. */
  readonly expiresOn: IsoDate
  /** Name of the holder of the token. Internal. */
  readonly author: string
}

/** The answer ran out with the flag still up: it fires again, one level up. */
export interface AcknowledgementExpired {
  readonly type: 'acknowledgement-expired'
  readonly caseId: string
  readonly level: CaseLevel
}

/** Nobody answered for so many working days that the next level up must. */
export interface CaseEscalated {
  readonly type: 'case-escalated'
  readonly caseId: string
  readonly level: CaseLevel
}

/** A reviewer ruled whether the reason of delay behind a case excuses it. */
export interface DelayRuled {
  readonly type: 'delay-ruled'
  readonly caseId: string
  /** The reason that was ruled on; with another one the ruling no longer holds. */
  readonly code: DelayCode
  readonly excusable: boolean
  readonly reason: string
  /** Name of the holder of the token. Internal. */
  readonly author: string
}

/** A case was closed (销号) with evidence. */
export interface CaseClosed {
  readonly type: 'case-closed'
  readonly caseId: string
  readonly evidence: string
  /** Name of the holder of the token. Internal. */
  readonly author: string
}

/** What becomes of flags once they are up, and of the cases that red ones open. All of it is internal. */
export type CaseEvent =
  | FlagFired
  | FlagResolved
  | FlagSuppressed
  | FlagReleased
  | FlagsSilenced
  | CaseOpened
  | CaseReopened
  | CaseAcknowledged
  | AcknowledgementExpired
  | CaseEscalated
  | DelayRuled
  | CaseClosed

const caseEventTypes: ReadonlySet<string> = new Set<CaseEvent['type']>([
  'flag-fired',
  'flag-resolved',
  'flag-suppressed',
  'flag-released',
  'flags-silenced',
  'case-opened',
  'case-reopened',
  'case-acknowledged',
  'acknowledgement-expired',
  'case-escalated',
  'delay-ruled',
  'case-closed'
])

/** Whether an event belongs to the life of flags and cases, which no public page tells. */
export const isCaseEvent = <Event extends { readonly type: string }>(
  event: Event
): event is Extract<Event, CaseEvent> => caseEventTypes.has(event.type)
