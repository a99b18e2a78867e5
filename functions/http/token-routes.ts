import type { Text } from '../core/assessment.ts'
import { tokenSchema } from '../schema/report.ts'
import type { Problem } from './problems.ts'
import { type ApiDeps, noBody, noQuery, type Route, route } from './route.ts'

/** No token has a longer id, and no table takes a key of any length. */
const longestId = 64

const proofProblem = (code: string, message: Text): Problem => ({
  code: 'not-valid',
  errors: [{ pointer: '/principal', code, message }]
})

/** A token where IAM authorises would open nothing, and a principal where tokens do neither. */
const wrongProof: Readonly<Record<ApiDeps['authorisation'], Problem>> = {
  token: proofProblem('principal-not-used', {
    zh: '本系统以令牌授权,不登记 IAM 主体',
    en: 'This tracker lets callers in by tokens, not by IAM'
  }),
  iam: proofProblem('principal-required', {
    zh: '本系统由 IAM 授权,请填写用户或角色的 ARN',
    en: 'This tracker lets callers in by IAM; name the ARN of a user or role'
  })
}

/** Operations on tokens. */
export const tokenRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/v1/tokens',
    operationId: 'issueToken',
    audience: 'admin',
    summary: {
      zh: '发放令牌(只显示一次),或登记 IAM 用户或角色',
      en: 'Issue a token, shown once, or let a principal of IAM in'
    },
    body: tokenSchema,
    query: noQuery,
    success: { status: 201, description: 'Issued', reply: 'issuedToken' },
    handle: async ({ body: { principal, ...asked } }, { access, authorisation, clock }) => {
      if ((authorisation === 'iam') !== (principal !== undefined)) return { problem: wrongProof[authorisation] }
      const { grant, ...proof } =
        principal === undefined
          ? await access.issue(asked, clock.now())
          : { grant: await access.admit(principal, asked, clock.now()), principal }
      const { id, role, name, projects } = grant
      return { status: 201, headers: { location: `/v1/tokens/${id}` }, body: { id, ...proof, role, name, projects } }
    }
  }),
  route({
    method: 'DELETE',
    path: '/v1/tokens/{id}',
    operationId: 'revokeToken',
    audience: 'admin',
    summary: { zh: '撤销令牌', en: 'Revoke a token' },
    query: noQuery,
    body: noBody,
    success: { status: 204, description: 'Revoked' },
    problems: ['token-not-found'],
    handle: async ({ params: { id = '' } }, { access, clock }) =>
      id.length <= longestId && (await access.revoke(id, clock.now()))
        ? { status: 204 }
        : { problem: { code: 'token-not-found' } }
  })
]
