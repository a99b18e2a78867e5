import type { Rules } from './assessment.ts'
import { addDays, type IsoDate } from './dates.ts'
import { conditionsOf } from './flags.ts'
import { outlookOf } from './outlook.ts'
import { flagId, type TrackedProject } from './state.ts'

/** A project is looked at again after so many days even if nothing was foreseen. */
export const longestReviewInterval = 31

/**
 * The first date after `evaluatedOn` on which silence alone changes a colour or a flag: the days to come are played
 * through with nobody reporting, so that it is right for any rule. At the latest {@link longestReviewInterval} days on.
 */
export const reviewDueOn = (state: TrackedProject, evaluatedOn: IsoDate, rules: Rules): IsoDate => {
  const today = fingerprint(state, evaluatedOn, rules)
  for (let days = 1; days < longestReviewInterval; days += 1) {
    const date = addDays(evaluatedOn, days)
    if (fingerprint(state, date, rules) !== today) return date
  }
  return addDays(evaluatedOn, longestReviewInterval)
}

/** The flags that hold on a date; colours follow from them. */
const fingerprint = (state: TrackedProject, date: IsoDate, rules: Rules): string =>
  conditionsOf(outlookOf(state, date, rules), rules.policy)
    .map(flagId)
    .toSorted()
    .join(' ')
