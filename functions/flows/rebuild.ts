import type { Rules } from '../core/assessment.ts'
import { dateInShanghai } from '../core/dates.ts'
import { sameJson } from '../core/json.ts'
import type { Clock, Snapshot, StateStore } from '../core/ports.ts'
import { snapshotOf } from '../core/snapshot.ts'
import type { TrackedProject } from '../core/state.ts'

/** What rebuilding one snapshot found. */
export type RebuildFinding =
  | { readonly project: string; readonly finding: 'same' }
  | {
      readonly project: string
      readonly finding: 'missing' | 'behind' | 'different'
      readonly fields: readonly string[]
    }

/** What rebuilding needs. */
export interface RebuildDeps {
  readonly store: StateStore
  readonly rules: Rules
  readonly clock: Clock
}

/**
 * Computes the snapshot of a project from its log alone and puts it where the cache holds another. `behind` is a cache
 * that has not caught up yet; `different` one that says something else of the same version, which must never be.
 */
export const rebuildSnapshot = async (
  state: TrackedProject,
  { store, rules, clock }: RebuildDeps
): Promise<RebuildFinding> => {
  const project = state.project.id
  const stored = await store.get(project)
  const rebuilt = snapshotOf(state, stored?.evaluatedOn ?? dateInShanghai(clock.now()), rules)
  const fields = stored ? differingFields(stored, rebuilt) : []
  if (stored && fields.length === 0) return { project, finding: 'same' }
  await store.put(rebuilt)
  const finding = !stored ? 'missing' : stored.version < rebuilt.version ? 'behind' : 'different'
  return { project, finding, fields }
}

const differingFields = (stored: Snapshot, rebuilt: Snapshot): readonly string[] =>
  (['version', 'reviewDueOn', 'summary', 'state'] as const).filter(field => !sameJson(stored[field], rebuilt[field]))
