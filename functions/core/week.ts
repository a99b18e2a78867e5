import { addDays, type IsoDate, toDayNumber, weekdayOf } from './dates.ts'
import type { WeekChange } from './ports.ts'
import type { Rules } from './rules.ts'
import { standingOn } from './standing.ts'
import { type ProjectState, progressOf, type TrackedProject } from './state.ts'

/**
 * The last Monday before a date; of a Monday the one a week earlier, so that the meeting of a Monday looks back on the
 * whole week since the last one.
 */
export const mondayBefore = (date: IsoDate): IsoDate => {
  const weekday = weekdayOf(toDayNumber(date))
  return addDays(date, weekday === 1 ? -7 : 1 - weekday)
}

/** What has become of a project since the end of a Monday, from its state then and now. */
export const weekChangeOf = (state: TrackedProject, before: ProjectState, since: IsoDate, rules: Rules): WeekChange => {
  const reached = state.project.milestones.filter(
    ({ id }) => isReached(state, id) && !(before.status !== 'unregistered' && isReached(before, id))
  )
  return {
    since,
    before: before.status === 'unregistered' ? null : shownOn(before, since, rules),
    // All that was reached before the tracker knew of a project is no news.
    reached: before.status === 'unregistered' ? [] : reached.map(({ id, name, nameEn }) => ({ id, name, nameEn }))
  }
}

const isReached = (state: TrackedProject, id: string): boolean => progressOf(state, id).actualFinish !== undefined

const shownOn = (state: TrackedProject, date: IsoDate, rules: Rules): WeekChange['before'] => {
  const { light, projectedFinish, percentComplete } = standingOn(state, date, rules)
  return { light, projectedFinish, percentComplete }
}
