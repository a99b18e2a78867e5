import { dateInShanghai } from '../core/dates.ts'
import type { Clock, EventLog, StateStore } from '../core/ports.ts'
import type { Rules } from '../core/rules.ts'
import { snapshotOf } from '../core/snapshot.ts'

/** What bringing a snapshot up to date needs. */
export interface RefreshDeps {
  readonly log: EventLog
  readonly store: StateStore
  readonly rules: Rules
  readonly clock: Clock
}

/**
 * Brings the snapshot of a project up to the end of its log. It reads the log, not the record that caused it, so records
 * that come twice, late or out of order do no harm.
 */
export const refreshSnapshot = async (project: string, { log, store, rules, clock }: RefreshDeps): Promise<void> => {
  const { state } = await log.load(project)
  if (state.status === 'unregistered') return
  await store.put(snapshotOf(state, dateInShanghai(clock.now()), rules))
}
