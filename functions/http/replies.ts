import type { AccessGrant } from '../core/access.ts'
import type { Role } from '../core/author.ts'
import { isCaseEvent } from '../core/case-events.ts'
import type { Delay } from '../core/delay.ts'
import type { ProjectEvent } from '../core/events.ts'
import type { Project } from '../core/milestone.ts'
import type { SealedCommit } from '../core/ports.ts'
import type { TrackedProject } from '../core/state.ts'

/** People are internal: a viewer sees the plan without its manager. */
export const planFor = (project: Project, seesPeople: boolean): Project => {
  if (seesPeople) return project
  const { manager: _internal, ...rest } = project
  return rest
}

/**
 * The same for what happened to a project: what reporters note beside it, which the form promises not to publish, and what
 * becomes of its flags and cases are internal too.
 */
export const eventsFor = (events: readonly ProjectEvent[], seesPeople: boolean): readonly ProjectEvent[] =>
  seesPeople ? events : events.filter(event => !isCaseEvent(event)).map(withoutInternals)

const withoutInternals = (event: ProjectEvent): ProjectEvent => {
  if (event.type === 'project-registered') return { ...event, project: planFor(event.project, false) }
  if (event.type === 'plan-changed') return { ...event, ...unnoted(event), project: planFor(event.project, false) }
  if (event.type === 'progress-reported') return { ...event, ...unnoted(event), reports: event.reports.map(unnoted) }
  if (event.type === 'report-corrected') return { ...event, corrections: event.corrections.map(unnoted) }
  if (event.type === 'no-change-reported' || event.type === 'baseline-approved') return unnoted(event)
  return event
}

const unnoted = <Said extends { readonly note?: string | undefined; readonly delay?: Delay | undefined }>(
  said: Said
): Said => ({
  ...said,
  note: undefined,
  ...(said.delay ? { delay: { code: said.delay.code } } : {})
})

/** The state as the API shows it: without what the assessment says better, and unless people are seen without notes and cases. */
export const stateFor = (state: TrackedProject, seesPeople: boolean) => {
  const { project: _shown, requests: _internal, flags: _assessed, cases, silences, ...rest } = state
  if (seesPeople) return { ...rest, cases, silences }
  const progress = Object.fromEntries(Object.entries(rest.progress).map(([id, said]) => [id, unnoted(said)]))
  return { ...rest, progress }
}

/** A commit as the API shows it: without the sender's key, and without the holder of the token unless people are seen. */
export const commitFor = (commit: SealedCommit, seesPeople: boolean) => ({
  version: commit.version,
  date: commit.date,
  at: commit.at,
  by: seesPeople ? commit.by : { role: commit.by.role },
  events: eventsFor(commit.events, seesPeople),
  previousHash: commit.previousHash,
  hash: commit.hash
})

/** Whether a bearer sees the people of a project: leadership does, and its own reporters. */
export const seesPeopleOf = (grant: AccessGrant | undefined, project: string): boolean => {
  const leadership: readonly Role[] = ['admin', 'leader']
  return grant !== undefined && (leadership.includes(grant.role) || grant.projects.includes(project))
}
