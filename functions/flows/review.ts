import type { Author } from '../core/author.ts'
import { dateInShanghai } from '../core/dates.ts'
import { snapshotOf } from '../core/snapshot.ts'
import { execute } from './execute.ts'
import { type Failure, inParallel } from './in-parallel.ts'
import type { RefreshDeps } from './refresh.ts'

/** What a review did. */
export interface ReviewResult {
  /** Projects whose review was due. */
  readonly reviewed: number
  /** Of those, the ones in which the passing of time raised or cleared a flag. */
  readonly changed: number
  readonly failures: readonly Failure<string>[]
}

/** The tracker itself, as the author of what only time has caused. */
export const reviewer: Author = { id: 'review-schedules', role: 'system' }

const width = 8

/** Reviews every project whose review is due; the others are not even decoded. Running it again changes nothing. */
export const reviewDue = async (deps: RefreshDeps): Promise<ReviewResult> => {
  const today = dateInShanghai(deps.clock.now())
  let reviewed = 0
  let changed = 0
  const failures = await inParallel(deps.store.due(today), width, async project => {
    reviewed += 1
    const execution = await execute({ project, command: { type: 'review-project' }, by: reviewer }, deps)
    if (execution.type !== 'accepted') throw new Error(`the review of ${project} ended in ${execution.type}`)
    if (execution.commit) changed += 1
    await deps.store.put(snapshotOf(execution.state, today, deps.rules))
  })
  return { reviewed, changed, failures }
}
