/** A cell that is not empty, as a file holds it. */
export interface RawCell {
  readonly value: string | number | boolean
  /** It holds a formula or an error, or is hidden under a merged one: what it says is not what somebody wrote there. */
  readonly trouble?: 'formula' | 'error-value' | 'merged-cell'
}

/** A row of a table, as a file holds it. */
export interface RawRow {
  /** From 1, as people count. */
  readonly line: number
  /** By column, from 0. */
  readonly cells: ReadonlyMap<number, RawCell>
}

/** So many rows of a table are read, of those that hold something. */
export const mostRows = 50_000

/** The letters by which a spreadsheet names a column, from 0: A … Z, AA …; its address with a row is `H12`. */
export const columnLetters = (column: number): string =>
  column < 26
    ? String.fromCharCode(65 + column)
    : `${columnLetters(Math.floor(column / 26) - 1)}${columnLetters(column % 26)}`

/** Row and column of an address `H12`, both from 0; undefined for what is none, or lies beyond the last cell of Excel. */
export const placeOf = (address: string): { readonly row: number; readonly column: number } | undefined => {
  let column = 0
  let at = 0
  // By hand: half a million addresses stand in a large ledger.
  for (let code = address.charCodeAt(0); code >= 65 && code <= 90; code = address.charCodeAt(at)) {
    column = column * 26 + code - 64
    at += 1
  }
  const row = Number(address.slice(at))
  const isPlace = at > 0 && at <= 3 && Number.isInteger(row) && row >= 1 && row <= mostRowsOfExcel
  return isPlace && column <= mostColumnsOfExcel ? { row: row - 1, column: column - 1 } : undefined
}

const mostRowsOfExcel = 1_048_576
const mostColumnsOfExcel = 16_384
