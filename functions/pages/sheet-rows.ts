import type { CellObject } from 'write-excel-file/universal'
import { getCellAddress, sanitizeTextContent } from 'write-excel-file/utility'

/** How cells look, and of which type they are. Cells that look alike share one object, by which they are known. */
export type CellStyle = Omit<CellObject, 'value'>

/** A cell; `undefined` is an empty one. Dates are days of Excel. */
export type SheetCell = { readonly value: string | number; readonly style: CellStyle } | undefined

/** A row as Excel has it below the head. */
export type SheetRow = readonly SheetCell[]

/** Every style of some rows, once. */
export const stylesOf = (rows: readonly SheetRow[]): readonly CellStyle[] => {
  const styles = new Set<CellStyle>()
  for (const row of rows) for (const cell of row) if (cell) styles.add(cell.style)
  return [...styles]
}

/** The texts of a workbook, each once, which cells name by their numbers (ECMA-376 §18.4.9). */
export interface SharedTexts {
  readonly numberOf: (text: string) => number
  /** Those that have been asked for. */
  readonly markup: () => string
}

/** Texts that are numbered after those that the workbook has already. */
export const sharedTexts = (there: number): SharedTexts => {
  const numbers = new Map<string, number>()
  return {
    numberOf: text => {
      const known = numbers.get(text) ?? there + numbers.size
      numbers.set(text, known)
      return known
    },
    markup: () => [...numbers.keys()].map(textMarkup).join('')
  }
}

/**
 * The rows below the head as Excel reads them (ECMA-376 §18.3.1.73 and §18.3.1.4). The library makes a cell in eight
 * microseconds, mostly by cleaning attributes that it wrote itself; a ledger of a hundred projects has forty thousand.
 * `numberOfStyle` names styles by their numbers in the workbook.
 */
export const rowsMarkup = (
  rows: readonly SheetRow[],
  numberOfStyle: ReadonlyMap<CellStyle, string>,
  texts: SharedTexts
): string => {
  const columns = Array.from({ length: Math.max(0, ...rows.map(row => row.length)) }, (_, column) =>
    getCellAddress(0, column).slice(0, -1)
  )
  let markup = ''
  for (const [index, row] of rows.entries()) {
    const line = index + firstLine
    markup += `<row r="${line}">`
    for (const [column, cell] of row.entries()) {
      if (!cell) continue
      const place = `<c r="${columns[column]}${line}" s="${numberOfStyle.get(cell.style)}"`
      markup +=
        typeof cell.value === 'string'
          ? `${place} t="s"><v>${texts.numberOf(cell.value)}</v></c>`
          : `${place}><v>${cell.value}</v></c>`
    }
    markup += '</row>'
  }
  return markup
}

/** Below the head. */
const firstLine = 2

const textMarkup = (text: string): string =>
  `<si><t${text.trim() === text ? '' : ' xml:space="preserve"'}>${sanitizeTextContent(text)}</t></si>`
