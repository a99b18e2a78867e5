import * as z from 'zod'
import type { ApproveBaseline, Command } from '../core/commands.ts'
import type { Fault, FieldPath } from '../core/refusal.ts'
import { checkPhotos } from '../flows/photos.ts'
import { planOf, planSchema } from '../schema/plan.ts'
import {
  baselineSchema,
  cancelSchema,
  correctionSchema,
  pauseSchema,
  reportSchema,
  resumeSchema
} from '../schema/report.ts'
import { errorsOfFaults } from './field-errors.ts'
import type { FieldError } from './problems.ts'
import { type ApiDeps, noQuery, type Outcome, type RawRequest, type Route, route } from './route.ts'
import { problemsOfWrites, write } from './write.ts'

/** Operations that add a commit to the log of a project. */
export const writeRoutes: readonly Route[] = [
  route({
    method: 'PUT',
    path: '/v1/projects/{id}',
    operationId: 'registerProject',
    audience: 'admin',
    summary: {
      zh: '登记项目,或更改其未锁定的计划',
      en: 'Register a project, or change the unlocked part of its plan'
    },
    body: planSchema,
    conditional: true,
    query: noQuery,
    success: {
      status: 201,
      description: 'Registered',
      reply: 'written',
      also: { status: 200, description: 'Changed, or left as it was' }
    },
    problems: problemsOfWrites,
    handle: async (request, deps) => {
      const { project, baseline, delay } = planOf(request.body, deps.rules.calendars)
      if (project.id !== request.params.id) {
        const message = { zh: '编号与地址不一致', en: 'The id differs from that of the address' }
        return {
          problem: { code: 'not-valid', errors: [{ pointer: '/id', code: 'id-mismatch', message }] }
        }
      }
      return writeTo(request, { type: 'register-project', project, baseline, delay }, deps)
    }
  }),
  route({
    method: 'POST',
    path: '/v1/projects/{id}/reports',
    operationId: 'reportProgress',
    audience: 'reporter',
    summary: { zh: '填报进展', en: 'Report progress' },
    body: reportSchema,
    conditional: true,
    query: noQuery,
    success: { status: 201, description: 'Recorded', reply: 'written' },
    problems: problemsOfWrites,
    handle: async (request, deps) => {
      const checked = await checkPhotos(request.params.id ?? '', request.body, deps.photos)
      if ('command' in checked) return writeTo(request, checked.command, deps)
      return { problem: { code: 'not-valid', errors: errorsOfFaults(checked.faults) } }
    }
  }),
  route({
    method: 'POST',
    path: '/v1/projects/{id}/corrections',
    operationId: 'correctReport',
    audience: 'reporter',
    summary: { zh: '更正误报', en: 'Put a wrong report right' },
    body: correctionSchema,
    conditional: true,
    query: noQuery,
    success: { status: 201, description: 'Recorded; the report itself stays in the history', reply: 'written' },
    problems: problemsOfWrites,
    handle: (request, deps) => writeTo(request, request.body, deps)
  }),
  route({
    method: 'POST',
    path: '/v1/projects/{id}/baselines',
    operationId: 'approveBaseline',
    audience: 'admin',
    summary: { zh: '批准基线', en: 'Approve a baseline' },
    body: baselineSchema,
    conditional: true,
    query: noQuery,
    success: { status: 201, description: 'Approved; the first baseline stays the original', reply: 'written' },
    problems: problemsOfWrites,
    handle: (request, deps) => {
      const { milestones } = sentBaseline.parse(request.sent)
      return writeTo(request, request.body, deps, faults =>
        errorsOfFaults(faults.map(fault => ({ ...fault, path: placeInBaseline(fault.path, request.body, milestones) })))
      )
    }
  }),
  route({
    method: 'POST',
    path: '/v1/projects/{id}/pause',
    operationId: 'pauseProject',
    audience: 'admin',
    summary: { zh: '批准暂停', en: 'Pause with approval' },
    body: pauseSchema,
    conditional: true,
    query: noQuery,
    success: { status: 201, description: 'Paused', reply: 'written' },
    problems: problemsOfWrites,
    handle: (request, deps) => writeTo(request, request.body, deps)
  }),
  route({
    method: 'POST',
    path: '/v1/projects/{id}/resume',
    operationId: 'resumeProject',
    audience: 'admin',
    summary: { zh: '恢复', en: 'Resume' },
    body: resumeSchema,
    conditional: true,
    query: noQuery,
    success: { status: 201, description: 'Resumed', reply: 'written' },
    problems: problemsOfWrites,
    handle: (request, deps) => writeTo(request, request.body, deps)
  }),
  route({
    method: 'POST',
    path: '/v1/projects/{id}/milestones/{milestoneId}/cancel',
    operationId: 'cancelMilestone',
    audience: 'admin',
    summary: { zh: '取消里程碑', en: 'Cancel a milestone' },
    body: cancelSchema,
    conditional: true,
    query: noQuery,
    success: { status: 201, description: 'Cancelled', reply: 'written' },
    problems: [...problemsOfWrites, 'milestone-not-found'],
    handle: (request, deps) =>
      writeTo(
        request,
        { type: 'cancel-milestone', milestoneId: request.params.milestoneId ?? '', reason: request.body.reason },
        deps,
        // The milestone stands in the address, not in the body.
        faults => errorsOfFaults(faults).map(error => ({ ...error, pointer: '{milestoneId}' }))
      )
  })
]

const sentBaseline = z.object({ milestones: z.array(z.object({ id: z.string() })).default([]) })

/** The command holds the dates in the order of an object's keys, `9` before `10`; the body has an order of its own. */
const placeInBaseline = (
  path: FieldPath,
  { dates = {} }: ApproveBaseline,
  sent: readonly { readonly id: string }[]
): FieldPath => {
  const [list, at, ...rest] = path
  if (list !== 'milestones' || typeof at !== 'number') return path
  const id = Object.keys(dates)[at]
  return [list, sent.findIndex(milestone => milestone.id === id), ...rest]
}

/** Executes a command on the project that the address names. */
const writeTo = (
  request: RawRequest,
  command: Command,
  deps: ApiDeps,
  errorsOf?: (faults: readonly Fault[]) => readonly FieldError[]
): Promise<Outcome> => write({ project: request.params.id ?? '', command, errorsOf }, request, deps)
