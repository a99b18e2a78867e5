import { assess } from '../core/assess.ts'
import type { Author } from '../core/author.ts'
import { dateInShanghai, type IsoDate } from '../core/dates.ts'
import { decide } from '../core/decide.ts'
import type { LedgerRow } from '../core/ledger.ts'
import { type CellAuthor, lastChangeOf } from '../core/ledger-history.ts'
import type { LedgerKeys } from '../core/ledger-keys.ts'
import {
  type BasedRow,
  type LedgerBase,
  type LedgerChange,
  type LedgerConflict,
  type LedgerFault,
  type LedgerMerge,
  type LedgerPlace,
  mergeLedger,
  placeIn
} from '../core/merge-ledger.ts'
import type { SealedCommit } from '../core/ports.ts'
import type { Fault } from '../core/refusal.ts'
import type { TrackedProject } from '../core/state.ts'
import { summaryOf } from '../core/summary.ts'
import { milestoneValues, projectValues } from '../pages/ledger-values.ts'
import { entryMilestones } from '../pages/site-entry.ts'
import { isProjectId } from '../schema/fields.ts'
import { answeredRequest, type CommandRequest, type ExecuteDeps } from './execute.ts'

/** The rows of one project, with their keys. */
export interface ProjectRows {
  readonly project: string
  readonly rows: readonly { readonly row: LedgerRow; readonly keys: LedgerKeys }[]
  /** What is wrong with keys of other rows of the project. */
  readonly faults: readonly LedgerFault[]
}

/** A conflict with who wrote the other value, and when. */
export type SignedConflict = LedgerConflict & { readonly changedBy?: CellAuthor | undefined }

/** A cell that the state of the project refuses, with the reason of the core. */
export type CellRefusal = LedgerPlace & { readonly fault: Fault }

/** What an edited ledger does to one project, before anything is written. */
export interface LedgerPlan {
  readonly project: string
  /** The version that it was worked out on; 0 of a project that is none. */
  readonly version: number
  readonly changes: readonly LedgerChange[]
  readonly conflicts: readonly SignedConflict[]
  readonly faults: readonly LedgerFault[]
  readonly refusals: readonly CellRefusal[]
  /** What would be asked of the project; absent where nothing is new, or something cannot be taken. */
  readonly command?: LedgerMerge['command']
  /** The same request was answered before, under a hash that may differ. */
  readonly answered?: { readonly hash: string } | undefined
}

/** Who asks, and the key under which the sender may ask again. */
export type LedgerSender = Pick<CommandRequest, 'idempotency'> & { readonly by: Author }

/** Rows that people copied together from several exports; each version costs a reading of the log. */
const mostVersions = 8

/** Merges the rows of a project with what was written since they were exported. Reads, and writes nothing. */
export const planLedger = async (
  { project, rows, faults }: ProjectRows,
  { by, idempotency }: LedgerSender,
  deps: ExecuteDeps
): Promise<LedgerPlan> => {
  const { state } = isProjectId(project) ? await deps.log.load(project) : { state: undefined }
  if (state === undefined || state.status === 'unregistered') {
    const places = rows.slice(0, 1).map(({ row }) => placeIn(row, undefined)('projectId'))
    const unknown = places.map((place): LedgerFault => ({ ...place, code: 'unknown-project', found: project }))
    return { project, version: 0, changes: [], conflicts: [], faults: [...faults, ...unknown], refusals: [] }
  }
  const answered = idempotency && answeredRequest(state, by, idempotency.key)
  // A repetition is worked out on what the first was, so that it gets the same answer.
  const now = answered ? await stateAt(project, answered.version - 1, deps) : state
  const today = answered ? answered.date : dateInShanghai(deps.clock.now())

  const exports = exportsOf(now, today, project, deps)
  const based: BasedRow[] = []
  const wrong: LedgerFault[] = [...faults]
  for (const each of rows) {
    const base = await exports.baseOf(each)
    if ('code' in base) wrong.push(base)
    else based.push({ row: each.row, milestoneId: each.keys.milestoneId, base })
  }

  const merge = mergeLedger(based, now)
  const command = wrong.length > 0 ? undefined : merge.command
  const decision = command && decide(command, now, deps.rules, today)
  const refusals =
    decision && !decision.ok ? decision.refusal.faults.map(fault => refusalAt(fault, merge.rows, rows[0]?.row)) : []
  return {
    project,
    version: now.version,
    changes: merge.changes,
    conflicts: merge.conflicts.map(conflict => signed(conflict, based, exports.commitsSince)),
    faults: [...wrong, ...merge.faults],
    refusals: refusals.filter(refusal => refusal !== undefined),
    command: decision?.ok ? command : undefined,
    answered
  }
}

/** A state of the project, and what was written after it. */
interface Past {
  readonly state: TrackedProject
  readonly commits: readonly SealedCommit[]
}

/** The exports that rows came from, each read and assessed once. */
const exportsOf = (now: TrackedProject, today: IsoDate, project: string, deps: ExecuteDeps) => {
  const pasts = new Map<number, Past>()
  const bases = new Map<string, LedgerBase>()
  const baseOf = async ({ row, keys }: ProjectRows['rows'][number]): Promise<LedgerBase | LedgerFault> => {
    const { version, dataDate, milestoneId } = keys
    const place = placeIn(row, milestoneId)
    if (version > now.version)
      return { ...place('version'), code: 'unknown-version', found: `${version}`, expected: now.version }
    if (!pasts.has(version) && pasts.size >= mostVersions)
      return { ...place('version'), code: 'too-many-versions', found: `${version}` }
    const past = pasts.get(version) ?? (await pastOf(now, version, project, deps))
    pasts.set(version, past)
    if (dataDate < past.state.changedOn || dataDate > today)
      return { ...place('dataDate'), code: 'wrong-data-date', found: dataDate }
    const name = `${version} ${dataDate}`
    const base = bases.get(name) ?? exportedAs(past, dataDate, deps)
    bases.set(name, base)
    return base
  }
  return { baseOf, commitsSince: (version: number) => pasts.get(version)?.commits ?? [] }
}

const stateAt = async (project: string, version: number, { log }: ExecuteDeps): Promise<TrackedProject> => {
  const { state } = await log.load(project, version)
  if (state.status === 'unregistered') throw new Error(`${project}: there is no version ${version}`)
  return state
}

const pastOf = async (now: TrackedProject, version: number, project: string, deps: ExecuteDeps): Promise<Past> =>
  version === now.version
    ? { state: now, commits: [] }
    : {
        state: await stateAt(project, version, deps),
        commits: await deps.log.commits(project, { after: version, before: now.version + 1 })
      }

const exportedAs = ({ state, commits }: Past, dataDate: IsoDate, { rules }: ExecuteDeps): LedgerBase => {
  const assessment = assess(state, dataDate, rules)
  const summary = summaryOf(state, assessment)
  return {
    state,
    project: projectValues(summary),
    milestones: new Map(
      entryMilestones({ state, assessment }).map(milestone => [milestone.id, milestoneValues(summary, milestone)])
    ),
    reportedSince: commits.some(({ events }) => events.some(({ type }) => reportTypes.includes(type)))
  }
}

const reportTypes: readonly SealedCommit['events'][number]['type'][] = [
  'progress-reported',
  'no-change-reported',
  'report-corrected'
]

const signed = (
  conflict: LedgerConflict,
  based: readonly BasedRow[],
  commitsSince: (version: number) => readonly SealedCommit[]
): SignedConflict => {
  const base = based.find(({ row }) => row.sheet === conflict.sheet && row.line === conflict.line)?.base
  return base
    ? { ...conflict, changedBy: lastChangeOf(conflict, base.state, commitsSince(base.state.version)) }
    : conflict
}

/** The cell that a fault of the core is about: that of its field, or of the count, or else the project's first. */
const refusalAt = (
  fault: Fault,
  reported: readonly LedgerRow[],
  first: LedgerRow | undefined
): CellRefusal | undefined => {
  const [list, index, field] = fault.path
  const row = list === 'reports' && typeof index === 'number' ? reported[index] : undefined
  if (row) {
    const cell = row.cells.milestoneId
    const milestoneId = cell && 'value' in cell && typeof cell.value === 'string' ? cell.value : undefined
    return { ...placeIn(row, milestoneId)(`${field ?? 'milestoneId'}`), fault }
  }
  return first && { ...placeIn(first, undefined)(list === 'count' ? 'countDone' : 'projectId'), fault }
}
