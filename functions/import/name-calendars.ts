import type { CalendarDefinition } from '../core/calendar.ts'
import { toDayNumber } from '../core/dates.ts'
import type { Text } from '../core/text.ts'
import { isSafeKey } from '../schema/fields.ts'
import type { Lose } from './imported-plan.ts'
import { lineOf } from './plain-text.ts'
import type { SourcePlan } from './source-plan.ts'
import { calendarDefinition, isEven, sameHours, standardHours, type WorkingHours, worksAtAll } from './working-hours.ts'

/** The calendars of a plan by the hours they stand for. */
export interface NamedCalendars {
  readonly nameOf: (hours: WorkingHours) => string
  readonly definitions: Readonly<Record<string, CalendarDefinition>> | undefined
}

/** Names every calendar once, calendars that work alike together, and writes those that are used or to be kept. */
export const nameCalendars = ({ calendars, tasks, start, dataDate }: SourcePlan, lose: Lose): NamedCalendars => {
  const dates = [
    start,
    dataDate,
    ...tasks.flatMap(t => [t.actualStart, t.baseline?.start, t.baseline?.finish, ...Object.values(t.computed)])
  ]
    .filter(date => date !== undefined)
    .map(date => toDayNumber(date.slice(0, 10)))
  const first = dates.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
  const latest = dates.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  const span = { from: first, to: Math.min(latest + yearsAhead * 366, toDayNumber('2199-12-31')) }

  const names = new Map<WorkingHours, string>()
  const definitions: Record<string, CalendarDefinition> = {}
  const add = (hours: WorkingHours): string => {
    const known = names.get(hours)
    if (known !== undefined) return known
    const like = [...names.keys()].find(other => other.name === hours.name && sameHours(other, hours))
    const name = (like && names.get(like)) ?? freeName(hours.name, definitions)
    names.set(hours, name)
    if (like) return name
    const path = `calendar ${hours.name}`
    if (!worksAtAll(hours)) lose(path, hours.name, calendarWithoutWork)
    const { definition, exactUntil } = calendarDefinition(worksAtAll(hours) ? hours : standardHours(hours.name), span)
    if (exactUntil !== undefined) lose(path, hours.name, oddWeekdays(exactUntil))
    definitions[name] = definition
    return name
  }
  for (const { calendar } of tasks) add(calendar)
  const hoursOf = new Map(tasks.map(({ sourceId, calendar }) => [sourceId, calendar]))
  for (const { from, lag, lagCalendar } of tasks.flatMap(({ links }) => links)) {
    const before = hoursOf.get(from)
    if (lag !== 0 && lagCalendar && before && !sameHours(lagCalendar, before)) add(lagCalendar)
  }
  for (const hours of calendars) {
    if (names.has(hours) || !worksAtAll(hours)) continue
    // Dates written out by the hundred for a calendar that nothing works by help nobody.
    if (isEven(hours)) add(hours)
    else lose(`calendar ${hours.name}`, hours.name, calendarUnused)
  }
  return {
    nameOf: hours => names.get(hours) ?? hours.name,
    definitions: names.size > 0 ? definitions : undefined
  }
}

const yearsAhead = 10

const builtInNames = new Set(['cn', 'daily'])

const freeName = (wanted: string, taken: Readonly<Record<string, unknown>>): string => {
  const clean = lineOf(wanted, 70) || 'calendar'
  const base = builtInNames.has(clean) || !isSafeKey(clean) ? `${clean} (file)` : clean
  for (let n = 1; ; n += 1) {
    const name = n === 1 ? base : `${base} (${n})`
    if (!Object.hasOwn(taken, name)) return name
  }
}

const calendarWithoutWork: Text = {
  zh: '日历没有任何工作日,改用周一至周五 8:00–12:00、13:00–17:00',
  en: 'no weekday works on it; Monday to Friday 08:00–12:00, 13:00–17:00 stand for it'
}
const calendarUnused: Text = { zh: '没有任务使用的日历,未导入', en: 'no task works by it; it is left out' }
const oddWeekdays = (until: string): Text => ({
  zh: `各工作日的工作时间不同或例外过多,逐日写至 ${until},之后按通常工时`,
  en: `weekdays with different hours are written out day by day until ${until}; after that they have the usual hours`
})
