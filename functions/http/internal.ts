import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import { dateInShanghai } from '../core/dates.ts'
import type { InternalAnswer, InternalView } from '../flows/internal.ts'
import { isProjectId } from '../schema/fields.ts'
import { isOver } from './caller.ts'
import { cookieIn, cookieOf } from './cookies.ts'
import { lookUp } from './guesses.ts'
import { internalPrefix } from './internal-address.ts'
import { formKey, isForeign, isOwnForm } from './own-form.ts'
import { type Problem, preferredLanguage, problems, problemTexts } from './problems.ts'
import type { ApiDeps } from './route.ts'

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
  const act = acts.get(place)
  if (act) {
    if (method !== 'POST')
      return internalTrouble({ code: 'method-not-allowed', headers: { allow: 'POST' } }, event, deps)
    return isForeign(event) ? internalTrouble(fromElsewhere, event, deps) : act(event, deps)
  }
  if (method !== 'GET')
    return internalTrouble({ code: 'method-not-allowed', headers: { allow: 'GET, HEAD' } }, event, deps)
  return pageFor(place, event, deps)
}

/** A problem as a page, for people who look at pages. */
export const internalTrouble = async (
  problem: Problem,
  event: APIGatewayProxyEventV2,
  deps: FrameDeps
): Promise<APIGatewayProxyStructuredResultV2> => {
  const { internalProblem } = await pages()
  const [status] = problems[problem.code]
  const page = internalProblem(status, problemTexts(problem), frameOf(event, deps))
  return resultOf({ ...page, headers: { ...page.headers, ...problem.headers } })
}

type FrameDeps = Pick<ApiDeps, 'clock' | 'demonstrationClock'>

const frameOf = ({ headers }: APIGatewayProxyEventV2, { clock, demonstrationClock }: FrameDeps) => ({
  lang: preferredLanguage(headers['accept-language']),
  clockStandsAt: demonstrationClock ? dateInShanghai(clock.now()) : undefined
})

const fromElsewhere: Problem = {
  code: 'not-allowed',
  detail: {
    zh: '这个请求不是从本站的页面发出的,请打开登录页再试',
    en: 'It was not sent from a page of this site; open the page that signs in and try again'
  }
}

const cookieName = 'tracker_session'
const longestForm = 4096

type Act = (event: APIGatewayProxyEventV2, deps: ApiDeps) => Promise<APIGatewayProxyStructuredResultV2>

const pageFor = async (place: string, event: APIGatewayProxyEventV2, deps: ApiDeps) => {
  const { internalView } = await pages()
  const session = cookieIn(event, cookieName)
  if (session === undefined) return signInForm(event, deps)
  const looked = await lookUp(session, deps.sessions.find, event, deps)
  if ('problem' in looked) return internalTrouble(looked.problem, event, deps)
  const { found: grant } = looked
  if (!grant || grant.role === 'viewer' || isOver(grant, deps)) return signInForm(event, deps)
  return resultOf(await internalView(viewOf(place, event), grant, frameOf(event, deps), deps))
}

const signInAct: Act = async (event, deps) => {
  const form = formOf(event)
  if (!isOwnForm(event, form)) return internalTrouble(fromElsewhere, event, deps)
  const looked = await lookUp(form.get('token')?.trim() ?? '', deps.access.find, event, deps)
  if ('problem' in looked) return internalTrouble(looked.problem, event, deps)
  const { found: grant } = looked
  if (!grant || isOver(grant, deps)) return signInForm(event, deps, 'wrong-token')
  if (grant.role === 'viewer') return signInForm(event, deps, 'not-for-viewers')
  const { text, lifeSeconds } = await deps.sessions.open(grant)
  return seeProjects(cookieOf(cookieName, text, lifeSeconds, event))
}

const signInForm = async (
  event: APIGatewayProxyEventV2,
  deps: FrameDeps,
  trouble?: 'wrong-token' | 'not-for-viewers'
) => {
  const { signIn } = await pages()
  const { key, cookie } = formKey(event)
  const page = signIn(frameOf(event, deps), { trouble, key })
  return { ...resultOf(page), cookies: [cookie] }
}

const signOutAct: Act = async (event, deps) => {
  const session = cookieIn(event, cookieName)
  if (session !== undefined) await deps.sessions.close(session)
  return seeProjects(cookieOf(cookieName, '', 0, event))
}

const acts: ReadonlyMap<string, Act> = new Map([
  ['sign-in', signInAct],
  ['sign-out', signOutAct]
])

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

const formOf = ({ body = '', isBase64Encoded, headers }: APIGatewayProxyEventV2): URLSearchParams => {
  const isForm = /^application\/x-www-form-urlencoded\s*(;|$)/i.test(headers['content-type'] ?? '')
  const text = isForm ? Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8').toString('utf8') : ''
  return new URLSearchParams(text.slice(0, longestForm))
}

const seeProjects = (cookie: string): APIGatewayProxyStructuredResultV2 => ({
  statusCode: 303,
  headers: { location: `${internalPrefix}/`, 'cache-control': 'no-store' },
  cookies: [cookie]
})

const resultOf = ({ status, headers, body }: InternalAnswer): APIGatewayProxyStructuredResultV2 => ({
  statusCode: status,
  headers: { ...headers },
  body
})
