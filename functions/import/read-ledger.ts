import type { LedgerRow, LedgerTable } from '../core/ledger.ts'
import { rowsOfCsv } from './csv-rows.ts'
import { type Decoded, decoded, Unreadable } from './imported-plan.ts'
import type { LedgerForm } from './ledger-form.ts'
import { ledgerTable } from './ledger-table.ts'
import type { RawRow } from './raw-rows.ts'
import { openWorkbook } from './workbook.ts'
import { rowsOfSheet } from './worksheet.ts'

/** Largest file that is read, in bytes. */
const largestLedger = 8 * 1024 * 1024

/** Sheets that are looked into; the rest of a workbook is somebody's own. */
const mostSheets = 20

/**
 * Reads the rows of an edited ledger. It runs on whatever somebody sends: the archive is unpacked piece by piece and never
 * beyond a limit, XML is read as a stream, and no entity is expanded.
 */
export const readLedger = (
  bytes: Uint8Array,
  form: LedgerForm,
  encoding?: string | undefined
): Decoded<readonly LedgerRow[]> =>
  decoded(() => {
    if (bytes.length > largestLedger)
      throw new Unreadable('too-large', `${bytes.length} bytes, at most ${largestLedger}`)
    switch (form) {
      case 'excel-ledger':
        return readWorkbook(bytes)
      case 'csv-ledger':
        return rowsOfTables([{ name: undefined, rows: () => rowsOfCsv(bytes, encoding) }], false)
    }
  })

const readWorkbook = (bytes: Uint8Array): readonly LedgerRow[] => {
  // Office keeps old workbooks in such files, and new ones that have a password.
  if ([0xd0, 0xcf, 0x11, 0xe0].every((byte, i) => bytes[i] === byte))
    throw new Unreadable('not-a-workbook', 'an old .xls, or a workbook with a password')
  const book = openWorkbook(bytes)
  const sheets = book.sheets.slice(0, mostSheets)
  return rowsOfTables(
    sheets.map(({ name, part }) => ({ name, rows: () => rowsOfSheet(book, part) })),
    book.from1904
  )
}

interface Sheet {
  /** A CSV has none. */
  readonly name: string | undefined
  readonly rows: () => readonly RawRow[]
}

const rowsOfTables = (sheets: readonly Sheet[], from1904: boolean): readonly LedgerRow[] => {
  const found = new Map<LedgerTable, readonly LedgerRow[]>()
  for (const { name, rows } of sheets) {
    const table = ledgerTable(name, rows(), { from1904 })
    if (!table) continue
    // Which of two copies is meant, nobody could say.
    if (found.has(table.table)) throw new Unreadable('duplicate-sheet', name ?? table.table)
    found.set(table.table, table.rows)
  }
  if (found.size === 0) throw new Unreadable('no-ledger', sheets.map(({ name }) => name ?? 'CSV').join(' '))
  return [...found.values()].flat()
}
