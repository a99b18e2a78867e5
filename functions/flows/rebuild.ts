import { dateInShanghai } from '../core/dates.ts'
import { sameJson } from '../core/json.ts'
import type { Snapshot, StateStore } from '../core/ports.ts'
import { snapshotOf } from '../core/snapshot.ts'
import type { TrackedProject } from '../core/state.ts'
import type { RefreshDeps } from './refresh.ts'

/** What rebuilding one snapshot found. */
export type RebuildFinding =
  | { readonly project: string; readonly finding: 'same' }
  | {
      readonly project: string
      readonly finding: 'missing' | 'behind' | 'different' | 'unreadable' | 'ahead'
      readonly fields: readonly string[]
      /** False when the cache holds a later version, which it keeps. */
      readonly repaired: boolean
    }

/**
 * Computes the snapshot of a project from its log alone and puts it where the cache holds another. `behind` is a cache
 * that has not caught up yet; `different` one that says something else of the same version, which must never be; `ahead`
 * one that knows more than the log, which has grown meanwhile or lost its end.
 */
export const rebuildSnapshot = async (
  state: TrackedProject,
  { store, rules, clock }: Omit<RefreshDeps, 'log'>
): Promise<RebuildFinding> => {
  const project = state.project.id
  const stored = await readable(store, project)
  if (stored === 'unreadable') {
    const again = snapshotOf(state, dateInShanghai(clock.now()), rules)
    return { project, finding: stored, fields: [], repaired: (await store.put(again)) === 'stored' }
  }
  const rebuilt = snapshotOf(state, stored?.evaluatedOn ?? dateInShanghai(clock.now()), rules)
  const fields = stored ? differingFields(stored, rebuilt) : []
  if (stored && fields.length === 0) return { project, finding: 'same' }
  const repaired = (await store.put(rebuilt)) === 'stored'
  return { project, finding: findingOf(stored?.version, rebuilt.version), fields, repaired }
}

const readable = async (store: StateStore, project: string): Promise<Snapshot | 'unreadable' | undefined> => {
  try {
    return await store.get(project)
  } catch (error) {
    if (error instanceof Error && error.name === 'UndecodableSnapshotError') return 'unreadable'
    throw error
  }
}

const findingOf = (stored: number | undefined, rebuilt: number) => {
  if (stored === undefined) return 'missing'
  if (stored === rebuilt) return 'different'
  return stored < rebuilt ? 'behind' : 'ahead'
}

const differingFields = (stored: Snapshot, rebuilt: Snapshot): readonly string[] =>
  (['version', 'reviewDueOn', 'summary', 'state'] as const).filter(field => !sameJson(stored[field], rebuilt[field]))
