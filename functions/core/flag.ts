import type { RuleId } from './policy.ts'

/** Which flag of a project is meant: identity is project + milestone + rule (DOMAIN §6). */
export interface FlagKey {
  readonly rule: RuleId
  /** Absent where the rule concerns the project as a whole. */
  readonly milestoneId?: string | undefined
}

/** Identity of a flag: project (the log it stands in) + milestone + rule (DOMAIN §6). */
export const flagId = (flag: FlagKey): string =>
  flag.milestoneId === undefined ? flag.rule : `${flag.rule}:${flag.milestoneId}`

/** Numbers behind a flag, for its text and its page: working days, percentage points, dates. */
export type FlagFacts = Readonly<Record<string, string | number>>
