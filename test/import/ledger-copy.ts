import { strFromU8, strToU8, unzipSync, type Zippable, zipSync } from 'fflate'
import { toDayNumber } from '../../functions/core/dates.ts'
import type { LedgerRow, LedgerTable } from '../../functions/core/ledger.ts'
import { placeOf } from '../../functions/import/raw-rows.ts'
import { readLedger } from '../../functions/import/read-ledger.ts'

/** What somebody writes into a cell: text, a number, a date; `xml` is the element as it is; null empties it. */
export type Entry = string | number | null | { readonly date: string } | { readonly xml: string }

/** A cell of a ledger, by what its row is about. */
export interface Where {
  readonly table?: LedgerTable
  readonly project: string
  readonly milestone?: string
  readonly column: string
}

/** An exported ledger with cells written anew, as somebody edits a copy of it. */
export const edited = (bytes: Uint8Array, ...edits: readonly (readonly [Where, Entry])[]): Uint8Array =>
  edits.reduce((copy, [where, entry]) => withCell(copy, addressOf(copy, where), entry), bytes)

/** The address of a cell, with its sheet. */
export const addressOf = (bytes: Uint8Array, where: Where): { readonly sheet: string; readonly ref: string } => {
  const { table = where.milestone === undefined ? 'projects' : 'milestones', project, milestone, column } = where
  const row = rowsOf(bytes).find(
    ({ table: of, cells }) =>
      of === table && held(cells.projectId) === project && (!milestone || held(cells.milestoneId) === milestone)
  )
  const ref = row?.cells[column]?.ref
  if (!row || ref === undefined) throw new Error(`${project} ${milestone} ${column} is not in the ledger`)
  return { sheet: row.sheet, ref }
}

/** The rows of a ledger, read as an import reads them. */
export const rowsOf = (bytes: Uint8Array): readonly LedgerRow[] => {
  const read = readLedger(bytes, 'excel-ledger')
  if (!read.ok) throw new Error(`${read.fault.code}: ${read.fault.detail}`)
  return read.value
}

const held = (cell: LedgerRow['cells'][string] | undefined) => (cell && 'value' in cell ? cell.value : undefined)

/** The same archive with the text of its parts changed; a part that becomes undefined is left out. */
export const withParts = (
  bytes: Uint8Array,
  change: (path: string, text: string) => string | undefined,
  more: Readonly<Record<string, string>> = {}
): Uint8Array => {
  const parts: Zippable = Object.fromEntries(Object.entries(more).map(([path, text]) => [path, strToU8(text)]))
  for (const [path, content] of Object.entries(unzipSync(bytes))) {
    const text = change(path, strFromU8(content))
    if (text !== undefined) parts[path] = strToU8(text)
  }
  return zipSync(parts, { level: 1 })
}

/** Which part holds a sheet of an exported ledger. */
export const sheetPart = (sheet: string): string =>
  `xl/worksheets/sheet${['项目', '里程碑', '说明'].indexOf(sheet) + 1}.xml`

const withCell = (bytes: Uint8Array, { sheet, ref }: { sheet: string; ref: string }, entry: Entry): Uint8Array =>
  withParts(bytes, (path, text) => (path === sheetPart(sheet) ? setCell(text, ref, entry) : text))

/** The XML of a sheet with one cell written anew. */
export const setCell = (xml: string, ref: string, entry: Entry): string => {
  const line = /\d+$/.exec(ref)?.[0]
  return xml.replace(new RegExp(`(<row [^>]*r="${line}"[^>]*>)(.*?)(</row>)`, 's'), (_row, head, body, end) => {
    const cells = new Map(
      [...String(body).matchAll(/<c r="([A-Z]+\d+)"[^>]*?(?:\/>|>.*?<\/c>)/gs)].map(m => [m[1] ?? '', m[0]])
    )
    cells.set(ref, cellXml(ref, entry))
    const inOrder = [...cells].toSorted(([a], [b]) => (placeOf(a)?.column ?? 0) - (placeOf(b)?.column ?? 0))
    return head + inOrder.map(([, cell]) => cell).join('') + end
  })
}

const cellXml = (ref: string, entry: Entry): string => {
  if (entry === null) return ''
  if (typeof entry === 'number') return `<c r="${ref}"><v>${entry}</v></c>`
  if (typeof entry === 'string') return `<c r="${ref}" t="inlineStr"><is><t>${escaped(entry)}</t></is></c>`
  return 'date' in entry ? `<c r="${ref}"><v>${toDayNumber(entry.date) + 25_569}</v></c>` : entry.xml
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
