import type { Text } from './text.ts'

/** The tables of the bureau's ledger (台账): a row a project, and a row a milestone. */
export type LedgerTable = 'projects' | 'milestones'

/**
 * What the cells of a column hold: words, a number, a date of a schedule, a percentage (0 to 100), a reason of DOMAIN §5,
 * or a mark that says yes.
 */
export type LedgerKind = 'text' | 'number' | 'date' | 'percent' | 'delay' | 'yes'

/**
 * What a column is to somebody who edits a copy: `key` says which row of which version it is, `edit` may be changed,
 * `shown` is the tracker's own to say, `computed` is too and follows from rules and holiday notices, `loose` is never read.
 */
export type LedgerUse = 'key' | 'edit' | 'shown' | 'computed' | 'loose'

/** A column of the ledger, found again by its head wherever it stands. */
export interface LedgerColumn<Name extends string = string> {
  readonly name: Name
  readonly head: Text
  readonly kind: LedgerKind
  readonly use: LedgerUse
}

/** A value of a cell: null where it is empty, a date as `YYYY-MM-DD` (with its hour `THH:mm` where the plan has hours). */
export type LedgerValue = string | number | null

const column = <const Name extends string>(
  name: Name,
  zh: string,
  en: string,
  kind: LedgerKind,
  use: LedgerUse
): LedgerColumn<Name> => ({ name, head: { zh, en }, kind, use })

/** The columns of both tables, in their order. */
export const ledgerColumns = {
  projects: [
    column('number', '序号', 'No.', 'number', 'loose'),
    column('name', '项目名称', 'Project', 'text', 'shown'),
    column('programme', '类别', 'Programme', 'text', 'shown'),
    column('town', '镇街', 'Town', 'text', 'shown'),
    column('responsibleUnit', '责任单位', 'Unit in charge', 'text', 'shown'),
    column('owed', '年度目标', 'Owed this year', 'text', 'shown'),
    column('requiredBy', '要求启用', 'Required in use', 'date', 'shown'),
    column('baselineFinish', '批准启用', 'Approved in use', 'date', 'shown'),
    column('projectedFinish', '预计启用', 'Expected in use', 'date', 'computed'),
    column('margin', '余量(工作日)', 'Margin (working days)', 'number', 'computed'),
    column('percentComplete', '完成比例', 'Percent complete', 'percent', 'computed'),
    column('plannedPercent', '序时进度', 'Planned percent', 'percent', 'computed'),
    column('countDone', '已完成数', 'Number done', 'number', 'edit'),
    column('countTotal', '总数', 'Number in all', 'number', 'shown'),
    column('countUnit', '单位', 'Counted in', 'text', 'shown'),
    column('noChange', '无变化', 'No change', 'yes', 'edit'),
    column('nextMilestone', '下一节点', 'Next milestone', 'text', 'computed'),
    column('nextFinish', '下一节点日期', 'Next date', 'date', 'computed'),
    column('problems', '存在问题', 'Problems', 'text', 'computed'),
    column('light', '进度标识', 'Light', 'text', 'computed'),
    column('lastReportOn', '最近填报', 'Last report', 'date', 'shown'),
    column('projectId', '项目编号', 'Project id', 'text', 'key'),
    column('version', '版本', 'Version', 'number', 'key'),
    column('dataDate', '数据日期', 'Data date', 'date', 'key')
  ],
  milestones: [
    column('projectId', '项目编号', 'Project id', 'text', 'key'),
    column('projectName', '项目名称', 'Project', 'text', 'shown'),
    column('milestoneId', '节点编号', 'Milestone id', 'text', 'key'),
    column('name', '里程碑', 'Milestone', 'text', 'shown'),
    column('phase', '阶段', 'Phase', 'text', 'shown'),
    column('originalFinish', '原批准完成', 'First approved finish', 'date', 'shown'),
    column('baselineFinish', '现批准完成', 'Approved finish', 'date', 'shown'),
    column('actualStart', '实际开始', 'Actual start', 'date', 'edit'),
    column('actualFinish', '实际完成', 'Actual finish', 'date', 'edit'),
    column('forecastFinish', '填报预计完成', 'Forecast finish', 'date', 'edit'),
    column('projectedFinish', '推算完成', 'Projected finish', 'date', 'computed'),
    column('percentComplete', '完成比例', 'Percent complete', 'percent', 'edit'),
    column('variance', '偏差(工作日)', 'Variance (working days)', 'number', 'computed'),
    column('delay', '滞后原因', 'Reason of delay', 'delay', 'edit'),
    column('note', '填报说明', 'Note to the report', 'text', 'edit'),
    column('status', '状态', 'Status', 'text', 'shown'),
    column('light', '进度标识', 'Light', 'text', 'computed'),
    column('version', '版本', 'Version', 'number', 'key'),
    column('dataDate', '数据日期', 'Data date', 'date', 'key')
  ]
} as const satisfies Readonly<Record<LedgerTable, readonly LedgerColumn[]>>

/** A column of the table of projects. */
export type ProjectColumn = (typeof ledgerColumns.projects)[number]['name']

/** A column of the table of milestones. */
export type MilestoneColumn = (typeof ledgerColumns.milestones)[number]['name']

/** The sheet of a workbook that holds a table. */
export const ledgerSheetNames: Readonly<Record<LedgerTable, string>> = { projects: '项目', milestones: '里程碑' }

/** Why a cell of an edited copy is not taken, or contradicts; kebab-case and stable. */
export type CellFaultCode =
  // of the cell alone
  | 'formula'
  | 'error-value'
  | 'merged-cell'
  | 'not-text'
  | 'too-long'
  | 'control-character'
  | 'not-a-number'
  | 'not-a-percent'
  | 'ambiguous-percent'
  | 'not-a-date'
  | 'unknown-reason'
  | 'not-yes-or-no'
  | 'key-missing'
  // against the version that the row came from
  | 'unknown-project'
  | 'unknown-version'
  | 'too-many-versions'
  | 'wrong-data-date'
  | 'unknown-milestone'
  | 'duplicate-row'
  | 'read-only'
  | 'cannot-clear'
  | 'note-required'
  | 'no-change-with-changes'

/** A cell of an edited copy: its address in the sheet (`H12`), with what it says, or why it says nothing. */
export type LedgerCell =
  | { readonly ref: string; readonly value: LedgerValue }
  | { readonly ref: string; readonly fault: CellFaultCode; readonly found: string }

/** A row of an edited copy. Columns that the copy has not are absent; they say nothing. */
export interface LedgerRow {
  readonly table: LedgerTable
  /** Name of the sheet; of a CSV, the name that its table has in a workbook. */
  readonly sheet: string
  /** From 1, as the spreadsheet counts. */
  readonly line: number
  /** By the name of their column. */
  readonly cells: Readonly<Record<string, LedgerCell>>
}
