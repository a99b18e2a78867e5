import type { DatedConstraintType, LinkType } from './milestone.ts'
import type { SchedulingRules } from './scheduling-rules.ts'
import type { Instant, WorkTime } from './work-time.ts'

/** A dependency inside the network. */
export interface Link {
  readonly from: string
  readonly type: LinkType
  readonly lag: number
  /** The calendar on which the lag runs; the predecessor's where absent. */
  readonly time?: WorkTime | undefined
}

/** A constraint whose date is a moment: the start of its day for starts, the end of it for finishes. */
export type TimedConstraint =
  | { readonly type: DatedConstraintType; readonly at: Instant }
  | { readonly type: 'ALAP' | 'ASAP' }

/** An activity of the network. All amounts of work are in the unit of its own calendar. */
export interface Activity {
  readonly id: string
  readonly time: WorkTime
  readonly duration: number
  /** A bare event that takes place at a start of work, not at the end of the work before it. */
  readonly marksStart?: boolean | undefined
  readonly links: readonly Link[]
  readonly constraints: readonly TimedConstraint[]
  readonly actualStart?: Instant | undefined
  readonly actualFinish?: Instant | undefined
  /** Work still to do at the data date of a started activity. */
  readonly remaining?: number | undefined
  /** Work done of a started activity. */
  readonly done?: number | undefined
  /** When what remains was counted, if not at the status date of the network: the work goes on from there. */
  readonly countedFrom?: Instant | undefined
  /** The finish that somebody has promised: the network may say later, never earlier. */
  readonly promisedFinish?: Instant | undefined
  /** It should be done by then: a bound of its late finish. */
  readonly deadline?: Instant | undefined
  /** What is left is the work that fits until then, whatever was planned. */
  readonly expectedFinish?: Instant | undefined
}

/** The network to compute. */
export interface Network {
  /** P6's own where absent. */
  readonly rules?: SchedulingRules | undefined
  readonly activities: readonly Activity[]
  /** No activity starts before this moment. */
  readonly start: Instant
  /** Nothing unfinished ends before this moment. Absent in a plan on which nothing has happened. */
  readonly dataDate?: Instant | undefined
  /**
   * The work left was counted at this moment and goes on from it; the data date itself where absent. Between two reports
   * it is the last one: what was promised on Monday is not later because it is Wednesday.
   */
  readonly statusDate?: Instant | undefined
  /** Must-finish-by of single activities: it bounds late dates, not early ones. */
  readonly requiredFinish?: ReadonlyMap<string, Instant> | undefined
}

/** What made a date what it is. */
export type Driver =
  | { readonly kind: 'predecessor'; readonly ref: string; readonly link: LinkType }
  | { readonly kind: 'constraint'; readonly ref: string }
  | { readonly kind: 'dataDate' | 'actual' | 'report'; readonly ref: string }

/** The computed dates of an activity. Late dates and floats of a finished activity are absent, as P6 leaves them. */
export interface ActivityDates {
  readonly earlyStart: Instant
  readonly earlyFinish: Instant
  readonly lateStart?: Instant
  readonly lateFinish?: Instant
  /** Work between early and late finish in the activity's calendar (P6); negative when it is late already. */
  readonly totalFloat?: number
  /** By how much it can slip without moving the early dates of any successor. */
  readonly freeFloat?: number
  readonly drivenBy: Driver
}
