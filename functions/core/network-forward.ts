import type { Activity, Driver, Link, Network, TimedConstraint } from './activity.ts'
import type { SortedNetwork } from './network-order.ts'
import { defaultSchedulingRules, type SchedulingRules } from './scheduling-rules.ts'
import type { Instant, WorkTime } from './work-time.ts'

/** The early dates of an activity, before anything is known of late ones. */
export interface EarlyDates {
  readonly start: Instant
  readonly finish: Instant
  /** What is left to do of it. */
  readonly work: number
  readonly drivenBy: Driver
}

/** Early dates by the place of each activity; those that are `placed` already keep their dates. */
export const passForward = (
  sorted: SortedNetwork,
  placed?: readonly (EarlyDates | undefined)[]
): readonly EarlyDates[] => {
  const { network, order } = sorted
  const early: EarlyDates[] = new Array(network.activities.length)
  // An activity looks at those before it alone, so the list fills as the pass goes on.
  for (const place of order) {
    const activity = network.activities[place]
    if (activity) early[place] = placed?.[place] ?? earlyDatesOf(activity, place, early, sorted)
  }
  return early
}

const earlyDatesOf = (
  activity: Activity,
  place: number,
  early: readonly EarlyDates[],
  sorted: SortedNetwork
): EarlyDates => {
  const { actualStart, actualFinish, promisedFinish } = activity
  const { network } = sorted
  if (actualFinish !== undefined)
    return {
      start: actualStart ?? actualFinish,
      finish: actualFinish,
      work: 0,
      drivenBy: { kind: 'actual', ref: 'actualFinish' }
    }
  const dates =
    rulesOf(network).program === 'ms-project' && actualStart !== undefined
      ? asBegun(activity, actualStart, network)
      : asEarlyAsPossible(activity, place, early, sorted)
  if (promisedFinish === undefined || promisedFinish <= dates.finish) return dates
  return {
    ...dates,
    // A bare event has one date; an activity that is promised later keeps the start that the network gives it.
    start: activity.duration === 0 && actualStart === undefined ? promisedFinish : dates.start,
    finish: promisedFinish,
    drivenBy: { kind: 'report', ref: 'forecastFinish' }
  }
}

const byDataDate: Driver = { kind: 'dataDate', ref: 'dataDate' }

/**
 * MS Project's rule for what has begun: it goes on from where it began, whatever its links; what is left of it, at the
 * earliest from the status date, as after "reschedule uncompleted work".
 */
const asBegun = (activity: Activity, begun: Instant, network: Network): EarlyDates => {
  const { time, done = 0 } = activity
  const work = workLeft(activity)
  const goesOn = time.offset(time.ceil(begun), done)
  const byBegin: Bound = { at: goesOn, by: { kind: 'actual', ref: 'actualStart' } }
  const held = activity.constraints.filter(({ type }) => type === 'FNET')
  const bound = imposed(byStatus(byBegin, activity, network), { ...activity, constraints: held }, work, network)
  return { ...settled(bound, activity, work, network), start: begun }
}

const asEarlyAsPossible = (
  activity: Activity,
  place: number,
  early: readonly EarlyDates[],
  { network, before }: SortedNetwork
): EarlyDates => {
  const work = workLeft(activity)
  let bound = byStatus({ at: network.start, by: byStart }, activity, network)
  if (!ignoresLinks(activity, network))
    for (const [i, from] of before[place]?.entries() ?? []) {
      const link = activity.links[i]
      const waitsFor = network.activities[from]
      const dates = early[from]
      if (!link || !waitsFor || !dates) continue
      const at = startBound(link, waitsFor, dates, activity, work)
      // Of two that come to the same the predecessor tells more than the start of the project.
      if (at > bound.at || (at === bound.at && bound.by.kind === 'constraint'))
        bound = { at, by: { kind: 'predecessor', ref: link.from, link: link.type } }
    }
  return settled(imposed(bound, activity, work, network), activity, work, network)
}

const byStart: Driver = { kind: 'constraint', ref: 'start' }

/** Work, or what is left of it, may not start before `at`. Of several bounds the latest drives. */
interface Bound {
  readonly at: Instant
  readonly by: Driver
}

const later = (bound: Bound, at: Instant, by: Driver): Bound => (at > bound.at ? { at, by } : bound)

/** The bound with the data date: what is left goes on from the day it was counted, and does not end before today. */
const byStatus = (bound: Bound, activity: Activity, network: Network): Bound => {
  const { dataDate, statusDate = dataDate } = network
  const from = activity.countedFrom ?? statusDate
  const counted = from === undefined ? bound : later(bound, from, byDataDate)
  return from === dataDate ? counted : notBeforeDataDate(counted, activity, workLeft(activity), network)
}

const notBeforeDataDate = (bound: Bound, { time }: Activity, work: number, { dataDate }: Network): Bound =>
  dataDate === undefined ? bound : later(bound, startToFinishAt(time, lastMomentOf(time, dataDate), work), byDataDate)

/** The dates that a bound gives. */
const settled = (imposedBound: Bound, activity: Activity, work: number, network: Network): EarlyDates => {
  const { time, actualStart, expectedFinish } = activity
  const { dataDate } = network
  // A date imposed wins over the links, not over the calendar on the wall: what is undone did not end in the past.
  const bound = notBeforeDataDate(imposedBound, activity, work, network)
  const start = work === 0 && !activity.marksStart ? settleEvent(time, bound.at) : time.ceil(bound.at)
  const left = expectedFinish === undefined ? work : Math.max(0, time.count(start, expectedFinish))
  const finish = time.offset(start, left)
  return {
    start: actualStart ?? start,
    // On a calendar of hours the end of a shift is as good as the morning after, for work; for a date it is not.
    finish: dataDate !== undefined && finish < dataDate ? time.ceil(dataDate) : finish,
    work: left,
    drivenBy: bound.by
  }
}

/**
 * The bound with the constraints of an activity: those that hold back, then those that MS Project honours against the
 * links by pulling forward, then the dates that are imposed against everything.
 */
const imposed = (bound: Bound, activity: Activity, work: number, network: Network): Bound => {
  const { time, constraints } = activity
  if (constraints.length === 0) return bound
  const begun = hasBegun(activity)
  const honours = rulesOf(network).program === 'ms-project'
  /** The start that a date stands for; none of a date of the start of what has begun. */
  const startOf = (constraint: TimedConstraint): Instant | undefined => {
    switch (constraint.type) {
      case 'SNET':
      case 'SNLT':
      case 'SO':
      case 'MSO':
      case 'MANUAL':
        return begun ? undefined : constraint.at
      case 'FNET':
      case 'FNLT':
      case 'FO':
      case 'MFO':
        return startToFinishAt(time, constraint.at, work)
      case 'ALAP':
      case 'ASAP':
        return undefined
    }
  }
  let result = bound
  for (const role of ['hold back', 'pull forward', 'fix'] as const)
    for (const constraint of constraints) {
      const at = roleOf(constraint.type, honours) === role ? startOf(constraint) : undefined
      if (at === undefined) continue
      const by: Driver = { kind: 'constraint', ref: constraint.type }
      if (role === 'hold back') result = later(result, at, by)
      else if (role === 'fix' || at < result.at) result = { at, by }
    }
  return result
}

const roleOf = (type: TimedConstraint['type'], honours: boolean) => {
  switch (type) {
    case 'SNET':
    case 'FNET':
      return 'hold back'
    case 'SO':
    case 'FO':
      return honours ? 'fix' : 'hold back'
    case 'SNLT':
    case 'FNLT':
      return honours ? 'pull forward' : 'bounds late dates alone'
    case 'MSO':
    case 'MFO':
    case 'MANUAL':
      return 'fix'
    case 'ALAP':
    case 'ASAP':
      return 'bounds late dates alone'
  }
}

/** By P6's progress override what has begun goes on, whatever it should have waited for. */
export const ignoresLinks = (activity: Activity, network: Network): boolean => {
  const rules = rulesOf(network)
  return rules.program === 'p6' && rules.progress === 'progress-override' && hasBegun(activity)
}

/** The rules of a network. */
export const rulesOf = ({ rules = defaultSchedulingRules }: Network): SchedulingRules => rules

const hasBegun = ({ actualStart, remaining }: Activity): boolean => actualStart !== undefined || remaining !== undefined

/** On a day calendar work ends at the end of a day, so work that ends on a day ends at its last moment. */
const lastMomentOf = (time: WorkTime, at: Instant): Instant => (time.unit === 'day' ? time.endOf(time.dayOf(at)) : at)

/** What is left to do: the remaining work of a started activity, the whole duration of another. */
export const workLeft = ({ remaining, duration }: Activity): number => remaining ?? duration

/**
 * A bare event takes place at an end of work, at a start of it or within it, never in a pause of its calendar. What a
 * calendar of hours reaches within a working day has on a calendar of days happened by the end of that day.
 */
const settleEvent = (time: WorkTime, at: Instant): Instant => {
  if (time.floor(at) === at) return at
  const day = time.dayOf(at)
  const end = time.endOf(day)
  const isWithinDay = time.unit === 'day' && at > time.startOf(day) && time.floor(end) === end
  return isWithinDay ? end : time.ceil(at)
}

/**
 * The start from which `work` ends at or after `finish`. Where the calendar rests at that moment, a day calendar goes on
 * to its next working day (a finish on a Sunday can be met on Monday, not on the Friday before).
 */
const startToFinishAt = (time: WorkTime, finish: Instant, work: number): Instant => {
  if (work === 0) return finish
  if (time.unit === 'hour') return time.offset(finish, -work)
  const end = endedBy(time, finish)
  return time.offset(time.floor(end) === end ? end : time.offset(end, 1), -work)
}

/** A moment as an end of work: on a day calendar the first moment of a day is the end of the day before. */
export const endedBy = (time: WorkTime, t: Instant): Instant => {
  const day = time.dayOf(t)
  return time.unit === 'day' && t === time.startOf(day) ? time.endOf(day - 1) : t
}

/** The earliest moment at which a link lets work start. */
export const startBound = (
  link: Link,
  before: Activity,
  dates: Pick<EarlyDates, 'start' | 'finish'>,
  activity: Activity,
  work: number
): Instant => {
  const { offset } = link.time ?? before.time
  switch (link.type) {
    case 'FS':
      return offset(dates.finish, link.lag)
    case 'SS':
      return offset(dates.start, link.lag)
    case 'FF':
      return startToFinishAt(activity.time, offset(dates.finish, link.lag), work)
    case 'SF':
      return startToFinishAt(activity.time, offset(dates.start, link.lag), work)
  }
}
