import { fold } from '../core/evolve.ts'
import type { EventLog } from '../core/ports.ts'
import type { TrackedProject } from '../core/state.ts'
import { snapshotInterval } from './commit-item.ts'

/** A state that was loaded, with the hash of its last commit. */
interface Known {
  readonly state: TrackedProject
  readonly hash: string
}

/** So many milestones are remembered, of however many projects: some megabytes. */
const mostMilestones = 3000

/**
 * A log whose loads go on from what this process has loaded before. Commits are never changed and the hash of one is
 * chained to all before it, so the state at a hash is what it was: a load asks for the last commit that it knows and
 * those after it, one small consistent query in place of one with a carried state and up to fifteen commits. A log whose
 * commit at that version is another one, or none, is loaded as if for the first time; so is one that has gone far on.
 */
export const rememberingEventLog = <Log extends EventLog>(log: Log): Log => {
  const remembered = new Map<string, Known>()
  let milestones = 0

  const forget = (project: string): void => {
    milestones -= remembered.get(project)?.state.project.milestones.length ?? 0
    remembered.delete(project)
  }

  const remember = (project: string, known: Known): void => {
    forget(project)
    remembered.set(project, known)
    milestones += known.state.project.milestones.length
    for (const oldest of remembered.keys()) {
      if (milestones <= mostMilestones) return
      forget(oldest)
    }
  }

  const goOnFrom = async (project: string, known: Known): ReturnType<EventLog['load']> => {
    const range = { after: known.state.version - 1, limit: snapshotInterval }
    const [last, ...newer] = await log.commits(project, range)
    if (last?.hash !== known.hash || newer.length >= snapshotInterval - 1) return log.load(project)
    return { state: fold(known.state, newer), hash: newer.at(-1)?.hash ?? last.hash }
  }

  const load = async (project: string): ReturnType<EventLog['load']> => {
    const known = remembered.get(project)
    const { state, hash } = await (known ? goOnFrom(project, known) : log.load(project))
    if (state.status === 'unregistered') forget(project)
    else remember(project, { state, hash })
    return { state, hash }
  }

  return { ...log, load: (project, upTo) => (upTo === undefined ? load(project) : log.load(project, upTo)) }
}
