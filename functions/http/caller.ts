import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import * as z from 'zod'
import type { AccessGrant } from '../core/ports.ts'
import { principalOf } from '../schema/principal.ts'
import type { Problem } from './problems.ts'
import type { ApiDeps, Route } from './route.ts'
import { rolesOf } from './route.ts'

/** Who asks, or why nobody is let in. Only a route open to anyone has no grant. */
export type Caller = { readonly grant: AccessGrant | undefined } | { readonly problem: Problem }

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

type Known = { readonly grant: AccessGrant } | { readonly problem: Problem }

const bearerOf = async ({ headers }: APIGatewayProxyEventV2, { access }: ApiDeps): Promise<Known> => {
  const token = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1]
  const grant = token === undefined ? undefined : await access.find(token)
  return grant ? { grant } : { problem: { code: 'not-authenticated', headers: { 'www-authenticate': 'Bearer' } } }
}

/** What API Gateway says of a request whose signature it has verified; the types of Lambda leave it out. */
const signedSchema = z.object({
  authorizer: z.object({ iam: z.object({ userArn: z.string() }) })
})

const signerOf = async ({ requestContext }: APIGatewayProxyEventV2, { access }: ApiDeps): Promise<Known> => {
  const signed = signedSchema.safeParse(requestContext)
  if (!signed.success)
    return {
      problem: {
        code: 'not-authenticated',
        detail: { zh: '请求没有 IAM 签名(SigV4)', en: 'The request is not signed for IAM (SigV4)' },
        headers: { 'www-authenticate': 'AWS4-HMAC-SHA256' }
      }
    }
  const principal = principalOf(signed.data.authorizer.iam.userArn)
  const grant = principal === undefined ? undefined : await access.findSigner(principal)
  return grant
    ? { grant }
    : {
        problem: {
          code: 'not-allowed',
          detail: {
            zh: '此 IAM 用户或角色尚未登记,请管理员登记',
            en: 'This user or role of IAM has not been let in; an admin has to do so'
          }
        }
      }
}
