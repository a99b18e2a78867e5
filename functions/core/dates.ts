import { Temporal } from 'temporal-polyfill'

/**
 * A civil date `YYYY-MM-DD` in Asia/Shanghai. It never passes through a time zone: all arithmetic below is on
 * whole days of the proleptic Gregorian calendar.
 */
export type IsoDate = string

/** Whole days since 1970-01-01 (day 0). The form in which calendars and networks count. */
export type DayNumber = number

const datePattern = /^\d{4}-\d{2}-\d{2}$/
/** 2199-12-31. */
const lastDay: DayNumber = 84_005
const millisecondsPerDay = 86_400_000

/** True for a real civil date between 1970 and 2199 in the form `YYYY-MM-DD`; `2021-02-29` and `2021-6-1` are not. */
export const isIsoDate = (text: string): text is IsoDate => {
  // A stored state has hundreds of dates, and as good as all of them were written before.
  const known = read.get(text)
  if (known !== undefined) return known >= 0 && known <= lastDay
  if (!datePattern.test(text)) return false
  const day = toDayNumber(text)
  return day >= 0 && day <= lastDay && fromDayNumber(day) === text
}

/** Days since 1970-01-01. The date must be valid (see {@link isIsoDate}). */
export const toDayNumber = (date: IsoDate): DayNumber =>
  read.get(date) ??
  Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10))) / millisecondsPerDay

/** The inverse of {@link toDayNumber}. */
export const fromDayNumber = (day: DayNumber): IsoDate => {
  const known = written.get(day)
  if (known !== undefined) return known
  const date = new Date(day * millisecondsPerDay).toISOString().slice(0, 10)
  written.set(day, date)
  read.set(date, day)
  return date
}

/**
 * Schedules write and read the same few thousand days again and again, and that is the dearest step of a network pass.
 * Only days that were written are remembered, so nobody can fill the memory with dates that are none.
 */
const written = new Map<DayNumber, IsoDate>()
const read = new Map<IsoDate, DayNumber>()

/** The year in which a day lies. */
export const yearOfDay = (day: DayNumber): number => new Date(day * millisecondsPerDay).getUTCFullYear()

/** `date` moved by calendar days, backwards when negative. */
export const addDays = (date: IsoDate, days: number): IsoDate => fromDayNumber(toDayNumber(date) + days)

/** Calendar days from `from` (exclusive) to `to` (inclusive); negative when `to` is earlier. */
export const daysBetween = (from: IsoDate, to: IsoDate): number => toDayNumber(to) - toDayNumber(from)

/**
 * `date` moved by calendar months as Chinese law counts a term of months (民法典 §202): the same day of the month,
 * or its last day where that day is missing (2021-01-31 + 1 month = 2021-02-28).
 */
export const addMonths = (date: IsoDate, months: number): IsoDate => {
  const month = (Number(date.slice(0, 4)) - 1970) * 12 + Number(date.slice(5, 7)) - 1 + months
  const sameDay = firstOfMonth(month) + Number(date.slice(8, 10)) - 1
  return fromDayNumber(Math.min(sameDay, firstOfMonth(month + 1) - 1))
}

/** The first day of a month, counted from January 1970. */
const firstOfMonth = (month: number): DayNumber => Date.UTC(1970, month) / millisecondsPerDay

/** ISO weekday: 1 Monday … 7 Sunday. */
export const weekdayOf = (day: DayNumber): number => ((((day + 3) % 7) + 7) % 7) + 1

/** `YYYY-MM` of a date. */
export const monthOf = (date: IsoDate): string => date.slice(0, 7)

/** The later of the dates given; `undefined` when none is. */
export const latest = (...dates: readonly (IsoDate | undefined)[]): IsoDate | undefined =>
  dates.reduce((a, b) => (a === undefined || (b !== undefined && b > a) ? b : a), undefined)

/** The civil date in Asia/Shanghai at an instant written in ISO 8601 (`2021-06-20T16:00:00Z` → `2021-06-21`). */
export const dateInShanghai = (instant: string): IsoDate => wallClock(instant).slice(0, 10)

/** The time of day `HH:MM` in Asia/Shanghai at an instant written in ISO 8601. */
export const timeInShanghai = (instant: string): string => wallClock(instant).slice(11, 16)

/**
 * Date and time of day in Asia/Shanghai. Its clocks have stood eight hours before UTC since summer time ended in September
 * 1991 (IANA time zone database): asking for the zone would cost the first answer of a process 13 ms.
 */
const wallClock = (instant: string): string =>
  instant >= '1992' && instantPattern.test(instant)
    ? new Date(Date.parse(instant) + 8 * 3_600_000).toISOString()
    : Temporal.Instant.from(instant).toZonedDateTimeISO('Asia/Shanghai').toPlainDateTime().toString()

const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:[0-5]\d:[0-5]\d(\.\d{1,9})?Z$/

/** The date as an object that names year, month and day and no zone, for libraries that would shift an instant. */
export const calendarDateOf = (date: IsoDate): Temporal.PlainDate => Temporal.PlainDate.from(date)
