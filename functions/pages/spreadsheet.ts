import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import writeXlsxFile, { type CellObject, type SheetData } from 'write-excel-file/universal'
import type { ScheduleDate } from '../core/milestone.ts'
import { dateOf } from '../core/schedule.ts'
import { type Entry, entryRules, serialOf } from './entry-rules.ts'
import { type CellStyle, rowsMarkup, type SheetCell, type SheetRow, sharedTexts, stylesOf } from './sheet-rows.ts'
import { tableSetUp } from './table-set-up.ts'

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
  readonly rows: readonly SheetRow[]
}

/**
 * A workbook of Excel (Office Open XML). The library makes it with heads alone and a row of empty cells, one of each
 * style; the rows take the place of that one. The stamps inside the archive are fixed, so that the same sheets give the
 * same bytes and a ledger that has not changed is not published again.
 */
export const workbook = async (sheets: readonly WorkSheet[]): Promise<Uint8Array> => {
  const patterns = sheets.map(({ rows }) => stylesOf(rows))
  const files = unzipSync(await withPatterns(sheets, patterns))
  const texts = sharedTexts(textOf(files, textsPath).split('<si>').length - 1)
  sheets.forEach(({ rows }, index) => {
    const path = `xl/worksheets/sheet${index + 1}.xml`
    files[path] = strToU8(
      textOf(files, path).replace(patternRow, pattern => {
        const numbers = [...pattern.matchAll(/ s="(\d+)"/g)].map(([, number = '']) => number)
        const numberOfStyle = new Map(patterns[index]?.map((style, at) => [style, numbers[at] ?? '']))
        return rowsMarkup(rows, numberOfStyle, texts)
      })
    )
  })
  files[textsPath] = strToU8(textOf(files, textsPath).replace('</sst>', () => `${texts.markup()}</sst>`))
  return zipSync(files, { mtime: firstMoment })
}

/** There is nothing earlier in a ZIP archive. */
const firstMoment = new Date(1980, 0, 1)
const textsPath = 'xl/sharedStrings.xml'
const patternRow = /<row r="2">.*?<\/row>/

const textOf = (files: ReturnType<typeof unzipSync>, path: string): string => {
  const file = files[path]
  if (!file) throw new RangeError(`the library made no ${path}`)
  return strFromU8(file)
}

const withPatterns = async (
  sheets: readonly WorkSheet[],
  patterns: readonly (readonly CellStyle[])[]
): Promise<Uint8Array> => {
  const blob = await writeXlsxFile(
    sheets.map(({ name, columns, stickyColumns = 0 }, index) => ({
      sheet: name,
      columns: columns.map(({ width }) => ({ width })),
      stickyRowsCount: 1,
      orientation: 'landscape' as const,
      ...(stickyColumns > 0 ? { stickyColumnsCount: stickyColumns } : {}),
      data: [headRow(columns), [...(patterns[index] ?? [])]] satisfies SheetData
    })),
    { features: [entryRules(sheets), tableSetUp(sheets)] }
  ).toBlob()
  return new Uint8Array(await blob.arrayBuffer())
}

/** How words look: wrapped. */
export const textStyle: CellStyle = { type: String, wrap: true, alignVertical: 'top' }

/** A whole number. */
export const numberStyle: CellStyle = { type: Number, format: '0', alignVertical: 'top' }

/** A whole number that always has its sign. */
export const signedStyle: CellStyle = { ...numberStyle, format: '+0;-0;0' }

const percentStyle: CellStyle = { ...numberStyle, format: '0.0%' }

const dateStyle: CellStyle = {
  type: Date,
  format: 'yyyy-mm-dd',
  align: 'center',
  alignVertical: 'top'
}

const momentStyle: CellStyle = { ...dateStyle, format: 'yyyy-mm-dd hh:mm' }

/** A cell of words. */
export const textCell = (words: string | undefined, style: CellStyle = textStyle): SheetCell =>
  words === undefined || words === '' ? undefined : { value: inertText(words), style }

/** A cell of a number. */
export const numberCell = (value: number | null | undefined, style: CellStyle = numberStyle): SheetCell =>
  value === null || value === undefined ? undefined : { value, style }

/** A percentage (0 to 100) as Excel counts it. */
export const percentCell = (percent: number | null | undefined): SheetCell =>
  numberCell(percent === null || percent === undefined ? percent : percent / 100, percentStyle)

/** A date of Excel, which counts days and knows no zone; the hour of a plan in hours is a fraction of its day. */
export const dateCell = (date: ScheduleDate | null | undefined): SheetCell => {
  if (date === null || date === undefined) return undefined
  const [hours = 0, minutes = 0] = date.slice(11).split(':').map(Number)
  return {
    value: serialOf(dateOf(date)) + (hours * 60 + minutes) / minutesPerDay,
    style: date.length > 10 ? momentStyle : dateStyle
  }
}

/**
 * Text that a spreadsheet would take for a formula once it is edited or saved as CSV gets an apostrophe in front, as
 * Excel itself marks text (OWASP, CSV injection).
 */
export const inertText = (words: string): string =>
  /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/.test(words) ? `'${words}` : words

const minutesPerDay = 1440

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
