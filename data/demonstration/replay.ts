import { assess } from '../../functions/core/assess.ts'
import type { Assessment } from '../../functions/core/assessment.ts'
import { decide } from '../../functions/core/decide.ts'
import type { Commit } from '../../functions/core/events.ts'
import { evolve, initialState } from '../../functions/core/evolve.ts'
import { defaultPolicy } from '../../functions/core/policy.ts'
import type { Rules } from '../../functions/core/rules.ts'
import type { TrackedProject } from '../../functions/core/state.ts'
import { builtInCalendars } from '../calendars.ts'
import { type DatedCommand, demonstrationDate } from './load.ts'

/** The rules by which the demonstration is judged: default thresholds, shipped calendars. */
export const demonstrationRules: Rules = { policy: defaultPolicy, calendars: builtInCalendars }

/** A project of the demonstration after its last command, with what the tracker says of it. */
export interface ReplayedProject {
  readonly commits: readonly Commit[]
  readonly state: TrackedProject
  readonly assessment: Assessment
}

/**
 * Decides every command on its date and assesses each project on the demonstration date, by project id.
 * @throws Error naming the first command that is not accepted.
 */
export const replay = (commands: readonly DatedCommand[]): ReadonlyMap<string, ReplayedProject> => {
  const states = new Map<string, TrackedProject>()
  const logs = new Map<string, Commit[]>()
  for (const { project, date, by, command } of commands) {
    const state = states.get(project) ?? initialState
    const decision = decide(command, state, demonstrationRules, date)
    if (!decision.ok) throw new Error(`${project} ${date} ${command.type}: ${JSON.stringify(decision.refusal.faults)}`)
    const version = state.version + 1
    const commit: Commit = { project, version, events: decision.events, by, at: `${date}T00:30:00Z`, date }
    const after = evolve(state, commit)
    if (after.status === 'unregistered') continue
    states.set(project, after)
    const log = logs.get(project)
    if (log) log.push(commit)
    else logs.set(project, [commit])
  }
  return new Map(
    [...states].map(([id, state]) => [
      id,
      { commits: logs.get(id) ?? [], state, assessment: assess(state, demonstrationDate, demonstrationRules) }
    ])
  )
}
