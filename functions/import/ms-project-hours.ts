import type { Text } from '../core/text.ts'
import type { Lose } from './imported-plan.ts'
import type { MsProjectCalendar } from './ms-project-calendars.ts'
import type { Row } from './ms-project-rows.ts'
import { combine, roundTheClock, sameHours, type WorkingHours } from './working-hours.ts'
import { listOf, textOf, type XmlValue } from './xml-tree.ts'

/** The hours in which each row works, by UID; `own` are those of the project. */
export const readHours = (
  project: XmlValue,
  rows: readonly Row[],
  calendars: ReadonlyMap<string, MsProjectCalendar>,
  own: WorkingHours,
  lose: Lose
): ReadonlyMap<string, WorkingHours> => {
  const resources = readResourceHours(project, calendars)
  return new Map(rows.map(row => [row.uid, workingHoursOf(row, calendars, own, resources.get(row.uid) ?? [], lose)]))
}

/** Formats of durations and lags that run by the clock, not by working time. */
export const elapsedFormats = new Set(['4', '6', '8', '10', '12', '36', '38', '40', '42', '44'])

/**
 * When a task works: round the clock for an elapsed duration; else by its own calendar, by those of its resources (any
 * of them), or by both at once, unless it ignores resources; else by the project's.
 */
const workingHoursOf = (
  { element, path, isSummary }: Row,
  calendars: ReadonlyMap<string, MsProjectCalendar>,
  own: WorkingHours,
  resources: readonly WorkingHours[],
  lose: Lose
): WorkingHours => {
  if (isSummary) return own
  if (elapsedFormats.has(textOf(element, 'DurationFormat'))) return roundTheClock
  const uid = textOf(element, 'CalendarUID')
  const task = calendars.get(uid)?.hours
  if (uid !== '' && uid !== '-1' && !task) lose(path, `CalendarUID ${uid}`, unknownCalendar)
  const distinct = resources.filter((a, i) => resources.findIndex(b => sameHours(a, b)) === i)
  const name = [...(task ? [task.name] : []), ...distinct.map(hours => hours.name)].join(' + ')
  const somebody = distinct.length > 1 ? combine(distinct, false, name) : distinct[0]
  if (!somebody || (task && textOf(element, 'IgnoreResourceCalendar') === '1')) return task ?? own
  if (!task) return sameHours(somebody, own) ? own : somebody
  return sameHours(somebody, task) ? task : combine([task, somebody], true, name)
}

/** Calendars of the people who work on each task. */
const readResourceHours = (
  project: XmlValue,
  calendars: ReadonlyMap<string, MsProjectCalendar>
): ReadonlyMap<string, readonly WorkingHours[]> => {
  const people = new Map<string, WorkingHours>()
  for (const resource of listOf(project, 'Resources', 'Resource')) {
    const hours = calendars.get(textOf(resource, 'CalendarUID'))?.hours
    if (hours && textOf(resource, 'Type') === '1') people.set(textOf(resource, 'UID'), hours)
  }
  const found = new Map<string, WorkingHours[]>()
  for (const assignment of listOf(project, 'Assignments', 'Assignment')) {
    const hours = people.get(textOf(assignment, 'ResourceUID'))
    const task = textOf(assignment, 'TaskUID')
    if (hours) found.set(task, [...(found.get(task) ?? []), hours])
  }
  return found
}

const unknownCalendar: Text = {
  zh: '找不到该任务的日历,改用项目日历',
  en: 'no such calendar; that of the project stands for it'
}
