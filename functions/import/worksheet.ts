import { Unreadable } from './imported-plan.ts'
import { mostRows, placeOf, type RawCell, type RawRow } from './raw-rows.ts'
import { readPart, unescaped, type Workbook } from './workbook.ts'

const mostCells = 1_000_000
const mostMerges = 200

/**
 * The rows of a sheet that hold something, in their order; hidden ones as well, since a filter hides rows and keeps what
 * was written in them. Of a merged range only the first cell holds anything; the others are marked.
 * @throws Unreadable for XML that is no sheet, and for more rows or cells than are read.
 */
export const rowsOfSheet = (book: Workbook, part: string): readonly RawRow[] => {
  const { listener, rows, merges } = sheetListener(book, part)
  readPart(book.archive, part, listener)
  if (merges.length === 0) return rows
  let marked = 0
  return rows.map(row => {
    const merged = withMerges(row, merges)
    marked += merged.cells.size - row.cells.size
    if (marked > mostCells) throw new Unreadable('too-large', `${part}: more than ${mostCells} merged cells`)
    return merged
  })
}

interface Range {
  readonly first: { readonly row: number; readonly column: number }
  readonly last: { readonly row: number; readonly column: number }
}

const sheetListener = ({ strings }: Workbook, part: string) => {
  const rows: RawRow[] = []
  const merges: Range[] = []
  let line = 0
  let cells = new Map<number, RawCell>()
  let cellCount = 0
  let column = -1
  let type = 'n'
  let words = ''
  let isWords = false
  let hasFormula = false

  const open = (name: string, attribute: (name: string) => string | undefined): void => {
    switch (name) {
      case 'row': {
        const stated = attribute('r')
        const next = stated === undefined ? line + 1 : Number(stated)
        if (!Number.isInteger(next) || next <= line || next > 1_048_576)
          throw new Unreadable('broken-sheet', `${part}: row ${stated} after row ${line}`)
        line = next
        column = -1
        cells = new Map()
        return
      }
      case 'c': {
        const stated = attribute('r')
        const place = stated === undefined ? { row: line - 1, column: column + 1 } : placeOf(stated)
        if (!place || place.row !== line - 1 || place.column <= column)
          throw new Unreadable('broken-sheet', `${part}: cell ${stated} in row ${line}`)
        column = place.column
        type = attribute('t') ?? 'n'
        words = ''
        hasFormula = false
        return
      }
      case 'f':
        hasFormula = true
        return
      case 'v':
      case 't':
        isWords = true
        return
      case 'mergeCell':
        merges.push(rangeOf(attribute('ref') ?? '', part))
        if (merges.length > mostMerges)
          throw new Unreadable('too-large', `${part}: more than ${mostMerges} merged cells`)
        return
    }
  }
  const close = (name: string): void => {
    switch (name) {
      case 'v':
      case 't':
        isWords = false
        return
      case 'c': {
        const cell = cellOf(type, words, hasFormula, strings)
        if (!cell) return
        cells.set(column, cell)
        cellCount += 1
        if (cellCount > mostCells) throw new Unreadable('too-many-rows', `${part}: more than ${mostCells} cells`)
        return
      }
      case 'row':
        if (cells.size === 0) return
        rows.push({ line, cells })
        if (rows.length > mostRows) throw new Unreadable('too-many-rows', `${part}: more than ${mostRows} rows`)
    }
  }
  const text = (more: string): void => {
    if (isWords) words += more
  }
  return { listener: { open, close, text }, rows, merges }
}

const cellOf = (type: string, words: string, hasFormula: boolean, strings: readonly string[]): RawCell | undefined => {
  const value = heldBy(type, words, strings)
  if (hasFormula) return { value: value ?? '', trouble: 'formula' }
  if (value === undefined || value === '') return undefined
  return type === 'e' ? { value, trouble: 'error-value' } : { value }
}

const heldBy = (type: string, words: string, strings: readonly string[]): RawCell['value'] | undefined => {
  switch (type) {
    case 's': {
      const text = strings[Number(words)]
      if (text === undefined) throw new Unreadable('broken-sheet', `there is no text ${words.slice(0, 20)}`)
      return text
    }
    case 'inlineStr':
    case 'str':
      return unescaped(words)
    case 'b':
      return words === '' ? undefined : words.trim() === '1'
    case 'n': {
      if (words.trim() === '') return undefined
      const number = Number(words)
      // What should be a number and is none is shown to the reader of the column, who will not take it.
      return Number.isFinite(number) ? number : words
    }
    default:
      return words
  }
}

const rangeOf = (reference: string, part: string): Range => {
  const [first, last] = reference.split(':').map(placeOf)
  if (!first || !last) throw new Unreadable('broken-sheet', `${part}: merged cells ${reference.slice(0, 40)}`)
  return { first, last }
}

const withMerges = (row: RawRow, merges: readonly Range[]): RawRow => {
  const touching = merges.filter(({ first, last }) => first.row <= row.line - 1 && row.line - 1 <= last.row)
  if (touching.length === 0) return row
  const cells = new Map(row.cells)
  for (const { first, last } of touching)
    for (let column = first.column; column <= Math.min(last.column, widest); column += 1) {
      const isFirst = column === first.column && row.line - 1 === first.row
      if (!isFirst) cells.set(column, { value: cells.get(column)?.value ?? '', trouble: 'merged-cell' })
    }
  return { ...row, cells }
}

/** Beyond it no column of the ledger is looked for. */
const widest = 200
