import writeXlsxFile, { type CellObject, type SheetData } from 'write-excel-file/universal'
import { toDayNumber } from '../core/dates.ts'
import type { ScheduleDate } from '../core/milestone.ts'
import { dateOf } from '../core/schedule.ts'
import { type Entry, entryRules } from './entry-rules.ts'
import { tableSetUp } from './table-set-up.ts'
import { withoutStamps } from './zip-stamps.ts'

/** A cell; `undefined` is an empty one. */
export type SheetCell = CellObject | undefined

/** A column of a sheet. */
export interface SheetColumn {
  readonly head: string
  /** In characters. */
  readonly width: number
  /** People fill it in: its head has another ground. */
  readonly filledIn?: boolean
  /** What may be entered, where not everything may. */
  readonly entry?: Entry | undefined
}

/** A sheet of a workbook: its first row is its head, and stays in sight. */
export interface WorkSheet {
  readonly name: string
  readonly columns: readonly SheetColumn[]
  /** Columns that stay in sight on the left. */
  readonly stickyColumns?: number
  readonly rows: readonly (readonly SheetCell[])[]
}

/**
 * A workbook of Excel (Office Open XML). The stamps inside the archive are fixed, so that the same sheets give the same
 * bytes and a ledger that has not changed is not published again.
 */
export const workbook = async (sheets: readonly WorkSheet[]): Promise<Uint8Array> => {
  const blob = await writeXlsxFile(
    sheets.map(({ name, columns, stickyColumns = 0, rows }) => ({
      sheet: name,
      columns: columns.map(({ width }) => ({ width })),
      stickyRowsCount: 1,
      orientation: 'landscape' as const,
      ...(stickyColumns > 0 ? { stickyColumnsCount: stickyColumns } : {}),
      data: [headRow(columns), ...rows.map(row => [...row])] satisfies SheetData
    })),
    { features: [entryRules(sheets), tableSetUp(sheets)] }
  ).toBlob()
  return withoutStamps(new Uint8Array(await blob.arrayBuffer()))
}

/** A cell of words, wrapped. */
export const textCell = (words: string | undefined, style: CellObject = {}): SheetCell =>
  words === undefined || words === ''
    ? undefined
    : { value: inertText(words), type: String, wrap: true, alignVertical: 'top', ...style }

/** A cell of a number in one of Excel's formats. */
export const numberCell = (value: number | null | undefined, format = '0'): SheetCell =>
  value === null || value === undefined ? undefined : { value, type: Number, format, alignVertical: 'top' }

/** A percentage (0 to 100) as Excel counts it. */
export const percentCell = (percent: number | null | undefined): SheetCell =>
  numberCell(percent === null || percent === undefined ? percent : percent / 100, '0.0%')

/** A date of Excel, which counts days and knows no zone; the hour of a plan in hours is a fraction of its day. */
export const dateCell = (date: ScheduleDate | null | undefined): SheetCell => {
  if (date === null || date === undefined) return undefined
  const [hours = 0, minutes = 0] = date.slice(11).split(':').map(Number)
  return {
    value: new Date(toDayNumber(dateOf(date)) * millisecondsPerDay + (hours * 60 + minutes) * millisecondsPerMinute),
    type: Date,
    format: date.length > 10 ? 'yyyy-mm-dd hh:mm' : 'yyyy-mm-dd',
    align: 'center',
    alignVertical: 'top'
  }
}

/**
 * Text that a spreadsheet would take for a formula once it is edited or saved as CSV gets an apostrophe in front, as
 * Excel itself marks text (OWASP, CSV injection).
 */
export const inertText = (words: string): string =>
  /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/.test(words) ? `'${words}` : words

const millisecondsPerMinute = 60_000
const millisecondsPerDay = 1440 * millisecondsPerMinute

const headRow = (columns: readonly SheetColumn[]): CellObject[] => {
  // LibreOffice keeps the height of one line where none is said, and cuts through two.
  const height = pointsPerLine * (Math.max(...columns.map(linesOf)) + 0.5)
  return columns.map(column => headCell(column, height))
}

/** A line of the font of the workbook. */
const pointsPerLine = 15

/** How many lines a head takes; a Chinese character is as wide as two others, and bold letters are wider than digits. */
const linesOf = ({ head, width }: SheetColumn): number =>
  head
    .split('\n')
    .map(line => Math.ceil(line.replaceAll(/\p{Script=Han}/gu, '..').length / (width - 1)))
    .reduce((sum, lines) => sum + lines, 0)

const headCell = ({ head, filledIn = false }: SheetColumn, height: number): CellObject => ({
  height,
  value: head,
  type: String,
  fontWeight: 'bold',
  textColor: '#ffffff',
  backgroundColor: filledIn ? '#8a5300' : '#33475b',
  align: 'center',
  alignVertical: 'center',
  wrap: true
})
