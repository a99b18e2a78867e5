import { type DayNumber, toDayNumber, weekdayOf } from '../core/dates.ts'
import type { Text } from '../core/text.ts'
import { Unreadable } from './imported-plan.ts'
import { type Shifts, type SpecialDay, shiftOf, standardHours, tidy, type WorkingHours } from './working-hours.ts'
import { momentOf } from './xer-tables.ts'
import { childOf, listOf, textOf, type XmlValue } from './xml-tree.ts'

/** A calendar of MS Project and whether it is one that tasks may name, not one of a resource. */
export interface MsProjectCalendar {
  readonly hours: WorkingHours
  readonly isBase: boolean
}

/**
 * The calendars of an MSPDI file by UID. A weekday without an entry works as the calendar beneath it says; days leave the
 * weekly rule by exceptions, recurring ones written out, and by work weeks of a period.
 */
export const readMsProjectCalendars = (
  project: XmlValue,
  lose: (path: string, what: string, why: Text) => void
): ReadonlyMap<string, MsProjectCalendar> => {
  const elements = new Map(listOf(project, 'Calendars', 'Calendar').map(element => [textOf(element, 'UID'), element]))
  const made = new Map<string, WorkingHours>()
  const make = (uid: string, above: readonly string[]): WorkingHours => {
    const known = made.get(uid)
    if (known) return known
    const element = elements.get(uid)
    const name = textOf(element, 'Name') || `calendar ${uid}`
    const baseUid = textOf(element, 'BaseCalendarUID')
    const isOwnBase = baseUid === uid || above.includes(baseUid)
    if (isOwnBase) lose(`Calendar ${uid}`, name, calendarOverItself)
    const base = elements.has(baseUid) && !isOwnBase ? make(baseUid, [...above, uid]) : standardHours(name)
    const hours = readCalendar(element, uid, name, base, lose)
    made.set(uid, hours)
    return hours
  }
  return new Map(
    [...elements].map(([uid, element]) => [
      uid,
      { hours: make(uid, []), isBase: textOf(element, 'IsBaseCalendar') === '1' }
    ])
  )
}

type Lose = (path: string, what: string, why: Text) => void

const readCalendar = (element: XmlValue, uid: string, name: string, base: WorkingHours, lose: Lose): WorkingHours => {
  const path = `Calendar ${uid}`
  const weekDays = listOf(element, 'WeekDays', 'WeekDay')
  const week = readWeek(weekDays, base.week, path)
  const days = new Map(base.days)
  for (const workWeek of listOf(element, 'WorkWeeks', 'WorkWeek')) {
    const own = readWeek(listOf(workWeek, 'WeekDays', 'WeekDay'), [], path)
    for (const day of daysOf(workWeek, path)) {
      const shifts = own[weekdayOf(day) - 1]
      if (shifts) days.set(day, special(shifts, textOf(workWeek, 'Name')))
    }
  }
  const exceptions = listOf(element, 'Exceptions', 'Exception')
  for (const exception of exceptions) {
    const day = special(shiftsOf(exception, path), textOf(exception, 'Name'))
    const found = recurrence(exception, path)
    if (!found) lose(path, `Exception ${textOf(exception, 'Name')}`, unknownRecurrence)
    for (const date of found ?? []) days.set(date, day)
  }
  // Before 2007 exceptions were weekdays of type 0; later files write both, and the weekday form lacks recurrences.
  if (exceptions.length === 0)
    for (const weekDay of weekDays)
      if (textOf(weekDay, 'DayType') === '0')
        for (const date of daysOf(weekDay, path)) days.set(date, special(shiftsOf(weekDay, path), ''))
  return { name, week, days }
}

const special = (shifts: Shifts, name: string): SpecialDay => ({
  shifts,
  ...(name === '' ? {} : { name: name.slice(0, 80) })
})

/** Monday … Sunday from the days 1 Sunday … 7 Saturday. */
const readWeek = (weekDays: readonly XmlValue[], beneath: readonly Shifts[], path: string): readonly Shifts[] => {
  const week: Shifts[] = [...beneath]
  for (const weekDay of weekDays) {
    const type = Number(textOf(weekDay, 'DayType'))
    if (type >= 1 && type <= 7) week[(type + 5) % 7] = shiftsOf(weekDay, path)
  }
  return week
}

const shiftsOf = (element: XmlValue, path: string): Shifts =>
  textOf(element, 'DayWorking') === '1'
    ? tidy(
        listOf(element, 'WorkingTimes', 'WorkingTime').flatMap(time => {
          const [from, to] = [textOf(time, 'FromTime'), textOf(time, 'ToTime')]
          if (from === '' || to === '') return []
          const shift = shiftOf(from, to)
          if (!shift) throw new Unreadable('bad-calendar', `${path}: no shift: ${from} – ${to}`)
          return [shift]
        })
      )
    : []

/** The days of a `TimePeriod`, both ends inclusive; one that ends at midnight has no part in that day. */
const daysOf = (element: XmlValue, path: string): readonly DayNumber[] => {
  const period = periodOf(element, path)
  return period ? Array.from({ length: period.to - period.from + 1 }, (_, i) => period.from + i) : []
}

const longestPeriod = 366 * 60

const periodOf = (element: XmlValue, path: string): { from: DayNumber; to: DayNumber } | undefined => {
  const period = childOf(element, 'TimePeriod')
  const [fromText, toText] = [textOf(period, 'FromDate'), textOf(period, 'ToDate')]
  if (fromText === '' || toText === '') return undefined
  const from = momentOf(fromText)
  const to = momentOf(toText)
  if (from === undefined || to === undefined)
    throw new Unreadable('bad-calendar', `${path}: no period: ${fromText} – ${toText}`)
  const first = toDayNumber(from.slice(0, 10))
  const last = toDayNumber(to.slice(0, 10)) - (to.endsWith('T00:00') && to > from ? 1 : 0)
  return { from: first, to: Math.min(last, first + longestPeriod) }
}

/** The days of an exception by its recurrence; `undefined` where that is not known. */
const recurrence = (exception: XmlValue, path: string): readonly DayNumber[] | undefined => {
  const all = daysOf(exception, path)
  const number = (name: string) => Number(textOf(exception, name) || '0')
  const period = Math.max(1, number('Period'))
  const first = all[0] ?? 0
  const occurring = ((): readonly DayNumber[] | undefined => {
    switch (textOf(exception, 'Type')) {
      case '':
      case '9':
        return all
      case '1':
      case '7':
        return all.filter(day => (day - first) % period === 0)
      case '2':
        return all.filter(day => monthOf(day) === number('Month') && dayOfMonth(day) === number('MonthDay'))
      case '3':
        return all.filter(day => monthOf(day) === number('Month') && isPosition(day, exception))
      case '4':
        return all.filter(day => monthsSince(first, day) % period === 0 && dayOfMonth(day) === number('MonthDay'))
      case '5':
        return all.filter(day => monthsSince(first, day) % period === 0 && isPosition(day, exception))
      case '6': {
        // Bit 0 is Sunday; weeks begin on Sunday.
        const sunday = first - (weekdayOf(first) % 7)
        return all.filter(
          day =>
            Math.floor((day - sunday) / 7) % period === 0 && (number('DaysOfWeek') & (1 << (weekdayOf(day) % 7))) !== 0
        )
      }
    }
    return undefined
  })()
  const most = textOf(exception, 'EnteredByOccurrences') === '1' ? number('Occurrences') : undefined
  return most === undefined || most === 0 ? occurring : occurring?.slice(0, most)
}

const dateOf = (day: DayNumber): Date => new Date(day * 86_400_000)
/** 0 January … 11 December, as MS Project counts. */
const monthOf = (day: DayNumber): number => dateOf(day).getUTCMonth()
const dayOfMonth = (day: DayNumber): number => dateOf(day).getUTCDate()
const monthsSince = (first: DayNumber, day: DayNumber): number =>
  (dateOf(day).getUTCFullYear() - dateOf(first).getUTCFullYear()) * 12 + monthOf(day) - monthOf(first)

/** First to fourth (0–3) or last (4) day, weekday, weekend day or Sunday … Saturday (0–9) of its month. */
const isPosition = (day: DayNumber, exception: XmlValue): boolean => {
  const item = Number(textOf(exception, 'MonthItem'))
  const position = Number(textOf(exception, 'MonthPosition'))
  const fits = (other: DayNumber): boolean => {
    const weekday = weekdayOf(other)
    if (item === 0) return true
    if (item === 1) return weekday <= 5
    return item === 2 ? weekday > 5 : weekday % 7 === item - 3
  }
  if (!fits(day)) return false
  const start = day - dayOfMonth(day) + 1
  const month = Array.from({ length: 31 }, (_, i) => start + i).filter(d => monthOf(d) === monthOf(day) && fits(d))
  return (position === 4 ? month.at(-1) : month[position]) === day
}

const calendarOverItself: Text = {
  zh: '日历以自身为基准,忽略其基准',
  en: 'the calendar lies over itself; its base is ignored'
}
const unknownRecurrence: Text = { zh: '未知的例外重复方式,未导入', en: 'an exception that recurs in an unknown way' }
