import { tokenSchema } from '../schema/report.ts'
import { issuedTokenSchema } from './replies.ts'
import { noBody, noQuery, type Route, route } from './route.ts'

/** No token has a longer id, and no table takes a key of any length. */
const longestId = 64

/** Operations on tokens. */
export const tokenRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/v1/tokens',
    operationId: 'issueToken',
    audience: 'admin',
    summary: { zh: '发放令牌(只显示一次)', en: 'Issue a token, shown once' },
    body: tokenSchema,
    query: noQuery,
    success: { status: 201, description: 'Issued', schema: issuedTokenSchema },
    handle: async ({ body }, { access, clock }) => {
      const { token, grant } = await access.issue(body, clock.now())
      const { id, role, name, projects } = grant
      return { status: 201, headers: { location: `/v1/tokens/${id}` }, body: { id, token, role, name, projects } }
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
