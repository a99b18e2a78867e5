import type { Text } from '../core/text.ts'
import { readCalendarData } from './clndr-data.ts'
import type { Lose } from './imported-plan.ts'
import type { WorkingHours } from './working-hours.ts'
import { rowsOf, rowsOfProject, type XerRow, type XerTables } from './xer-tables.ts'

/** All calendars by id. One without a week of its own has that of the calendar beneath it, and always its holidays. */
export const readCalendars = (tables: XerTables, lose: Lose): ReadonlyMap<string, WorkingHours> => {
  const rows = new Map(rowsOf(tables, 'CALENDAR').map(row => [row.needed('clndr_id'), row]))
  const made = new Map<string, WorkingHours>()
  const make = (row: XerRow, above: readonly XerRow[]): WorkingHours => {
    const id = row.needed('clndr_id')
    const known = made.get(id)
    if (known) return known
    const { week, days } = readCalendarData(row.text('clndr_data'), row.line)
    const parentRow = rows.get(row.text('base_clndr_id'))
    if (parentRow && (parentRow === row || above.includes(parentRow)))
      lose(`CALENDAR ${id}`, row.text('clndr_name'), calendarOverItself)
    const parent = parentRow && parentRow !== row && !above.includes(parentRow) && make(parentRow, [...above, row])
    const hours: WorkingHours = {
      name: row.text('clndr_name') || `calendar ${id}`,
      week: week ?? (parent ? parent.week : []),
      days: new Map([...(parent ? parent.days : []), ...days])
    }
    made.set(id, hours)
    return hours
  }
  for (const row of rows.values()) make(row, [])
  return made
}

/** Calendars of the project and of the enterprise; those of resources only where an activity works by them. */
export const keptCalendars = (
  tables: XerTables,
  projectId: string,
  calendars: ReadonlyMap<string, WorkingHours>
): readonly WorkingHours[] =>
  rowsOf(tables, 'CALENDAR')
    .filter(row => row.text('clndr_type') !== 'CA_Rsrc' && ['', projectId].includes(row.text('proj_id')))
    .slice(0, mostCalendars)
    .flatMap(row => calendars.get(row.text('clndr_id')) ?? [])

const mostCalendars = 40

/** Calendars of the resources of each activity, the first named first. */
export const readResourceCalendars = (
  tables: XerTables,
  projectId: string,
  calendars: ReadonlyMap<string, WorkingHours>
): ReadonlyMap<string, readonly WorkingHours[]> => {
  const calendarOf = new Map(rowsOf(tables, 'RSRC').map(row => [row.text('rsrc_id'), row.text('clndr_id')]))
  const found = new Map<string, WorkingHours[]>()
  for (const row of rowsOfProject(tables, 'TASKRSRC', projectId)) {
    const hours = calendars.get(calendarOf.get(row.text('rsrc_id')) ?? '')
    if (hours) found.set(row.text('task_id'), [...(found.get(row.text('task_id')) ?? []), hours])
  }
  return found
}

const calendarOverItself: Text = {
  zh: '日历以自身为基准,忽略其基准',
  en: 'the calendar lies over itself; its base is ignored'
}
