import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import * as z from 'zod'
import type { AccessGrant } from '../core/access.ts'
import { dateInShanghai } from '../core/dates.ts'
import type { Text } from '../core/text.ts'
import { principalOf } from '../schema/principal.ts'
import { lookUp } from './guesses.ts'
import type { Problem } from './problems.ts'
import { type ApiDeps, type Route, rolesOf } from './route.ts'

/** Who asks, or why nobody is let in. Only a route open to anyone has no grant. */
export type Caller =
  | { readonly grant: AccessGrant | undefined; readonly bearer?: string | undefined }
  | { readonly problem: Problem }

/**
 * Who sent a request and whether they may: by the bearer token, or, where IAM authorises, by the principal whose signature
 * API Gateway has verified. A caller who is not known is told so before anything of the request is looked at.
 */
export const callerOf = async (
  { audience, projectOf = id => id }: Pick<Route, 'audience' | 'projectOf'>,
  event: APIGatewayProxyEventV2,
  deps: ApiDeps
): Promise<Caller> => {
  if (audience === 'anyone') return { grant: undefined }
  const known = deps.authorisation === 'iam' ? await signerOf(event, deps) : await bearerOf(event, deps)
  if ('problem' in known) return known
  const { grant } = known
  const project = projectOf(event.pathParameters?.id ?? '')
  const isHeld = (audience === 'reporter' || audience === 'answerer') && grant.role === 'reporter'
  const mayWrite = !isHeld || grant.projects.includes(project)
  return rolesOf[audience].includes(grant.role) && mayWrite ? known : { problem: { code: 'not-allowed' } }
}

/** Whether a grant is over: its last day has passed. */
export const isOver = ({ expiresOn }: AccessGrant, { clock }: Pick<ApiDeps, 'clock'>): boolean =>
  expiresOn !== undefined && expiresOn < dateInShanghai(clock.now())

type Known = { readonly grant: AccessGrant; readonly bearer?: string } | { readonly problem: Problem }

const bearerOf = async (event: APIGatewayProxyEventV2, deps: ApiDeps): Promise<Known> => {
  const token = /^Bearer +(\S+)$/i.exec(event.headers.authorization ?? '')?.[1]
  if (token === undefined) return unknown('Bearer')
  const looked = await lookUp(token, deps.access.find, event, deps)
  if ('problem' in looked) return looked
  const { found: grant } = looked
  if (!grant) return unknown('Bearer')
  return isOver(grant, deps) ? unknown('Bearer', tokenIsOver) : { grant, bearer: token }
}

const unknown = (scheme: string, detail?: Text): { readonly problem: Problem } => ({
  problem: { code: 'not-authenticated', detail, headers: { 'www-authenticate': scheme } }
})

const tokenIsOver: Text = {
  zh: '令牌已到期,请向管理员申请新的',
  en: 'The token has expired; ask an admin for a new one'
}

/** What API Gateway says of a request whose signature it has verified; the types of Lambda leave it out. */
const signedSchema = z.object({
  authorizer: z.object({ iam: z.object({ userArn: z.string() }) })
})

const signerOf = async ({ requestContext }: APIGatewayProxyEventV2, deps: ApiDeps): Promise<Known> => {
  const signed = signedSchema.safeParse(requestContext)
  if (!signed.success) return unknown('AWS4-HMAC-SHA256', notSigned)
  const principal = principalOf(signed.data.authorizer.iam.userArn)
  const grant = principal === undefined ? undefined : await deps.access.findSigner(principal)
  if (!grant) return { problem: { code: 'not-allowed', detail: notLetIn } }
  return isOver(grant, deps) ? { problem: { code: 'not-allowed', detail: admissionIsOver } } : { grant }
}

const notSigned: Text = { zh: '请求没有 IAM 签名(SigV4)', en: 'The request is not signed for IAM (SigV4)' }
const notLetIn: Text = {
  zh: '此 IAM 用户或角色尚未登记,请管理员登记',
  en: 'This user or role of IAM has not been let in; an admin has to do so'
}
const admissionIsOver: Text = {
  zh: '此 IAM 用户或角色的登记已到期,请管理员重新登记',
  en: 'The admission of this user or role of IAM has expired; an admin has to renew it'
}
