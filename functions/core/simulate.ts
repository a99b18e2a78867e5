import type { Author } from './author.ts'
import type { Command } from './commands.ts'
import { addDays, type IsoDate } from './dates.ts'
import { decide } from './decide.ts'
import type { Commit } from './events.ts'
import { fold, initialState } from './evolve.ts'
import type { Rules } from './rules.ts'
import type { ProjectState } from './state.ts'

/** A command on a day in the life of a project. */
export interface Step {
  readonly date: IsoDate
  readonly by: Author
  readonly command: Command
}

/**
 * Plays the life of one project through, as the tracker would have recorded it: each command on its day, and before it
 * the daily reviews since, so that every flag has the date on which it would have been seen. The same
 * steps give the same commits, to the letter.
 * @param steps in the order of their dates, the first one registering the project.
 * @param until the last day that is reviewed, inclusive.
 * @throws Error naming the step that is refused.
 */
export const simulate = (
  project: string,
  steps: readonly Step[],
  reviewer: Author,
  rules: Rules,
  until: IsoDate
): readonly Commit[] => {
  const commits: Commit[] = []
  let state: ProjectState = initialState
  const accept = (date: IsoDate, by: Author, command: Command) => {
    const decision = decide(command, state, rules, date)
    if (!decision.ok)
      throw new Error(`${project}, ${command.type} on ${date}: ${JSON.stringify(decision.refusal.faults)}`)
    if (decision.events.length === 0) return
    const at = `${date}${by.role === 'system' ? reviewTime : reportTime}`
    const commit: Commit = { project, version: state.version + 1, events: decision.events, by, at, date }
    state = fold(state, [commit])
    commits.push(commit)
  }
  // Day by day rather than by the date a review is due: only the days until the next command count, and they are few.
  const reviewBetween = (evaluatedOn: IsoDate, last: IsoDate) => {
    for (let date = addDays(evaluatedOn, 1); date <= last; date = addDays(date, 1))
      accept(date, reviewer, { type: 'review-project' })
  }
  let evaluatedOn = steps[0]?.date ?? until
  for (const { date, by, command } of steps) {
    reviewBetween(evaluatedOn, date)
    accept(date, by, command)
    evaluatedOn = date
  }
  reviewBetween(evaluatedOn, until)
  return commits
}

/** 08:30 and 16:00 in Beijing: times at which the date in UTC is the same. */
const reviewTime = 'T00:30:00Z'
const reportTime = 'T08:00:00Z'
