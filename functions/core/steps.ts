import type { Commit } from './events.ts'
import { evolve, initialState } from './evolve.ts'
import type { ProjectState } from './state.ts'

/** A commit with the state that it left behind. */
export interface Step<Known extends Commit = Commit> {
  readonly commit: Known
  readonly after: ProjectState
}

/**
 * Every step of a project, from its whole log, oldest commit first: what looks at its past at several dates folds the log once.
 * @throws BrokenLogError when the log does not make sense.
 */
export const stepsOf = <Known extends Commit>(commits: readonly Known[]): readonly Step<Known>[] => {
  let state = initialState
  return commits.map(commit => {
    state = evolve(state, commit)
    return { commit, after: state }
  })
}
