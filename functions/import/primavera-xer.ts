import type { Text } from '../core/assessment.ts'
import { addDays } from '../core/dates.ts'
import type { Constraint, DateSpan, LinkType } from '../core/milestone.ts'
import { assemblePlan, type SourceLink, type SourceTask } from './assemble.ts'
import { readCalendarData } from './clndr-data.ts'
import { decodeText } from './decode-text.ts'
import {
  type ImportOptions,
  type ImportResult,
  type Loss,
  largestFile,
  mostTasks,
  resultOf,
  Unreadable
} from './imported-plan.ts'
import { roundTheClock, standardHours, type WorkingHours, worksAtAll } from './working-hours.ts'
import { readTables, type XerRow, type XerTables } from './xer-tables.ts'

/**
 * Reads a Primavera P6 file (XER): one project with its calendars, activities, relationships, constraints, progress and
 * planned dates, which stand in for a baseline. Levels of effort and WBS summaries hang on other activities and are left
 * out; all that is left out or changed stands in `lost`.
 */
export const readPrimaveraXer = (bytes: Uint8Array, options: ImportOptions = {}): ImportResult =>
  resultOf(() => {
    if (bytes.length > largestFile) throw new Unreadable('too-large', `${bytes.length} bytes, at most ${largestFile}`)
    const { text, encoding } = decodeText(bytes, options.encoding)
    const tables = readTables(text.replace(/^\uFEFF/, ''))
    const lost: Loss[] = []
    const lose = (path: string, what: string, why: Text): void => {
      lost.push({ path, what, why })
    }
    const project = chooseProject(tables, options.project, lose)
    const projectId = project.needed('proj_id')
    const calendars = readCalendars(tables, lose)
    const projectCalendar = calendars.get(project.text('clndr_id'))
    const tasks = readTasks(tables, projectId, calendars, projectCalendar, lose)
    loseOtherTables(tables, projectId, lose)
    const shortName = project.text('proj_short_name')
    const requiredBy = requiredByOf(project, projectCalendar, lose)
    const dataDate = project.date('last_recalc_date')
    return assemblePlan({
      format: 'primavera-xer',
      source: { id: projectId, name: projectNameOf(tables, projectId) ?? shortName, encoding },
      idCandidates: [shortName, options.fileName, `p6-${projectId}`],
      start: project.date('plan_start_date') ?? dataDate ?? earliestOf(tasks),
      ...(requiredBy === undefined ? {} : { requiredBy }),
      ...(dataDate === undefined ? {} : { dataDate }),
      calendars: keptCalendars(tables, projectId, calendars),
      tasks,
      lost
    })
  })

type Lose = (path: string, what: string, why: Text) => void

const rowsOf = (tables: XerTables, name: string): readonly XerRow[] => tables.get(name) ?? []

const rowsOfProject = (tables: XerTables, name: string, projectId: string): readonly XerRow[] =>
  rowsOf(tables, name).filter(row => row.text('proj_id') === projectId)

/** The project asked for; else the exported one with the most activities. */
const chooseProject = (tables: XerTables, wanted: string | undefined, lose: Lose): XerRow => {
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

const projectNameOf = (tables: XerTables, projectId: string): string | undefined =>
  rowsOfProject(tables, 'PROJWBS', projectId)
    .find(row => row.text('proj_node_flag') === 'Y')
    ?.text('wbs_name') || undefined

/** All calendars by id. One without a week of its own has that of the calendar beneath it, and always its holidays. */
const readCalendars = (tables: XerTables, lose: Lose): ReadonlyMap<string, WorkingHours> => {
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
const keptCalendars = (
  tables: XerTables,
  projectId: string,
  calendars: ReadonlyMap<string, WorkingHours>
): readonly WorkingHours[] =>
  rowsOf(tables, 'CALENDAR')
    .filter(row => row.text('clndr_type') !== 'CA_Rsrc' && ['', projectId].includes(row.text('proj_id')))
    .slice(0, mostCalendars)
    .flatMap(row => calendars.get(row.text('clndr_id')) ?? [])

const mostCalendars = 40

const readTasks = (
  tables: XerTables,
  projectId: string,
  calendars: ReadonlyMap<string, WorkingHours>,
  projectCalendar: WorkingHours | undefined,
  lose: Lose
): readonly SourceTask[] => {
  const rows = rowsOfProject(tables, 'TASK', projectId)
  if (rows.length > mostTasks) throw new Unreadable('too-many-tasks', `${rows.length} tasks, at most ${mostTasks}`)
  const standard = standardHours('standard')
  const hoursOf = new Map(rows.map(row => [row.text('task_id'), calendars.get(row.text('clndr_id'))]))
  const rule = readLagRule(tables, projectId, lose)
  const links = readLinks(tables, projectId, successorId => {
    switch (rule) {
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
    if (type === 'TT_Mile') lose(path, `TT_Mile ${code ?? ''}`.trim(), startMilestone)
    for (const [field, why] of [
      ['suspend_date', suspended],
      ['expect_end_date', expectedFinish]
    ] as const)
      if (row.text(field) !== '') lose(path, `${field} ${row.text(field)}`, why)
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

const constraintTypes: Readonly<Record<string, readonly Exclude<Constraint['type'], 'ALAP'>[]>> = {
  CS_MSOA: ['SNET'],
  CS_MSOB: ['SNLT'],
  CS_MEOA: ['FNET'],
  CS_MEOB: ['FNLT'],
  // "Start on" and "finish on" yield to the logic, as "on or after" and "on or before" together do.
  CS_MSO: ['SNET', 'SNLT'],
  CS_MEO: ['FNET', 'FNLT'],
  CS_MANDSTART: ['MSO'],
  CS_MANDFIN: ['MFO']
}

/** Primary, then secondary, then the dates that projects outside of the file impose. */
const constraintsOf = (row: XerRow, path: string, lose: Lose): readonly Constraint[] => {
  const found: Constraint[] = []
  for (const [typeField, dateField] of [
    ['cstr_type', 'cstr_date'],
    ['cstr_type2', 'cstr_date2']
  ] as const) {
    const type = row.text(typeField)
    if (type === '') continue
    const date = row.date(dateField)
    const types = Object.hasOwn(constraintTypes, type) ? constraintTypes[type] : undefined
    if (type === 'CS_ALAP') found.push({ type: 'ALAP' })
    else if (types && date !== undefined) found.push(...types.map(known => ({ type: known, date })))
    else lose(path, `${typeField} ${type} ${row.text(dateField)}`.trim(), unknownConstraint)
  }
  const notBefore = row.date('external_early_start_date')
  const notAfter = row.date('external_late_end_date')
  if (notBefore !== undefined) found.push({ type: 'SNET', date: notBefore })
  if (notAfter !== undefined) found.push({ type: 'FNLT', date: notAfter })
  return found
}

const linkTypes: Readonly<Record<string, LinkType>> = { PR_FS: 'FS', PR_SS: 'SS', PR_FF: 'FF', PR_SF: 'SF' }

const readLinks = (
  tables: XerTables,
  projectId: string,
  lagCalendarOf: (successorId: string) => WorkingHours | undefined
): ReadonlyMap<string, readonly SourceLink[]> => {
  const links = new Map<string, SourceLink[]>()
  for (const row of rowsOf(tables, 'TASKPRED')) {
    if (row.text('proj_id') !== '' && row.text('proj_id') !== projectId) continue
    const to = row.needed('task_id')
    const type = Object.hasOwn(linkTypes, row.text('pred_type')) ? linkTypes[row.text('pred_type')] : undefined
    if (type === undefined) throw new Unreadable('not-xer', `TASKPRED.pred_type: ${row.text('pred_type')}`, row.line)
    const lag = row.number('lag_hr_cnt') ?? 0
    const lagCalendar = lag === 0 ? undefined : lagCalendarOf(to)
    const link: SourceLink = {
      from: row.needed('pred_task_id'),
      type,
      lag,
      ...(lagCalendar ? { lagCalendar } : {}),
      path: `TASKPRED ${row.text('task_pred_id')}`
    }
    const known = links.get(to)
    if (known) known.push(link)
    else links.set(to, [link])
  }
  return links
}

/** The options of the last calculation: where the network computes otherwise, that is a loss; lags have their calendar. */
const readLagRule = (tables: XerTables, projectId: string, lose: Lose): string => {
  const row = rowsOfProject(tables, 'SCHEDOPTIONS', projectId)[0] ?? rowsOf(tables, 'SCHEDOPTIONS')[0]
  if (!row) return 'rcal_Predecessor'
  const path = `SCHEDOPTIONS ${row.text('schedoptions_id')}`
  if (row.text('sched_retained_logic') === 'N') lose(path, 'sched_retained_logic N', otherProgressRule)
  const float = row.text('sched_float_type')
  if (float !== '' && float !== 'FT_FF') lose(path, `sched_float_type ${float}`, otherFloatRule)
  return row.text('sched_calendar_on_relationship_lag')
}

/** Calendars of the resources of each activity, the first named first. */
const readResourceCalendars = (
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

/** "Must finish by" as the day by whose end the project is due; midnight is the end of the day before. */
const requiredByOf = (project: XerRow, hours: WorkingHours | undefined, lose: Lose): string | undefined => {
  const by = project.date('plan_end_date')
  if (by === undefined) return undefined
  const day = by.slice(0, 10)
  if (by.endsWith('T00:00')) return addDays(day, -1)
  const minute = Number(by.slice(11, 13)) * 60 + Number(by.slice(14, 16))
  const last = Math.max(0, ...(hours?.week ?? []).flatMap(shifts => shifts.map(([, end]) => end)))
  if (minute < last) lose(`PROJECT ${project.text('proj_id')}`, `plan_end_date ${by}`, mustFinishWithinDay)
  return day
}

const earliestOf = (tasks: readonly SourceTask[]): string =>
  tasks
    .flatMap(({ actualStart, computed }) => actualStart ?? computed.earlyStart ?? [])
    .reduce((a, b) => (b < a ? b : a), '2199-12-31')

/** Tables that the plan is read from, or that hold nothing of a project. */
const readHere = new Set(['CURRTYPE', 'PROJECT', 'CALENDAR', 'SCHEDOPTIONS', 'TASK', 'TASKPRED', 'UDFTYPE', 'OBS'])

const loseOtherTables = (tables: XerTables, projectId: string, lose: Lose): void => {
  for (const [name, rows] of tables) {
    if (readHere.has(name)) continue
    const own = rows.filter(row => row.text('proj_id') === '' || row.text('proj_id') === projectId)
    const what = `${own.length} × ${name}`
    if (own.length > 0)
      lose(name, what, Object.hasOwn(tableReasons, name) ? (tableReasons[name] ?? tableUnread) : tableUnread)
  }
}

const tableReasons: Readonly<Record<string, Text>> = {
  PROJWBS: { zh: '工作分解结构各级未导入', en: 'levels of the work breakdown structure are not kept' },
  RSRC: { zh: '资源未导入', en: 'resources are not kept' },
  TASKRSRC: { zh: '资源分配及其工时、费用未导入', en: 'assignments, their units and costs are not kept' },
  PROJCOST: { zh: '费用未导入', en: 'expenses are not kept' },
  TASKACTV: { zh: '作业分类码未导入', en: 'activity codes are not kept' },
  UDFVALUE: { zh: '自定义字段未导入', en: 'user-defined fields are not kept' },
  TASKMEMO: { zh: '记事未导入', en: 'notebooks are not kept' },
  TASKPROC: { zh: '步骤未导入', en: 'steps are not kept' }
}
const tableUnread: Text = { zh: '此表未导入', en: 'the table is not read' }
const otherProject: Text = {
  zh: '文件含多个项目,只导入一个;用 --project-in-file 另选',
  en: 'the file holds several projects and one is read; choose another with --project-in-file'
}
const calendarOverItself: Text = {
  zh: '日历以自身为基准,忽略其基准',
  en: 'the calendar lies over itself; its base is ignored'
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
const startMilestone: Text = {
  zh: '开始里程碑:P6 显示下一班开始的时刻,这里显示前一班结束的时刻,总时差相同',
  en: 'a start milestone: P6 dates it at the next start of work, the tracker at the end of work before it; same float'
}
const suspended: Text = { zh: '停工与复工日期未导入', en: 'suspend and resume dates are not kept' }
const expectedFinish: Text = {
  zh: '期望完成日期未导入;剩余工期按文件所载',
  en: 'an expected finish is not kept; the remaining duration is that of the file'
}
const unknownConstraint: Text = {
  zh: '未知或缺日期的限制条件,未导入',
  en: 'an unknown constraint, or one without a date'
}
const otherProgressRule: Text = {
  zh: '源文件不按保留逻辑计算进展,这里按保留逻辑计算',
  en: 'the file was not computed by retained logic; here it is'
}
const otherFloatRule: Text = {
  zh: '源文件的总时差算法不同,这里为最晚完成减最早完成',
  en: 'the file computes total float otherwise; here it is late finish less early finish'
}
const mustFinishWithinDay: Text = {
  zh: '必须完成时刻在工作日之内,这里按当日结束计',
  en: 'it must finish within a day of work; here by the end of that day'
}
