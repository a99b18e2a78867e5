import type { IsoDate } from '../core/dates.ts'
import type { Light } from '../core/policy.ts'
import type { SiteFile, Summary } from '../core/ports.ts'
import type { EntryMilestone, SiteEntry, SitePart } from '../core/site-entry.ts'
import { dateText } from './date-text.ts'
import { demonstrationMark, siteTitle } from './layout.ts'
import { dateCell, numberCell, percentCell, type SheetCell, textCell, type WorkSheet, workbook } from './spreadsheet.ts'
import { addressOfPart, townName } from './town-page.ts'
import type { TownsData } from './towns-page.ts'
import { delayWords, lightOrder, lightWords, phaseText, ruleWords, statusWords } from './words.ts'

/** A column of a sheet over rows of one kind. */
interface Column<Row> {
  readonly head: string
  /** In characters. */
  readonly width: number
  readonly cell: (row: Row) => SheetCell
}

/**
 * The bureau's ledger (台账) as an Excel workbook: projects, milestones, instructions. Each row carries the ids and the
 * version that it came from, so that an edited copy can be compared with what has been written meanwhile.
 */
export const ledgerFile = async (
  entries: readonly SiteEntry[],
  dataDate: IsoDate,
  path: string
): Promise<SiteFile> => ({
  path,
  body: await workbook([
    sheetOf(
      '项目',
      projectColumns,
      2,
      entries.map(({ summary }, index) => ({ summary, number: index + 1 }))
    ),
    sheetOf(
      '里程碑',
      milestoneColumns,
      4,
      entries.flatMap(({ summary, milestones }) => milestones.map(milestone => ({ summary, milestone })))
    ),
    instructions(entries, dataDate)
  ]),
  contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
})

/** What stands in a divided site where a small one has the ledger: its towns, and where their ledgers are. */
export const townsLedgerFile = async ({ parts }: TownsData, siteUrl: string | undefined): Promise<SiteFile> => ({
  path: 'ledger.xlsx',
  body: await workbook([sheetOf('镇街', townColumns(siteUrl ?? '/'), 1, parts)]),
  contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
})

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

const sheetOf = <Row>(
  name: string,
  columns: readonly Column<Row>[],
  stickyColumns: number,
  rows: readonly Row[]
): WorkSheet => ({
  name,
  widths: columns.map(({ width }) => width),
  stickyColumns,
  head: columns.map(({ head }) => head),
  rows: rows.map(row => columns.map(({ cell }) => cell(row)))
})

interface ProjectRow {
  readonly summary: Summary
  /** Place in the order of the overview, from 1. */
  readonly number: number
}

const projectColumns: readonly Column<ProjectRow>[] = [
  { head: '序号', width: 6, cell: ({ number }) => numberCell(number) },
  { head: '项目名称', width: 28, cell: ({ summary }) => textCell(summary.name) },
  { head: '类别', width: 14, cell: ({ summary }) => textCell(summary.programme) },
  { head: '镇街', width: 12, cell: ({ summary }) => textCell(summary.town) },
  { head: '责任单位', width: 18, cell: ({ summary }) => textCell(summary.responsibleUnit) },
  { head: '年度目标', width: 18, cell: ({ summary }) => textCell(summary.owed) },
  { head: '要求启用', width: 12, cell: ({ summary }) => dateCell(summary.requiredBy) },
  { head: '批准启用', width: 12, cell: ({ summary }) => dateCell(summary.baselineFinish) },
  { head: '预计启用', width: 12, cell: ({ summary }) => dateCell(summary.projectedFinish) },
  { head: '余量(工作日)', width: 10, cell: ({ summary }) => numberCell(summary.marginWorkingDays) },
  { head: '完成比例', width: 10, cell: ({ summary }) => percentCell(summary.percentComplete) },
  { head: '序时进度', width: 10, cell: ({ summary }) => percentCell(summary.plannedPercent) },
  { head: '下一节点', width: 20, cell: ({ summary }) => textCell(summary.next?.name) },
  { head: '下一节点日期', width: 12, cell: ({ summary }) => dateCell(summary.next?.finish) },
  { head: '存在问题', width: 28, cell: ({ summary }) => textCell(problemsOf(summary)) },
  { head: '进度标识', width: 16, cell: ({ summary }) => lightCell(summary.light) },
  { head: '最近填报', width: 12, cell: ({ summary }) => dateCell(summary.lastReportOn) },
  { head: '项目编号', width: 24, cell: ({ summary }) => textCell(summary.id) },
  { head: '版本', width: 8, cell: ({ summary }) => numberCell(summary.version) }
]

interface MilestoneRow {
  readonly summary: Summary
  readonly milestone: EntryMilestone
}

const milestoneColumns: readonly Column<MilestoneRow>[] = [
  { head: '项目编号', width: 24, cell: ({ summary }) => textCell(summary.id) },
  { head: '项目名称', width: 26, cell: ({ summary }) => textCell(summary.name) },
  { head: '节点编号', width: 10, cell: ({ milestone }) => textCell(milestone.id) },
  { head: '里程碑', width: 22, cell: ({ milestone }) => textCell(milestone.name) },
  {
    head: '阶段',
    width: 12,
    cell: ({ milestone }) => textCell(milestone.phase === undefined ? undefined : phaseText(milestone.phase, 'zh'))
  },
  { head: '原批准完成', width: 12, cell: ({ milestone }) => dateCell(milestone.originalFinish) },
  { head: '现批准完成', width: 12, cell: ({ milestone }) => dateCell(milestone.baselineFinish) },
  { head: '实际开始', width: 12, cell: ({ milestone }) => dateCell(milestone.actualStart) },
  { head: '实际完成', width: 12, cell: ({ milestone }) => dateCell(milestone.actualFinish) },
  { head: '填报预计完成', width: 12, cell: ({ milestone }) => dateCell(milestone.forecastFinish) },
  { head: '推算完成', width: 12, cell: ({ milestone }) => dateCell(milestone.finish) },
  { head: '完成比例', width: 10, cell: ({ milestone }) => percentCell(milestone.percentComplete) },
  { head: '偏差(工作日)', width: 10, cell: ({ milestone }) => numberCell(milestone.lateWorkingDays, '+0;-0;0') },
  {
    head: '滞后原因',
    width: 18,
    cell: ({ milestone }) =>
      textCell(milestone.delay === undefined ? undefined : `${milestone.delay} ${delayWords[milestone.delay].zh}`)
  },
  { head: '状态', width: 10, cell: ({ milestone }) => textCell(statusWords[milestone.status].zh) },
  { head: '进度标识', width: 16, cell: ({ milestone }) => lightCell(milestone.light) },
  { head: '版本', width: 8, cell: ({ summary }) => numberCell(summary.version) }
]

const problemsOf = ({ rules, brokenLaws }: Summary): string =>
  [
    ...rules.filter(rule => rule !== 'G' && rule !== 'B1').map(rule => `${rule} ${ruleWords[rule].zh}`),
    ...brokenLaws.map(law => `违反程序 ${law}`)
  ].join(';')

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
  widths: [110],
  head: [siteTitle('zh')],
  rows: [
    `数据截至 ${dateText(dataDate, 'zh')}。`,
    ...(entries.some(({ summary }) => summary.demonstration) ? [demonstrationMark('zh')] : []),
    '「项目」每个项目一行,「里程碑」每个节点一行;日期均为日期格式,含首尾两日;工作日按国务院放假通知计算。',
    '「项目编号」「节点编号」「版本」标明本行来自系统的哪个项目、哪个节点、哪一版,请勿改动。',
    '「推算完成」为实际完成;未完成的,取填报预计与按工序推算两者中较晚者。',
    '「进度标识」由规则得出,每条规则的算式见状态网站的项目页。',
    '本表不含个人信息。'
  ].map(line => [textCell(line)])
})
