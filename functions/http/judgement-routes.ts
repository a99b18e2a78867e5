import { judgementSchema, withdrawalSchema } from '../schema/judgement.ts'
import { noQuery, type Route, route } from './route.ts'
import { problemsOfWrites, write } from './write.ts'

/** Operations by which people judge the colour of a project (DOMAIN §4). */
export const judgementRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/v1/projects/{id}/judgement',
    operationId: 'judgeColour',
    audience: 'answerer',
    summary: {
      zh: '人工判定颜色:更差即时生效;更好须经批准,一期有效,填报人不可',
      en: 'Judge the colour: worse at once; better with an approver, for one period, and not by a reporter'
    },
    query: noQuery,
    body: judgementSchema,
    conditional: true,
    success: {
      status: 201,
      description: 'Judged; the rules and their numbers stay as they are',
      reply: 'written'
    },
    problems: problemsOfWrites,
    handle: async (request, deps) => {
      const { grant, body, params } = request
      if (grant?.role === 'reporter' && body.approvedBy !== undefined) return { problem: { code: 'not-allowed' } }
      return write({ project: params.id ?? '', command: body }, request, deps)
    }
  }),
  route({
    method: 'POST',
    path: '/v1/projects/{id}/judgement/withdraw',
    operationId: 'withdrawJudgement',
    audience: 'leader',
    summary: { zh: '撤回人工判定', en: 'Take a judgement back' },
    query: noQuery,
    body: withdrawalSchema,
    conditional: true,
    success: { status: 201, description: 'The rules alone give the colour', reply: 'written' },
    problems: problemsOfWrites,
    handle: (request, deps) => write({ project: request.params.id ?? '', command: request.body }, request, deps)
  })
]
