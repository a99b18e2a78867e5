import { type DayNumber, fromDayNumber, type IsoDate, toDayNumber, weekdayOf, yearOfDay } from './dates.ts'
import { lazily } from './lazily.ts'
import { type Shift, type WorkTime, workTime } from './work-time.ts'

/** One year's holiday notice of the State Council (国务院办公厅关于节假日安排的通知). All dates inclusive. */
export interface HolidayNotice {
  readonly year: number
  /** Where the notice, and any amendment of it, was published. */
  readonly notices: readonly string[]
  readonly holidays: readonly { readonly name: string; readonly from: IsoDate; readonly to: IsoDate }[]
  /** Weekend days declared working days (调休上班). */
  readonly makeUpDays: readonly { readonly name: string; readonly date: IsoDate }[]
}

/** Days that leave a calendar's weekly rule; both ends inclusive. Later exceptions win over earlier ones. */
export interface CalendarException {
  readonly from: IsoDate
  readonly to: IsoDate
  readonly working: boolean
  readonly name?: string | undefined
  /** Working hours of those days, in a calendar that counts hours. */
  readonly shifts?: readonly ShiftText[] | undefined
}

/** A shift as written in a plan, wall-clock `HH:mm`; `24:00` is the end of the day. */
export type ShiftText = readonly [start: string, end: string]

/** A calendar as a plan declares it (CONTRACT, "A project"). With `shifts` it counts hours, without it counts days. */
export interface CalendarDefinition {
  /** Name of the calendar beneath, built in (`cn`, `daily`) or of the same plan; every day works where none is named. */
  readonly base?: string | undefined
  /** Working weekdays, 1 Monday … 7 Sunday; replaces the weekly rule of the base, not its holidays. */
  readonly week?: readonly number[] | undefined
  readonly shifts?: readonly ShiftText[] | undefined
  readonly exceptions?: readonly CalendarException[] | undefined
}

/** What one calendar says of one day. */
export interface DayInfo {
  readonly date: IsoDate
  readonly working: boolean
  /** The holiday, make-up day or exception that decided it. */
  readonly name?: string
  /** True where no State Council notice covers the day yet, so that it may still change. */
  readonly provisional?: true
}

/**
 * Working days as an algebra over civil dates, after d3-time's floor, ceil, offset, range and count; `time` is the
 * same calendar for the network, in instants.
 */
export interface Calendar {
  readonly unit: 'day' | 'hour'
  readonly day: (date: IsoDate) => DayInfo
  readonly isWorking: (date: IsoDate) => boolean
  /** The last working day on or before `date`. */
  readonly floor: (date: IsoDate) => IsoDate
  /** The first working day on or after `date`. */
  readonly ceil: (date: IsoDate) => IsoDate
  /** The n-th working day after `date` (exclusive), before it when negative; `date` itself when 0. */
  readonly offset: (date: IsoDate, workingDays: number) => IsoDate
  /** Working days from `from` to `to`, both inclusive. */
  readonly range: (from: IsoDate, to: IsoDate) => readonly IsoDate[]
  /** Working days after `from` (exclusive) up to `to` (inclusive); negative, counting back, when `to` is earlier. */
  readonly count: (from: IsoDate, to: IsoDate) => number
  /** True when any day from `from` to `to` (inclusive) lies in a year without a notice. */
  readonly isProvisional: (from: IsoDate, to: IsoDate) => boolean
  readonly time: WorkTime
}

/** Finds a calendar by the name a milestone gives; `undefined` when there is none. */
export type CalendarLookup = (name: string) => Calendar | undefined

/** A calendar that cannot be made: its base is unknown or lies over itself, or no day of its week works. */
export class CalendarError extends RangeError {
  override readonly name = 'CalendarError'
  readonly code: 'unknown-calendar' | 'calendar-without-work'
  constructor(code: CalendarError['code'], message: string) {
    super(message)
    this.code = code
  }
}

interface DayRule {
  readonly working: boolean
  readonly name?: string | undefined
  readonly provisional?: boolean
  /** Set by a notice or an exception, so that another weekly rule does not touch it. */
  readonly special?: true
  readonly shifts?: readonly Shift[] | undefined
}

interface Rules {
  readonly ruleOf: (day: DayNumber) => DayRule
  readonly shifts: readonly Shift[] | undefined
}

const rulesOf = new WeakMap<Calendar, Rules>()

/** The calendar on which every day works (`daily`). */
export const dailyCalendar = (): Calendar => calendarOf({ ruleOf: () => ({ working: true }), shifts: undefined })

/**
 * The working calendar of mainland China (`cn`): Monday to Friday, less the holidays and plus the make-up days of the
 * notices. A notice may rule days of the neighbouring year (2018-12-29 stands in that of 2019); the later one wins.
 * A year without a notice is provisional: the week rule and the holidays fixed to a date in the solar calendar
 * (全国年节及纪念日放假办法, as amended 2024: 1 January, 1–2 May, 1–3 October).
 */
export const stateCouncilCalendar = (notices: readonly HolidayNotice[]): Calendar => {
  const ruling = lazily(() => rulingOf(notices))
  const ruleOf = (day: DayNumber): DayRule => {
    const { ruled, years } = ruling()
    const known = ruled.get(day)
    if (known) return known
    const byWeek = weekdayOf(day) <= 5
    if (years.has(yearOfDay(day))) return { working: byWeek }
    const fixed = fixedHolidays[fromDayNumber(day).slice(5)]
    if (fixed) return { working: false, name: fixed, provisional: true, special: true }
    return { working: byWeek, provisional: true }
  }
  return calendarOf({ ruleOf, shifts: undefined })
}

/** The days that notices rule, and the years they are for. */
const rulingOf = (notices: readonly HolidayNotice[]) => {
  const ruled = new Map<DayNumber, DayRule>()
  const years = new Set<number>()
  for (const notice of [...notices].sort((a, b) => a.year - b.year)) {
    years.add(notice.year)
    for (const { name, from, to } of notice.holidays)
      for (let day = toDayNumber(from); day <= toDayNumber(to); day += 1)
        ruled.set(day, { working: false, name, special: true })
    for (const { name, date } of notice.makeUpDays) ruled.set(toDayNumber(date), { working: true, name, special: true })
  }
  return { ruled, years }
}

const fixedHolidays: Readonly<Record<string, string>> = {
  '01-01': '元旦',
  '05-01': '劳动节',
  '05-02': '劳动节',
  '10-01': '国庆节',
  '10-02': '国庆节',
  '10-03': '国庆节'
}

/**
 * A calendar laid over another: exceptions over the weekly rule over the base.
 * @throws CalendarError when no day of the week works, since no date could be found on it.
 */
export const layeredCalendar = (definition: CalendarDefinition, base: Calendar = dailyCalendar()): Calendar => {
  const beneath = rulesOf.get(base)
  if (!beneath) throw new RangeError('the base was not made by this module')
  const week = definition.week && new Set(definition.week)
  if (week && ![1, 2, 3, 4, 5, 6, 7].some(day => week.has(day)))
    throw new CalendarError('calendar-without-work', 'no day of the week works')
  const shifts = definition.shifts?.map(minutesOfShift) ?? beneath.shifts
  const exceptions = (definition.exceptions ?? []).map(exception => ({
    from: toDayNumber(exception.from),
    to: toDayNumber(exception.to),
    rule: {
      working: exception.working,
      name: exception.name,
      special: true as const,
      shifts: exception.shifts?.map(minutesOfShift)
    }
  }))
  const ruleOf = (day: DayNumber): DayRule => {
    const exception = exceptions.findLast(({ from, to }) => from <= day && day <= to)
    if (exception) return exception.rule
    const rule = beneath.ruleOf(day)
    return week && !rule.special ? { ...rule, working: week.has(weekdayOf(day)) } : rule
  }
  return calendarOf({ ruleOf, shifts })
}

/**
 * The calendars of a plan by name over the built-in ones. A plan's calendar may lie over another of the same plan.
 * @throws CalendarError naming the calendar whose base is unknown or which, by its bases, lies over itself.
 */
export const calendarsOf = (
  definitions: Readonly<Record<string, CalendarDefinition>>,
  builtIn: CalendarLookup
): CalendarLookup => {
  const made = new Map<string, Calendar>()
  const make = (name: string, above: readonly string[]): Calendar | undefined => {
    const known = made.get(name)
    if (known) return known
    const definition = definitions[name]
    if (definition === undefined || !Object.hasOwn(definitions, name)) return builtIn(name)
    if (above.includes(name)) throw new CalendarError('unknown-calendar', `calendar ${name} lies over itself`)
    const base = definition.base === undefined ? undefined : make(definition.base, [...above, name])
    if (definition.base !== undefined && !base)
      throw new CalendarError('unknown-calendar', `calendar ${name} names no known base`)
    const calendar = layeredCalendar(definition, base)
    made.set(name, calendar)
    return calendar
  }
  for (const name of Object.keys(definitions)) make(name, [])
  return name => made.get(name) ?? builtIn(name)
}

const minutesOfShift = ([start, end]: ShiftText): Shift => [minuteOf(start), minuteOf(end)]

const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))

const calendarOf = (rules: Rules): Calendar => {
  const { ruleOf, shifts } = rules
  const isWorkingDay = (day: DayNumber) => ruleOf(day).working
  // Whether a date works is asked per day; how many work between two dates is asked of the time algebra, which keeps
  // a running count per year. A calendar of hours is counted in days by a twin of itself without its shifts.
  const time = shifts
    ? workTime('hour', day => (isWorkingDay(day) ? (ruleOf(day).shifts ?? shifts) : []))
    : workTime('day', day => (isWorkingDay(day) ? wholeDay : []))
  const days = shifts ? workTime('day', day => (isWorkingDay(day) ? wholeDay : [])) : time
  const startOf = (date: IsoDate) => days.startOf(toDayNumber(date))
  const endOf = (date: IsoDate) => days.endOf(toDayNumber(date))
  const dateOf = (instant: number) => fromDayNumber(days.dayOf(instant))
  const calendar: Calendar = {
    unit: shifts ? 'hour' : 'day',
    day: date => {
      const { working, name, provisional } = ruleOf(toDayNumber(date))
      return { date, working, ...(name === undefined ? {} : { name }), ...(provisional ? { provisional } : {}) }
    },
    isWorking: date => isWorkingDay(toDayNumber(date)),
    floor: date => dateOf(days.floor(endOf(date))),
    ceil: date => dateOf(days.ceil(startOf(date))),
    offset: (date, workingDays) =>
      workingDays === 0 ? date : dateOf(days.offset(workingDays > 0 ? endOf(date) : startOf(date), workingDays)),
    range: (from, to) => {
      const found: IsoDate[] = []
      for (let day = toDayNumber(from); day <= toDayNumber(to); day += 1)
        if (isWorkingDay(day)) found.push(fromDayNumber(day))
      return found
    },
    count: (from, to) => days.count(endOf(from), endOf(to)),
    isProvisional: (from, to) => {
      for (let day = toDayNumber(from); day <= toDayNumber(to); day += 1) {
        const { provisional } = ruleOf(day)
        if (provisional) return true
      }
      return false
    },
    time
  }
  rulesOf.set(calendar, rules)
  return calendar
}

const wholeDay: readonly Shift[] = [[0, 1439]]
