import { type DayNumber, fromDayNumber, toDayNumber, yearOfDay } from './dates.ts'

/**
 * A moment in minutes since 1970-01-01T00:00 on the wall clock of the site; no time zone enters. On a day calendar a
 * day's work lasts from its first to its last minute, so the start of a day (00:00) and its end (23:59) are different
 * moments with no work between the end of one day and the start of the next: an inclusive finish needs no minus one.
 */
export type Instant = number

/** Minutes of the day from start (inclusive) to end (exclusive). */
export type Shift = readonly [start: number, end: number]

/**
 * Working time as an algebra; the network engine knows nothing else of calendars. Amounts are in the calendar's unit,
 * whole days or hours.
 */
export interface WorkTime {
  readonly unit: 'day' | 'hour'
  /** The earliest moment at or after `t` at which work can start. */
  readonly ceil: (t: Instant) => Instant
  /** The latest moment at or before `t` at which work can end. */
  readonly floor: (t: Instant) => Instant
  /**
   * `t` moved by an amount of work: forwards to the earliest moment by which that much is done (an end of work),
   * backwards to the latest moment from which that much is still to do (a start of work). Zero leaves `t` alone.
   */
  readonly offset: (t: Instant, amount: number) => Instant
  /** Work between two moments, negative when `to` is earlier. */
  readonly count: (from: Instant, to: Instant) => number
  /** The first moment of a day. */
  readonly startOf: (day: DayNumber) => Instant
  /** The last moment of a day. */
  readonly endOf: (day: DayNumber) => Instant
  /** The day on which a moment falls. */
  readonly dayOf: (t: Instant) => DayNumber
}

/** Hours of work that count as one day where the work of calendars of hours and of days is added up. */
export const hoursPerDay = 8

const minutesPerDay = 1440
/** A calendar that does not work for so long can place no date. */
const longestPauseInYears = 60

interface Year {
  readonly year: number
  readonly first: DayNumber
  /** Work done before the start of each day of the year, counted from the anchor; one entry more than days. */
  readonly before: Float64Array
  /** On a calendar of days, by the work of the year done, the first day before which that much is. */
  readonly reached: Int32Array
}

/**
 * Working time from the shifts of each day. On a `day` calendar a day with shifts counts one and nothing is finer; on
 * an `hour` calendar every minute of a shift counts a sixtieth.
 * @throws RangeError from `ceil`, `floor` and `offset` when no work is found for sixty years.
 */
export const workTime = (unit: 'day' | 'hour', shiftsOf: (day: DayNumber) => readonly Shift[]): WorkTime => {
  const years = new Map<number, Year>()
  const perUnit = unit === 'day' ? 1 : 60
  const workOf = (day: DayNumber): number =>
    unit === 'day'
      ? Math.min(shiftsOf(day).length, 1)
      : shiftsOf(day).reduce((sum, [start, end]) => sum + end - start, 0)

  const makeYear = (year: number, start: number | undefined, end: number | undefined): Year => {
    const first = toDayNumber(`${year}-01-01`)
    const before = new Float64Array(toDayNumber(`${year + 1}-01-01`) - first + 1)
    for (let i = 1; i < before.length; i += 1) before[i] = at(before, i - 1) + workOf(first + i - 1)
    const shift = start ?? (end === undefined ? 0 : end - at(before, before.length - 1))
    for (let i = 0; i < before.length; i += 1) before[i] = at(before, i) + shift
    return { year, first, before, reached: unit === 'day' ? reachedBy(before) : new Int32Array(0) }
  }

  let lowest: number | undefined
  let highest = 0
  // Years are added next to those already counted, so that every count has the same anchor.
  const yearAt = (year: number): Year => {
    const known = years.get(year)
    if (known) return known
    if (lowest === undefined) {
      lowest = year
      highest = year
      return remember(year, makeYear(year, undefined, undefined))
    }
    while (year > highest) {
      const { before } = yearAt(highest)
      highest += 1
      remember(highest, makeYear(highest, at(before, before.length - 1), undefined))
    }
    while (year < lowest) {
      const { before } = yearAt(lowest)
      lowest -= 1
      remember(lowest, makeYear(lowest, undefined, at(before, 0)))
    }
    return yearAt(year)
  }
  const remember = (year: number, made: Year): Year => {
    years.set(year, made)
    return made
  }

  let recent: Year | undefined
  /** Questions about one network stay within a year or two, and which year a day lies in is dear to compute. */
  const yearWith = (day: DayNumber): Year => {
    if (recent && holds(recent, day)) return recent
    const beside = recent && years.get(recent.year + (day < recent.first ? -1 : 1))
    recent = beside && holds(beside, day) ? beside : yearAt(yearOfDay(day))
    return recent
  }

  const dayOf = (t: Instant): DayNumber => Math.floor(t / minutesPerDay)
  const startOf = (day: DayNumber): Instant => day * minutesPerDay
  const endOf = (day: DayNumber): Instant => day * minutesPerDay + minutesPerDay - 1

  const workBefore = (t: Instant): number => {
    const day = dayOf(t)
    const { first, before } = yearWith(day)
    const minute = t - startOf(day)
    const today =
      unit === 'day'
        ? minute >= minutesPerDay - 1
          ? at(before, day - first + 1) - at(before, day - first)
          : 0
        : shiftsOf(day).reduce((sum, [start, end]) => sum + Math.min(Math.max(minute - start, 0), end - start), 0)
    return at(before, day - first) + today
  }

  /** The last day before whose start at most `work` was done (`strict`: less than `work`). */
  const dayAtWork = (from: DayNumber, work: number, strict: boolean): DayNumber => {
    const enough = (done: number) => (strict ? done < work : done <= work)
    const start = yearWith(from)
    const direction = Number.isFinite(work) ? (enough(at(start.before, 0)) ? 1 : -1) : 0
    for (let step = 0; step <= longestPauseInYears; step += 1) {
      const { first, before, reached } = step === 0 ? start : yearAt(start.year + step * direction)
      if (!enough(at(before, 0)) || enough(at(before, before.length - 1))) continue
      if (unit === 'day') {
        // Days count one or nothing, so the day is looked up: every date of a network comes through here.
        const left = work - at(before, 0)
        return first + (reached[strict ? Math.ceil(left) : Math.floor(left) + 1] ?? 0) - 1
      }
      let low = 0
      let high = before.length - 1
      while (high - low > 1) {
        const middle = (low + high) >> 1
        if (enough(at(before, middle))) low = middle
        else high = middle
      }
      return first + low
    }
    throw new RangeError(`no working time within ${longestPauseInYears} years of ${fromDayNumber(from)}`)
  }

  /** The earliest moment by which `work` is done. */
  const momentDone = (from: Instant, work: number): Instant => {
    const day = dayAtWork(dayOf(from), work, true)
    if (unit === 'day') return endOf(day)
    let left = work - workBefore(startOf(day))
    for (const [start, end] of shiftsOf(day)) {
      if (left <= end - start) return startOf(day) + start + left
      left -= end - start
    }
    return endOf(day)
  }

  /** The latest moment before which only `work` is done. */
  const momentLeft = (from: Instant, work: number): Instant => {
    const day = dayAtWork(dayOf(from), work, false)
    if (unit === 'day') return startOf(day)
    let left = work - workBefore(startOf(day))
    for (const [start, end] of shiftsOf(day)) {
      if (left < end - start) return startOf(day) + start + left
      left -= end - start
    }
    return endOf(day)
  }

  return {
    unit,
    ceil: t => Math.max(t, momentLeft(t, workBefore(unit === 'day' ? startOf(dayOf(t + minutesPerDay - 1)) : t))),
    floor: t => Math.min(t, momentDone(t, workBefore(t))),
    offset: (t, amount) => {
      if (amount === 0) return t
      const work = workBefore(t) + amount * perUnit
      return amount > 0 ? momentDone(t, work) : momentLeft(t, work)
    },
    count: (from, to) => (workBefore(to) - workBefore(from)) / perUnit,
    startOf,
    endOf,
    dayOf
  }
}

const holds = ({ first, before }: Year, day: DayNumber): boolean => day >= first && day < first + before.length - 1

/** By how much of a year's work is done, the first of its days before which that much is. */
const reachedBy = (before: Float64Array): Int32Array => {
  const reached = new Int32Array(at(before, before.length - 1) - at(before, 0) + 1)
  for (let day = before.length - 1; day >= 0; day -= 1) reached[at(before, day) - at(before, 0)] = day
  return reached
}

const at = (values: Float64Array, index: number): number => values[index] ?? 0
