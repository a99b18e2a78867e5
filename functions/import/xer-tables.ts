import { Unreadable } from './imported-plan.ts'

/** One record of a table. */
export interface XerRow {
  readonly table: string
  /** Line of the file, from 1. */
  readonly line: number
  /** The field as written, `''` where the table has no such field or the record ends before it. */
  readonly text: (field: string) => string
  /** A field that must be there. */
  readonly needed: (field: string) => string
  /** A number; `undefined` where the field is empty. */
  readonly number: (field: string) => number | undefined
  /** A moment as `YYYY-MM-DDTHH:mm`; `undefined` where the field is empty. */
  readonly date: (field: string) => string | undefined
}

/** The tables of an XER file by name. */
export type XerTables = ReadonlyMap<string, readonly XerRow[]>

/**
 * The tables of an XER text: `%T` names a table, `%F` its fields, `%R` are records, all divided by tabs. A line with no
 * mark goes on with the last field of the record before it.
 * @throws Unreadable when it is no XER, or a record stands before its fields.
 */
export const readTables = (text: string): XerTables => {
  if (!text.startsWith('ERMHDR')) throw new Unreadable('not-xer', 'the file does not start with ERMHDR', 1)
  const tables = new Map<string, XerRow[]>()
  let table: { readonly name: string; readonly rows: XerRow[]; fields: ReadonlyMap<string, number> } | undefined
  let record: string[] | undefined
  const lines = text.split(/\r\n|\n|\r/)
  for (let i = 1; i < lines.length; i += 1) {
    const values = (lines[i] ?? '').split('\t')
    switch (values[0]) {
      case '%T': {
        const name = (values[1] ?? '').trim()
        const rows = tables.get(name) ?? []
        tables.set(name, rows)
        table = { name, rows, fields: new Map() }
        record = undefined
        break
      }
      case '%F':
        if (!table) throw new Unreadable('not-xer', 'fields (%F) before a table (%T)', i + 1)
        table.fields = new Map(values.slice(1).map((field, index) => [field.trim(), index]))
        break
      case '%R':
        if (!table || table.fields.size === 0)
          throw new Unreadable('not-xer', 'a record (%R) before the fields of its table (%F)', i + 1)
        record = values.slice(1)
        table.rows.push(rowOf(table.name, i + 1, table.fields, record))
        break
      case '%E':
        return tables
      case undefined:
        break
      default:
        if (record && record.length > 0) {
          const [first = '', ...more] = values
          record[record.length - 1] += ` ${first}`
          record.push(...more)
        }
    }
  }
  return tables
}

/** The records of a table, none where the file has no such table. */
export const rowsOf = (tables: XerTables, name: string): readonly XerRow[] => tables.get(name) ?? []

/** Those that belong to a project. */
export const rowsOfProject = (tables: XerTables, name: string, projectId: string): readonly XerRow[] =>
  rowsOf(tables, name).filter(row => row.text('proj_id') === projectId)

const rowOf = (table: string, line: number, fields: ReadonlyMap<string, number>, values: readonly string[]): XerRow => {
  // A DEL stands for a line break inside a field.
  const text = (field: string): string => (values[fields.get(field) ?? -1] ?? '').replaceAll('\u007F', ' ').trim()
  const wrong = (field: string) => `${table}.${field}: ${text(field).slice(0, 60)}`
  return {
    table,
    line,
    text,
    needed: field => {
      if (text(field) === '') throw new Unreadable('missing-field', `${table}.${field} is empty`, line)
      return text(field)
    },
    number: field => {
      if (text(field) === '') return undefined
      // Some locales write a decimal comma.
      const value = Number(text(field).replace(/^(-?\d+),(\d+)$/, '$1.$2'))
      if (!Number.isFinite(value)) throw new Unreadable('not-a-number', wrong(field), line)
      return value
    },
    date: field => {
      if (text(field) === '') return undefined
      const date = momentOf(text(field))
      if (date === undefined) throw new Unreadable('not-a-date', wrong(field), line)
      return date
    }
  }
}

/** `2021-11-30 08:00` or `2021-11-30T08:00:00` as `2021-11-30T08:00`; `undefined` for what is no moment. */
export const momentOf = (text: string): string | undefined => {
  const found = /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2})(?::\d{2}(?:\.\d+)?)?)?(?:Z|[+-]\d{2}:\d{2})?$/.exec(
    text.trim()
  )
  if (!found) return undefined
  const [, year, month, day, hour = '00', minute = '00'] = found
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  const real = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day)
  const known = Number(year) >= 1970 && Number(year) <= 2199
  if (!real || !known || Number(hour) > 23 || Number(minute) > 59) return undefined
  return `${year}-${month}-${day}T${hour}:${minute}`
}
