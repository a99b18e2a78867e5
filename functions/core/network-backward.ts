import type { Activity, ActivityDates, Link, Network } from './network.ts'
import { type EarlyDates, endedBy, ignoresLinks, passForward, rulesOf } from './network-forward.ts'
import type { Instant, WorkTime } from './work-time.ts'

/** The activities that wait for each, with the link. */
export type Successors = ReadonlyMap<string, readonly { readonly activity: Activity; readonly link: Link }[]>

/**
 * Places what is to be done as late as possible, last activities first: by P6's rules its early dates move by the free
 * float, so that no successor moves; by MS Project's to the late dates, and what follows it moves along.
 */
export const placeAsLateAsPossible = (
  network: Network,
  order: readonly Activity[],
  successors: Successors,
  early: Map<string, EarlyDates>
): ReadonlyMap<string, EarlyDates> => {
  const waiting = order.filter(
    ({ actualStart, actualFinish, constraints }) =>
      actualStart === undefined && actualFinish === undefined && constraints.some(({ type }) => type === 'ALAP')
  )
  if (waiting.length === 0) return early
  const drivenBy = { kind: 'constraint', ref: 'ALAP' } as const
  if (rulesOf(network).program === 'ms-project') {
    const late = passBackward(network, order, successors, early)
    const placed = new Map<string, EarlyDates>()
    for (const { id } of waiting) {
      const { work = 0 } = early.get(id) ?? {}
      const { lateStart, lateFinish, totalFloat = 0 } = late.get(id) ?? {}
      if (lateStart !== undefined && lateFinish !== undefined && totalFloat > 0)
        placed.set(id, { start: lateStart, finish: lateFinish, work, drivenBy })
    }
    return passForward(network, order, placed)
  }
  for (const activity of waiting.toReversed()) {
    const dates = early.get(activity.id)
    if (!dates) continue
    const { work } = dates
    // Promised for later than its work takes, it may begin later by that much already.
    const begun = Math.max(dates.start, activity.time.offset(dates.finish, -work))
    const free = freeFloatOf(activity, { ...dates, start: begun }, successors, early, network)
    if (free === undefined || free <= 0) continue
    const finish = activity.time.offset(dates.finish, free)
    const start = work === 0 ? finish : activity.time.offset(finish, -work)
    early.set(activity.id, { start, finish, work, drivenBy })
  }
  return early
}

/** `undefined` for an activity without unfinished successors. */
const freeFloatOf = (
  activity: Activity,
  own: Pick<EarlyDates, 'start' | 'finish'>,
  successors: Successors,
  early: ReadonlyMap<string, EarlyDates>,
  network: Network
): number | undefined => {
  const { time } = activity
  let least: number | undefined
  for (const { activity: next, link } of successors.get(activity.id) ?? []) {
    const dates = early.get(next.id)
    if (!dates || next.actualFinish !== undefined || ignoresLinks(next, network)) continue
    const fromStart = link.type === 'SS' || link.type === 'SF'
    if (fromStart && activity.actualStart !== undefined) continue
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

/** Late dates and floats of all unfinished activities, beside their early dates. */
export const passBackward = (
  network: Network,
  order: readonly Activity[],
  successors: Successors,
  early: ReadonlyMap<string, EarlyDates>
): ReadonlyMap<string, ActivityDates> => {
  let projectFinish = network.start
  for (const { finish } of early.values()) if (finish > projectFinish) projectFinish = finish
  const ends = { projectFinish, latest: Math.max(projectFinish, ...(network.requiredFinish?.values() ?? [])) }
  const late = new Map<string, { start: Instant; finish: Instant }>()
  for (const activity of order.toReversed()) {
    const own = early.get(activity.id)
    if (own && activity.actualFinish === undefined)
      late.set(activity.id, lateDatesOf(activity, own, successors, late, network, ends))
  }

  const dates = new Map<string, ActivityDates>()
  for (const activity of order) {
    const own = early.get(activity.id)
    if (!own) continue
    const bounds = late.get(activity.id)
    const { start: earlyStart, finish: earlyFinish, drivenBy } = own
    if (!bounds) {
      dates.set(activity.id, { earlyStart, earlyFinish, drivenBy })
      continue
    }
    const free = freeFloatOf(activity, own, successors, early, network)
    dates.set(activity.id, {
      earlyStart,
      earlyFinish,
      drivenBy,
      lateStart: activity.actualStart ?? bounds.start,
      lateFinish: bounds.finish,
      totalFloat: totalFloatOf(activity, own, bounds, network),
      freeFloat: Math.max(0, free ?? activity.time.count(own.finish, projectFinish))
    })
  }
  return dates
}

/** Total float by the rule of the program; what has begun can only slip at its finish. */
const totalFloatOf = (
  { time, actualStart }: Activity,
  early: EarlyDates,
  late: { readonly start: Instant; readonly finish: Instant },
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
  successors: Successors,
  late: ReadonlyMap<string, { start: Instant; finish: Instant }>,
  network: Network,
  { projectFinish, latest }: { readonly projectFinish: Instant; readonly latest: Instant }
): { start: Instant; finish: Instant } => {
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
  for (const { activity: next, link } of successors.get(activity.id) ?? []) {
    const dates = late.get(next.id)
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
