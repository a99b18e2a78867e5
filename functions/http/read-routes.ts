import * as z from 'zod'
import { assess, assessWithForecast } from '../core/assess.ts'
import type { Flag } from '../core/assessment.ts'
import { isReviewMissing } from '../core/bureau.ts'
import { dateInShanghai, type IsoDate } from '../core/dates.ts'
import { fold, initialState } from '../core/evolve.ts'
import { flagId } from '../core/flag.ts'
import type { EventLog, SealedCommit } from '../core/ports.ts'
import type { ProjectState, TrackedProject } from '../core/state.ts'
import { dateSchema, isProjectId } from '../schema/fields.ts'
import { commitFor, planFor, seesPeopleOf, stateFor } from './replies.ts'
import { cursorSchema, limitSchema, noBody, noQuery, type Route, route } from './route.ts'

/** By what a list of projects can be narrowed. */
export const listFilterSchema = z.object({
  light: z.enum(['green', 'blue', 'yellow', 'red', 'stale', 'paused', 'no-baseline', 'done']).optional(),
  programme: z.string().min(1).max(100).optional(),
  town: z.string().min(1).max(100).optional()
})

const noProject = { problem: { code: 'project-not-found' as const } }

/** Operations that only read. */
export const readRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/v1/health',
    operationId: 'health',
    audience: 'anyone',
    summary: { zh: '运行状态', en: 'Whether the tracker runs' },
    query: noQuery,
    body: noBody,
    success: {
      status: 200,
      description: 'It runs',
      reply: 'health'
    },
    handle: async (_request, { clock, demonstrationClock, bureau, rules }) => {
      const now = clock.now()
      const today = dateInShanghai(now)
      const known = (await bureau.load()).bureau
      const missing = isReviewMissing(known, now, rules.calendars('cn')?.isWorking(today) ?? true)
      return {
        status: 200,
        body: {
          status: missing ? 'review-missing' : 'ok',
          today,
          demonstrationClock,
          reviewedAt: known.reviewedAt ?? null
        }
      }
    }
  }),
  route({
    method: 'GET',
    path: '/v1/projects',
    operationId: 'listProjects',
    audience: 'viewer',
    summary: { zh: '项目列表', en: 'List projects' },
    query: z.strictObject({
      ...listFilterSchema.shape,
      limit: limitSchema,
      cursor: cursorSchema
    }),
    body: noBody,
    success: { status: 200, description: 'One page; cursor leads to the next', reply: 'summaries' },
    handle: async ({ query: { limit, cursor, ...filter } }, { store }) => {
      const page = await store.list(filter, limit, cursor)
      return { status: 200, body: { projects: page.summaries, ...(page.cursor ? { cursor: page.cursor } : {}) } }
    }
  }),
  route({
    method: 'GET',
    path: '/v1/projects/{id}',
    operationId: 'readProject',
    audience: 'viewer',
    summary: { zh: '项目计划、状态与评估', en: 'Plan, state and assessment of a project' },
    query: z.strictObject({ dataDate: dateSchema.optional() }),
    body: noBody,
    success: { status: 200, description: 'As of the data date, today without one', reply: 'project' },
    problems: ['project-not-found'],
    handle: async ({ params, query, grant }, deps) => {
      const id = params.id ?? ''
      if (!isProjectId(id)) return noProject
      const today = dateInShanghai(deps.clock.now())
      const dataDate = query.dataDate ?? today
      const { state: now } = await deps.log.load(id)
      if (now.status === 'unregistered') return noProject
      const state = dataDate < now.changedOn ? await stateAsOf(id, dataDate, now, deps.log) : now
      const seesPeople = seesPeopleOf(grant, id)
      return {
        status: 200,
        headers: { etag: `"${state.version}"` },
        body: {
          project: planFor(state.project, seesPeople),
          version: state.version,
          state: stateFor(state, seesPeople),
          assessment: assessWithForecast(state, dataDate, deps.rules)
        }
      }
    }
  }),
  route({
    method: 'GET',
    path: '/v1/projects/{id}/history',
    operationId: 'readHistory',
    audience: 'viewer',
    summary: { zh: '变更历史,最新在前', en: 'History of a project, newest first' },
    query: z.strictObject({ limit: limitSchema, cursor: z.coerce.number().int().min(1).optional() }),
    body: noBody,
    success: { status: 200, description: 'One page; cursor leads to the next', reply: 'history' },
    problems: ['project-not-found'],
    handle: async ({ params, query: { limit, cursor }, grant }, { log }) => {
      const id = params.id ?? ''
      if (!isProjectId(id)) return noProject
      const found = await log.commits(id, { before: cursor, newestFirst: true, limit })
      // Before the first commit there is nothing; before any cursor of a project that is not, too.
      if (found.length === 0 && (await log.commits(id, { limit: 1 })).length === 0) return noProject
      const last = found.at(-1)
      const seesPeople = seesPeopleOf(grant, id)
      return {
        status: 200,
        body: {
          commits: found.map(commit => commitFor(commit, seesPeople)),
          ...(last && last.version > 1 && found.length === limit ? { cursor: String(last.version) } : {})
        }
      }
    }
  }),
  route({
    method: 'GET',
    path: '/v1/flags',
    operationId: 'listFlags',
    audience: 'leader',
    summary: { zh: '全部在案标志', en: 'Open flags over all projects' },
    query: noQuery,
    body: noBody,
    success: { status: 200, description: 'Gravest first', reply: 'flags' },
    handle: async (_request, { store, clock, rules }) => {
      const today = dateInShanghai(clock.now())
      const flags = []
      for await (const { state } of store.all())
        for (const flag of assess(state, today, rules).flags)
          flags.push({ project: state.project.id, name: state.project.name, ...flag, ...lifeOf(flag, state) })
      const rank = (severity: string) => ['red', 'stale', 'yellow', 'no-baseline', 'paused', 'blue'].indexOf(severity)
      flags.sort((a, b) => rank(a.severity) - rank(b.severity) || (a.since < b.since ? -1 : a.since > b.since ? 1 : 0))
      return { status: 200, body: { flags } }
    }
  }),
  route({
    method: 'GET',
    path: '/v1/changes',
    operationId: 'listChanges',
    audience: 'leader',
    summary: { zh: '某日以来的全部变更', en: 'What changed since a date, over all projects' },
    query: z.strictObject({ since: dateSchema }),
    body: noBody,
    success: { status: 200, description: 'From that date on, inclusive', reply: 'changes' },
    handle: async ({ query: { since } }, { store, log }) => {
      const changes = []
      for await (const { state } of store.all()) {
        if (state.changedOn < since) continue
        const commits = await commitsSince(state.project.id, since, log)
        changes.push({
          project: state.project.id,
          name: state.project.name,
          commits: commits.map(commit => commitFor(commit, true))
        })
      }
      return { status: 200, body: { since, changes } }
    }
  })
]

/**
 * What was known on a date. Before a project was registered nothing was; then the day of its registration stands in, so
 * that a plan entered today can be looked at on an earlier data date.
 */
const stateAsOf = async (id: string, date: IsoDate, now: TrackedProject, log: EventLog): Promise<TrackedProject> => {
  const known = date < now.registeredOn ? now.registeredOn : date
  const commits = await log.commits(id)
  // Dates can step back where two clocks differ at midnight; what follows a later commit was not known either.
  const later = commits.findIndex(commit => commit.date > known)
  const state: ProjectState = fold(initialState, later < 0 ? commits : commits.slice(0, later))
  return state.status === 'unregistered' ? now : state
}

/** Whether it is told yet, answered or muted; one seen today for the first time waits for its second evaluation. */
const lifeOf = (flag: Flag, { flags }: TrackedProject) => {
  const { status = 'pending', suppressedBy } = flags[flagId(flag)] ?? {}
  return { status, ...(suppressedBy === undefined ? {} : { suppressedBy }) }
}

const pageOfCommits = 50

const commitsSince = async (id: string, since: IsoDate, log: EventLog): Promise<readonly SealedCommit[]> => {
  const found: SealedCommit[] = []
  for (let before: number | undefined; ; before = found.at(-1)?.version) {
    const page = await log.commits(id, { before, newestFirst: true, limit: pageOfCommits })
    found.push(...page.filter(({ date }) => date >= since))
    if (page.length < pageOfCommits || page.some(({ date }) => date < since)) return found
  }
}
