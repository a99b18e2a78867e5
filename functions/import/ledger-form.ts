/** The forms in which an edited ledger comes back. */
export const ledgerForms = ['excel-ledger', 'csv-ledger'] as const

/** One of {@link ledgerForms}. */
export type LedgerForm = (typeof ledgerForms)[number]

/** The type under which workbooks are sent. */
export const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** What is known of a file beside its bytes. */
export interface LedgerFileHints {
  /** Media type without parameters. */
  readonly mediaType?: string | undefined
  readonly fileName?: string | undefined
}

/** Which form of ledger a file is, or that it is none: a workbook by how it begins, a CSV by its type or name. */
export const ledgerFormOf = (
  [first, second]: Uint8Array,
  { mediaType, fileName = '' }: LedgerFileHints
): LedgerForm | undefined => {
  const isZip = first === 0x50 && second === 0x4b
  if (isZip || mediaType === workbookType || /\.xlsx$/i.test(fileName)) return 'excel-ledger'
  return mediaType === 'text/csv' || /\.csv$/i.test(fileName) ? 'csv-ledger' : undefined
}
