import type { Link } from './activity.ts'
import type { DayNumber } from './dates.ts'
import { lazily } from './lazily.ts'
import { normalQuantile, normalShare, type OverrunPrior, overrunAt } from './overrun-prior.ts'
import { hoursPerDay, type Instant, type WorkTime } from './work-time.ts'

/** An activity as the simulation sees it: what is done is a fact, what is left is drawn. */
export interface SimulatedActivity {
  readonly id: string
  readonly time: WorkTime
  readonly links: readonly Link[]
  /** What has begun keeps its start; its work left begins at `from` at the earliest. */
  readonly begun?: Instant | undefined
  readonly done?: Instant | undefined
  readonly from: Instant
  /** Planned work left, in the unit of the calendar. */
  readonly work: number
  readonly notFinishedBefore: Instant
}

/** Finishes of many runs over one network, on the working time of `axis` counted from `origin`. */
export interface Simulation {
  readonly finishes: Float64Array
  /** The common factor of each run as a standard normal, ascending: a run with a high one is bad for all activities. */
  readonly common: Float64Array
}

/** What {@link simulate} needs beside the activities. */
export interface SimulationOptions {
  readonly runs: number
  /** The activities whose last finish ends the project. */
  readonly targets: ReadonlySet<string>
  readonly axis: WorkTime
  /** The moment from which work is counted. */
  readonly origin: Instant
  readonly prior: OverrunPrior
}

/**
 * Share of the variance of overruns that all activities of a project have in common. Over the eight projects of DSLIB the
 * intraclass correlation is 0.07; it is taken as twice that, since links of hours hide part of it and a forecast that
 * believes in chance alone is too sure. The forecast hardly depends on it (0.05 to 0.40 move the mean error by 0.2).
 */
export const commonShare = 0.15

/**
 * Monte Carlo over the network (PERT simulation, Van Slyke 1963) with overruns that hang together through a common
 * factor. Every draw depends on the id of its activity and on the run alone, so that two simulations of nearly the same
 * network differ by the network and not by chance, and the same input gives the same output on every machine. The common
 * factor is stratified: each run has its own slice of the distribution.
 * @throws RangeError when the links go in a circle or name an activity that is not there.
 */
export const simulate = (activities: readonly SimulatedActivity[], options: SimulationOptions): Simulation => {
  const { runs, prior } = options
  const network = compile(activities, options)
  const { order, firstLink, linkFrom, linkType, linkLag, linkMap, begun, done, from, work, least, seeds, targets } =
    network
  const factors = factorTable(prior)
  const noise = noiseTable()
  const common = slices(runs)
  const shared = Math.sqrt(commonShare) * cellsPerUnit
  const own = Math.sqrt(1 - commonShare) * cellsPerUnit
  const starts = new Float64Array(activities.length)
  const ends = new Float64Array(activities.length)
  const finishes = new Float64Array(runs)
  for (let i = 0; i < activities.length; i += 1) {
    starts[i] = at(begun, i)
    ends[i] = at(done, i)
  }
  for (let run = 0; run < runs; run += 1) {
    const base = shared * at(common, run) + middleCell
    const turn = Math.imul(run + 1, 0x9e3779b1)
    for (let k = 0; k < order.length; k += 1) {
      const i = at(order, k)
      const cell = (base + own * at(noise, scramble(at(seeds, i) ^ turn) & noiseMask)) | 0
      const left = at(work, i) * at(factors, cell < 0 ? 0 : cell >= cells ? cells - 1 : cell)
      let start = at(from, i)
      for (let link = at(firstLink, i); link < at(firstLink, i + 1); link += 1) {
        const before = at(linkFrom, link)
        const type = at(linkType, link)
        const moved = (type & 1 ? at(starts, before) : at(ends, before)) + at(linkLag, link)
        const convert = linkMap[link]
        const bound = convert ? convert(moved, type) : moved
        const earliest = type & 2 ? bound - left : bound
        if (earliest > start) start = earliest
      }
      const end = start + left
      ends[i] = end > at(least, i) ? end : at(least, i)
      starts[i] = Number.isNaN(at(begun, i)) ? start : at(begun, i)
    }
    let last = Number.NEGATIVE_INFINITY
    for (const { index, convert } of targets) {
      const end = convert ? convert(at(ends, index), 0) : at(ends, index)
      if (end > last) last = end
    }
    finishes[run] = last
  }
  return { finishes, common }
}

type Convert = (work: number, type: number) => number

interface Compiled {
  /** Unfinished activities, predecessors first. */
  readonly order: Int32Array
  readonly firstLink: Int32Array
  readonly linkFrom: Int32Array
  /** Bit 0: from the start of the predecessor. Bit 1: to the finish of the successor. */
  readonly linkType: Uint8Array
  readonly linkLag: Float64Array
  /** From the working time of the predecessor to that of the successor, where they differ. */
  readonly linkMap: readonly (Convert | undefined)[]
  readonly begun: Float64Array
  readonly done: Float64Array
  readonly from: Float64Array
  readonly work: Float64Array
  readonly least: Float64Array
  readonly seeds: Int32Array
  readonly targets: readonly { readonly index: number; readonly convert: Convert | undefined }[]
}

/** The network as arrays; all moments are work in the calendar of the activity, counted from the origin. */
const compile = (activities: readonly SimulatedActivity[], { targets, axis, origin }: SimulationOptions): Compiled => {
  const indexOf = new Map(activities.map(({ id }, i) => [id, i]))
  const conversions = conversionsOf(activities, axis, origin)
  const links = activities.flatMap(({ links: own, id }, to) =>
    own.map(link => {
      const before = indexOf.get(link.from)
      if (before === undefined) throw new RangeError(`${id} follows ${link.from}, which is not there`)
      return { ...link, before, to }
    })
  )
  const firstLink = new Int32Array(activities.length + 1)
  for (const { to } of links) firstLink[to + 1] = at(firstLink, to + 1) + 1
  for (let i = 0; i < activities.length; i += 1) firstLink[i + 1] = at(firstLink, i + 1) + at(firstLink, i)
  const timeOf = (i: number): WorkTime => activities[i]?.time ?? axis
  const of = (value: (activity: SimulatedActivity) => number) => Float64Array.from(activities, value)
  const countTo = ({ time }: SimulatedActivity, moment: Instant | undefined) =>
    moment === undefined ? Number.NaN : time.count(origin, moment)
  return {
    order: Int32Array.from(sorted(activities.length, links)).filter(i => activities[i]?.done === undefined),
    firstLink,
    linkFrom: Int32Array.from(links, ({ before }) => before),
    linkType: Uint8Array.from(links, ({ type }) => (type[0] === 'S' ? 1 : 0) + (type[1] === 'F' ? 2 : 0)),
    // A lag on a calendar of its own is added on the way from one calendar to the other.
    linkLag: Float64Array.from(links, ({ lag, time }) => (time === undefined ? lag : 0)),
    linkMap: links.map(({ before, to, lag, time }) =>
      time === undefined
        ? conversions(timeOf(before), timeOf(to))
        : lagging(conversions(timeOf(before), time), lag, conversions(time, timeOf(to)))
    ),
    begun: of(activity => countTo(activity, activity.begun ?? activity.done)),
    done: of(activity => countTo(activity, activity.done)),
    from: of(activity => countTo(activity, activity.from)),
    work: of(({ work }) => work),
    least: of(activity => countTo(activity, activity.notFinishedBefore)),
    seeds: Int32Array.from(activities, ({ id }) => seedOf(id)),
    targets: activities.flatMap(({ id, time }, index) =>
      targets.has(id) ? [{ index, convert: conversions(time, axis) }] : []
    )
  }
}

const lagging =
  (toLag: Convert | undefined, lag: number, fromLag: Convert | undefined): Convert =>
  (work, type) => {
    const moved = (toLag ? toLag(work, type) : work) + lag
    return fromLag ? fromLag(moved, type) : moved
  }

/** Predecessors before successors, in the order of the plan otherwise. */
const sorted = (count: number, links: readonly { readonly before: number; readonly to: number }[]): number[] => {
  const waiting = new Int32Array(count)
  const followers: number[][] = Array.from({ length: count }, () => [])
  for (const { before, to } of links) {
    waiting[to] = at(waiting, to) + 1
    followers[before]?.push(to)
  }
  const order: number[] = []
  for (let i = 0; i < count; i += 1) if (waiting[i] === 0) order.push(i)
  for (let k = 0; k < order.length; k += 1)
    for (const next of followers[order[k] ?? 0] ?? []) {
      waiting[next] = at(waiting, next) - 1
      if (waiting[next] === 0) order.push(next)
    }
  if (order.length < count) throw new RangeError('the links go in a circle')
  return order
}

/**
 * Work of one calendar as work of another, both counted from the origin, by tables of days: a search in a calendar for
 * every link of every run would cost more than all the rest. Within a day work is taken as even from the first to the
 * last moment of it, so a lunch break moves a converted moment by less than itself.
 */
const conversionsOf = (activities: readonly SimulatedActivity[], axis: WorkTime, origin: Instant) => {
  const times = new Set([
    axis,
    ...activities.flatMap(({ time, links }) => [time, ...links.map(link => link.time ?? time)])
  ])
  if (times.size === 1) return () => undefined
  let first = origin
  let last = origin
  // All work left, one after the other, and half again: further out the average of the table goes on.
  let longest = 0
  for (const { begun, done, from, work, time } of activities) {
    first = Math.min(first, begun ?? from, done ?? from)
    last = Math.max(last, begun ?? from, done ?? from)
    longest += time.unit === 'hour' ? work / hoursPerDay : work
  }
  last += Math.min(20 * 365, 60 + 1.5 * 1.5 * longest) * 1440
  const tables = new Map([...times].map(time => [time, dayTable(time, first, last)]))
  return (a: WorkTime, b: WorkTime): Convert | undefined => {
    const from = tables.get(a)
    const to = tables.get(b)
    if (a === b || !from || !to) return undefined
    const shiftFrom = workAt(from, origin)
    const shiftTo = workAt(to, origin)
    // A finish is reached at the end of its work; a start lies where work goes on.
    return (work, type) => workAt(to, momentOf(from, work + shiftFrom, (type & 1) === 1)) - shiftTo
  }
}

/** The work of a calendar by days, counted from the first of them. */
interface DayTable {
  readonly firstDay: number
  /** Work before each day; one entry more than days. */
  readonly before: Float64Array
  readonly opens: Float64Array
  readonly closes: Float64Array
  /** By whole units of work, the first day after which more than that is done. */
  readonly dayDone: Int32Array
  readonly average: number
}

/**
 * Tables of calendars that live on from one forecast to the next, by their range. A longer table than asked for would do,
 * but work beyond its end would then depend on what was forecast before.
 */
const tablesKnown = new WeakMap<WorkTime, Map<string, DayTable>>()

/** Ranges are rounded outwards to this many days, so that few tables serve many projects. */
const rangeStep = 1024

const dayTable = (time: WorkTime, first: Instant, last: Instant): DayTable => {
  const firstDay = Math.floor((time.dayOf(first) - 1) / rangeStep) * rangeStep
  const lastDay = Math.ceil((time.dayOf(last) + 2) / rangeStep) * rangeStep
  const known = tablesKnown.get(time) ?? new Map<string, DayTable>()
  const range = `${firstDay} ${lastDay}`
  const table = known.get(range) ?? makeDayTable(time, firstDay, lastDay)
  tablesKnown.set(time, known.set(range, table))
  return table
}

const makeDayTable = (time: WorkTime, firstDay: DayNumber, lastDay: DayNumber): DayTable => {
  const days = lastDay - firstDay
  const before = new Float64Array(days + 1)
  const opens = new Float64Array(days)
  const closes = new Float64Array(days)
  const anchor = time.startOf(firstDay)
  for (let i = 0; i < days; i += 1) {
    const start = time.startOf(firstDay + i)
    const next = start + 1440
    before[i + 1] = time.count(anchor, next)
    const works = time.unit === 'hour' && at(before, i + 1) > at(before, i)
    opens[i] = works ? time.ceil(start) : start
    closes[i] = works ? time.floor(next) : next
  }
  const total = at(before, days)
  const dayDone = new Int32Array(Math.floor(total) + 1)
  for (let unit = 0, day = 0; unit < dayDone.length; unit += 1) {
    while (day < days - 1 && at(before, day + 1) <= unit) day += 1
    dayDone[unit] = day
  }
  return { firstDay, before, opens, closes, dayDone, average: total / days }
}

const workAt = ({ firstDay, before, opens, closes, average }: DayTable, t: Instant): number => {
  const last = opens.length
  const day = Math.floor(t / 1440) - firstDay
  if (day >= last) return at(before, last) + (t / 1440 - firstDay - last) * average
  const i = day < 0 ? 0 : day
  const open = at(opens, i)
  const share = (t - open) / (at(closes, i) - open)
  const most = at(before, i + 1) - at(before, i)
  return at(before, i) + (share <= 0 ? 0 : share >= 1 ? most : share * most)
}

/** The moment by which `work` is done, or (`starts`) from which what follows it is to do. */
const momentOf = (table: DayTable, work: number, starts: boolean): Instant => {
  const { firstDay, before, opens, closes, dayDone, average } = table
  const last = opens.length
  const beyond = work - at(before, last)
  if (beyond > 0) return (firstDay + last + beyond / average) * 1440
  if (work <= 0) return at(opens, 0)
  let day = at(dayDone, Math.ceil(work) - 1)
  while (day < last - 1 && (starts ? at(before, day + 1) <= work : at(before, day + 1) < work)) day += 1
  const length = at(before, day + 1) - at(before, day)
  const share = length > 0 ? (work - at(before, day)) / length : 0
  return at(opens, day) + share * (at(closes, day) - at(opens, day))
}

const cells = 1024
const cellsPerUnit = cells / 9
const middleCell = cells / 2

/** Factors on a duration by cells of a standard normal from −4.5 to 4.5. */
const factorTable = (prior: OverrunPrior): Float64Array => Float64Array.from(shares(), share => overrunAt(prior, share))

const shares = lazily(() =>
  Float64Array.from({ length: cells }, (_, cell) => normalShare((cell + 0.5 - middleCell) / cellsPerUnit))
)

/** The middles of as many equal slices of a standard normal as there are runs; every forecast asks for the same. */
const slices = (runs: number): Float64Array => {
  const known = slicesKnown.get(runs)
  if (known) return known
  const made = Float64Array.from({ length: runs }, (_, run) => normalQuantile((run + 0.5) / runs))
  slicesKnown.set(runs, made)
  return made
}

const slicesKnown = new Map<number, Float64Array>()

const noiseMask = 4095
/** Standard normals in equal shares of the distribution; a hash picks among them. */
const noiseTable = lazily(() =>
  Float64Array.from({ length: noiseMask + 1 }, (_, i) => normalQuantile((i + 0.5) / (noiseMask + 1)))
)

/** FNV-1a over the characters of an id. */
const seedOf = (id: string): number => {
  let hash = 0x811c9dc5
  for (let i = 0; i < id.length; i += 1) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193)
  return hash
}

/** The finalizer of MurmurHash3 (Appleby 2011): every bit of the input moves every bit of the output. */
const scramble = (value: number): number => {
  let hash = value ^ (value >>> 16)
  hash = Math.imul(hash, 0x85ebca6b)
  hash ^= hash >>> 13
  hash = Math.imul(hash, 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}

const at = (values: ArrayLike<number>, index: number): number => values[index] ?? 0
