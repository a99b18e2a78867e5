import { addDays, type IsoDate } from './dates.ts'
import { flagChanges } from './flag-life.ts'
import type { Rules } from './rules.ts'
import type { TrackedProject } from './state.ts'

/** A project is looked at again after so many days even if nothing was foreseen. */
export const longestReviewInterval = 31

/** By then the review of every project is due, so that asking for what is due gives them all, undecoded. */
export const everyReviewDueOn: IsoDate = '9999-12-31'

/**
 * The first date from `evaluatedOn` on which a review has something to write: a flag or a colour that changes, one that
 * fires or is over, an answer that runs out, a level that is reached. The days to come are played through with nobody
 * reporting, by the very function that the review uses, so that it is right for any rule. At the latest
 * {@link longestReviewInterval} days on.
 */
export const reviewDueOn = (state: TrackedProject, evaluatedOn: IsoDate, rules: Rules): IsoDate => {
  for (let days = 0; days < longestReviewInterval; days += 1) {
    const date = addDays(evaluatedOn, days)
    if (flagChanges(state, rules, date).length > 0) return date
  }
  return addDays(evaluatedOn, longestReviewInterval)
}
