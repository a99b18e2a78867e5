import type { KindEvidence } from './overrun-prior.ts'

/**
 * Rules of DOMAIN §4. `G` (on track) is the absence of the others and is never a flag; G1, Y5 and R7 stand for the colour
 * that a person judged.
 */
export const ruleIds = [
  'G1',
  'B1',
  'Y1',
  'Y2',
  'Y3',
  'Y4',
  'Y5',
  'R1',
  'R2',
  'R3',
  'R4',
  'R5',
  'R6',
  'R7',
  'S1',
  'P1',
  'N1'
] as const

/** A rule that can raise a flag. */
export type RuleId = (typeof ruleIds)[number]

/** How grave a flag is; the colours of DOMAIN §4 in words. */
export type Severity = 'green' | 'blue' | 'yellow' | 'red' | 'stale' | 'paused' | 'no-baseline'

/** The colour of a project or milestone. */
export type Light = 'done' | Severity

/** Severity of each rule. */
export const severityOf: Readonly<Record<RuleId, Severity>> = {
  G1: 'green',
  B1: 'blue',
  Y1: 'yellow',
  Y2: 'yellow',
  Y3: 'yellow',
  Y4: 'yellow',
  Y5: 'yellow',
  R1: 'red',
  R2: 'red',
  R3: 'red',
  R4: 'red',
  R5: 'red',
  R6: 'red',
  R7: 'red',
  S1: 'stale',
  P1: 'paused',
  N1: 'no-baseline'
}

/**
 * The thresholds of DOMAIN §4 and §6. wd = working days of the calendar `cn`, cd = calendar days, points = percentage
 * points. A bureau may change any of them; the page prints the one that was used.
 */
export interface Policy {
  /** B1: the next milestone is due within so many wd, today's not counted, the due day counted. */
  readonly dueSoonWorkingDays: number
  /** Y1 from this slip (wd, inclusive) … */
  readonly yellowSlipWorkingDays: number
  /** … R1 above this slip (wd, exclusive). */
  readonly redSlipWorkingDays: number
  /** Y2 from this 序时 gap (points, inclusive) … */
  readonly yellowGapPoints: number
  /** … R2 above this gap (points, exclusive). */
  readonly redGapPoints: number
  /** Y3: more than this share of the float to 启用 is used (0 to 1, exclusive). */
  readonly floatUsedShare: number
  /** R4: a yellow that has not improved for so many periods in a row. */
  readonly yellowPeriods: number
  /** Length of a period in months. */
  readonly periodMonths: number
  /** R5: months without a report, or without visible progress. */
  readonly silentMonths: number
  /** R6: months after the planned 开工 without 开工. */
  readonly lateStartMonths: number
  /** S1: longest silence in cd while the works run, and after them until hand-over. */
  readonly reportIntervalDays: number
  /** S1: longest silence in cd in the phases named below. */
  readonly approvalReportIntervalDays: number
  /** Phases in which the longer interval holds. */
  readonly approvalPhases: readonly string[]
  /** A date of the current baseline is locked from so many cd before it falls. */
  readonly lockDays: number
  /** Working days that arranging borrowed rooms (借址办学) takes before the required opening. */
  readonly borrowedPremisesWorkingDays: number
  /** Working days that preparing a part of the school to open first (分批启用) takes. */
  readonly phasedOpeningWorkingDays: number
  /** An instant notice is sent of what happened at most so many cd ago; older news waits for the digest. */
  readonly noticeFreshDays: number
  /** Longest silence of a flag in cd. */
  readonly longestSilenceDays: number
  /** After a pause the flags of a project stay quiet for so many wd. */
  readonly quietWorkingDays: number
  /** A case is answered within so many wd, and an answer holds for so many at the most. */
  readonly answerWorkingDays: number
  /** A case is yellow from so many wd before its deadline. */
  readonly caseNearWorkingDays: number
  /** Working days without an answer after which a case reaches PM, 责任股室, 分管副局长, 局长; ascending. */
  readonly escalationWorkingDays: readonly [number, number, number, number]
  /**
   * What finished works of each kind (the category of a project) say of durations; between a project's own finished work
   * and the reference class. `tracker kinds` computes it from the projects of a tracker.
   */
  readonly kinds: Readonly<Record<string, KindEvidence>>
  /** A date is brought to mind so many wd before it falls; 0 is the last working day on or before it. */
  readonly reminderWorkingDays: readonly number[]
  /** A red that stands, and a date that passed unanswered, is told again every so many wd … */
  readonly redRepeatWorkingDays: number
  /** … and anything else that stands every so many. */
  readonly yellowRepeatWorkingDays: number
  /** A message has so many lines at the most; it says how many more there are, and where. */
  readonly mostLines: number
}

/** The defaults of DOMAIN §4; no official threshold of the bureau was found. */
export const defaultPolicy: Policy = {
  dueSoonWorkingDays: 10,
  yellowSlipWorkingDays: 1,
  redSlipWorkingDays: 15,
  yellowGapPoints: 10,
  redGapPoints: 30,
  floatUsedShare: 0.5,
  yellowPeriods: 2,
  periodMonths: 1,
  silentMonths: 2,
  lateStartMonths: 3,
  reportIntervalDays: 7,
  approvalReportIntervalDays: 14,
  approvalPhases: ['approval', 'tender', 'permit', 'closeout'],
  lockDays: 30,
  borrowedPremisesWorkingDays: 30,
  phasedOpeningWorkingDays: 15,
  noticeFreshDays: 3,
  longestSilenceDays: 30,
  quietWorkingDays: 2,
  answerWorkingDays: 5,
  caseNearWorkingDays: 2,
  escalationWorkingDays: [0, 2, 3, 5],
  kinds: {},
  reminderWorkingDays: [10, 5, 1, 0],
  redRepeatWorkingDays: 3,
  yellowRepeatWorkingDays: 5,
  mostLines: 200
}
