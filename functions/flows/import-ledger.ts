import type { LedgerRow } from '../core/ledger.ts'
import { keyedRow } from '../core/ledger-keys.ts'
import type { LedgerFault } from '../core/merge-ledger.ts'
import { type ExecuteDeps, execute } from './execute.ts'
import { inParallel, throwFailures } from './in-parallel.ts'
import { type LedgerPlan, type LedgerSender, type ProjectRows, planLedger } from './plan-ledger.ts'

/**
 * What became of one project: nothing new, changes that would be written, written, refused as a whole, or too many others
 * writing at the moment.
 */
export interface ImportedProject extends Omit<LedgerPlan, 'command' | 'answered'> {
  readonly outcome: 'unchanged' | 'changed' | 'written' | 'refused' | 'busy'
}

/** What came of an edited ledger. */
export type LedgerImport =
  | {
      readonly type: 'merged'
      /** In the order of their ids. */
      readonly projects: readonly ImportedProject[]
      /** Rows that belong to no project. */
      readonly strays: readonly LedgerFault[]
      /** Everything that was written had been written by an earlier request under the same key. */
      readonly replayed: boolean
    }
  | { readonly type: 'key-reused' }
  | { readonly type: 'too-many-projects'; readonly count: number }

const width = 8

/** Projects of one ledger: each is read from the log while somebody waits. */
export const mostProjects = 1500

/** So often a project is merged again that somebody else wrote to meanwhile. */
const mostMerges = 5

/**
 * Merges an edited ledger into its projects. All are worked out before any is written; each is written whole, as one
 * ordinary report, or not at all, whatever becomes of the others.
 */
export const importLedger = async (
  rows: readonly LedgerRow[],
  { apply, ...sender }: LedgerSender & { readonly apply: boolean },
  deps: ExecuteDeps
): Promise<LedgerImport> => {
  const { projects, strays } = byProject(rows)
  if (projects.length > mostProjects) return { type: 'too-many-projects', count: projects.length }
  const plans = new Map<string, LedgerPlan>()
  throwFailures(
    'import',
    await inParallel(projects, width, async each => {
      plans.set(each.project, await planLedger(each, sender, deps))
    })
  )
  const planned = projects.flatMap(({ project }) => plans.get(project) ?? [])
  const { idempotency } = sender
  if (planned.some(({ answered }) => answered && answered.hash !== idempotency?.hash)) return { type: 'key-reused' }

  const done = new Map<string, ImportedProject>()
  const writes = apply ? projects.filter(({ project }) => plans.get(project)?.command) : []
  throwFailures(
    'import',
    await inParallel(writes, width, async each => {
      const plan = plans.get(each.project)
      if (plan) done.set(each.project, await writePlan(plan, each, sender, deps, 1))
    })
  )
  const results = planned.map(plan => done.get(plan.project) ?? resultOf(plan))
  const written = results.filter(({ outcome }) => outcome === 'written')
  const replayed = written.length > 0 && written.every(({ project }) => plans.get(project)?.answered)
  return { type: 'merged', projects: results, strays, replayed }
}

const writePlan = async (
  plan: LedgerPlan,
  rows: ProjectRows,
  sender: LedgerSender,
  deps: ExecuteDeps,
  tries: number
): Promise<ImportedProject> => {
  const { project, command, version } = plan
  if (!command) return resultOf(plan)
  const execution = await execute({ project, command, ...sender, ifVersion: version }, deps)
  switch (execution.type) {
    case 'accepted':
      return { ...resultOf(plan), outcome: 'written', version: execution.state.version }
    case 'version-conflict':
    case 'refused': {
      // Somebody wrote, or midnight passed, since it was worked out: what is new is found anew.
      if (tries >= mostMerges) return { ...resultOf(plan), outcome: 'busy' }
      return writePlan(await planLedger(rows, sender, deps), rows, sender, deps, tries + 1)
    }
    case 'key-reused':
    case 'busy':
      return { ...resultOf(plan), outcome: 'busy' }
  }
}

const resultOf = ({ command, answered: _answered, ...shown }: LedgerPlan): ImportedProject => {
  const isRefused = shown.conflicts.length + shown.faults.length + shown.refusals.length > 0
  return { ...shown, outcome: isRefused ? 'refused' : command ? 'changed' : 'unchanged' }
}

const byProject = (
  rows: readonly LedgerRow[]
): { readonly projects: readonly ProjectRows[]; readonly strays: readonly LedgerFault[] } => {
  const found = new Map<string, { readonly rows: ProjectRows['rows'][number][]; readonly faults: LedgerFault[] }>()
  const strays: LedgerFault[] = []
  const of = (project: string) => {
    const known = found.get(project) ?? { rows: [], faults: [] }
    found.set(project, known)
    return known
  }
  for (const keyed of rows.map(keyedRow)) {
    if (keyed.ok) of(keyed.keys.projectId).rows.push(keyed)
    else if (keyed.projectId === undefined) strays.push(...keyed.faults)
    else of(keyed.projectId).faults.push(...keyed.faults)
  }
  const projects = [...found].map(([project, each]) => ({ project, ...each }))
  return { projects: projects.toSorted((a, b) => (a.project < b.project ? -1 : 1)), strays }
}
