import type { AccessGrant, Authorisation } from '../core/access.ts'
import { dateInShanghai } from '../core/dates.ts'
import type { Text } from '../core/text.ts'
import { inParallel, throwFailures } from '../flows/in-parallel.ts'
import { tokenSchema } from '../schema/report.ts'
import { errorsOfFaults } from './field-errors.ts'
import type { FieldError, Problem, Reply } from './problems.ts'
import { type ApiDeps, noBody, noQuery, type Outcome, type RawRequest, type Route, route } from './route.ts'

/** No token has a longer id, and no table takes a key of any length. */
const longestId = 64

const proofProblem = (code: string, message: Text): Problem => ({
  code: 'not-valid',
  errors: [{ pointer: '/principal', code, message }]
})

/** A token where IAM authorises would open nothing, and a principal where tokens do neither. */
const wrongProof: Readonly<Record<Authorisation, Problem>> = {
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
    keyed: true,
    query: noQuery,
    success: { status: 201, description: 'Issued', reply: 'issuedToken' },
    problems: ['last-admin'],
    handle: async (request, deps) => {
      const { principal, ...asked } = request.body
      if ((deps.authorisation === 'iam') !== (principal !== undefined))
        return { problem: wrongProof[deps.authorisation] }
      const errors = await errorsOf(asked, deps)
      if (errors.length > 0) return { problem: { code: 'not-valid', errors } }
      if (principal === undefined) return issue(asked, request, deps)
      if (await endsLastAdmin(principal, asked, deps)) return { problem: { code: 'last-admin' } }
      const { createdAt: _at, ...grant } = await deps.access.admit(principal, asked, deps.clock.now())
      return issued({ ...grant, principal })
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
    problems: ['token-not-found', 'last-admin'],
    handle: async ({ params: { id = '' } }, { access, clock, authorisation }) => {
      if (id.length > longestId) return { problem: { code: 'token-not-found' } }
      if (await access.isLastAdmin(id, dateInShanghai(clock.now()), authorisation))
        return { problem: { code: 'last-admin' } }
      return (await access.revoke(id, clock.now())) ? { status: 204 } : { problem: { code: 'token-not-found' } }
    }
  })
]

type AskedGrant = Omit<AccessGrant, 'id' | 'createdAt'>

/** A principal that is admitted again has its new grant in place of the old: as another role, or until a day. */
const endsLastAdmin = async (
  principal: string,
  { role, expiresOn }: AskedGrant,
  { access, clock, authorisation }: ApiDeps
): Promise<boolean> => {
  if (role === 'admin' && expiresOn === undefined) return false
  const before = await access.findSigner(principal)
  return before !== undefined && access.isLastAdmin(before.id, dateInShanghai(clock.now()), authorisation)
}

/** With a key, a repetition gets the same token: an answer that was lost on the way must not leave one that nobody knows. */
const issue = async (
  asked: AskedGrant,
  { grant: by, bearer, idempotency }: RawRequest,
  { access, clock }: ApiDeps
): Promise<Outcome> => {
  if (!by || bearer === undefined) return { problem: { code: 'not-authenticated' } }
  const at = clock.now()
  const answer = idempotency
    ? await access.issueOnce(asked, at, { key: `${by.id}/${idempotency.key}`, hash: idempotency.hash, bearer })
    : { type: 'issued' as const, ...(await access.issue(asked, at)), replayed: false }
  if (answer.type === 'key-reused') return { problem: { code: 'idempotency-key-reused' } }
  const { createdAt: _at, ...grant } = answer.grant
  return issued({ ...grant, token: answer.token }, answer.replayed ? { 'idempotent-replayed': 'true' } : {})
}

const issued = (
  body: Omit<AccessGrant, 'createdAt'> & ({ token: string } | { principal: string }),
  headers: Reply['headers'] = {}
): Reply => ({
  status: 201,
  headers: { location: `/v1/tokens/${body.id}`, ...headers },
  body
})

const readAtATime = 16

/** What is wrong with a grant beside its form: projects that are not there, most likely misspelt, and a day that is over. */
const errorsOf = async (
  { projects, expiresOn }: AskedGrant,
  { log, clock }: ApiDeps
): Promise<readonly FieldError[]> => {
  const today = dateInShanghai(clock.now())
  const missing = new Set<number>()
  const failures = await inParallel(projects.entries(), readAtATime, async ([at, id]) => {
    if ((await log.commits(id, { limit: 1 })).length === 0) missing.add(at)
  })
  throwFailures('projects of a token', failures)
  return [
    ...[...missing]
      .toSorted((a, b) => a - b)
      .map(at => ({ pointer: `/projects/${at}`, code: 'unknown-project', message: unknownProject })),
    ...(expiresOn !== undefined && expiresOn < today
      ? errorsOfFaults([{ code: 'date-in-past', path: ['expiresOn'], params: { today } }])
      : [])
  ]
}

const unknownProject: Text = { zh: '没有这个项目,请先登记', en: 'There is no such project; register it first' }
