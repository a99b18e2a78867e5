import type { IsoDate } from '../core/dates.ts'
import { delayCodes } from '../core/delay.ts'
import {
  type LedgerColumn,
  type LedgerKind,
  type LedgerTable,
  type LedgerUse,
  type LedgerValue,
  ledgerColumns,
  ledgerSheetNames,
  type MilestoneColumn,
  type ProjectColumn
} from '../core/ledger.ts'
import type { Light } from '../core/policy.ts'
import type { SiteFile, Summary } from '../core/ports.ts'
import type { EntryMilestone, SiteEntry, SitePart } from '../core/site-entry.ts'
import { dateText } from './date-text.ts'
import type { Entry } from './entry-rules.ts'
import { type Language, listed } from './language.ts'
import { demonstrationMark, siteTitle } from './layout.ts'
import { delayChoice, ledgerText, milestoneValues, projectValues, yesWord } from './ledger-values.ts'
import {
  dateCell,
  numberCell,
  percentCell,
  type SheetCell,
  type SheetColumn,
  textCell,
  type WorkSheet,
  workbook
} from './spreadsheet.ts'
import { addressOfPart, townName } from './town-page.ts'
import type { TownsData } from './towns-page.ts'
import { lightOrder, lightWords } from './words.ts'

/** A column over rows of one kind. */
interface Column<Row> extends SheetColumn {
  readonly cell: (row: Row) => SheetCell
}

const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/**
 * The bureau's ledger (台账) as an Excel workbook: projects, milestones, instructions. Each row carries the ids, the
 * version and the data date that it came from, so that an edited copy can be merged with what was written meanwhile.
 */
export const ledgerFile = async (
  entries: readonly SiteEntry[],
  dataDate: IsoDate,
  path: string
): Promise<SiteFile> => ({
  path,
  body: await workbook([
    {
      name: ledgerSheetNames.projects,
      columns: projectSheet,
      stickyColumns: 2,
      rows: entries.map(({ summary }, index) => projectRow(summary, index + 1))
    },
    {
      name: ledgerSheetNames.milestones,
      columns: milestoneSheet,
      stickyColumns: 4,
      rows: entries.flatMap(({ summary, milestones }) => milestones.map(milestone => milestoneRow(summary, milestone)))
    },
    instructions(entries, dataDate)
  ]),
  contentType: workbookType
})

/** What stands in a divided site where a small one has the ledger: its towns, and where their ledgers are. */
export const townsLedgerFile = async ({ parts }: TownsData, siteUrl: string | undefined): Promise<SiteFile> => {
  const columns = townColumns(siteUrl ?? '/')
  const rows = parts.map(part => columns.map(({ cell }) => cell(part)))
  return {
    path: 'ledger.xlsx',
    body: await workbook([{ name: '镇街', columns, stickyColumns: 1, rows }]),
    contentType: workbookType
  }
}

const townColumns = (root: string): readonly Column<SitePart>[] => [
  { head: '镇街', width: 20, cell: ({ town }) => textCell(townName(town, 'zh')) },
  { head: '页', width: 6, cell: ({ page }) => numberCell(page) },
  { head: '项目数', width: 8, cell: ({ total }) => numberCell(total) },
  ...lightOrder.map(light => ({
    head: lightWords[light].name.zh,
    width: 10,
    cell: ({ lights }: SitePart) => numberCell(lights[light])
  })),
  { head: '台账', width: 60, cell: ({ folder }) => textCell(`${root}${addressOfPart(folder)}ledger.xlsx`) }
]

const projectWidths: Readonly<Record<ProjectColumn, number>> = {
  number: 6,
  name: 28,
  programme: 14,
  town: 12,
  responsibleUnit: 18,
  owed: 18,
  requiredBy: 12,
  baselineFinish: 12,
  projectedFinish: 12,
  margin: 12,
  percentComplete: 11,
  plannedPercent: 11,
  countDone: 10,
  countTotal: 10,
  countUnit: 8,
  noChange: 10,
  nextMilestone: 20,
  nextFinish: 13,
  problems: 28,
  light: 16,
  lastReportOn: 12,
  projectId: 24,
  version: 8,
  dataDate: 12
}

const milestoneWidths: Readonly<Record<MilestoneColumn, number>> = {
  projectId: 24,
  projectName: 26,
  milestoneId: 12,
  name: 22,
  phase: 12,
  originalFinish: 13,
  baselineFinish: 13,
  actualStart: 13,
  actualFinish: 13,
  forecastFinish: 14,
  projectedFinish: 13,
  percentComplete: 11,
  variance: 12,
  delay: 20,
  note: 28,
  status: 10,
  light: 16,
  version: 8,
  dataDate: 12
}

const sheetColumns = <Name extends string>(
  columns: readonly LedgerColumn<Name>[],
  widths: Readonly<Record<Name, number>>
): readonly SheetColumn[] =>
  columns.map(({ name, head, kind, use }) => ({
    // Two lines: a table of many columns has no width to give away.
    head: `${head.zh}\n${head.en}`,
    width: widths[name],
    filledIn: use === 'edit',
    entry: use === 'edit' ? entries[kind] : undefined
  }))

/** What Excel lets people enter into a cell that they may change. */
const entries: Readonly<Record<LedgerKind, Entry | undefined>> = {
  text: undefined,
  number: { type: 'number', from: 0, to: 1e9 },
  date: { type: 'date', from: '1970-01-01', to: '2199-12-31' },
  percent: { type: 'number', from: 0, to: 1 },
  delay: { type: 'list', choices: delayCodes.map(delayChoice) },
  yes: { type: 'list', choices: [yesWord] }
}

const projectSheet = sheetColumns(ledgerColumns.projects, projectWidths)
const milestoneSheet = sheetColumns(ledgerColumns.milestones, milestoneWidths)

const projectRow = (summary: Summary, number: number): readonly SheetCell[] => {
  const values = { ...projectValues(summary), number }
  return ledgerColumns.projects.map(({ name, kind }) =>
    name === 'light' ? lightCell(summary.light) : cellOf(kind, values[name])
  )
}

const milestoneRow = (summary: Summary, milestone: EntryMilestone): readonly SheetCell[] => {
  const values = milestoneValues(summary, milestone)
  return ledgerColumns.milestones.map(({ name, kind }) => {
    if (name === 'light') return lightCell(milestone.light)
    return cellOf(kind, values[name], name === 'variance' ? '+0;-0;0' : undefined)
  })
}

const cellOf = (kind: LedgerKind, value: LedgerValue, format?: string): SheetCell => {
  if (typeof value === 'number') return kind === 'percent' ? percentCell(value) : numberCell(value, format)
  return kind === 'date' ? dateCell(value) : textCell(ledgerText(kind, value))
}

/** Grounds on which black text reads well; the word beside says the same. */
const grounds: Readonly<Record<Light, string>> = {
  red: '#f4b6b2',
  yellow: '#fbe29a',
  blue: '#bcd9f5',
  green: '#bfe5c8',
  stale: '#d6d9dc',
  paused: '#d6d9dc',
  'no-baseline': '#eceeef',
  done: '#bfe3df'
}

const lightCell = (light: Light): SheetCell =>
  textCell(lightWords[light].name.zh, { backgroundColor: grounds[light], align: 'center' })

const instructions = (entries: readonly SiteEntry[], dataDate: IsoDate): WorkSheet => ({
  name: '说明',
  columns: [{ head: siteTitle('zh'), width: 120 }],
  rows: [
    `数据截至 ${dateText(dataDate, 'zh')}。As of ${dateText(dataDate, 'en')}.`,
    ...(entries.some(({ summary }) => summary.demonstration) ? [demonstrationMark('zh')] : []),
    '「项目」每个项目一行,「里程碑」每个节点一行;日期均为日期格式,含首尾两日;工作日按国务院放假通知计算。',
    ...fillingIn,
    '「推算完成」为实际完成;未完成的,取填报预计与按工序推算两者中较晚者。',
    '「进度标识」由规则得出,每条规则的算式见状态网站的项目页。',
    '本表不含个人信息。'
  ].map(line => [textCell(line)])
})

const namesOf = (table: LedgerTable, use: LedgerUse, lang: Language): string =>
  listed(
    ledgerColumns[table].flatMap(({ head, use: of }) => (of === use ? [head[lang]] : [])),
    lang
  )

/** How an edited copy comes back; what may be changed is read off the columns themselves. */
const fillingIn: readonly string[] = [
  `可以填写的列(标题为棕色):「项目」表的${namesOf('projects', 'edit', 'zh')};「里程碑」表的${namesOf('milestones', 'edit', 'zh')}。其他列请勿改动,改动会被拒绝并指出单元格。`,
  `Columns to fill in (brown heads): projects: ${namesOf('projects', 'edit', 'en')}; milestones: ${namesOf('milestones', 'edit', 'en')}. A change in any other column is refused, and the cell named.`,
  '填好后导入(tracker import ledger.xlsx):先试算,逐项列出更改与冲突,确认后才写入;每个项目要么全部写入,要么一项不写。',
  'Bring it back with tracker import ledger.xlsx: it lists every change and conflict first, and writes with --apply; of each project everything or nothing.',
  `「项目编号」「节点编号」「版本」「数据日期」标明本行来自哪个项目、哪个节点、哪一版、哪一天,请勿改动;行可以排序、删除(删除的行不作更改),列可以移动。`,
  'Rows may be sorted or deleted (a deleted row changes nothing), columns may be moved; ids, version and data date say what a row came from.',
  '日期推迟须选「滞后原因」;选 OTHER 须写「填报说明」。已填报的实际日期、进度不能在本表撤回或清空,请在系统中更正。',
  'A later date needs a reason; OTHER needs a note. What was reported cannot be taken back here: correct it in the tracker.',
  `「无变化」填「${yesWord}」表示已核实、与上次填报相比没有变化。「No change」 says that somebody looked and nothing changed.`
]
