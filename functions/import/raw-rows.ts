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

/** The letters by which a spreadsheet names a column, from 0: A … Z, AA …; its address with a row is `H12`. */
export const columnLetters = (column: number): string =>
  column < 26
    ? String.fromCharCode(65 + column)
    : `${columnLetters(Math.floor(column / 26) - 1)}${columnLetters(column % 26)}`

/** Row and column of an address `H12`, both from 0; undefined for what is none, or lies beyond the last cell of Excel. */
export const placeOf = (address: string): { readonly row: number; readonly column: number } | undefined => {
  const [, letters, digits] = /^\$?([A-Z]{1,3})\$?([1-9]\d{0,6})$/.exec(address) ?? []
  if (letters === undefined || digits === undefined) return undefined
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
  const row = Number(digits) - 1
  return row < 1_048_576 && column < 16_384 ? { row, column } : undefined
}
