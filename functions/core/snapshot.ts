import type { IsoDate } from './dates.ts'
import type { Snapshot } from './ports.ts'
import { reviewDueOn } from './review-due.ts'
import type { Rules } from './rules.ts'
import { standingOn } from './standing.ts'
import type { TrackedProject } from './state.ts'
import { summaryOf } from './summary.ts'

/** The snapshot of a state as evaluated on a day: pure, so that a rebuild from the log must give the same. */
export const snapshotOf = (state: TrackedProject, evaluatedOn: IsoDate, rules: Rules): Snapshot => ({
  project: state.project.id,
  version: state.version,
  evaluatedOn,
  reviewDueOn: reviewDueOn(state, evaluatedOn, rules),
  summary: summaryOf(state, standingOn(state, evaluatedOn, rules)),
  state
})
