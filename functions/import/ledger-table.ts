import {
  type LedgerCell,
  type LedgerColumn,
  type LedgerRow,
  type LedgerTable,
  ledgerColumns,
  ledgerSheetNames
} from '../core/ledger.ts'
import { type DateSystem, readCell } from './cell-values.ts'
import { Unreadable } from './imported-plan.ts'
import { columnLetters, type RawRow } from './raw-rows.ts'

/** Titles that people put above the heads are passed over. */
const headWithin = 20

/**
 * The rows of a sheet as the ledger's, by the heads of its columns: in any order, with the user's own columns between
 * them. Undefined for a sheet that is no table of the ledger.
 * @throws Unreadable for a table without the columns that say what a row is, or with a column twice.
 */
export const ledgerTable = (
  sheet: string | undefined,
  rows: readonly RawRow[],
  dates: DateSystem
): { readonly table: LedgerTable; readonly rows: readonly LedgerRow[] } | undefined => {
  const head = rows.slice(0, headWithin).find(row => placesOf(row, [idColumn]).length > 0)
  if (!head) return undefined
  const isOfMilestones = placesOf(head, ledgerColumns.milestones).some(({ column }) => column.name === 'milestoneId')
  const table = isOfMilestones ? 'milestones' : 'projects'
  const name = sheet ?? ledgerSheetNames[table]
  const places = placesOf(head, ledgerColumns[table])
  refuseTwice(places, name)
  const missing = ledgerColumns[table].filter(column => column.use === 'key' && !places.some(p => p.column === column))
  if (missing.length > 0) throw new Unreadable('missing-column', `${name}: ${missing.map(c => c.head.zh).join(' ')}`)
  const read = places.filter(({ column }) => column.use !== 'loose')
  return {
    table,
    rows: rows
      .filter(row => row.line > head.line && read.some(({ at }) => row.cells.has(at)))
      .map(row => ({ table, sheet: name, line: row.line, cells: cellsOf(row, read, dates) }))
  }
}

/** Both tables have it, and no other sheet has. */
const [idColumn] = ledgerColumns.milestones

interface Place {
  readonly column: LedgerColumn
  /** From 0. */
  readonly at: number
}

const placesOf = (head: RawRow, columns: readonly LedgerColumn[]): readonly Place[] =>
  columns.flatMap(column => {
    const names = namesOf(column)
    return [...head.cells].flatMap(([at, { value }]) => (names.includes(bare(`${value}`)) ? [{ column, at }] : []))
  })

/** Both languages, as they are written, or either. */
const namesOf = ({ head: { zh, en } }: LedgerColumn): readonly string[] => [zh + en, zh, en].map(bare)

/** A head without its line breaks and blanks, and with its brackets in one width. */
const bare = (head: string): string => head.slice(0, 200).normalize('NFKC').replaceAll(/\s/g, '').toLowerCase()

const refuseTwice = (places: readonly Place[], sheet: string): void => {
  const twice = places.find(({ column }, i) => places.findIndex(other => other.column === column) < i)
  if (twice) throw new Unreadable('duplicate-column', `${sheet}: ${twice.column.head.zh} ${columnLetters(twice.at)}`)
}

const cellsOf = (row: RawRow, places: readonly Place[], dates: DateSystem): LedgerRow['cells'] =>
  Object.fromEntries(
    places.map(({ column, at }): [string, LedgerCell] => {
      const ref = `${columnLetters(at)}${row.line}`
      const raw = row.cells.get(at)
      if (!raw) return [column.name, { ref, value: null }]
      const reading = readCell(raw, column.kind, dates)
      return [
        column.name,
        reading.ok
          ? { ref, value: reading.value }
          : { ref, fault: reading.code, found: `${raw.value}`.slice(0, mostQuoted) }
      ]
    })
  )

/** So much of a bad cell is quoted. */
const mostQuoted = 60
