import type { Text } from '../core/text.ts'
import { type Lose, mostTasks, Unreadable } from './imported-plan.ts'
import { numberOf } from './ms-project-fields.ts'
import { listOf, textOf, type XmlValue } from './xml-tree.ts'

/** A row that is a task or a summary, with the summaries above it, innermost first. */
export interface Row {
  readonly element: XmlValue
  readonly uid: string
  readonly path: string
  readonly isSummary: boolean
  readonly above: readonly string[]
}

/** The tasks and summaries of a file; empty rows, inactive and foreign tasks are left out. */
export const readRows = (project: XmlValue, lose: Lose): readonly Row[] => {
  const elements = listOf(project, 'Tasks', 'Task')
  if (elements.length > mostTasks)
    throw new Unreadable('too-many-tasks', `${elements.length} tasks, at most ${mostTasks}`)
  const rows: Row[] = []
  const seen = new Set<string>()
  let empty = 0
  let summaries: { readonly uid: string; readonly level: number }[] = []
  for (const element of elements) {
    const uid = textOf(element, 'UID')
    const path = `Task[UID=${uid}]`
    // Empty rows have no name and no place in the outline.
    if (textOf(element, 'IsNull') === '1') {
      empty += 1
      continue
    }
    if (uid === '') throw new Unreadable('missing-field', 'Task/UID is empty')
    if (seen.has(uid)) throw new Unreadable('duplicate-id', `${path} stands there twice`)
    seen.add(uid)
    const level = numberOf(element, 'OutlineLevel', path) ?? 1
    summaries = summaries.filter(summary => summary.level < level)
    const above = summaries.map(summary => summary.uid).toReversed()
    const name = textOf(element, 'Name')
    if (textOf(element, 'Active') === '0') {
      lose(path, name, inactive)
      continue
    }
    if (textOf(element, 'ExternalTask') === '1') {
      lose(path, name, externalTask)
      continue
    }
    if (textOf(element, 'IsSubproject') === '1') lose(path, name, subproject)
    const isSummary = textOf(element, 'Summary') === '1'
    if (isSummary) summaries.push({ uid, level })
    rows.push({ element, uid, path, isSummary, above })
  }
  if (empty > 0) lose('Tasks', `${empty} × IsNull`, emptyRows)
  const outline = rows.filter(({ isSummary, uid }) => isSummary && uid !== '0')
  if (outline.length > 0)
    lose('Tasks', outline.map(({ element }) => textOf(element, 'Name')).join(' · '), outlineLevels)
  return rows
}

const inactive: Text = { zh: '已停用的任务未导入', en: 'an inactive task is left out' }
/** Why tasks of other projects are left out, and links to them. */
export const externalTask: Text = {
  zh: '其他项目的任务及其关系未导入',
  en: 'tasks of other projects and links to them are left out'
}
const subproject: Text = { zh: '子项目只按一个任务导入', en: 'a subproject is read as one task' }
const emptyRows: Text = { zh: '空行', en: 'empty rows' }
const outlineLevels: Text = {
  zh: '摘要任务(大纲级别)未导入,其下任务已导入',
  en: 'summary tasks (levels of the outline) are not kept; the tasks below them are'
}
