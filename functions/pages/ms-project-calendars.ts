import type { Calendar, CalendarDefinition, CalendarLookup, ShiftText } from '../core/calendar.ts'
import { type DayNumber, fromDayNumber, weekdayOf } from '../core/dates.ts'

/** Days within which a calendar is written out. */
export interface DaySpan {
  readonly from: DayNumber
  readonly to: DayNumber
}

/** Working hours of a calendar that counts days: eight a day, as MS Project takes them. */
const officeHours: readonly ShiftText[] = [
  ['08:00', '12:00'],
  ['13:00', '17:00']
]

/** Hours that a day of a calendar counting days lasts. */
export const hoursPerDay = 8

/**
 * A calendar as MS Project writes it (MSPDI): the weekly rule, and every day of the span that leaves it as an exception,
 * since holidays and make-up days of the State Council follow no rule that the format could say.
 */
export const msProjectCalendar = (
  uid: number,
  name: string,
  calendar: Calendar,
  definition: CalendarDefinition | undefined,
  span: DaySpan
) => {
  const hours = calendar.unit === 'hour' ? (definition?.shifts ?? officeHours) : officeHours
  const week = new Set([1, 2, 3, 4, 5, 6, 7].filter(weekday => worksMostly(calendar, weekday, span)))
  return {
    UID: uid,
    Name: name,
    IsBaseCalendar: 1,
    IsBaselineCalendar: 0,
    BaseCalendarUID: -1,
    WeekDays: {
      WeekDay: [7, 1, 2, 3, 4, 5, 6].map(weekday => ({
        // MS Project counts from Sunday, 1, to Saturday, 7.
        DayType: (weekday % 7) + 1,
        ...working(week.has(weekday), hours)
      }))
    },
    Exceptions: {
      Exception: exceptionsOf(calendar, week, span).map(({ from, to, works }) => ({
        EnteredByOccurrences: 0,
        TimePeriod: { FromDate: `${fromDayNumber(from)}T00:00:00`, ToDate: `${fromDayNumber(to)}T23:59:00` },
        Occurrences: to - from + 1,
        Name: calendar.day(fromDayNumber(from)).name ?? '',
        Type: 1,
        ...working(works, shiftsOf(definition, from) ?? hours)
      }))
    }
  }
}

/** The calendars that milestones name, each once, `cn` first since it is the one of the project. */
export const calendarNames = (names: readonly string[], calendars: CalendarLookup): readonly string[] =>
  [...new Set(['cn', ...names])].filter(name => calendars(name) !== undefined)

const working = (works: boolean, shifts: readonly ShiftText[]) => ({
  DayWorking: works ? 1 : 0,
  ...(works
    ? { WorkingTimes: { WorkingTime: shifts.map(([from, to]) => ({ FromTime: clock(from), ToTime: clock(to) })) } }
    : {})
})

/** The end of the day is written as the midnight that begins the next. */
const clock = (text: string): string => `${text === '24:00' ? '00:00' : text}:00`

const shiftsOf = (definition: CalendarDefinition | undefined, day: DayNumber): readonly ShiftText[] | undefined =>
  definition?.exceptions?.findLast(({ from, to }) => from <= fromDayNumber(day) && fromDayNumber(day) <= to)?.shifts

const worksMostly = (calendar: Calendar, weekday: number, span: DaySpan): boolean => {
  let balance = 0
  for (let day = span.from; day <= span.to; day += 1)
    if (weekdayOf(day) === weekday) balance += calendar.isWorking(fromDayNumber(day)) ? 1 : -1
  return balance > 0
}

interface Run {
  readonly from: DayNumber
  readonly to: DayNumber
  readonly works: boolean
}

/** Runs of days that leave the weekly rule in the same way and under the same name. */
const exceptionsOf = (calendar: Calendar, week: ReadonlySet<number>, { from, to }: DaySpan): readonly Run[] => {
  const runs: Run[] = []
  for (let day = from; day <= to; day += 1) {
    const works = calendar.isWorking(fromDayNumber(day))
    if (works === week.has(weekdayOf(day))) continue
    const last = runs.at(-1)
    const goesOn = last?.to === day - 1 && last.works === works && nameOn(calendar, last.from) === nameOn(calendar, day)
    if (last && goesOn) runs[runs.length - 1] = { ...last, to: day }
    else runs.push({ from: day, to: day, works })
  }
  return runs
}

const nameOn = (calendar: Calendar, day: DayNumber): string | undefined => calendar.day(fromDayNumber(day)).name
