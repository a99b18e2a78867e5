import type { DatedConstraintType, LinkType } from './milestone.ts'
import { passBackward, placeAsLateAsPossible, successorsOf } from './network-backward.ts'
import { passForward } from './network-forward.ts'
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

/** The outcome of {@link computeNetwork}. */
export type NetworkResult =
  | { readonly ok: true; readonly dates: ReadonlyMap<string, ActivityDates>; readonly order: readonly string[] }
  | { readonly ok: false; readonly code: 'cycle'; readonly members: readonly string[] }
  | { readonly ok: false; readonly code: 'unknown-predecessor'; readonly id: string; readonly ref: string }

/**
 * Critical path method over several calendars with FS, SS, FF and SF links, lags, constraints and progress, in four
 * named steps: sort → forward → as late as possible → backward (Kelley & Walker 1959; progress, floats and constraints
 * by the rules of the network, after P6 and MS Project as MPXJ's `org.mpxj.cpm` has them).
 */
export const computeNetwork = (network: Network): NetworkResult => {
  const sorted = sortActivities(network.activities)
  if (!sorted.ok) return sorted
  const early = passForward(network, sorted.order)
  const successors = successorsOf(sorted.order)
  const settled = placeAsLateAsPossible(network, sorted.order, successors, early)
  return {
    ok: true,
    dates: passBackward(network, sorted.order, successors, settled),
    order: sorted.order.map(a => a.id)
  }
}

type Sorted = { readonly ok: true; readonly order: readonly Activity[] } | Exclude<NetworkResult, { ok: true }>

const sortActivities = (activities: readonly Activity[]): Sorted => {
  const byId = new Map(activities.map(activity => [activity.id, activity]))
  const waitingFor = new Map<string, number>()
  const followers = new Map<string, string[]>()
  for (const { id, links } of activities) {
    waitingFor.set(id, links.length)
    for (const { from } of links) {
      if (!byId.has(from)) return { ok: false, code: 'unknown-predecessor', id, ref: from }
      const known = followers.get(from)
      if (known) known.push(id)
      else followers.set(from, [id])
    }
  }
  const order: Activity[] = activities.filter(({ links }) => links.length === 0)
  for (let i = 0; i < order.length; i += 1) {
    for (const id of followers.get(order[i]?.id ?? '') ?? []) {
      const left = (waitingFor.get(id) ?? 0) - 1
      waitingFor.set(id, left)
      const activity = byId.get(id)
      if (left === 0 && activity) order.push(activity)
    }
  }
  if (order.length === activities.length) return { ok: true, order }
  const done = new Set(order.map(({ id }) => id))
  return { ok: false, code: 'cycle', members: oneCycle(activities.filter(({ id }) => !done.has(id))) }
}

/** Walks predecessors among activities that all wait for each other until one comes again. */
const oneCycle = (stuck: readonly Activity[]): readonly string[] => {
  const byId = new Map(stuck.map(activity => [activity.id, activity]))
  const path: string[] = []
  let current = stuck[0]
  while (current && !path.includes(current.id)) {
    path.push(current.id)
    const from: string | undefined = current.links.find(link => byId.has(link.from))?.from
    current = from === undefined ? undefined : byId.get(from)
  }
  return current ? path.slice(path.indexOf(current.id)).reverse() : path
}
