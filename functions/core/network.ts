import type { Constraint, LinkType } from './milestone.ts'
import type { Instant, WorkTime } from './work-time.ts'

/** A dependency inside the network; `lag` is in the predecessor's calendar. */
export interface Link {
  readonly from: string
  readonly type: LinkType
  readonly lag: number
}

/** A constraint whose date is a moment: the start of its day for starts, the end of it for finishes. */
export type TimedConstraint =
  | { readonly type: Exclude<Constraint['type'], 'ALAP'>; readonly at: Instant }
  | { readonly type: 'ALAP' }

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
  /** When that was counted, if not at the status date of the network: the work goes on from there. */
  readonly countedFrom?: Instant | undefined
  /** The finish that somebody has promised: the network may say later, never earlier. */
  readonly promisedFinish?: Instant | undefined
}

/** The network to compute. */
export interface Network {
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
 * named steps: sort → forward → as late as possible → backward (Kelley & Walker 1959; progress by retained logic, as
 * P6 and MPXJ's `org.mpxj.cpm` do it).
 */
export const computeNetwork = (network: Network): NetworkResult => {
  const sorted = sortActivities(network.activities)
  if (!sorted.ok) return sorted
  const early = passForward(network, sorted.order)
  const successors = successorsOf(sorted.order)
  const settled = placeAsLateAsPossible(sorted.order, successors, early)
  return {
    ok: true,
    dates: passBackward(network, sorted.order, successors, settled),
    order: sorted.order.map(a => a.id)
  }
}

/**
 * The longest path to an activity: back from it over every link that drives a date, unfinished activities only, in
 * the order of the network. On one calendar without constraints these are the activities with the least total float.
 */
export const longestPath = (network: Network, result: NetworkResult & { ok: true }, to: string): readonly string[] => {
  const activities = new Map(network.activities.map(activity => [activity.id, activity]))
  const onPath = new Set<string>()
  const visit = (id: string): void => {
    const activity = activities.get(id)
    const dates = result.dates.get(id)
    if (!activity || !dates || onPath.has(id) || activity.actualFinish !== undefined) return
    onPath.add(id)
    for (const link of activity.links) {
      const before = activities.get(link.from)
      const datesBefore = result.dates.get(link.from)
      if (before && datesBefore && drives(link, before, datesBefore, activity, dates, network)) visit(link.from)
    }
  }
  visit(to)
  return result.order.filter(id => onPath.has(id))
}

type Successors = ReadonlyMap<string, readonly { readonly activity: Activity; readonly link: Link }[]>
interface EarlyDates {
  readonly start: Instant
  readonly finish: Instant
  readonly drivenBy: Driver
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

const passForward = (network: Network, order: readonly Activity[]): Map<string, EarlyDates> => {
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
const workLeft = ({ remaining, duration }: Activity): number => remaining ?? duration

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
const endedBy = (time: WorkTime, t: Instant): Instant => {
  const day = time.dayOf(t)
  return time.unit === 'day' && t === time.startOf(day) ? time.endOf(day - 1) : t
}

const startBound = (link: Link, before: Activity, dates: EarlyDates, activity: Activity, work: number): Instant => {
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

const drives = (
  link: Link,
  before: Activity,
  datesBefore: ActivityDates,
  activity: Activity,
  dates: ActivityDates,
  network: Network
): boolean => {
  const work = workLeft(activity)
  const at = startBound(
    link,
    before,
    { start: datesBefore.earlyStart, finish: datesBefore.earlyFinish, drivenBy: datesBefore.drivenBy },
    activity,
    work
  )
  const { dataDate, statusDate = dataDate } = network
  const from = activity.countedFrom ?? statusDate
  if (from !== undefined && at < from) return false
  const start = activity.actualStart === undefined ? dates.earlyStart : activity.time.offset(dates.earlyFinish, -work)
  return at <= start && activity.time.count(at, start) === 0 && dates.drivenBy.kind === 'predecessor'
}

const successorsOf = (order: readonly Activity[]): Successors => {
  const successors = new Map<string, { activity: Activity; link: Link }[]>()
  for (const activity of order) {
    for (const link of activity.links) {
      const known = successors.get(link.from)
      if (known) known.push({ activity, link })
      else successors.set(link.from, [{ activity, link }])
    }
  }
  return successors
}

/** P6's "as late as possible": early dates move by the free float, last activities first. */
const placeAsLateAsPossible = (
  order: readonly Activity[],
  successors: Successors,
  early: Map<string, EarlyDates>
): ReadonlyMap<string, EarlyDates> => {
  for (const activity of [...order].reverse()) {
    if (activity.actualStart !== undefined || !activity.constraints.some(({ type }) => type === 'ALAP')) continue
    const dates = early.get(activity.id)
    const free = freeFloatOf(activity, successors, early)
    if (!dates || free === undefined || free <= 0) continue
    const finish = activity.time.offset(dates.finish, free)
    const start = activity.duration === 0 ? finish : activity.time.offset(finish, -activity.duration)
    early.set(activity.id, { start, finish, drivenBy: { kind: 'constraint', ref: 'ALAP' } })
  }
  return early
}

/** `undefined` for an activity without unfinished successors. */
const freeFloatOf = (
  activity: Activity,
  successors: Successors,
  early: ReadonlyMap<string, EarlyDates>
): number | undefined => {
  const { time } = activity
  const own = early.get(activity.id)
  if (!own) return undefined
  let least: number | undefined
  for (const { activity: next, link } of successors.get(activity.id) ?? []) {
    const dates = early.get(next.id)
    if (!dates || next.actualFinish !== undefined) continue
    const fromStart = link.type === 'SS' || link.type === 'SF'
    if (fromStart && activity.actualStart !== undefined) continue
    const toStart = link.type === 'FS' || link.type === 'SS'
    if (toStart && next.actualStart !== undefined) continue
    const slack = time.count(fromStart ? own.start : own.finish, toStart ? dates.start : dates.finish) - link.lag
    least = least === undefined ? slack : Math.min(least, slack)
  }
  return least
}

const passBackward = (
  network: Network,
  order: readonly Activity[],
  successors: Successors,
  early: ReadonlyMap<string, EarlyDates>
): ReadonlyMap<string, ActivityDates> => {
  let projectFinish = network.start
  for (const { finish } of early.values()) if (finish > projectFinish) projectFinish = finish
  const late = new Map<string, { start: Instant; finish: Instant }>()
  for (const activity of [...order].reverse()) {
    const own = early.get(activity.id)
    if (own && activity.actualFinish === undefined)
      late.set(activity.id, lateDatesOf(activity, own, successors, late, network, projectFinish))
  }

  const dates = new Map<string, ActivityDates>()
  for (const activity of order) {
    const own = early.get(activity.id)
    if (!own) continue
    const bounds = late.get(activity.id)
    const base = { earlyStart: own.start, earlyFinish: own.finish, drivenBy: own.drivenBy }
    if (!bounds) {
      dates.set(activity.id, base)
      continue
    }
    const totalFloat = activity.time.count(own.finish, bounds.finish)
    const free = freeFloatOf(activity, successors, early)
    dates.set(activity.id, {
      ...base,
      lateStart: activity.actualStart ?? bounds.start,
      lateFinish: bounds.finish,
      totalFloat,
      freeFloat: Math.max(0, free ?? activity.time.count(own.finish, projectFinish))
    })
  }
  return dates
}

const lateDatesOf = (
  activity: Activity,
  early: EarlyDates,
  successors: Successors,
  late: ReadonlyMap<string, { start: Instant; finish: Instant }>,
  network: Network,
  projectFinish: Instant
): { start: Instant; finish: Instant } => {
  const { time } = activity
  const work = workLeft(activity)
  const required = network.requiredFinish?.get(activity.id)
  let finish = required ?? Number.POSITIVE_INFINITY
  // A bare event that comes at the start of a day stays at the start of one.
  const beginsDay = activity.duration === 0 && time.floor(early.finish) !== early.finish
  const boundFinish = (at: Instant) => {
    finish = Math.min(finish, at)
  }
  const boundStart = (at: Instant) => boundFinish(time.offset(at, work))
  for (const { activity: next, link } of successors.get(activity.id) ?? []) {
    const dates = late.get(next.id)
    if (!dates) continue
    const toStart = link.type === 'FS' || link.type === 'SS'
    const target = toStart ? dates.start : dates.finish
    const keeps = (t: Instant) => {
      const reached = time.offset(t, link.lag)
      return (toStart ? reached : endedBy(next.time, reached)) <= target
    }
    const at = time.offset(target, -link.lag)
    if (link.type === 'FS' || link.type === 'FF')
      boundFinish(beginsDay ? lastStartBy(time, at, work, keeps) : lastFinishBy(time, at, keeps))
    else if (activity.actualStart === undefined) boundStart(lastStartBy(time, at, work, keeps))
  }
  if (finish === Number.POSITIVE_INFINITY) finish = projectFinish
  // A link from its start alone, or a lead, leaves an activity's end open: it may still not outlast the project.
  boundFinish(Math.max(projectFinish, ...(network.requiredFinish?.values() ?? [])))
  for (const constraint of activity.constraints) {
    if (constraint.type === 'FNLT') boundFinish(constraint.at)
    if (constraint.type === 'SNLT' && activity.actualStart === undefined)
      boundStart(lastStartBy(time, constraint.at, work))
  }
  for (const constraint of activity.constraints) {
    if (constraint.type === 'MFO') finish = constraint.at
    if (constraint.type === 'MSO' && activity.actualStart === undefined)
      finish = time.offset(lastStartBy(time, constraint.at, work), work)
  }
  if (!beginsDay) finish = time.floor(finish)
  else if (time.unit === 'day') finish = lastStartBy(time, finish, 0)
  return { start: activity.duration > 0 ? time.offset(finish, -work) : finish, finish }
}

/**
 * The last moment at or before `at` at which work can start; on an hour calendar the same work lies after a pause. A
 * lead leads back to the end of a day, and the start of the next is as good while the link `keeps`. A bare event needs no
 * day: it may also take place at the end of one.
 */
const lastStartBy = (time: WorkTime, at: Instant, work: number, keeps = (t: Instant) => t <= at): Instant => {
  const next = time.ceil(at)
  if (time.unit === 'hour' || keeps(next)) return next
  return work === 0 ? time.floor(at) : time.offset(time.floor(at), -1)
}

/** The last moment by which work must end; a day earlier where a lead on this calendar lands in a rest of the other. */
const lastFinishBy = (time: WorkTime, at: Instant, keeps: (t: Instant) => boolean): Instant => {
  if (time.unit === 'hour') return at
  const end = time.floor(at)
  return end === at && !keeps(end) ? time.floor(time.offset(end, -1)) : at
}
