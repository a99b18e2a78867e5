import type { Rules } from '../core/assessment.ts'
import type { IsoDate } from '../core/dates.ts'
import { initialState } from '../core/evolve.ts'
import type { EventLog, Snapshot } from '../core/ports.ts'
import { snapshotOf } from '../core/snapshot.ts'
import type { ProjectState, TrackedProject } from '../core/state.ts'
import { mondayBefore } from '../core/week.ts'

/**
 * The snapshot of a state with what changed in its week. The log is asked for the state of Monday only where the project
 * has changed since: two queries for most projects that report every week, none for a silent one.
 */
export const takeSnapshot = async (
  state: TrackedProject,
  evaluatedOn: IsoDate,
  { log, rules }: { readonly log: EventLog; readonly rules: Rules }
): Promise<Snapshot> => {
  const since = mondayBefore(evaluatedOn)
  return snapshotOf(
    state,
    evaluatedOn,
    rules,
    state.changedOn > since ? await stateAtEndOf(since, state, log) : undefined
  )
}

const commitsAtATime = 16

const stateAtEndOf = async (
  date: IsoDate,
  { project, version }: TrackedProject,
  log: EventLog
): Promise<ProjectState> => {
  let before = version + 1
  while (before > 1) {
    const commits = await log.commits(project.id, { newestFirst: true, before, limit: commitsAtATime })
    const last = commits.find(commit => commit.date <= date)
    if (last) return (await log.load(project.id, last.version)).state
    before = commits.at(-1)?.version ?? 1
  }
  return initialState
}
