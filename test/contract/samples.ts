import type { Commit, ProjectEvent } from '../../functions/core/events.ts'
import { evolve, initialState } from '../../functions/core/evolve.ts'
import type { Project } from '../../functions/core/milestone.ts'
import type { EventLog, SealedCommit, Snapshot, Summary } from '../../functions/core/ports.ts'
import type { ProjectState, TrackedProject } from '../../functions/core/state.ts'

/** A small plan. */
export const projectOf = (id: string): Project => ({
  id,
  name: '区实验小学综合楼',
  start: '2021-03-01',
  milestones: [
    { id: 'C1', name: '开工', duration: 0 },
    {
      id: 'C3',
      name: '主体封顶',
      duration: 60,
      calendar: 'daily',
      predecessors: [{ milestoneId: 'C1', type: 'FS', lag: 0 }]
    }
  ]
})

/** The commit that would follow a state; its first registers the project. */
export const commitAfter = (project: string, state: ProjectState, events?: readonly ProjectEvent[]): Commit => ({
  project,
  version: state.version + 1,
  events:
    events ??
    (state.version === 0
      ? [{ type: 'project-registered', project: projectOf(project) }]
      : [{ type: 'progress-reported', reports: [{ milestoneId: 'C3', percentComplete: state.version % 100 }] }]),
  by: { id: 'token-1', role: 'reporter' },
  at: `2021-06-21T00:00:${String(state.version % 60).padStart(2, '0')}.000Z`,
  date: '2021-06-21'
})

/** The state after a commit, which must leave a project registered. */
export const stateAfter = (state: ProjectState, commit: Commit): TrackedProject => {
  const after = evolve(state, commit)
  if (after.status === 'unregistered') throw new Error('the commit registers nothing')
  return after
}

/** Appends one commit to what is there, without trying again. */
export const appendNext = async (log: EventLog, project: string, events?: readonly ProjectEvent[]) => {
  const { state, hash } = await log.load(project)
  const commit = commitAfter(project, state, events)
  return log.append(commit, hash, stateAfter(state, commit))
}

/** Appends many commits, each on the one before. */
export const appendMany = async (log: EventLog, project: string, count: number): Promise<readonly SealedCommit[]> => {
  const commits: SealedCommit[] = []
  let { state, hash } = await log.load(project)
  for (let i = 0; i < count; i += 1) {
    const commit = commitAfter(project, state)
    const after = stateAfter(state, commit)
    const result = await log.append(commit, hash, after)
    if (result.type === 'conflict') throw new Error('conflict without a rival')
    commits.push(result.commit)
    state = after
    hash = result.commit.hash
  }
  return commits
}

/** A snapshot for the state store. */
export const snapshotOf = (
  project: string,
  fields: Partial<Omit<Snapshot, 'project' | 'summary' | 'state'>> = {},
  summary: Partial<Summary> = {}
): Snapshot => {
  const version = fields.version ?? 1
  const state = stateAfter(initialState, commitAfter(project, initialState))
  return {
    project,
    version,
    evaluatedOn: '2021-06-21',
    reviewDueOn: '2021-06-28',
    ...fields,
    state: { ...state, version },
    summary: {
      id: project,
      name: '区实验小学综合楼',
      demonstration: true,
      version,
      dataDate: '2021-06-21',
      light: 'green',
      rules: ['G'],
      percentComplete: 12.5,
      plannedPercent: null,
      baselineFinish: null,
      projectedFinish: '2021-08-25',
      requiredBy: null,
      marginWorkingDays: null,
      variance: null,
      provisional: false,
      lastReportOn: null,
      brokenLaws: [],
      next: null,
      ...summary
    }
  }
}

/** Everything that an iteration gives. */
export const collect = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const found: T[] = []
  for await (const item of items) found.push(item)
  return found
}
