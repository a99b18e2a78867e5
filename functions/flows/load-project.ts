import type { assess } from '../core/assess.ts'
import type { IsoDate } from '../core/dates.ts'
import { initialState } from '../core/evolve.ts'
import { outlookOf } from '../core/outlook.ts'
import type { EventLog, SealedCommit, WeekChange } from '../core/ports.ts'
import type { Rules } from '../core/rules.ts'
import type { SiteEntry } from '../core/site-entry.ts'
import type { TrackedProject } from '../core/state.ts'
import { type Step, stepsOf } from '../core/steps.ts'
import { mondayBefore, weekChangeOf } from '../core/week.ts'
import type { ProjectPageData } from '../pages/project-view.ts'
import { siteEntryOf } from '../pages/site-entry.ts'

/** A project as its page shows it, and as the files about many do. */
export interface LoadedProject {
  readonly data: Omit<ProjectPageData, 'neighbours' | 'course'>
  readonly entry: SiteEntry
  /** Its whole past, for whoever draws it. */
  readonly steps: readonly Step<SealedCommit>[]
}

/** What loading needs. */
export interface LoadDeps {
  readonly log: EventLog
  readonly rules: Rules
  readonly demonstrationClock: boolean
  /** Pages show the forecast as well, which takes milliseconds. */
  readonly assess: typeof assess
}

/** Everything that is said of a project on a day, from its log alone, read once; `undefined` where it has none. */
export const loadProject = async (
  id: string,
  today: IsoDate,
  { log, rules, demonstrationClock, assess: assessToday }: LoadDeps
): Promise<LoadedProject | undefined> => {
  const steps = stepsOf(await log.commits(id))
  const state = steps.at(-1)?.after
  if (state === undefined || state.status === 'unregistered') return undefined
  const assessment = assessToday(state, today, rules)
  const commits = steps.map(({ commit }) => commit).toReversed()
  const data = { state, assessment, commits, demonstrationClock }
  const atLastCommit = outlookOf(state, state.changedOn < today ? state.changedOn : today, rules)
  const past = {
    finishesAtLastCommit: new Map(atLastCommit.milestones.map(m => [m.milestone.id, m.projectedFinish])),
    week: weekOf(state, steps, today, rules)
  }
  return { data, entry: siteEntryOf(data, past), steps }
}

const weekOf = (
  state: TrackedProject,
  steps: readonly Step[],
  today: IsoDate,
  rules: Rules
): WeekChange | undefined => {
  const since = mondayBefore(today)
  if (state.changedOn <= since) return undefined
  const before = steps.findLast(({ commit }) => commit.date <= since)?.after ?? initialState
  return weekChangeOf(state, before, since, rules)
}
