import type { Author } from './author.ts'
import type { IsoDate } from './dates.ts'
import type { Commit } from './events.ts'
import { fold } from './evolve.ts'
import type { LedgerValue } from './ledger.ts'
import { countOf, filledIn, type LedgerPlace } from './merge-ledger.ts'
import type { TrackedProject } from './state.ts'

/** Who gave a cell the value that it has, and when. */
export interface CellAuthor {
  readonly by: Author
  readonly at: string
  /** The civil day of `at`, as the commit has it. */
  readonly date: IsoDate
  readonly version: number
}

/** Who changed the value behind a cell last, among the commits that follow a state. */
export const lastChangeOf = (
  place: LedgerPlace,
  since: TrackedProject,
  commits: readonly Commit[]
): CellAuthor | undefined => {
  let state = since
  let author: CellAuthor | undefined
  for (const commit of commits) {
    const after = fold(state, [commit])
    if (after.status === 'unregistered') continue
    const { by, at, date, version } = commit
    if (valueAt(place, after) !== valueAt(place, state)) author = { by, at, date, version }
    state = after
  }
  return author
}

const valueAt = ({ milestoneId, column }: LedgerPlace, state: TrackedProject): LedgerValue | undefined => {
  if (milestoneId === undefined) return countOf(state)
  const values: Readonly<Record<string, LedgerValue>> = filledIn(state, milestoneId)
  return values[column]
}
