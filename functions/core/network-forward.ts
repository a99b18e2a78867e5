import type { Activity, Driver, Link, Network } from './network.ts'
import type { Instant, WorkTime } from './work-time.ts'

/** The early dates of an activity, before anything is known of late ones. */
export interface EarlyDates {
  readonly start: Instant
  readonly finish: Instant
  readonly drivenBy: Driver
}

/** Early dates of all activities, in the order of the network. */
export const passForward = (network: Network, order: readonly Activity[]): Map<string, EarlyDates> => {
  const early = new Map<string, EarlyDates>()
  const activities = new Map(order.map(activity => [activity.id, activity]))
  for (const activity of order) early.set(activity.id, earlyDatesOf(activity, activities, early, network))
  return early
}

const earlyDatesOf = (
  activity: Activity,
  activities: ReadonlyMap<string, Activity>,
  early: ReadonlyMap<string, EarlyDates>,
  network: Network
): EarlyDates => {
  const { time, actualStart, actualFinish } = activity
  if (actualFinish !== undefined)
    return {
      start: actualStart ?? actualFinish,
      finish: actualFinish,
      drivenBy: { kind: 'actual', ref: 'actualFinish' }
    }

  const work = workLeft(activity)
  // Each bound says: work (what is left of it) may not start before `at`. The latest bound drives.
  let start = network.start
  let drivenBy: Driver = { kind: 'constraint', ref: 'start' }
  const bound = (at: Instant, by: Driver) => {
    const tellsMore = at === start && by.kind === 'predecessor' && drivenBy.kind === 'constraint'
    if (at > start || tellsMore) {
      start = at
      drivenBy = by
    }
  }
  const { dataDate, statusDate = dataDate } = network
  const byDataDate: Driver = { kind: 'dataDate', ref: 'dataDate' }
  const from = activity.countedFrom ?? statusDate
  if (from !== undefined) bound(from, byDataDate)
  const notBeforeDataDate = () => {
    if (dataDate !== undefined) bound(startToFinishAt(time, lastMomentOf(time, dataDate), work), byDataDate)
  }
  if (from !== dataDate) notBeforeDataDate()
  for (const link of activity.links) {
    const before = activities.get(link.from)
    const dates = early.get(link.from)
    if (before && dates)
      bound(startBound(link, before, dates, activity, work), { kind: 'predecessor', ref: link.from, link: link.type })
  }
  const started = actualStart !== undefined || activity.remaining !== undefined
  for (const constraint of activity.constraints) {
    if (constraint.type === 'SNET' && !started) bound(constraint.at, { kind: 'constraint', ref: 'SNET' })
    if (constraint.type === 'FNET')
      bound(startToFinishAt(time, constraint.at, work), { kind: 'constraint', ref: 'FNET' })
  }
  for (const constraint of activity.constraints) {
    if (constraint.type === 'MSO' && !started) {
      start = constraint.at
      drivenBy = { kind: 'constraint', ref: 'MSO' }
    }
    if (constraint.type === 'MFO') {
      start = startToFinishAt(time, constraint.at, work)
      drivenBy = { kind: 'constraint', ref: 'MFO' }
    }
  }
  // A date imposed wins over the links, not over the calendar on the wall: what is undone did not end in the past.
  notBeforeDataDate()
  start = work === 0 ? settleEvent(time, start) : time.ceil(start)
  let finish = time.offset(start, work)
  // On a calendar of hours the end of a shift is as good as the morning after, for work; for a date it is not.
  if (dataDate !== undefined && finish < dataDate) finish = time.ceil(dataDate)
  const promised = activity.promisedFinish
  if (promised !== undefined && promised > finish) {
    finish = promised
    drivenBy = { kind: 'report', ref: 'forecastFinish' }
    // A bare event has one date; an activity that is promised later keeps the start that the network gives it.
    if (activity.duration === 0) start = promised
  }
  return { start: actualStart ?? start, finish, drivenBy }
}

/** On a day calendar work ends at the end of a day, so work that ends on a day ends at its last moment. */
const lastMomentOf = (time: WorkTime, at: Instant): Instant => (time.unit === 'day' ? time.endOf(time.dayOf(at)) : at)

/** What is left to do: the remaining work of a started activity, the whole duration of another. */
export const workLeft = ({ remaining, duration }: Activity): number => remaining ?? duration

/** A bare event takes place at an end of work, at a start of it or within it, never in a pause of its calendar. */
const settleEvent = (time: WorkTime, at: Instant): Instant => (time.floor(at) === at ? at : time.ceil(at))

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
  dates: EarlyDates,
  activity: Activity,
  work: number
): Instant => {
  switch (link.type) {
    case 'FS':
      return before.time.offset(dates.finish, link.lag)
    case 'SS':
      return before.time.offset(dates.start, link.lag)
    case 'FF':
      return startToFinishAt(activity.time, before.time.offset(dates.finish, link.lag), work)
    case 'SF':
      return startToFinishAt(activity.time, before.time.offset(dates.start, link.lag), work)
  }
}
