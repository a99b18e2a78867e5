import { type IsoDate, isIsoDate } from './dates.ts'
import type { LedgerRow, LedgerValue } from './ledger.ts'
import { type LedgerFault, placeIn } from './merge-ledger.ts'

/** What of whom a row is, and the export that it came from. */
export interface LedgerKeys {
  readonly projectId: string
  /** Of a row of the table of milestones. */
  readonly milestoneId?: string | undefined
  readonly version: number
  /** The day whose numbers the row shows. */
  readonly dataDate: IsoDate
}

/** A row with its keys, or with what is wrong with them; the project where at least that can be told. */
export type KeyedRow =
  | { readonly ok: true; readonly row: LedgerRow; readonly keys: LedgerKeys }
  | { readonly ok: false; readonly projectId?: string | undefined; readonly faults: readonly LedgerFault[] }

/** No id is longer, of a project or of a milestone. */
const longestId = 64

/** Reads the keys of a row. */
export const keyedRow = (row: LedgerRow): KeyedRow => {
  const held = (column: string): LedgerValue => {
    const cell = row.cells[column]
    return cell && 'value' in cell ? cell.value : null
  }
  const words = (column: string) => {
    const value = held(column)
    return value === null ? undefined : `${value}`
  }
  const id = (column: string) => {
    const text = words(column)
    return text !== undefined && text.length <= longestId ? text : undefined
  }
  const projectId = id('projectId')
  const milestoneId = row.table === 'milestones' ? id('milestoneId') : undefined
  const version = Number(held('version'))
  const dataDate = words('dataDate') ?? ''
  const wrong = [
    ...(projectId === undefined ? ['projectId'] : []),
    ...(row.table === 'milestones' && milestoneId === undefined ? ['milestoneId'] : []),
    ...(Number.isInteger(version) && version >= 1 ? [] : ['version']),
    ...(isIsoDate(dataDate) ? [] : ['dataDate'])
  ]
  if (projectId === undefined || wrong.length > 0) {
    const place = placeIn(row, milestoneId)
    return { ok: false, projectId, faults: wrong.map(column => faultOf(column, row, place(column))) }
  }
  return { ok: true, row, keys: { projectId, milestoneId, version, dataDate } }
}

const faultOf = (column: string, row: LedgerRow, place: Omit<LedgerFault, 'code'>): LedgerFault => {
  const cell = row.cells[column]
  if (cell && 'fault' in cell) return { ...place, code: cell.fault, found: cell.found }
  return { ...place, code: 'key-missing', found: `${cell?.value ?? ''}`.slice(0, longestId) }
}
