import { assessWithForecast } from '../core/assess.ts'
import type { Command } from '../core/commands.ts'
import { dateInShanghai } from '../core/dates.ts'
import type { Fault } from '../core/refusal.ts'
import { type Execution, execute } from '../flows/execute.ts'
import { isProjectId } from '../schema/fields.ts'
import { errorsOfFaults } from './field-errors.ts'
import { busy, type FieldError } from './problems.ts'
import { eventsFor, seesPeopleOf } from './replies.ts'
import type { ApiDeps, Outcome, RawRequest } from './route.ts'

/** Problems that any write to a project can have. */
export const problemsOfWrites = [
  'project-not-found',
  'refused-by-state',
  'version-conflict',
  'idempotency-key-reused',
  'busy'
] as const

/** A command, where it goes, and how its answer differs from that of other writes. */
export interface Write {
  readonly project: string
  readonly command: Command
  readonly errorsOf?: ((faults: readonly Fault[]) => readonly FieldError[]) | undefined
  /** What the answer says beside the events and the assessment. */
  readonly alsoSays?: ((done: Accepted) => Promise<object>) | undefined
}

/** A command that was accepted. */
export type Accepted = Execution & { readonly type: 'accepted' }

/** Executes a command and answers with what it caused and where the project stands now. */
export const write = async (
  { project, command, errorsOf = errorsOfFaults, alsoSays }: Write,
  request: RawRequest,
  deps: ApiDeps
): Promise<Outcome> => {
  const { grant, idempotency, ifVersion } = request
  if (!grant) return { problem: { code: 'not-authenticated' } }
  if (!isProjectId(project)) return { problem: { code: 'project-not-found' } }
  const by = { id: grant.id, role: grant.role }
  const execution = await execute({ project, command, by, idempotency, ifVersion }, deps)
  switch (execution.type) {
    case 'accepted': {
      const { state, commit, replayed } = execution
      // What was assessed is the day of the commit, so that a repetition gets the first answer and not today's.
      const assessment = assessWithForecast(state, commit?.date ?? dateInShanghai(deps.clock.now()), deps.rules)
      const events = eventsFor(commit?.events ?? [], seesPeopleOf(grant, project))
      const registered = commit?.version === 1
      const created = events.length > 0 && (command.type !== 'register-project' || registered)
      return {
        status: created ? 201 : 200,
        headers: {
          etag: `"${state.version}"`,
          ...(registered ? { location: `/v1/projects/${project}` } : {}),
          ...(replayed ? { 'idempotent-replayed': 'true' } : {})
        },
        body: { project, version: state.version, events, assessment, ...(await alsoSays?.(execution)) }
      }
    }
    case 'refused': {
      const { kind, faults } = execution.refusal
      if (faults.some(({ code }) => code === 'not-registered')) return { problem: { code: 'project-not-found' } }
      if (command.type === 'cancel-milestone' && faults.some(({ code }) => code === 'unknown-milestone'))
        return { problem: { code: 'milestone-not-found' } }
      if (faults.some(({ code }) => code === 'unknown-case')) return { problem: { code: 'case-not-found' } }
      return { problem: { code: kind === 'invalid' ? 'not-valid' : 'refused-by-state', errors: errorsOf(faults) } }
    }
    case 'key-reused':
      return { problem: { code: 'idempotency-key-reused' } }
    case 'version-conflict': {
      const { version } = execution
      return { problem: { code: 'version-conflict', ...(version > 0 ? { headers: { etag: `"${version}"` } } : {}) } }
    }
    case 'busy':
      return { problem: busy }
  }
}
