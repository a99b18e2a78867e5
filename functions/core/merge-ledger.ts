import type { ReportNoChange, ReportProgress } from './commands.ts'
import { delayCodes } from './delay.ts'
import type { MilestoneReport } from './events.ts'
import {
  type CellFaultCode,
  type LedgerKind,
  type LedgerRow,
  type LedgerTable,
  type LedgerValue,
  ledgerColumns
} from './ledger.ts'
import { progressOf, type TrackedProject } from './state.ts'

/** The place of a cell in an edited copy, and what it is about. */
export interface LedgerPlace {
  readonly sheet: string
  /** `H12`. */
  readonly ref: string
  readonly line: number
  readonly table: LedgerTable
  readonly column: string
  readonly milestoneId?: string | undefined
}

/** A cell that says something new. */
export interface LedgerChange extends LedgerPlace {
  readonly from: LedgerValue
  readonly to: LedgerValue
}

/** A cell that two people changed to different values: what it was, what the copy says, and what was written meanwhile. */
export interface LedgerConflict extends LedgerPlace {
  readonly before: LedgerValue
  readonly inSheet: LedgerValue
  readonly now: LedgerValue
}

/** A cell that is not taken; `found` is what it holds, `expected` what the tracker had put there. */
export interface LedgerFault extends LedgerPlace {
  readonly code: CellFaultCode
  readonly found?: string | undefined
  readonly expected?: LedgerValue | undefined
}

/** A project as it was exported: its state at that version, and the rows that the ledger had of it. */
export interface LedgerBase {
  readonly state: TrackedProject
  readonly project: Readonly<Record<string, LedgerValue>>
  /** By milestone id. */
  readonly milestones: ReadonlyMap<string, Readonly<Record<string, LedgerValue>>>
  /** Somebody has reported on the project since. */
  readonly reportedSince: boolean
}

/** A row with the export that it came from; that of a project has no milestone. */
export interface BasedRow {
  readonly row: LedgerRow
  readonly milestoneId?: string | undefined
  readonly base: LedgerBase
}

/**
 * What the rows of one project say against what it was when they were exported and what it is now. There is a command only
 * when every cell can be taken and something is new; `rows` are those of its reports, in their order.
 */
export interface LedgerMerge {
  readonly changes: readonly LedgerChange[]
  readonly conflicts: readonly LedgerConflict[]
  readonly faults: readonly LedgerFault[]
  readonly command?: ReportProgress | ReportNoChange | undefined
  readonly rows: readonly LedgerRow[]
}

/**
 * Three-way merge, cell by cell: unchanged in the copy is left alone; changed in the copy alone is new; changed to what was
 * written meanwhile is nothing; changed on both sides to different values is a conflict.
 */
export const mergeLedger = (rows: readonly BasedRow[], now: TrackedProject): LedgerMerge => {
  const found: Findings = { changes: [], conflicts: [], faults: [], reports: [] }
  const seen = new Set<string>()
  for (const each of rows) {
    const { row, milestoneId } = each
    const subject = milestoneId ?? ''
    const column = milestoneId === undefined ? 'projectId' : 'milestoneId'
    if (seen.has(subject)) found.faults.push({ ...placeIn(row, milestoneId)(column), code: 'duplicate-row' })
    else if (milestoneId === undefined) mergeProject(each, now, found)
    else mergeMilestone(each, milestoneId, now, found)
    seen.add(subject)
  }
  const command = commandOf(found)
  const { changes, conflicts, faults, reports } = found
  return { changes, conflicts, faults, command, rows: reports.map(({ row }) => row) }
}

/** What is found row by row. */
interface Findings {
  readonly changes: LedgerChange[]
  readonly conflicts: LedgerConflict[]
  readonly faults: LedgerFault[]
  readonly reports: { readonly report: MilestoneReport; readonly row: LedgerRow }[]
  countDone?: number | undefined
  /** Where it says that nothing has changed. */
  noChange?: LedgerPlace | undefined
}

const mergeProject = ({ row, base }: BasedRow, now: TrackedProject, found: Findings): void => {
  const place = placeIn(row, undefined)
  checkShown(row, base.project, place, found)
  found.countDone = numberOrNone(mergeCell(row, 'countDone', countOf(base.state), countOf(now), place, found))
  // It was said of that version: whatever was reported since, "no change" among it, has answered it.
  const noChange = mergeCell(row, 'noChange', null, base.reportedSince ? 'yes' : null, place, found)
  if (noChange === 'yes') found.noChange = place('noChange')
}

const mergeMilestone = ({ row, base }: BasedRow, milestoneId: string, now: TrackedProject, found: Findings): void => {
  const place = placeIn(row, milestoneId)
  const shown = base.milestones.get(milestoneId)
  if (!shown) {
    found.faults.push({ ...place('milestoneId'), code: 'unknown-milestone', found: milestoneId })
    return
  }
  checkShown(row, shown, place, found)
  const report = reportOf(row, milestoneId, base.state, now, place, found)
  if (report) found.reports.push({ report, row })
}

const commandOf = (found: Findings): LedgerMerge['command'] => {
  const { reports, countDone, noChange } = found
  const isNew = reports.length > 0 || countDone !== undefined
  if (noChange && isNew) found.faults.push({ ...noChange, code: 'no-change-with-changes' })
  if (found.conflicts.length > 0 || found.faults.length > 0) return undefined
  if (!isNew) return noChange && { type: 'report-no-change' }
  return {
    type: 'report-progress',
    reports: reports.map(({ report }) => report),
    ...(countDone === undefined ? {} : { countDone })
  }
}

type PlaceOf = (column: string) => LedgerPlace

/** Where a column stands in a row; of a column that the copy lacks, the row itself. */
export const placeIn =
  ({ sheet, line, table, cells }: LedgerRow, milestoneId: string | undefined): PlaceOf =>
  column => {
    const ref = cells[column]?.ref ?? `${line}`
    return { sheet, ref, line, table, column, ...(milestoneId === undefined ? {} : { milestoneId }) }
  }

/** What a milestone's cells that people fill in hold in a state; the note is internal, and no export shows it. */
export const filledIn = (state: TrackedProject, milestoneId: string) => {
  const { actualStart, actualFinish, forecastFinish, percentComplete, delay, note } = progressOf(state, milestoneId)
  return {
    actualStart: actualStart ?? null,
    actualFinish: actualFinish ?? null,
    forecastFinish: forecastFinish ?? null,
    percentComplete,
    delay: delay?.code ?? null,
    note: note ?? delay?.note ?? null
  }
}

/** The same for the count of a project that is counted. */
export const countOf = ({ project, countDone }: TrackedProject): LedgerValue =>
  project.count ? (countDone ?? 0) : null

const reportOf = (
  row: LedgerRow,
  milestoneId: string,
  base: TrackedProject,
  now: TrackedProject,
  place: PlaceOf,
  found: Findings
): MilestoneReport | undefined => {
  const before = filledIn(base, milestoneId)
  const present = filledIn(now, milestoneId)
  const merged = (column: keyof typeof before) => mergeCell(row, column, before[column], present[column], place, found)
  const actualStart = wordsOrNone(merged('actualStart'))
  const actualFinish = wordsOrNone(merged('actualFinish'))
  const forecastFinish = wordsOrNone(merged('forecastFinish'))
  const percentComplete = numberOrNone(merged('percentComplete'))
  const delay = wordsOrNone(merged('delay'))
  // An export leaves the note empty: empty is as it was.
  const { note: noteCell } = row.cells
  const hasNote = noteCell !== undefined && !('value' in noteCell && noteCell.value === null)
  const note = hasNote ? wordsOrNone(merged('note')) : undefined
  if (note !== undefined && note.length > longestNote) found.faults.push({ ...place('note'), code: 'too-long' })
  const said = { actualStart, actualFinish, forecastFinish, percentComplete, note }
  if (delay === undefined && Object.values(said).every(value => value === undefined)) return undefined
  const movesDate = actualFinish !== undefined || forecastFinish !== undefined
  // A reason that stands in the row goes with a date that was moved: typed again, it could not be told from the old one.
  const code = delayCodes.find(each => each === (delay ?? (movesDate ? present.delay : undefined)))
  if (code === undefined) return { milestoneId, ...definedOnly(said) }
  const why = note ?? (delay === undefined ? progressOf(now, milestoneId).delay?.note : undefined)
  if (code === 'OTHER' && why === undefined) found.faults.push({ ...place('note'), code: 'note-required' })
  return { milestoneId, ...definedOnly(said), delay: { code, ...(why === undefined ? {} : { note: why }) } }
}

/** As in any report, in characters. */
const longestNote = 2000

/** The value of a cell that is new, and undefined otherwise; what stands against it is added to the findings. */
const mergeCell = (
  row: LedgerRow,
  column: string,
  before: LedgerValue,
  now: LedgerValue,
  place: PlaceOf,
  found: Findings
): LedgerValue | undefined => {
  const cell = row.cells[column]
  if (!cell) return undefined
  if ('fault' in cell) {
    found.faults.push({ ...place(column), code: cell.fault, found: cell.found })
    return undefined
  }
  const { value } = cell
  const kind = kindOf(row.table, column)
  const same = (other: LedgerValue) => isSame(kind, value, other)
  if (same(before) || same(now)) return undefined
  if (!isSame(kind, before, now)) {
    found.conflicts.push({ ...place(column), before, inSheet: value, now })
    return undefined
  }
  if (value === null) {
    found.faults.push({ ...place(column), code: 'cannot-clear', expected: now })
    return undefined
  }
  found.changes.push({ ...place(column), from: now, to: value })
  return value
}

/** What the tracker says itself, nobody else says: a changed cell is told, not passed over. */
const checkShown = (
  row: LedgerRow,
  expected: Readonly<Record<string, LedgerValue>>,
  place: PlaceOf,
  found: Findings
) => {
  for (const { name, kind, use } of ledgerColumns[row.table]) {
    const cell = row.cells[name]
    if ((use !== 'shown' && use !== 'computed') || !cell) continue
    const was = expected[name] ?? null
    if ('fault' in cell) found.faults.push({ ...place(name), code: cell.fault, found: cell.found, expected: was })
    else if (!isSame(kind, cell.value, was))
      found.faults.push({
        ...place(name),
        code: 'read-only',
        found: `${cell.value ?? ''}`.slice(0, mostQuoted),
        expected: was
      })
  }
}

const kindOf = (table: LedgerTable, column: string): LedgerKind =>
  ledgerColumns[table].find(({ name }) => name === column)?.kind ?? 'text'

/** Whether two values are one to those who see the cells. */
const isSame = (kind: LedgerKind, a: LedgerValue, b: LedgerValue): boolean => {
  // Nothing done is often left empty.
  if (a === null || b === null) return a === b || (kind === 'percent' && (a ?? b) === 0)
  switch (kind) {
    case 'number':
      return Math.abs(Number(a) - Number(b)) < 1e-9
    case 'percent':
      // A cell shows one decimal, and programs that save as text keep what is shown.
      return Math.abs(Number(a) - Number(b)) <= shownPrecision
    case 'date':
      return a === b || `${a}` === `${b}`.replace(/T00:00$/, '')
    case 'text':
      return plain(`${a}`) === plain(`${b}`)
    case 'delay':
    case 'yes':
      return a === b
  }
}

/** So much of a changed cell is quoted. */
const mostQuoted = 60

/** Half of the last digit shown, with what binary fractions add. */
const shownPrecision = 0.05 + 1e-9

/** Text without the marks that make it inert in a spreadsheet, and without differences that nobody sees. */
const plain = (text: string): string => text.replace(/^'/, '').replaceAll(/\s+/g, ' ').trim()

const wordsOrNone = (value: LedgerValue | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined

const numberOrNone = (value: LedgerValue | undefined): number | undefined =>
  typeof value === 'number' ? value : undefined

const definedOnly = <Fields extends object>(fields: Fields): Partial<Fields> => {
  const said: Partial<Fields> = { ...fields }
  for (const key of Object.keys(said) as (keyof Fields)[]) if (said[key] === undefined) delete said[key]
  return said
}
