import { assess } from '../core/assess.ts'
import type { IsoDate } from '../core/dates.ts'
import { fold, initialState } from '../core/evolve.ts'
import type { EventLog, SealedCommit, WeekChange } from '../core/ports.ts'
import type { Rules } from '../core/rules.ts'
import type { SiteEntry } from '../core/site-entry.ts'
import type { TrackedProject } from '../core/state.ts'
import { mondayBefore, weekChangeOf } from '../core/week.ts'
import type { ProjectPageData } from '../pages/project-view.ts'
import { siteEntryOf } from '../pages/site-entry.ts'

/** A project as its page shows it, and as the files about many do. */
export interface LoadedProject {
  readonly data: Omit<ProjectPageData, 'neighbours' | 'course'>
  readonly entry: SiteEntry
}

/** What loading needs. */
export interface LoadDeps {
  readonly log: EventLog
  readonly rules: Rules
  readonly demonstrationClock: boolean
  /** Pages show the forecast as well, which takes milliseconds. */
  readonly assess: typeof assess
}

/** Everything that is said of a project on a day, from its log alone; `undefined` where it has none. */
export const loadProject = async (
  id: string,
  today: IsoDate,
  { log, rules, demonstrationClock, assess: assessToday }: LoadDeps
): Promise<LoadedProject | undefined> => {
  const { state } = await log.load(id)
  if (state.status === 'unregistered') return undefined
  const assessment = assessToday(state, today, rules)
  const atLastCommit = state.changedOn < today ? assess(state, state.changedOn, rules) : assessment
  const commits = await log.commits(id, { newestFirst: true })
  const data = { state, assessment, commits, demonstrationClock }
  const week = weekOf(state, commits, today, rules)
  return { data, entry: siteEntryOf(data, { atLastCommit, week }) }
}

const weekOf = (
  state: TrackedProject,
  commits: readonly SealedCommit[],
  today: IsoDate,
  rules: Rules
): WeekChange | undefined => {
  const since = mondayBefore(today)
  if (state.changedOn <= since) return undefined
  const last = commits.findIndex(({ date }) => date <= since)
  const before = last < 0 ? initialState : fold(initialState, commits.slice(last).toReversed())
  return weekChangeOf(state, before, since, rules)
}
