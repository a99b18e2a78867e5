import type { Activity, ActivityDates, Link, Network } from './activity.ts'
import { type EarlyDates, endedBy, ignoresLinks, passForward, rulesOf } from './network-forward.ts'
import type { SortedNetwork, Successor } from './network-order.ts'
import type { Instant, WorkTime } from './work-time.ts'

/**
 * Places what is to be done as late as possible, last activities first: by P6's rules its early dates move by the free
 * float, so that no successor moves; by MS Project's to the late dates, and what follows it moves along.
 */
export const placeAsLateAsPossible = (sorted: SortedNetwork, early: readonly EarlyDates[]): readonly EarlyDates[] => {
  const { network, order, successors } = sorted
  const waiting = order.filter(place => isToBeLate(network.activities[place]))
  if (waiting.length === 0) return early
  const drivenBy = { kind: 'constraint', ref: 'ALAP' } as const
  if (rulesOf(network).program === 'ms-project') {
    const late = passBackward(sorted, early)
    const placed: (EarlyDates | undefined)[] = []
    for (const place of waiting) {
      const { work = 0 } = early[place] ?? {}
      const { lateStart, lateFinish, totalFloat = 0 } = late[place] ?? {}
      if (lateStart !== undefined && lateFinish !== undefined && totalFloat > 0)
        placed[place] = { start: lateStart, finish: lateFinish, work, drivenBy }
    }
    return passForward(sorted, placed)
  }
  const moved = [...early]
  for (const place of waiting.toReversed()) {
    const activity = network.activities[place]
    const dates = moved[place]
    if (!activity || !dates) continue
    const { work } = dates
    // Promised for later than its work takes, it may begin later by that much already.
    const begun = Math.max(dates.start, activity.time.offset(dates.finish, -work))
    const free = freeFloatOf(activity, { ...dates, start: begun }, successors[place] ?? [], moved, network)
    if (free === undefined || free <= 0) continue
    const finish = activity.time.offset(dates.finish, free)
    const start = work === 0 ? finish : activity.time.offset(finish, -work)
    moved[place] = { start, finish, work, drivenBy }
  }
  return moved
}

const isToBeLate = (activity: Activity | undefined): boolean =>
  activity !== undefined &&
  activity.actualStart === undefined &&
  activity.actualFinish === undefined &&
  activity.constraints.some(({ type }) => type === 'ALAP')

/** `undefined` for an activity without unfinished successors. */
const freeFloatOf = (
  { time, actualStart }: Activity,
  own: Pick<EarlyDates, 'start' | 'finish'>,
  successors: readonly Successor[],
  early: readonly EarlyDates[],
  network: Network
): number | undefined => {
  let least: number | undefined
  for (const { place, activity: next, link } of successors) {
    const dates = early[place]
    if (!dates || next.actualFinish !== undefined || ignoresLinks(next, network)) continue
    const fromStart = link.type === 'SS' || link.type === 'SF'
    if (fromStart && actualStart !== undefined) continue
    const toStart = link.type === 'FS' || link.type === 'SS'
    if (toStart && next.actualStart !== undefined) continue
    const slack = linkSlack(link, time, fromStart ? own.start : own.finish, toStart ? dates.start : dates.finish)
    least = least === undefined ? slack : Math.min(least, slack)
  }
  return least
}

/** Work of a calendar by which one end of a link may move before it moves the other. */
export const linkSlack = ({ lag, time: lagTime }: Link, time: WorkTime, from: Instant, to: Instant): number =>
  lagTime === undefined ? time.count(from, to) - lag : time.count(lagTime.offset(from, lag), to)

/** Late dates, which a finished activity has none of. */
interface LateDates {
  readonly start: Instant
  readonly finish: Instant
}

/** Late dates and floats of all unfinished activities beside their early dates, by place. */
export const passBackward = (
  { network, order, successors }: SortedNetwork,
  early: readonly EarlyDates[]
): readonly ActivityDates[] => {
  const { activities, requiredFinish } = network
  let projectFinish = network.start
  for (const { finish } of early) if (finish > projectFinish) projectFinish = finish
  const ends = { projectFinish, latest: Math.max(projectFinish, ...(requiredFinish?.values() ?? [])) }
  const late: (LateDates | undefined)[] = new Array(activities.length)
  const dates: ActivityDates[] = new Array(activities.length)
  for (let i = order.length - 1; i >= 0; i -= 1) {
    const place = order[i] ?? 0
    const activity = activities[place]
    const own = early[place]
    if (!activity || !own) continue
    const { start: earlyStart, finish: earlyFinish, drivenBy } = own
    if (activity.actualFinish !== undefined) {
      dates[place] = { earlyStart, earlyFinish, drivenBy }
      continue
    }
    const after = successors[place] ?? []
    const bounds = lateDatesOf(activity, own, after, late, network, ends)
    late[place] = bounds
    const free = freeFloatOf(activity, own, after, early, network)
    dates[place] = {
      earlyStart,
      earlyFinish,
      drivenBy,
      lateStart: activity.actualStart ?? bounds.start,
      lateFinish: bounds.finish,
      totalFloat: totalFloatOf(activity, own, bounds, network),
      freeFloat: Math.max(0, free ?? activity.time.count(own.finish, projectFinish))
    }
  }
  return dates
}

/** Total float by the rule of the program; what has begun can only slip at its finish. */
const totalFloatOf = (
  { time, actualStart }: Activity,
  early: EarlyDates,
  late: LateDates,
  network: Network
): number => {
  const rules = rulesOf(network)
  const finish = time.count(early.finish, late.finish)
  const rule = rules.program === 'ms-project' ? 'smallest' : (rules.totalFloat ?? 'finish')
  if (rule === 'finish' || actualStart !== undefined) return finish
  const start = time.count(early.start, late.start)
  return rule === 'start' ? start : Math.min(start, finish)
}

const lateDatesOf = (
  activity: Activity,
  early: EarlyDates,
  successors: readonly Successor[],
  late: readonly (LateDates | undefined)[],
  network: Network,
  { projectFinish, latest }: { readonly projectFinish: Instant; readonly latest: Instant }
): LateDates => {
  const { time } = activity
  const { work } = early
  const required = network.requiredFinish?.get(activity.id)
  let finish = required ?? Number.POSITIVE_INFINITY
  // A bare event that comes at the start of a day stays at the start of one.
  const beginsDay = activity.duration === 0 && time.floor(early.finish) !== early.finish
  const boundFinish = (at: Instant) => {
    finish = Math.min(finish, at)
  }
  // What waits for a start that nothing moves any more bounds nothing.
  const isStartFixed = activity.actualStart !== undefined || activity.constraints.some(({ type }) => type === 'MANUAL')
  const boundStart = (at: Instant) => boundFinish(time.offset(at, work))
  for (const { place, activity: next, link } of successors) {
    const dates = late[place]
    if (!dates || ignoresLinks(next, network)) continue
    const toStart = link.type === 'FS' || link.type === 'SS'
    const target = toStart ? dates.start : dates.finish
    const { offset } = link.time ?? time
    const keeps = (t: Instant) => {
      const reached = offset(t, link.lag)
      return (toStart ? reached : endedBy(next.time, reached)) <= target
    }
    const at = offset(target, -link.lag)
    if (link.type === 'FS' || link.type === 'FF')
      boundFinish(beginsDay ? lastStartBy(time, at, work, keeps) : lastFinishBy(time, at, keeps))
    else if (!isStartFixed) boundStart(lastStartBy(time, at, work, keeps))
  }
  if (finish === Number.POSITIVE_INFINITY) finish = projectFinish
  // A link from its start alone, or a lead, leaves an activity's end open: it may still not outlast the project.
  boundFinish(latest)
  if (activity.deadline !== undefined) boundFinish(activity.deadline)
  for (const constraint of activity.constraints) {
    if (constraint.type === 'FNLT' || constraint.type === 'FO') boundFinish(constraint.at)
    if ((constraint.type === 'SNLT' || constraint.type === 'SO') && activity.actualStart === undefined)
      boundStart(lastStartBy(time, constraint.at, work))
  }
  for (const constraint of activity.constraints) {
    if (constraint.type === 'MFO') finish = constraint.at
    if (constraint.type === 'MSO' && activity.actualStart === undefined)
      finish = time.offset(lastStartBy(time, constraint.at, work), work)
  }
  if (activity.marksStart && time.unit === 'hour') finish = time.ceil(finish)
  else if (!beginsDay) finish = time.floor(finish)
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
