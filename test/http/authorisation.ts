import type { Role } from '../../functions/core/author.ts'
import { plan } from './plans.ts'

/** Every role that a bearer can have. */
export const everyone: readonly Role[] = ['admin', 'reporter', 'leader', 'viewer']

/** Who may do an operation, and what is sent to it. */
export interface Permission {
  readonly who: readonly Role[] | 'anyone'
  readonly body?: object
  /** A reporter may for the projects that the token names alone. */
  readonly ownProjectsOnly?: true
}

/** CONTRACT's table, written out again: the route table of the API is what is being tested. */
export const permissions: Readonly<Record<string, Permission>> = {
  'GET /v1/health': { who: 'anyone' },
  'GET /v1/openapi.json': { who: 'anyone' },
  'GET /v1/projects': { who: everyone },
  'GET /v1/agenda': { who: everyone },
  'PUT /v1/projects/{id}': { who: ['admin'], body: plan() },
  'GET /v1/projects/{id}': { who: everyone },
  'POST /v1/projects/{id}/reports': { who: ['admin', 'reporter'], body: { noChange: true }, ownProjectsOnly: true },
  'POST /v1/projects/{id}/photos': {
    who: ['admin', 'reporter'],
    body: { sha256: 'a'.repeat(64), bytes: 7, contentType: 'image/jpeg' },
    ownProjectsOnly: true
  },
  'POST /v1/projects/{id}/corrections': {
    who: ['admin', 'reporter'],
    body: { corrects: 1, reason: '误报', reports: [{ milestoneId: 'C3', percentComplete: 1 }] },
    ownProjectsOnly: true
  },
  'GET /v1/projects/{id}/history': { who: everyone },
  'POST /v1/projects/{id}/baselines': { who: ['admin'], body: { reason: '年度调整', delay: { code: 'LAND' } } },
  'POST /v1/projects/{id}/pause': { who: ['admin'], body: { reason: '停工', reviewOn: '2021-07-01' } },
  'POST /v1/projects/{id}/resume': { who: ['admin'], body: { reason: '复工' } },
  'POST /v1/projects/{id}/milestones/{milestoneId}/cancel': { who: ['admin'], body: { reason: '不再需要' } },
  'POST /v1/imports': { who: ['admin'], body: plan({ id: 'brought-in' }) },
  'GET /v1/flags': { who: ['admin', 'leader'] },
  'GET /v1/changes': { who: ['admin', 'leader'] },
  'GET /v1/deliveries': { who: ['admin', 'leader'] },
  'GET /v1/exports/{kind}': { who: ['admin', 'leader'] },
  'GET /v1/cases': { who: ['admin', 'leader'] },
  'GET /v1/cases/{id}': { who: ['admin', 'leader'] },
  'POST /v1/cases/{id}/acknowledge': {
    who: ['admin', 'leader', 'reporter'],
    body: { committedFinish: '2021-07-30', measure: '增加班组' },
    ownProjectsOnly: true
  },
  'POST /v1/cases/{id}/close': { who: ['admin', 'leader'], body: { evidence: '验收记录' } },
  'POST /v1/cases/{id}/ruling': { who: ['admin', 'leader'], body: { excusable: true, reason: '经核实' } },
  'POST /v1/projects/{id}/silences': { who: ['admin', 'leader'], body: { until: '2021-07-01', reason: '评审' } },
  'POST /v1/projects/{id}/judgement': {
    who: ['admin', 'leader', 'reporter'],
    body: { light: 'red', reason: '现场与报告不符' },
    ownProjectsOnly: true
  },
  'POST /v1/projects/{id}/judgement/withdraw': { who: ['admin', 'leader'], body: { reason: '已核实' } },
  'GET /v1/people': { who: ['admin', 'leader'] },
  'GET /v1/people/{id}': { who: ['admin', 'leader'] },
  'PUT /v1/people/{id}': { who: ['admin'], body: { name: '示例局长', position: 'director' } },
  'DELETE /v1/people/{id}': { who: ['admin'] },
  'POST /v1/tokens': { who: ['admin'], body: { role: 'viewer', name: '监察室' } },
  'DELETE /v1/tokens/{id}': { who: ['admin'] }
}

/** The address of an operation on a project, or on what belongs to it. */
export const pathOf = (operation: string, project = 'school'): string => {
  const path = operation.split(' ')[1] ?? ''
  const ids: readonly (readonly [prefix: string, id: string])[] = [
    ['/v1/tokens', 'abcabcabcabc'],
    ['/v1/people', 'director'],
    ['/v1/cases', `${project}.1`]
  ]
  const id = ids.find(([prefix]) => path.startsWith(prefix))?.[1] ?? project
  const query = path === '/v1/changes' ? '?since=2021-06-01' : ''
  return path.replace('{id}', id).replace('{milestoneId}', 'V2').replace('{kind}', 'oc4ids') + query
}
