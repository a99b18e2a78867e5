import * as z from 'zod'
import type { CaseCommand } from '../core/case-commands.ts'
import { type CaseView, caseViews } from '../core/case-view.ts'
import { projectOfCase } from '../core/cases.ts'
import { dateInShanghai } from '../core/dates.ts'
import type { Fault } from '../core/refusal.ts'
import type { TrackedProject } from '../core/state.ts'
import { numberCases } from '../flows/change-bureau.ts'
import { acknowledgementSchema, closingSchema, rulingSchema, silenceBodySchema } from '../schema/case-commands.ts'
import { isProjectId, projectIdSchema } from '../schema/fields.ts'
import { errorsOfFaults } from './field-errors.ts'
import type { FieldError } from './problems.ts'
import { type ApiDeps, noBody, noQuery, type Outcome, type RawRequest, type Route, route } from './route.ts'
import { problemsOfWrites, write } from './write.ts'

const noCase = { problem: { code: 'case-not-found' as const } }

/** Operations on cases (督办单) and on the silence of flags. */
export const caseRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/v1/cases',
    operationId: 'listCases',
    audience: 'leader',
    summary: { zh: '督办单', en: 'Cases' },
    query: z.strictObject({
      status: z.enum(['open', 'acknowledged', 'closed']).optional(),
      project: projectIdSchema.optional()
    }),
    body: noBody,
    success: { status: 200, description: 'In the order of their numbers', reply: 'cases' },
    problems: ['busy'],
    handle: async ({ query: { status, project } }, deps) => {
      const states: TrackedProject[] = []
      for await (const { state } of deps.store.all())
        if (state.cases && (project === undefined || project === state.project.id)) states.push(state)
      const views = await viewsOf(states, deps)
      const cases = views.filter(known => status === undefined || known.status === status).toSorted(byNumber)
      return { status: 200, body: { cases } }
    }
  }),
  route({
    method: 'GET',
    path: '/v1/cases/{id}',
    operationId: 'readCase',
    audience: 'leader',
    summary: { zh: '一件督办单', en: 'One case' },
    query: noQuery,
    body: noBody,
    success: { status: 200, description: 'As it stands today', reply: 'case' },
    problems: ['case-not-found', 'busy'],
    handle: async ({ params: { id = '' } }, deps) => {
      const found = await viewOf(id, deps)
      return found ? { status: 200, body: found } : noCase
    }
  }),
  route({
    method: 'POST',
    path: '/v1/cases/{id}/acknowledge',
    operationId: 'acknowledgeCase',
    audience: 'answerer',
    projectOf: projectOfCase,
    summary: { zh: '答复督办:承诺完成日期与措施', en: 'Answer a case: committed finish and measure' },
    query: noQuery,
    body: acknowledgementSchema,
    conditional: true,
    success: { status: 201, description: 'It holds until it runs out', reply: 'caseWritten' },
    problems: [...problemsOfWrites, 'case-not-found'],
    handle: (request, deps) =>
      writeCase(request, deps, said => ({ type: 'acknowledge-case', ...said, ...request.body }))
  }),
  route({
    method: 'POST',
    path: '/v1/cases/{id}/close',
    operationId: 'closeCase',
    audience: 'leader',
    projectOf: projectOfCase,
    summary: { zh: '销号(须有佐证)', en: 'Close a case, with evidence' },
    query: noQuery,
    body: closingSchema,
    conditional: true,
    success: { status: 201, description: 'Closed', reply: 'caseWritten' },
    problems: [...problemsOfWrites, 'case-not-found'],
    handle: (request, deps) => writeCase(request, deps, said => ({ type: 'close-case', ...said, ...request.body }))
  }),
  route({
    method: 'POST',
    path: '/v1/cases/{id}/ruling',
    operationId: 'ruleDelay',
    audience: 'leader',
    projectOf: projectOfCase,
    summary: { zh: '裁定延误原因是否正当', en: 'Rule whether the reason of delay excuses it' },
    query: noQuery,
    body: rulingSchema,
    conditional: true,
    success: { status: 201, description: 'Ruled', reply: 'caseWritten' },
    problems: [...problemsOfWrites, 'case-not-found'],
    handle: (request, deps) => writeCase(request, deps, said => ({ type: 'rule-delay', ...said, ...request.body }))
  }),
  route({
    method: 'POST',
    path: '/v1/projects/{id}/silences',
    operationId: 'silenceFlags',
    audience: 'leader',
    summary: { zh: '静默提醒(至多 30 天)', en: 'Silence flags, for 30 days at most' },
    query: noQuery,
    body: silenceBodySchema,
    conditional: true,
    success: { status: 201, description: 'Silenced; colours stay as they are', reply: 'written' },
    problems: problemsOfWrites,
    handle: (request, deps) => {
      const author = request.grant?.name ?? ''
      const command = { type: 'silence-flags', ...request.body, author } as const
      return write({ project: request.params.id ?? '', command }, request, deps)
    }
  })
]

const writeCase = async (
  request: RawRequest,
  deps: ApiDeps,
  commandOf: (said: { readonly caseId: string; readonly author: string }) => CaseCommand
): Promise<Outcome> => {
  const caseId = request.params.id ?? ''
  const project = projectOfCase(caseId)
  if (!isProjectId(project)) return noCase
  const outcome = await write(
    {
      project,
      command: commandOf({ caseId, author: request.grant?.name ?? '' }),
      errorsOf,
      alsoSays: async () => ({ case: await viewOf(caseId, deps) })
    },
    request,
    deps
  )
  return 'problem' in outcome && outcome.problem.code === 'project-not-found' ? noCase : outcome
}

/** What is wrong with a case itself is told at the address, which names it, not in the body. */
const errorsOf = (faults: readonly Fault[]): readonly FieldError[] =>
  errorsOfFaults(faults).map(error => (error.pointer === '/caseId' ? { ...error, pointer: '{id}' } : error))

const viewOf = async (id: string, deps: ApiDeps): Promise<CaseView | undefined> => {
  const project = projectOfCase(id)
  if (!isProjectId(project)) return undefined
  const { state } = await deps.log.load(project)
  if (state.status === 'unregistered' || state.cases?.[id] === undefined) return undefined
  return (await viewsOf([state], deps)).find(known => known.id === id)
}

/** Numbers come behind the log's stream, so that no report waits for one; whoever reads a case before that brings it on. */
const viewsOf = async (states: readonly TrackedProject[], deps: ApiDeps): Promise<readonly CaseView[]> => {
  const { numbers } = await numberCases(
    states.flatMap(({ cases = {} }) => Object.values(cases)),
    deps
  )
  const today = dateInShanghai(deps.clock.now())
  return states.flatMap(state => caseViews(state, numbers, today, deps.rules))
}

/** In the order of the register. */
const byNumber = (a: CaseView, b: CaseView): number =>
  a.number.year - b.number.year || a.number.serial - b.number.serial
