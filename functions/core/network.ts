import type { DatedConstraintType, LinkType } from './milestone.ts'
import { passBackward, placeAsLateAsPossible, type Successors } from './network-backward.ts'
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
  const { order, successors } = sorted
  const settled = settle(network, sorted)
  return { ok: true, dates: passBackward(network, order, successors, settled), order: order.map(({ id }) => id) }
}

/**
 * The early finishes of {@link computeNetwork} without the rest of it, at half its cost: a history asks for nothing else,
 * at twenty dates. `undefined` of a network that cannot be computed.
 */
export const earlyFinishes = (network: Network): ReadonlyMap<string, Instant> | undefined => {
  const sorted = sortActivities(network.activities)
  if (!sorted.ok) return undefined
  return new Map([...settle(network, sorted)].map(([id, { finish }]) => [id, finish]))
}

const settle = (network: Network, { order, successors }: Sorted & { readonly ok: true }) =>
  placeAsLateAsPossible(network, order, successors, passForward(network, order))

type Sorted =
  | { readonly ok: true; readonly order: readonly Activity[]; readonly successors: Successors }
  | Exclude<NetworkResult, { ok: true }>

/** Predecessors before successors, in the order given otherwise, and what waits for each. */
const sortActivities = (activities: readonly Activity[]): Sorted => {
  const known = new Set<string>()
  for (const { id } of activities) known.add(id)
  const waitingFor = new Map<string, number>()
  const successors = new Map<string, { activity: Activity; link: Link }[]>()
  for (const activity of activities) {
    waitingFor.set(activity.id, activity.links.length)
    for (const link of activity.links) {
      if (!known.has(link.from)) return { ok: false, code: 'unknown-predecessor', id: activity.id, ref: link.from }
      const waiting = successors.get(link.from)
      if (waiting) waiting.push({ activity, link })
      else successors.set(link.from, [{ activity, link }])
    }
  }
  const order: Activity[] = activities.filter(({ links }) => links.length === 0)
  for (let i = 0; i < order.length; i += 1) {
    for (const { activity } of successors.get(order[i]?.id ?? '') ?? []) {
      const left = (waitingFor.get(activity.id) ?? 0) - 1
      waitingFor.set(activity.id, left)
      if (left === 0) order.push(activity)
    }
  }
  if (order.length === activities.length) return { ok: true, order, successors }
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
