import type { IsoDate } from './dates.ts'
import type { RuleId } from './policy.ts'

/** Answer for a case: by when it will be put right (inclusive, not before today), and how. */
export interface AcknowledgeCase {
  readonly type: 'acknowledge-case'
  readonly caseId: string
  readonly committedFinish: IsoDate
  readonly measure: string
  /** Name of whoever answers, for the internal record. */
  readonly author: string
}

/** Close a case (销号): never without evidence. */
export interface CloseCase {
  readonly type: 'close-case'
  readonly caseId: string
  readonly evidence: string
  readonly author: string
}

/** Rule whether the reason of delay behind a case excuses it. */
export interface RuleDelay {
  readonly type: 'rule-delay'
  readonly caseId: string
  readonly excusable: boolean
  readonly reason: string
  readonly author: string
}

/** Have nobody told of some flags until a date, inclusive; today ends an earlier silence over the same ones. */
export interface SilenceFlags {
  readonly type: 'silence-flags'
  readonly rule?: RuleId | undefined
  readonly milestoneId?: string | undefined
  readonly until: IsoDate
  readonly reason: string
  readonly author: string
}

/** What can be asked in the matter of a flag or a case. */
export type CaseCommand = AcknowledgeCase | CloseCase | RuleDelay | SilenceFlags
