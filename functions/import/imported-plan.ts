import type * as z from 'zod'
import type { MilestoneReport } from '../core/events.ts'
import type { ScheduleDate } from '../core/milestone.ts'
import type { Text } from '../core/text.ts'
import type { PlanDocument } from '../schema/plan.ts'

/** The formats of plan files. */
export type PlanFormat = 'primavera-xer' | 'ms-project-xml' | 'project-json'

/** Something of a file that the tracker has no place for, or keeps in another form. Nothing vanishes without one. */
export interface Loss {
  /** Where it stands in the file: table and record, or element and id. */
  readonly path: string
  /** The milestone it belongs to, where it belongs to one. */
  readonly id?: string | undefined
  /** The thing itself, as the file names it. */
  readonly what: string
  readonly why: Text
}

/** Adds a loss; `id` is the milestone it belongs to. */
export type Lose = (path: string, what: string, why: Text, id?: string) => void

/** Losses as they are found. */
export interface Losses {
  readonly lost: readonly Loss[]
  readonly lose: Lose
}

/** A list of losses to add to. */
export const noLosses = (): Losses => {
  const lost: Loss[] = []
  return { lost, lose: (path, what, why, id) => lost.push({ path, what, why, ...(id === undefined ? {} : { id }) }) }
}

/** Where a milestone comes from. */
export interface MilestoneSource {
  readonly id: string
  /** The internal id of the file: `task_id` of Primavera, `UID` of MS Project. */
  readonly sourceId: string
  /** The code that people see in the source program, where it has one. */
  readonly code?: string | undefined
  readonly kind: 'task' | 'start-milestone' | 'finish-milestone'
}

/** A plan file, decoded. */
export interface ImportedPlan {
  readonly format: PlanFormat
  /** The project in the file: its internal id and its name there. */
  readonly source: { readonly id: string; readonly name: string; readonly encoding: string }
  /** The plan with its baseline, in the form of the contract. */
  readonly document: PlanDocument
  /** What the file says has happened, a report for each milestone that has begun. */
  readonly progress: readonly MilestoneReport[]
  /** The data date of Primavera, the status date of MS Project; a time of day stands where it is not midnight. */
  readonly dataDate?: ScheduleDate | undefined
  readonly milestones: readonly MilestoneSource[]
  readonly lost: readonly Loss[]
}

/** Why a file cannot be read, kebab-case and stable. */
export type ImportFaultCode =
  | 'unknown-format'
  | 'too-large'
  | 'unknown-encoding'
  | 'not-xer'
  | 'not-xml'
  | 'doctype-refused'
  | 'not-ms-project'
  | 'not-json'
  | 'not-valid'
  | 'missing-table'
  | 'missing-field'
  | 'no-project'
  | 'not-a-number'
  | 'not-a-date'
  | 'bad-calendar'
  | 'duplicate-id'
  | 'too-many-tasks'
  | 'broken-archive'
  | 'encrypted'
  | 'not-a-workbook'
  | 'broken-sheet'
  | 'not-csv'
  | 'too-many-rows'
  | 'no-ledger'
  | 'missing-column'
  | 'duplicate-column'
  | 'duplicate-sheet'

/** A file that is no plan: what is wrong, and where. `line` counts from 1 and is absent where no line is to blame. */
export interface ImportFault {
  readonly code: ImportFaultCode
  readonly line?: number | undefined
  readonly detail: string
  /** What the schema found wrong in a project JSON. */
  readonly issues?: readonly z.core.$ZodIssue[] | undefined
}

/** The outcome of reading a file. */
export type ImportResult =
  | { readonly ok: true; readonly plan: ImportedPlan }
  | { readonly ok: false; readonly fault: ImportFault }

/** Options of reading a plan file. */
export interface ImportOptions {
  /** The format that it should be in; told by how it begins where absent. */
  readonly format?: PlanFormat | undefined
  /** Name of the file, for the id of a project whose own name gives none. */
  readonly fileName?: string | undefined
  /** A label of the Encoding Standard (`gb18030`); found out where absent. */
  readonly encoding?: string | undefined
  /** Which project of a file with several: its id or short name. */
  readonly project?: string | undefined
}

/** Largest file read, in bytes. */
export const largestFile = 64 * 1024 * 1024

/** Most tasks read. */
export const mostTasks = 50_000

/**
 * A fault on its way out of a decoder. Decoders throw it inside and catch it at their door, so that a broken record deep
 * in a file needs no result threaded through every function; it never leaves this folder.
 */
export class Unreadable extends Error {
  override readonly name = 'Unreadable'
  readonly fault: ImportFault
  constructor(code: ImportFaultCode, detail: string, line?: number) {
    super(detail)
    this.fault = { code, detail, ...(line === undefined ? {} : { line }) }
  }
}

/** What a decoder read, or why it could not. */
export type Decoded<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly fault: ImportFault }

/** Runs a decoder and turns what it throws as {@link Unreadable} into a result. */
export const decoded = <Value>(decode: () => Value): Decoded<Value> => {
  try {
    return { ok: true, value: decode() }
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, fault: error.fault }
    throw error
  }
}

/** The same for a plan. */
export const resultOf = (decode: () => ImportedPlan): ImportResult => {
  const result = decoded(decode)
  return result.ok ? { ok: true, plan: result.value } : result
}
