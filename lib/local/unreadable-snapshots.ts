import { UndecodableSnapshotError } from '../../functions/adapters/state-store.shared.ts'
import type { StateStore } from '../../functions/core/ports.ts'
import { everyReviewDueOn } from '../../functions/core/review-due.ts'
import { localRecord } from './change-source.ts'
import type { Invoke } from './invoke.ts'

/**
 * Has every snapshot folded anew that cannot be read, as after an update which changes what snapshots hold: until then its
 * project would be missing from lists, digests and the overview, its reds included.
 * @param fold the function `project-state`, which reads the log whatever the record says.
 * @returns how many there were.
 */
export const foldUnreadable = async (store: StateStore, fold: Invoke): Promise<number> => {
  const unreadable: string[] = []
  for await (const project of store.due(everyReviewDueOn))
    if (!(await isReadable(store, project))) unreadable.push(project)
  for (const project of unreadable)
    await fold({
      Records: [localRecord('log', project, 1, undefined, { project: { S: project }, version: { N: '1' } })]
    })
  return unreadable.length
}

const isReadable = async (store: StateStore, project: string): Promise<boolean> => {
  try {
    await store.get(project)
    return true
  } catch (error) {
    if (error instanceof UndecodableSnapshotError) return false
    throw error
  }
}
