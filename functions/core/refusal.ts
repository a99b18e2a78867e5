/** Where in a command something is wrong, as the steps of a JSON pointer into the request body. */
export type FieldPath = readonly (string | number)[]

/** One reason why a command is not accepted. `params` fill the sentence that the edge makes of the code. */
export interface Fault {
  readonly code: FaultCode
  readonly path: FieldPath
  readonly params?: Readonly<Record<string, string | number>> | undefined
}

/**
 * Why a command is not accepted: `invalid`, it could never be as it stands; `refused`, it contradicts what has happened
 * already. Nothing was written either way.
 */
export interface Refusal {
  readonly kind: 'invalid' | 'refused'
  readonly faults: readonly Fault[]
}

/** Faults that a command can have; each has a sentence in both languages at the edge. */
export const faultCodes = [
  // of a plan
  'duplicate-milestone',
  'unknown-predecessor',
  'cycle',
  'unknown-calendar',
  'calendar-without-work',
  'whole-days-only',
  'no-milestones',
  'count-not-ascending',
  'finish-before-start',
  'date-form',
  'too-far',
  'milestone-vanished',
  'date-locked',
  'delay-reason-required',
  // of a report or a correction
  'unknown-milestone',
  'reported-twice',
  'milestone-cancelled',
  'date-in-future',
  'forecast-in-past',
  'already-started',
  'already-finished',
  'progress-went-back',
  'finished-below-hundred',
  'finished-with-work-left',
  'percent-required',
  'not-counted',
  'count-above-total',
  'unknown-version',
  'photo-missing',
  'no-photo',
  'camera-data',
  // of a state
  'not-registered',
  'already-paused',
  'not-paused',
  'date-not-in-future',
  'handover-needed',
  // of a judgement
  'not-coloured',
  'colour-as-computed',
  'silence-not-better',
  'approver-required',
  'not-judged',
  // of a case
  'unknown-case',
  'case-closed',
  'already-acknowledged',
  'no-delay-reason',
  'date-in-past',
  'silence-too-long'
] as const

/** A code of {@link faultCodes}, kebab-case and stable. */
export type FaultCode = (typeof faultCodes)[number]

/** Faults that contradict the state rather than being wrong in themselves. */
const refusedCodes: ReadonlySet<FaultCode> = new Set<FaultCode>([
  'milestone-vanished',
  'date-locked',
  'milestone-cancelled',
  'already-started',
  'already-finished',
  'progress-went-back',
  'not-registered',
  'already-paused',
  'not-paused',
  'handover-needed',
  'not-coloured',
  'colour-as-computed',
  'silence-not-better',
  'not-judged',
  'case-closed',
  'already-acknowledged',
  'no-delay-reason'
])

/** A refusal from its faults; it is `refused` only when nothing is wrong in itself. */
export const refusalOf = (faults: readonly Fault[]): Refusal => ({
  kind: faults.every(({ code }) => refusedCodes.has(code)) ? 'refused' : 'invalid',
  faults
})
