import { type LedgerKind, type LedgerValue, ledgerColumns } from '../core/ledger.ts'
import type { SiteFile } from '../core/ports.ts'
import type { SiteEntry } from '../core/site-entry.ts'
import { ledgerText, milestoneValues } from './ledger-values.ts'
import { inertText } from './spreadsheet.ts'

/**
 * The table of milestones of the ledger as plain text: RFC 4180 with the byte order mark without which Excel takes UTF-8
 * for GBK. Words that a spreadsheet would take for a formula are marked as text.
 */
export const ledgerCsvFile = (entries: readonly SiteEntry[]): SiteFile => {
  const rows = entries.flatMap(({ summary, milestones }) => milestones.map(each => milestoneValues(summary, each)))
  const lines = [
    ledgerColumns.milestones.map(({ head }) => `${head.zh} ${head.en}`),
    ...rows.map(values => ledgerColumns.milestones.map(({ name, kind }) => cellText(kind, values[name])))
  ]
  return {
    path: 'ledger.csv',
    body: `\uFEFF${lines.map(cells => `${cells.map(quoted).join(',')}\r\n`).join('')}`,
    contentType: 'text/csv; charset=utf-8'
  }
}

const cellText = (kind: LedgerKind, value: LedgerValue): string => {
  if (typeof value === 'number') return kind === 'percent' ? `${value}%` : `${value}`
  const words = ledgerText(kind, value) ?? ''
  // The hour of a plan in hours, as a spreadsheet reads it.
  return kind === 'date' ? words.replace('T', ' ') : inertText(words)
}

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
