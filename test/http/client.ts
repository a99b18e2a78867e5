import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { expect } from 'vitest'
import { memoryAccess, memoryAccessTable } from '../../functions/adapters/access.memory.ts'
import type { AccessRecord } from '../../functions/adapters/access.ts'
import { bureauLogOver } from '../../functions/adapters/bureau-log.ts'
import { memoryDeliveryLog } from '../../functions/adapters/delivery-log.memory.ts'
import { sha256 } from '../../functions/adapters/digest.ts'
import { type LogItems, memoryEventLog, memoryLogTable } from '../../functions/adapters/event-log.memory.ts'
import { rememberingEventLog } from '../../functions/adapters/event-log.remembered.ts'
import { guessLimit } from '../../functions/adapters/guess-limit.ts'
import { memoryPhotoStore } from '../../functions/adapters/photo-store.memory.ts'
import { sessionsOver } from '../../functions/adapters/sessions.ts'
import { memoryStateStore } from '../../functions/adapters/state-store.memory.ts'
import type { SnapshotItem } from '../../functions/adapters/state-store.shared.ts'
import type { Role } from '../../functions/core/author.ts'
import { refreshSnapshot } from '../../functions/flows/refresh.ts'
import { createApi } from '../../functions/http/api.ts'
import { openApiDocument } from '../../functions/http/openapi.ts'
import { problems } from '../../functions/http/problems.ts'
import { problemSchema } from '../../functions/http/reply-schemas.ts'
import { replySchemas } from '../../functions/http/reply-table.ts'
import type { ApiDeps, Route } from '../../functions/http/route.ts'
import { routes } from '../../functions/http/routes.ts'
import { rules } from '../core/given.ts'

/** What a test sends beside method and path. `body` is written as JSON; `raw` goes as it is. */
export interface Ask {
  readonly token?: string | undefined
  /** ARN of the principal whose signature API Gateway has verified. */
  readonly signer?: string
  readonly body?: unknown
  readonly raw?: string
  /** The bytes go in base64, as the gateway sends what it takes for binary. */
  readonly bytes?: Uint8Array
  readonly headers?: Readonly<Record<string, string>>
}

/** A reply that has been held to the documentation. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  // biome-ignore lint/suspicious/noExplicitAny: what tests expect of a body is what they check
  readonly body: any
  readonly text: string
}

/** The API on memory twins, with a token of each role. */
export interface TestApi {
  readonly deps: ApiDeps
  readonly items: LogItems
  readonly states: Map<string, SnapshotItem>
  readonly tokens: Readonly<Record<Role, string>>
  readonly today: (date: string) => void
  readonly call: (method: string, path: string, ask?: Ask) => Promise<Answer>
  readonly tokenFor: (role: Role, projects?: readonly string[]) => Promise<string>
  readonly commitCount: () => number
}

/** Starts the API. After every accepted write the snapshots catch up, as they do behind the stream. */
export const startApi = async (overrides: Partial<ApiDeps> = {}): Promise<TestApi> => {
  const items: LogItems = new Map()
  const bureauItems: LogItems = new Map()
  const states = new Map<string, SnapshotItem>()
  const tokenRecords = new Map<string, AccessRecord>()
  const faults: unknown[] = []
  let now = '2021-06-21T02:00:00.000Z'
  const deps: ApiDeps = {
    log: rememberingEventLog(memoryEventLog(items)),
    bureau: bureauLogOver(memoryLogTable(bureauItems)),
    store: memoryStateStore(states),
    access: memoryAccess(tokenRecords),
    guesses: guessLimit(),
    sessions: sessionsOver(memoryAccessTable(tokenRecords)),
    deliveries: memoryDeliveryLog(),
    photos: memoryPhotoStore(),
    authorisation: 'token',
    rules,
    clock: { now: () => now },
    hash: sha256,
    demonstrationClock: false,
    ...overrides
  }
  const handler = createApi(deps, error => void faults.push(error))
  const commitCount = () => [...items.values()].reduce((sum, commits) => sum + commits.size, 0)
  const tokenFor = async (role: Role, projects: readonly string[] = []) =>
    (await deps.access.issue({ role, name: `测试 ${role}`, projects }, now)).token
  const stored = () =>
    JSON.stringify([[...items, ...bureauItems].map(([id, commits]) => [id, commits.size]), [...tokenRecords]])

  let running = 0
  let started = 0
  const call = async (method: string, path: string, ask: Ask = {}): Promise<Answer> => {
    const before = stored()
    running += 1
    started += 1
    const mine = running === 1 ? started : undefined
    const result = await handler(eventOf(method, path, ask), {} as never)
    if (typeof result !== 'object') throw new Error('no structured reply')
    const text = result.body ?? ''
    const answer: Answer = {
      status: result.statusCode ?? 0,
      headers: Object.fromEntries(Object.entries(result.headers ?? {}).map(([name, value]) => [name, String(value)])),
      body: /json/.test(String(result.headers?.['content-type'])) ? JSON.parse(text) : undefined,
      text
    }
    running -= 1
    // Tests of what goes wrong inside call the handler themselves; here it is a defect, and this says which.
    if (answer.status === 500) throw new Error(`${method} ${path} → 500`, { cause: faults.at(-1) })
    holdToDocumentation(method, path, ask, answer)
    // Where requests overlap, what is stored afterwards may be another's.
    const alone = mine === started
    if (answer.status >= 400 && alone) expect(stored(), 'a refused request writes nothing').toBe(before)
    const project = /^\/v1\/(?:projects|cases)\/([^/.]+)/.exec(path)?.[1]
    if (answer.status < 400 && method !== 'GET' && project !== undefined) await refreshSnapshot(project, deps)
    return answer
  }

  return {
    deps,
    items,
    states,
    tokens: {
      admin: await tokenFor('admin'),
      reporter: await tokenFor('reporter', ['school']),
      leader: await tokenFor('leader'),
      viewer: await tokenFor('viewer')
    },
    today: date => {
      now = `${date}T02:00:00.000Z`
    },
    call,
    tokenFor,
    commitCount
  }
}

let requests = 0

/** A request as an API Gateway HTTP API sends it (payload 2.0). */
export const eventOf = (method: string, target: string, ask: Ask = {}): APIGatewayProxyEventV2 => {
  const [path = '', query = ''] = target.split('?')
  const hasBody = ask.body !== undefined || ask.raw !== undefined || ask.bytes !== undefined
  const headers = {
    host: 'tracker.test',
    ...(hasBody ? { 'content-type': 'application/json' } : {}),
    ...(ask.token === undefined ? {} : { authorization: `Bearer ${ask.token}` }),
    ...ask.headers
  }
  const parameters = Object.fromEntries(
    [...new URLSearchParams(query)].reduce(
      (all, [name, value]) => all.set(name, all.has(name) ? `${all.get(name)},${value}` : value),
      new Map<string, string>()
    )
  )
  requests += 1
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: query,
    headers,
    ...(query === '' ? {} : { queryStringParameters: parameters }),
    requestContext: {
      accountId: '123456789012',
      apiId: 'api-id',
      domainName: 'tracker.test',
      domainPrefix: 'tracker',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'vitest' },
      requestId: `request-${requests}`,
      routeKey: '$default',
      stage: '$default',
      time: '21/Jun/2021:02:00:00 +0000',
      timeEpoch: 1624240800000,
      ...(ask.signer === undefined ? {} : { authorizer: { iam: { userArn: ask.signer } } })
    },
    ...(hasBody
      ? {
          body: ask.bytes ? Buffer.from(ask.bytes).toString('base64') : (ask.raw ?? JSON.stringify(ask.body))
        }
      : {}),
    isBase64Encoded: ask.bytes !== undefined
  }
}

/** The route that answers a request, by the table itself. */
export const routeOf = (method: string, target: string): Route | undefined =>
  routes.find(route => route.method === method && matches(route.path, target.split('?')[0] ?? ''))

const matches = (pattern: string, path: string): boolean =>
  new RegExp(`^${pattern.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}/?$`).test(path)

interface Documented {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly responses: Record<string, unknown> }>>>>
}

const documentation = JSON.parse(JSON.stringify(openApiDocument(routes))) as Documented

/** Every reply that any test receives is one that the documentation announces, in the form that it announces. */
const holdToDocumentation = (method: string, path: string, ask: Ask, answer: Answer) => {
  const { status, headers, body, text } = answer
  const what = `${method} ${path.slice(0, 100)} → ${status} ${text.slice(0, 300)}`
  const route = routeOf(method, path)
  expect(headers['cache-control'], what).toBe('no-store')
  expect(headers['x-content-type-options'], what).toBe('nosniff')
  expect(headers['content-language'], what).toMatch(/^(zh-CN|en|zh-CN, en)$/)
  for (const [name, value] of Object.entries(headers)) {
    expect(name, what).toBe(name.toLowerCase())
    expect(value, what).not.toMatch(/[\r\n]/)
  }
  if (route) {
    const documented = documentation.paths[route.path]?.[method.toLowerCase()]?.responses ?? {}
    expect(Object.keys(documented), `${what}\nis not documented`).toContain(String(status))
  }
  if (status < 400) {
    const { reply, media } = route?.success ?? {}
    expect(route?.success.status === status || route?.success.also?.status === status, what).toBe(true)
    if (status === 204) expect(text).toBe('')
    else if (media) expect(media, what).toContain(headers['content-type']?.replace('; charset=utf-8', ''))
    else expect(headers['content-type'], what).toBe('application/json; charset=utf-8')
    if (reply) expect(replySchemas[reply].parse(body), `${what}\nhas fields beside the documented`).toStrictEqual(body)
    return
  }
  expect(headers['content-type'], what).toBe('application/problem+json; charset=utf-8')
  expect(problemSchema.parse(body), what).toEqual(body)
  expect(body.status, what).toBe(status)
  expect(Object.keys(problems), what).toContain(body.code)
  expect(problems[body.code as keyof typeof problems][0], what).toBe(status)
  expect(body.type, what).toBe(`urn:problem:${body.code}`)
  expect(body.requestId, what).toMatch(/^request-\d+$/)
  const english = headers['content-language'] === 'en'
  const sentences = [body.title, body.detail, ...body.errors.map(({ message }: { message: string }) => message)]
  for (const sentence of sentences) {
    expect(sentence, what).not.toMatch(/undefined|\bNaN\b|\[object|null/)
    expect(sentence.trim(), what).not.toBe('')
    if (!english) expect(sentence, `${what}\nis not Chinese`).toMatch(/\p{Script=Han}/u)
    // What the caller wrote may be quoted in it, so only the title must be free of Chinese.
    if (english) expect(body.title, what).not.toMatch(/\p{Script=Han}/u)
  }
  const sent = sentBody(ask)
  for (const { pointer, code } of body.errors) {
    expect(code, what).toMatch(/^[a-z]+(-[a-z]+)*$/)
    expectPlace(pointer, route, sent, what)
  }
}

const sentBody = (ask: Ask): unknown => {
  try {
    return JSON.parse(ask.bytes ? Buffer.from(ask.bytes).toString('utf8') : (ask.raw ?? JSON.stringify(ask.body)))
  } catch {
    return undefined
  }
}

/** A pointer names a header, a query parameter, a part of the address, or a place in the body that was sent. */
const expectPlace = (pointer: string, route: Route | undefined, body: unknown, what: string) => {
  if (['If-Match', 'Idempotency-Key', 'Content-Encoding'].includes(pointer)) return
  if (pointer.startsWith('?/')) return
  const parameter = /^\{(\w+)\}$/.exec(pointer)?.[1]
  if (parameter !== undefined) {
    expect(route?.path, what).toContain(pointer)
    return
  }
  const steps = pointer
    .split('/')
    .slice(1)
    .map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'))
  if (pointer !== '') expect(pointer, what).toMatch(/^\//)
  let place: unknown = body
  steps.forEach((step, depth) => {
    expect(place !== null && typeof place === 'object', `${what}\n${pointer} points nowhere in the body`).toBe(true)
    const next = Object.getOwnPropertyDescriptor(place, step)
    // The last step may be missing: that is what a required field is told by.
    if (depth < steps.length - 1) expect(next, `${what}\n${pointer} points nowhere in the body`).toBeDefined()
    place = next?.value
  })
}
