import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import type { InternalAnswer, InternalView } from '../flows/internal.ts'
import { isProjectId } from '../schema/fields.ts'
import { preferredLanguage } from './problems.ts'
import type { ApiDeps } from './route.ts'

/** Everything below this address is for people who have signed in; no file of the site is. */
export const internalPrefix = '/internal'

/** Whether a path is one of the internal pages, or would be. */
export const isInternal = (path: string): boolean => path === internalPrefix || path.startsWith(`${internalPrefix}/`)

/**
 * The internal pages. Signing in takes a token from the body of a form and gives a cookie with a session of its own, out
 * of reach of scripts and of other sites. What changes anything is a POST that the site itself sent.
 */
export const answerInternal = async (
  event: APIGatewayProxyEventV2,
  deps: ApiDeps
): Promise<APIGatewayProxyStructuredResultV2> => {
  const { method } = event.requestContext.http
  const place = placeOf(event.rawPath)
  const act = acts[place]
  if (act) {
    if (method !== 'POST') return { statusCode: 405, headers: { allow: 'POST', ...unkept } }
    return isOwn(event) ? act(event, deps) : { statusCode: 403, headers: unkept }
  }
  if (method !== 'GET') return { statusCode: 405, headers: { allow: 'GET, HEAD', ...unkept } }
  return pageFor(place, event, deps)
}

const cookieName = 'tracker_session'
const longestForm = 4096
const unkept = { 'cache-control': 'no-store' }

type Act = (event: APIGatewayProxyEventV2, deps: ApiDeps) => Promise<APIGatewayProxyStructuredResultV2>

const pageFor = async (place: string, event: APIGatewayProxyEventV2, deps: ApiDeps) => {
  const { internalView, signIn } = await pages()
  const lang = preferredLanguage(event.headers['accept-language'])
  const session = sessionIn(event)
  const grant = session === undefined ? undefined : await deps.sessions.find(session)
  if (!grant || grant.role === 'viewer') return resultOf(signIn(lang, undefined))
  return resultOf(await internalView(viewOf(place, event), grant, lang, deps))
}

const signInAct: Act = async (event, deps) => {
  const { signIn } = await pages()
  const lang = preferredLanguage(event.headers['accept-language'])
  const token = new URLSearchParams(formOf(event)).get('token')?.trim() ?? ''
  const grant = await deps.access.find(token)
  if (!grant) return resultOf(signIn(lang, 'wrong-token'))
  if (grant.role === 'viewer') return resultOf(signIn(lang, 'not-for-viewers'))
  const { text, lifeSeconds } = await deps.sessions.open(grant)
  return seeProjects(cookieOf(text, lifeSeconds, event))
}

const signOutAct: Act = async (event, deps) => {
  const session = sessionIn(event)
  if (session !== undefined) await deps.sessions.close(session)
  return seeProjects(cookieOf('', 0, event))
}

const acts: Readonly<Record<string, Act | undefined>> = { 'sign-in': signInAct, 'sign-out': signOutAct }

/** Loaded on demand: programs that call the API never ask for a page. */
const pages = () => import('../flows/internal.ts')

const placeOf = (path: string): string => path.slice(internalPrefix.length).replace(/^\/|\/$/g, '')

const viewOf = (place: string, event: APIGatewayProxyEventV2): InternalView => {
  const cursor = event.queryStringParameters?.cursor
  const id = /^projects\/([^/]+)$/.exec(place)?.[1]
  if (id !== undefined) return isProjectId(id) ? { page: 'project', id } : { page: 'nothing' }
  switch (place) {
    case '':
      return { page: 'projects', cursor }
    case 'flags':
    case 'cases':
    case 'people':
      return { page: place }
    case 'deliveries':
      return { page: 'deliveries', cursor }
  }
  return { page: 'nothing' }
}

/**
 * Whether a POST comes from the site itself. Browsers say so; where an older one does not, the cookie still stays away,
 * because it is never sent along from another site.
 */
const isOwn = ({ headers }: APIGatewayProxyEventV2): boolean => {
  const site = headers['sec-fetch-site']
  return site === undefined || site === 'same-origin' || site === 'none'
}

const formOf = ({ body = '', isBase64Encoded, headers }: APIGatewayProxyEventV2): string => {
  const isForm = /^application\/x-www-form-urlencoded\s*(;|$)/i.test(headers['content-type'] ?? '')
  return isForm
    ? Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8')
        .toString('utf8')
        .slice(0, longestForm)
    : ''
}

const sessionIn = ({ cookies = [] }: APIGatewayProxyEventV2): string | undefined =>
  cookies.find(cookie => cookie.startsWith(`${cookieName}=`))?.slice(cookieName.length + 1)

/** `Secure` everywhere but on the machine itself, which has no TLS. */
const cookieOf = (value: string, seconds: number, { headers }: APIGatewayProxyEventV2): string => {
  const isLoopback = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(headers.host ?? '')
  const secure = isLoopback && headers['x-forwarded-proto'] === 'http' ? '' : '; Secure'
  return `${cookieName}=${value}; Path=${internalPrefix}; Max-Age=${seconds}; HttpOnly; SameSite=Strict${secure}`
}

const seeProjects = (cookie: string): APIGatewayProxyStructuredResultV2 => ({
  statusCode: 303,
  headers: { location: `${internalPrefix}/`, ...unkept },
  cookies: [cookie]
})

const resultOf = ({ status, headers, body }: InternalAnswer): APIGatewayProxyStructuredResultV2 => ({
  statusCode: status,
  headers: { ...headers },
  body
})
