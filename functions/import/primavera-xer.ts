import type { ImportOptions, ImportResult } from './imported-plan.ts'
import { readSource } from './read-source.ts'
import { earliestStart } from './source-plan.ts'
import { keptCalendars, readCalendars } from './xer-calendars.ts'
import { loseOtherTables } from './xer-losses.ts'
import { readOptions } from './xer-options.ts'
import { chooseProject, projectNameOf, requiredByOf } from './xer-project.ts'
import { readTables } from './xer-tables.ts'
import { readTasks } from './xer-tasks.ts'

/**
 * Reads a Primavera P6 file (XER): one project with its calendars, activities, relationships, constraints, progress and
 * planned dates, which stand in for a baseline. Levels of effort and WBS summaries hang on other activities and are left
 * out; all that is left out or changed stands in `lost`.
 */
export const readPrimaveraXer = (bytes: Uint8Array, options: ImportOptions = {}): ImportResult =>
  readSource(bytes, options.encoding, ({ text, encoding }, lose) => {
    const tables = readTables(text)
    const project = chooseProject(tables, options.project, lose)
    const projectId = project.needed('proj_id')
    const calendars = readCalendars(tables, lose)
    const projectCalendar = calendars.get(project.text('clndr_id'))
    const scheduling = readOptions(tables, projectId, lose)
    const tasks = readTasks(tables, projectId, calendars, projectCalendar, scheduling, lose)
    loseOtherTables(tables, projectId, lose)
    const shortName = project.text('proj_short_name')
    const requiredBy = requiredByOf(project, projectCalendar, lose)
    const dataDate = project.date('last_recalc_date')
    return {
      format: 'primavera-xer',
      source: { id: projectId, name: projectNameOf(tables, projectId) ?? shortName, encoding },
      idCandidates: [shortName, options.fileName, `p6-${projectId}`],
      start: project.date('plan_start_date') ?? dataDate ?? earliestStart(tasks),
      ...(requiredBy === undefined ? {} : { requiredBy }),
      ...(dataDate === undefined ? {} : { dataDate }),
      schedulingRules: scheduling.rules,
      calendars: keptCalendars(tables, projectId, calendars),
      tasks
    }
  })
