import { Worker } from 'node:worker_threads'
import { demonstrationDate } from '../../data/demonstration/load.ts'
import { demonstrationPeople } from '../../data/demonstration/people.ts'
import { clockOf } from '../../functions/adapters/clock.ts'
import type { Commit } from '../../functions/core/events.ts'
import { fold } from '../../functions/core/evolve.ts'
import type { BureauLog, EventLog } from '../../functions/core/ports.ts'
import { changeBureau, numberCases } from '../../functions/flows/change-bureau.ts'

/**
 * Writes the demonstration into a log. The commits are the same every time, so a load that was broken off goes on
 * where it stopped.
 * @returns the ids of the demonstration's projects.
 * @throws Error when the log holds something else.
 */
export const loadDemonstrationLog = async (log: EventLog): Promise<readonly string[]> => {
  const written = new Map<string, Promise<void>>()
  const worker = new Worker(new URL('./demonstration-worker.ts', import.meta.url))
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  worker.on('message', ({ project, commits }: { readonly project: string; readonly commits: readonly Commit[] }) => {
    const writing = appendCommits(project, commits, log)
    writing.catch(reject)
    written.set(project, writing)
  })
  worker.on('error', reject)
  worker.on('exit', () => resolve())
  await promise
  await Promise.all(written.values())
  return [...written.keys()]
}

/** Enters the directory of the demonstration, and numbers its cases in the order in which they were opened. */
export const enterDemonstrationBureau = async (
  projects: readonly string[],
  log: EventLog,
  bureau: BureauLog
): Promise<void> => {
  const deps = { bureau, clock: clockOf(demonstrationDate) }
  const by = { id: 'demonstration-administrator', role: 'admin' } as const
  await changeBureau(
    ({ people }) =>
      demonstrationPeople.flatMap(person => (people[person.id] ? [] : [{ type: 'person-entered' as const, person }])),
    by,
    deps
  )
  const cases = []
  for (const project of projects) {
    const { state } = await log.load(project)
    if (state.status !== 'unregistered') cases.push(...Object.values(state.cases ?? {}))
  }
  await numberCases(cases, deps)
}

/** Appends the commits of a project that its log does not have yet. */
export const appendCommits = async (project: string, commits: readonly Commit[], log: EventLog): Promise<void> => {
  let { state, hash } = await log.load(project)
  for (const commit of commits) {
    if (commit.version <= state.version) continue
    const after = fold(state, [commit])
    if (after.status === 'unregistered') throw new Error(`${project}: the first commit registers nothing`)
    const result = await log.append(commit, hash, after)
    if (result.type === 'conflict') throw new Error(`${project}: version ${commit.version} is there already`)
    state = after
    hash = result.commit.hash
  }
}
