import type { Rules } from './assessment.ts'
import { addDays, type IsoDate } from './dates.ts'
import { conditionsOf } from './flags.ts'
import { outlookOf } from './outlook.ts'
import { flagId, type TrackedProject } from './state.ts'

/** A project is looked at again after so many days even if nothing was foreseen. */
export const longestReviewInterval = 31

/**
 * The first date from `evaluatedOn` on which a colour or a flag is not what stands in the state: the days to come are played
 * through with nobody reporting, so that it is right for any rule. At the latest {@link longestReviewInterval} days on.
 */
export const reviewDueOn = (state: TrackedProject, evaluatedOn: IsoDate, rules: Rules): IsoDate => {
  // Compared with the flags that stand, not with those that hold: after a change of thresholds a review is due at once.
  const standing = Object.keys(state.flags).toSorted().join(' ')
  for (let days = 0; days < longestReviewInterval; days += 1) {
    const date = addDays(evaluatedOn, days)
    if (fingerprint(state, date, rules) !== standing) return date
  }
  return addDays(evaluatedOn, longestReviewInterval)
}

/** The flags that hold on a date; colours follow from them. */
const fingerprint = (state: TrackedProject, date: IsoDate, rules: Rules): string =>
  conditionsOf(outlookOf(state, date, rules), rules.policy)
    .map(flagId)
    .toSorted()
    .join(' ')
