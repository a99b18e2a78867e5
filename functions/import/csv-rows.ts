import { decodeText } from './decode-text.ts'
import { Unreadable } from './imported-plan.ts'
import { mostRows, type RawCell, type RawRow } from './raw-rows.ts'

const separators = [',', '\t', ';']

/**
 * The rows of a CSV that hold something (RFC 4180; also with tabs or semicolons, and in the code page that Excel saves it
 * in). A line counts as a spreadsheet shows it: a text of several lines is in one.
 * @throws Unreadable for an encoding that is none, a quote that never ends, and too many rows.
 */
export const rowsOfCsv = (bytes: Uint8Array, encoding: string | undefined): readonly RawRow[] => {
  const { text } = decodeText(bytes, encoding)
  const rows: RawRow[] = []
  for (const { line, fields } of records(text, separatorOf(text))) {
    const cells = new Map(
      fields.flatMap((value, column): [number, RawCell][] => (value === '' ? [] : [[column, { value }]]))
    )
    if (cells.size > 0) rows.push({ line, cells })
    if (rows.length > mostRows) throw new Unreadable('too-many-rows', `more than ${mostRows} rows`)
  }
  return rows
}

/** The one that divides the first line most often. */
const separatorOf = (text: string): string => {
  const end = text.indexOf('\n')
  const first = text.slice(0, end < 0 ? 10_000 : end)
  const counts = separators.map(separator => first.split(separator).length)
  return separators[counts.indexOf(Math.max(...counts))] ?? ','
}

/** A ledger has twenty columns, and room for the user's own. */
const mostFields = 1000

interface CsvRecord {
  readonly line: number
  readonly fields: readonly string[]
}

function* records(text: string, separator: string): Generator<CsvRecord> {
  let at = 0
  for (let line = 1; at < text.length; line += 1) {
    const fields: string[] = []
    let ended = false
    while (!ended) {
      const field = text[at] === '"' ? quotedField(text, at, line) : plainField(text, at, separator)
      fields.push(field.value)
      if (fields.length > mostFields) throw new Unreadable('not-csv', `more than ${mostFields} columns`, line)
      at = field.end
      if (text[at] === separator) at += 1
      else {
        ended = true
        if (at < text.length && text[at] !== '\r' && text[at] !== '\n')
          throw new Unreadable('not-csv', 'something follows a closing quote', line)
        if (text[at] === '\r') at += 1
        if (text[at] === '\n') at += 1
      }
    }
    yield { line, fields }
  }
}

interface Field {
  readonly value: string
  /** Where what follows it begins. */
  readonly end: number
}

const quotedField = (text: string, start: number, line: number): Field => {
  let at = start + 1
  for (;;) {
    at = text.indexOf('"', at)
    if (at < 0) throw new Unreadable('not-csv', 'a quoted text never ends', line)
    if (text[at + 1] !== '"') return { value: text.slice(start + 1, at).replaceAll('""', '"'), end: at + 1 }
    at += 2
  }
}

const plainField = (text: string, start: number, separator: string): Field => {
  let end = start
  while (end < text.length && text[end] !== separator && text[end] !== '\r' && text[end] !== '\n') end += 1
  return { value: text.slice(start, end), end }
}
