import { addDays } from '../core/dates.ts'
import type { Text } from '../core/text.ts'
import { type Lose, mostTasks, Unreadable } from './imported-plan.ts'
import type { WorkingHours } from './working-hours.ts'
import { rowsOf, rowsOfProject, type XerRow, type XerTables } from './xer-tables.ts'

/** The project asked for; else the exported one with the most activities. */
export const chooseProject = (tables: XerTables, wanted: string | undefined, lose: Lose): XerRow => {
  const projects = rowsOf(tables, 'PROJECT')
  if (projects.length === 0) throw new Unreadable('missing-table', 'the file has no table PROJECT')
  const counts = new Map<string, number>()
  for (const task of rowsOf(tables, 'TASK')) {
    const id = task.text('proj_id')
    counts.set(id, (counts.get(id) ?? 0) + 1)
  }
  const size = (row: XerRow) =>
    (counts.get(row.text('proj_id')) ?? 0) + (row.text('export_flag') === 'N' ? -mostTasks : 0)
  const chosen =
    wanted === undefined
      ? projects.reduce((best, row) => (size(row) > size(best) ? row : best))
      : projects.find(row => row.text('proj_id') === wanted || row.text('proj_short_name') === wanted)
  if (!chosen) throw new Unreadable('no-project', `the file has no project ${wanted}`)
  for (const other of projects)
    if (other !== chosen)
      lose(
        `PROJECT ${other.text('proj_id')}`,
        `${other.text('proj_short_name')}: ${counts.get(other.text('proj_id')) ?? 0}`,
        otherProject
      )
  return chosen
}

/** The name of a project, which stands in its root of the work breakdown structure. */
export const projectNameOf = (tables: XerTables, projectId: string): string | undefined =>
  rowsOfProject(tables, 'PROJWBS', projectId)
    .find(row => row.text('proj_node_flag') === 'Y')
    ?.text('wbs_name') || undefined

/** "Must finish by" as the day by whose end the project is due; midnight is the end of the day before. */
export const requiredByOf = (project: XerRow, hours: WorkingHours | undefined, lose: Lose): string | undefined => {
  const by = project.date('plan_end_date')
  if (by === undefined) return undefined
  const day = by.slice(0, 10)
  if (by.endsWith('T00:00')) return addDays(day, -1)
  const minute = Number(by.slice(11, 13)) * 60 + Number(by.slice(14, 16))
  const last = Math.max(0, ...(hours?.week ?? []).flatMap(shifts => shifts.map(([, end]) => end)))
  if (minute < last) lose(`PROJECT ${project.text('proj_id')}`, `plan_end_date ${by}`, mustFinishWithinDay)
  return day
}

const otherProject: Text = {
  zh: '文件含多个项目,只导入一个;用 --project-in-file 另选',
  en: 'the file holds several projects and one is read; choose another with --project-in-file'
}
const mustFinishWithinDay: Text = {
  zh: '必须完成时刻在工作日之内,这里按当日结束计',
  en: 'it must finish within a day of work; here by the end of that day'
}
