import type { CalendarDefinition, CalendarException, ShiftText } from '../core/calendar.ts'
import { type DayNumber, fromDayNumber, weekdayOf } from '../core/dates.ts'
import type { Shift } from '../core/work-time.ts'

/** Shifts of one day in minutes, ascending and apart; none on a day of rest. */
export type Shifts = readonly Shift[]

/** The hours of a calendar as the programs hold them: each weekday its own, and days that differ. */
export interface WorkingHours {
  readonly name: string
  /** Monday … Sunday. */
  readonly week: readonly Shifts[]
  readonly days: ReadonlyMap<DayNumber, SpecialDay>
}

/** A day that leaves the weekly rule. */
export interface SpecialDay {
  readonly shifts: Shifts
  readonly name?: string | undefined
}

/** Exceptions that a calendar of the contract may hold. */
export const mostExceptions = 2000

/** 08:00–12:00 and 13:00–17:00, what both programs start with. */
export const officeHours: Shifts = [
  [480, 720],
  [780, 1020]
]

const wholeDay: Shifts = [[0, 1440]]

/** Round the clock, for elapsed durations and lags. */
export const roundTheClock: WorkingHours = { name: '24 h', week: Array(7).fill(wholeDay), days: new Map() }

/** Monday to Friday in office hours. */
export const standardHours = (name: string): WorkingHours => ({
  name,
  week: [1, 2, 3, 4, 5, 6, 7].map(day => (day <= 5 ? officeHours : [])),
  days: new Map()
})

/** Shifts in order, those that meet joined, those without length left out. */
export const tidy = (shifts: Shifts): Shifts => {
  const joined: [number, number][] = []
  for (const [start, end] of shifts.filter(([a, b]) => a < b).toSorted(([a], [b]) => a - b)) {
    const last = joined.at(-1)
    if (last && start <= last[1]) last[1] = Math.max(last[1], end)
    else joined.push([start, end])
  }
  return joined
}

/** Whether any weekday works. */
export const worksAtAll = ({ week }: WorkingHours): boolean => week.some(shifts => shifts.length > 0)

/** Whether all weekdays that work have the same hours, so that the contract can say them once. */
export const isEven = (hours: WorkingHours): boolean =>
  hours.week.every(shifts => shifts.length === 0 || sameShifts(shifts, usualShifts(hours)))

/** The shifts of a day. */
export const shiftsOn = ({ week, days }: WorkingHours, day: DayNumber): Shifts =>
  days.get(day)?.shifts ?? week[weekdayOf(day) - 1] ?? []

/** True when two calendars work at the same moments by the same rules, whatever they are called. */
export const sameHours = (a: WorkingHours, b: WorkingHours): boolean => a === b || keyOf(a) === keyOf(b)

const keys = new WeakMap<WorkingHours, string>()

const keyOf = (hours: WorkingHours): string => {
  const known = keys.get(hours)
  if (known !== undefined) return known
  const special = [...hours.days].toSorted(([a], [b]) => a - b).map(([day, { shifts }]) => [day, shifts])
  const key = JSON.stringify([hours.week, special])
  keys.set(hours, key)
  return key
}

/** A calendar that works when `all` of several do, or when any does. */
export const combine = (calendars: readonly WorkingHours[], all: boolean, name: string): WorkingHours => {
  const join = (of: (hours: WorkingHours) => Shifts): Shifts =>
    all ? calendars.map(of).reduce(common) : tidy(calendars.flatMap(of))
  const special = new Map<DayNumber, SpecialDay>()
  for (const day of new Set(calendars.flatMap(({ days }) => [...days.keys()]))) {
    const named = calendars.find(({ days }) => days.get(day)?.name !== undefined)?.days.get(day)?.name
    special.set(day, { shifts: join(hours => shiftsOn(hours, day)), ...(named === undefined ? {} : { name: named }) })
  }
  return { name, week: [0, 1, 2, 3, 4, 5, 6].map(i => join(({ week }) => week[i] ?? [])), days: special }
}

const common = (a: Shifts, b: Shifts): Shifts =>
  tidy(a.flatMap(([from, to]) => b.map(([start, end]): Shift => [Math.max(from, start), Math.min(to, end)])))

/** A calendar of the contract, and the last day for which it is exact where the odd weekdays had to be written out. */
export interface WrittenCalendar {
  readonly definition: CalendarDefinition
  readonly exactUntil?: string | undefined
}

/**
 * A calendar in the form of the contract, which has one set of shifts for all weekdays. Weekdays with other hours (a half
 * Saturday) are written out date by date within `from` … `to`, as far as the number of exceptions allows.
 */
export const calendarDefinition = (
  hours: WorkingHours,
  { from, to }: { readonly from: DayNumber; readonly to: DayNumber }
): WrittenCalendar => {
  const usual = usualShifts(hours)
  const week = [1, 2, 3, 4, 5, 6, 7].filter(day => (hours.week[day - 1] ?? []).length > 0)
  const odd = new Set(week.filter(day => !sameShifts(hours.week[day - 1] ?? [], usual)))
  let until = to
  let written = exceptionsOf(hours, usual, odd, from, until)
  // A third less of the years to come until it fits; what is nearest matters most.
  while (odd.size > 0 && written.length > mostExceptions && until > from) {
    until = from + Math.floor(((until - from) * 2) / 3)
    written = exceptionsOf(hours, usual, odd, from, until)
  }
  const fits = written.length <= mostExceptions
  const first = fromDayNumber(from)
  const exceptions = fits ? written : written.filter(({ to: end }) => end >= first).slice(0, mostExceptions)
  const exactUntil = odd.size > 0 ? fromDayNumber(until) : fits ? undefined : exceptions.at(-1)?.to
  return {
    definition: { week, shifts: usual.map(textOfShift), ...(exceptions.length > 0 ? { exceptions } : {}) },
    ...(exactUntil === undefined ? {} : { exactUntil })
  }
}

/** The shifts that most weekdays have; the earliest weekday's where several are as frequent. */
const usualShifts = ({ week }: WorkingHours): Shifts => {
  const working = week.filter(shifts => shifts.length > 0)
  const times = (shifts: Shifts) => working.filter(other => sameShifts(other, shifts)).length
  return working.reduce<Shifts>((best, shifts) => (times(shifts) > times(best) ? shifts : best), working[0] ?? [])
}

const exceptionsOf = (
  hours: WorkingHours,
  usual: Shifts,
  odd: ReadonlySet<number>,
  from: DayNumber,
  to: DayNumber
): readonly CalendarException[] => {
  const special = new Map(hours.days)
  for (let day = from; odd.size > 0 && day <= to; day += 1)
    if (odd.has(weekdayOf(day)) && !special.has(day)) special.set(day, { shifts: hours.week[weekdayOf(day) - 1] ?? [] })
  const works = (weekday: number) => (hours.week[weekday - 1] ?? []).length > 0
  const runs: { from: DayNumber; to: DayNumber; day: SpecialDay }[] = []
  for (const [day, rule] of [...special].toSorted(([a], [b]) => a - b)) {
    const asUsual = works(weekdayOf(day)) ? sameShifts(rule.shifts, usual) : rule.shifts.length === 0
    const last = runs.at(-1)
    if (last && last.to === day - 1 && last.day.name === rule.name && sameShifts(last.day.shifts, rule.shifts))
      last.to = day
    else if (!asUsual) runs.push({ from: day, to: day, day: rule })
  }
  return runs.map(run => {
    const working = run.day.shifts.length > 0
    return {
      from: fromDayNumber(run.from),
      to: fromDayNumber(run.to),
      working,
      ...(run.day.name === undefined ? {} : { name: run.day.name }),
      ...(working && !sameShifts(run.day.shifts, usual) ? { shifts: run.day.shifts.map(textOfShift) } : {})
    }
  })
}

const sameShifts = (a: Shifts, b: Shifts): boolean =>
  a.length === b.length && a.every(([start, end], i) => start === b[i]?.[0] && end === b[i]?.[1])

const textOfShift = ([start, end]: Shift): ShiftText => [clockOf(start), clockOf(end)]

const clockOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

/** Minutes of `8:00`, `08:00:00`, `08:00 AM`; `undefined` for anything else. */
export const minutesOfClock = (text: string): number | undefined => {
  const found = /^(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?\s*([AaPp])?[Mm]?$/.exec(text.trim())
  if (!found) return undefined
  const half = found[3]?.toLowerCase()
  const hour = half === undefined ? Number(found[1]) : (Number(found[1]) % 12) + (half === 'p' ? 12 : 0)
  const minute = hour * 60 + Number(found[2])
  return hour <= 24 && Number(found[2]) < 60 && minute <= 1440 ? minute : undefined
}

/** A shift of two clock texts; midnight as an end is the end of the day. */
export const shiftOf = (start: string, end: string): Shift | undefined => {
  const from = minutesOfClock(start)
  const to = minutesOfClock(end)
  if (from === undefined || to === undefined) return undefined
  return [from, to === 0 ? 1440 : to]
}
