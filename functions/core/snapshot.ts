import { assess } from './assess.ts'
import type { Rules } from './assessment.ts'
import type { IsoDate } from './dates.ts'
import type { Snapshot } from './ports.ts'
import { reviewDueOn } from './review-due.ts'
import type { ProjectState, TrackedProject } from './state.ts'
import { summaryOf } from './summary.ts'
import { mondayBefore, weekChangeOf } from './week.ts'

/**
 * The snapshot of a state as evaluated on a day: pure, so that a rebuild from the log must give the same.
 * @param before the state at the end of the Monday before that day, where the project has changed since.
 */
export const snapshotOf = (
  state: TrackedProject,
  evaluatedOn: IsoDate,
  rules: Rules,
  before?: ProjectState
): Snapshot => {
  const summary = summaryOf(state, assess(state, evaluatedOn, rules))
  return {
    project: state.project.id,
    version: state.version,
    evaluatedOn,
    reviewDueOn: reviewDueOn(state, evaluatedOn, rules),
    summary: before ? { ...summary, week: weekChangeOf(state, before, mondayBefore(evaluatedOn), rules) } : summary,
    state
  }
}
