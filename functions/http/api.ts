import middy from '@middy/core'
import httpRouter from '@middy/http-router'
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda'
import { guarded } from './answer-headers.ts'
import { endpointOf, problemResult } from './endpoint.ts'
import { answerInternal, internalTrouble } from './internal.ts'
import { isInternal } from './internal-address.ts'
import { busy, type Problem } from './problems.ts'
import type { ApiDeps } from './route.ts'
import { routes } from './routes.ts'

/** Called with every error that became a 500, since the caller learns nothing of it. */
export type FaultReport = (error: unknown, event: APIGatewayProxyEventV2) => void

/** The whole API as one Lambda handler: internal pages, else the route table behind a router; a fault is problem+json. */
export const createApi = (deps: ApiDeps, report: FaultReport) => {
  const route = httpRouter({
    routes: routes.map(route => ({ method: route.method, path: route.path, handler: endpointOf(route, deps) })),
    notFoundResponse: ({ method, path }: { method: string; path: string }) => {
      throw new NoRouteError(method, path)
    }
  })
  const answer = middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use(problemJson(deps, report))
    .handler((event, ...others) => (isInternal(event.rawPath) ? answerInternal(event, deps) : route(event, ...others)))
  return async (event: APIGatewayProxyEventV2, context: Context): Promise<APIGatewayProxyStructuredResultV2> => {
    if (event.requestContext.http.method !== 'HEAD') return guarded(await answer(event, context), event)
    const { body: _unsent, isBase64Encoded: _too, ...head } = await answer(asGet(event), context)
    return guarded(head, event)
  }
}

/** A HEAD is answered as the GET would be, without its body (RFC 9110 §9.3.2). */
const asGet = (event: APIGatewayProxyEventV2): APIGatewayProxyEventV2 => {
  const { requestContext } = event
  return { ...event, requestContext: { ...requestContext, http: { ...requestContext.http, method: 'GET' } } }
}

class NoRouteError extends Error {
  override readonly name = 'NoRouteError'
  readonly allowed: readonly string[]
  constructor(method: string, path: string) {
    super(`no route for ${method} ${path}`)
    this.allowed = routes
      .filter(route => patternOf(route.path).test(path))
      .flatMap(route => (route.method === 'GET' ? ['GET', 'HEAD'] : [route.method]))
  }
}

const patternOf = (path: string): RegExp =>
  new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}/?$`)

/**
 * middy's own error reply has no body that a program could read; this one is RFC 9457, or a page where people look at
 * pages, and never shows an inner text.
 */
const problemJson = (deps: ApiDeps, report: FaultReport) => ({
  onError: async (request: {
    event: APIGatewayProxyEventV2
    error: Error | null | undefined
    response: APIGatewayProxyStructuredResultV2 | null | undefined
  }) => {
    const { event, error } = request
    const problem = problemOf(error)
    if (problem.code === 'internal-error') report(error, event)
    request.response = isInternal(event.rawPath)
      ? await internalTrouble(problem, event, deps)
      : problemResult(problem, event)
  }
})

const problemOf = (error: Error | null | undefined): Problem => {
  if (error instanceof NoRouteError)
    return error.allowed.length > 0
      ? { code: 'method-not-allowed', headers: { allow: [...new Set(error.allowed)].join(', ') } }
      : { code: 'not-found' }
  // Told by their names: they come from behind ports.
  switch (error?.name) {
    case 'BadCursorError':
      return { code: 'not-valid', errors: [{ pointer: '?/cursor', code: 'bad-cursor', message: badCursor }] }
    case 'BureauBusyError':
      return busy
  }
  return { code: 'internal-error' }
}

const badCursor = { zh: '游标无效,请从头翻页', en: 'The cursor is not valid; start from the first page' }
