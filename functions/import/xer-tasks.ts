import type { DateSpan } from '../core/milestone.ts'
import type { Text } from '../core/text.ts'
import { type Lose, mostTasks, Unreadable } from './imported-plan.ts'
import type { SourceTask } from './source-plan.ts'
import { roundTheClock, standardHours, type WorkingHours, worksAtAll } from './working-hours.ts'
import { readResourceCalendars } from './xer-calendars.ts'
import { constraintsOf } from './xer-constraints.ts'
import { readLinks } from './xer-links.ts'
import type { XerOptions } from './xer-options.ts'
import { rowsOf, rowsOfProject, type XerRow, type XerTables } from './xer-tables.ts'

/** The activities of a project that do work or mark a moment; levels of effort and WBS summaries are left out. */
export const readTasks = (
  tables: XerTables,
  projectId: string,
  calendars: ReadonlyMap<string, WorkingHours>,
  projectCalendar: WorkingHours | undefined,
  options: XerOptions,
  lose: Lose
): readonly SourceTask[] => {
  const rows = rowsOfProject(tables, 'TASK', projectId)
  if (rows.length > mostTasks) throw new Unreadable('too-many-tasks', `${rows.length} tasks, at most ${mostTasks}`)
  const standard = standardHours('standard')
  const hoursOf = new Map(rows.map(row => [row.text('task_id'), calendars.get(row.text('clndr_id'))]))
  const links = readLinks(tables, projectId, successorId => {
    switch (options.lagCalendar) {
      case 'rcal_Successor':
        return hoursOf.get(successorId)
      case 'rcal_24Hour':
        return roundTheClock
      case 'rcal_ProjDefault':
        return projectCalendar
    }
    return undefined
  })
  const resources = readResourceCalendars(tables, projectId, calendars)
  const baseline = readBaselineProject(tables, projectId)
  return rows.flatMap((row): readonly SourceTask[] => {
    const sourceId = row.needed('task_id')
    const path = `TASK ${sourceId}`
    const code = row.text('task_code') || undefined
    const type = row.text('task_type')
    if (type === 'TT_LOE' || type === 'TT_WBS') {
      lose(path, `${code ?? ''} ${row.text('task_name')}`.trim(), type === 'TT_LOE' ? levelOfEffort : wbsSummary)
      return []
    }
    let calendar = calendars.get(row.text('clndr_id')) ?? projectCalendar
    if (!calendar) {
      lose(path, `clndr_id ${row.text('clndr_id')}`, unknownCalendar)
      calendar = standard
    }
    if (type === 'TT_Rsrc') {
      const own = resources.get(sourceId) ?? []
      const [first] = own
      if (first && worksAtAll(first)) calendar = first
      if (own.length !== 1) lose(path, `TT_Rsrc, ${own.length}`, resourceDependent)
    }
    const expectedFinish = row.date('expect_end_date')
    if (expectedFinish !== undefined && !options.usesExpectedFinish)
      lose(path, `expect_end_date ${expectedFinish}`, expectedFinishUnused)
    if (row.text('suspend_date') !== '') lose(path, `suspend_date ${row.text('suspend_date')}`, suspended)
    const { actualStart, actualFinish } = actualsOf(row, type)
    const isMilestone = type === 'TT_Mile' || type === 'TT_FinMile'
    const duration = isMilestone ? 0 : Math.max(0, row.number('target_drtn_hr_cnt') ?? 0)
    const remaining = isMilestone ? undefined : row.number('remain_drtn_hr_cnt')
    return [
      {
        sourceId,
        code,
        name: row.text('task_name') || code || sourceId,
        kind: type === 'TT_Mile' ? 'start-milestone' : type === 'TT_FinMile' ? 'finish-milestone' : 'task',
        path,
        duration,
        calendar,
        links: links.get(sourceId) ?? [],
        constraints: constraintsOf(row, path, lose),
        expectedFinish: options.usesExpectedFinish ? expectedFinish : undefined,
        actualStart,
        actualFinish,
        remaining,
        percentComplete: percentOf(row, duration, remaining, actualStart, actualFinish),
        baseline: baseline?.get(code ?? '') ?? spanOf(row.date('target_start_date'), row.date('target_end_date'), type),
        computed: {
          earlyStart: row.date('early_start_date'),
          earlyFinish: row.date('early_end_date'),
          lateStart: row.date('late_start_date'),
          lateFinish: row.date('late_end_date')
        }
      }
    ]
  })
}

/** Start milestones are dated by their start alone, finish milestones by their finish. */
const spanOf = (start: string | undefined, finish: string | undefined, type: string): DateSpan | undefined => {
  if (type === 'TT_Mile' && start !== undefined) return { start, finish: start }
  if (type === 'TT_FinMile' && finish !== undefined) return { start: finish, finish }
  return start === undefined || finish === undefined ? undefined : { start, finish }
}

const actualsOf = (row: XerRow, type: string) => {
  const start = row.date('act_start_date')
  const finish = row.date('act_end_date')
  const reached = row.text('status_code') === 'TK_Complete' || finish !== undefined
  if (type === 'TT_Mile' || type === 'TT_FinMile') {
    const at = type === 'TT_Mile' ? (start ?? finish) : (finish ?? start)
    return reached ? { actualStart: at, actualFinish: at } : {}
  }
  const actualFinish = reached ? (finish ?? row.date('reend_date') ?? row.date('early_end_date')) : undefined
  return { actualStart: start, actualFinish }
}

/** Percent by the type that the activity names: physical as entered, of duration, or of units. */
const percentOf = (
  row: XerRow,
  duration: number,
  remaining: number | undefined,
  actualStart: string | undefined,
  actualFinish: string | undefined
): number => {
  if (actualFinish !== undefined) return 100
  if (row.text('complete_pct_type') === 'CP_Phys') return bounded(row.number('phys_complete_pct') ?? 0)
  if (actualStart === undefined) return 0
  if (row.text('complete_pct_type') === 'CP_Units') {
    const sum = (prefix: string) => (row.number(`${prefix}_work_qty`) ?? 0) + (row.number(`${prefix}_equip_qty`) ?? 0)
    const total = sum('act') + sum('remain')
    return total > 0 ? bounded((100 * sum('act')) / total) : 0
  }
  return duration > 0 && remaining !== undefined ? bounded((100 * (duration - remaining)) / duration) : 0
}

const bounded = (percent: number): number => Math.round(Math.min(100, Math.max(0, percent)) * 100) / 100

/** Planned dates by activity code of the project's baseline, where it was exported with it. */
const readBaselineProject = (tables: XerTables, projectId: string): ReadonlyMap<string, DateSpan> | undefined => {
  const project = rowsOf(tables, 'PROJECT').find(row => row.text('proj_id') === projectId)
  const baselineId = project?.text('sum_base_proj_id') ?? ''
  const rows = baselineId === '' ? [] : rowsOfProject(tables, 'TASK', baselineId)
  if (rows.length === 0) return undefined
  return new Map(
    rows.flatMap(row => {
      const span = spanOf(row.date('target_start_date'), row.date('target_end_date'), row.text('task_type'))
      return span ? [[row.text('task_code'), span] as const] : []
    })
  )
}

const unknownCalendar: Text = {
  zh: '找不到该作业的日历,改用周一至周五 8:00–12:00、13:00–17:00',
  en: 'no such calendar; Monday to Friday 08:00–12:00, 13:00–17:00 stand for it'
}
const levelOfEffort: Text = {
  zh: '投入水平作业(LOE)的工期由别的作业决定,未导入',
  en: 'a level of effort takes its dates from other activities; it is left out'
}
const wbsSummary: Text = { zh: 'WBS 汇总作业未导入', en: 'a WBS summary is left out' }
const resourceDependent: Text = {
  zh: '资源独立作业:按第一个资源的日历计算(没有资源时按作业日历)',
  en: 'resource dependent: it works by the calendar of its first resource, by its own where it has none'
}
const suspended: Text = { zh: '停工与复工日期未导入', en: 'suspend and resume dates are not kept' }
const expectedFinishUnused: Text = {
  zh: '源文件的计算不用期望完成日期,未导入',
  en: 'the file is computed without expected finishes; it is not kept'
}
