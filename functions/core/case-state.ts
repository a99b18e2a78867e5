import type { CaseLevel, Suppression } from './case-events.ts'
import type { IsoDate } from './dates.ts'
import type { DelayCode } from './delay.ts'
import type { FlagKey } from './flag.ts'

/** How far a flag has come from holding to being told: two evaluations in a row make it fire, an answer quiets it. */
export const flagStatuses = ['pending', 'firing', 'acknowledged'] as const

/** One of {@link flagStatuses}; a resolved flag is gone. */
export type FlagStatus = (typeof flagStatuses)[number]

/** The life of a flag that is up. */
export interface FlagLife {
  readonly status: FlagStatus
  /** The day on which it fired; absent while it is pending. */
  readonly firedOn?: IsoDate | undefined
  /** The day from which it is told, for the first time or again after it was muted or an answer ran out. */
  readonly toldFrom?: IsoDate | undefined
  /** The first of the evaluations in a row at which the rule did not hold; the second resolves the flag. */
  readonly clearedOn?: IsoDate | undefined
  readonly suppressedBy?: Suppression | undefined
}

/** An answer to a case: by when, how, who, and the first day on which it no longer holds. */
export interface Acknowledgement {
  readonly on: IsoDate
  readonly committedFinish: IsoDate
  readonly measure: string
  readonly expiresOn: IsoDate
  readonly author: string
}

/** A reviewer's word on the reason of delay behind a case. */
export interface Ruling {
  readonly on: IsoDate
  readonly code: DelayCode
  readonly excusable: boolean
  readonly reason: string
  readonly author: string
}

interface Opened extends FlagKey {
  /** `{project}.{n}` */
  readonly id: string
  readonly openedOn: IsoDate
  /** Who has to answer now. */
  readonly level: CaseLevel
  /** The day on which it came to that level. */
  readonly levelOn: IsoDate
  readonly ruling?: Ruling | undefined
}

/** A case nobody has answered since `waitingSince`, when `waitingLevel` was told. */
export interface OpenCase extends Opened {
  readonly status: 'open'
  readonly waitingSince: IsoDate
  readonly waitingLevel: CaseLevel
}

/** A case with an answer that holds. */
export interface AcknowledgedCase extends Opened {
  readonly status: 'acknowledged'
  readonly acknowledgement: Acknowledgement
}

/** A case closed with evidence (销号). */
export interface ClosedCase extends Opened {
  readonly status: 'closed'
  readonly closing: { readonly on: IsoDate; readonly evidence: string; readonly author: string }
  /** The answer that stood when it was closed. */
  readonly acknowledgement?: Acknowledgement | undefined
}

/** A case (督办单) of a red flag that fired. */
export type Case = OpenCase | AcknowledgedCase | ClosedCase

/** Flags that nobody is told of until a date, inclusive. */
export interface Silence {
  readonly rule?: FlagKey['rule'] | undefined
  readonly milestoneId?: string | undefined
  readonly since: IsoDate
  readonly until: IsoDate
  readonly reason: string
  readonly author: string
}

/** Identity of a silence: what it covers. A later one over the same flags replaces it. */
export const silenceId = ({ rule, milestoneId }: Pick<Silence, 'rule' | 'milestoneId'>): string =>
  `${rule ?? '*'}:${milestoneId ?? '*'}`
