import { beforeAll, describe, expect, test } from 'vitest'
import { changeBureau } from '../../functions/flows/change-bureau.ts'
import { problems } from '../../functions/http/problems.ts'
import { routes } from '../../functions/http/routes.ts'
import { startApi } from './client.ts'

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }
type JsonObject = { readonly [key: string]: Json }

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const at = (value: Json | undefined, ...path: readonly string[]): Json | undefined =>
  path.reduce<Json | undefined>(
    (now, step) => (isObject(now) && Object.hasOwn(now, step) ? now[step] : undefined),
    value
  )
const objectAt = (value: Json | undefined, ...path: readonly string[]): JsonObject => {
  const found = at(value, ...path)
  if (!isObject(found)) throw new Error(`nothing at ${path.join(' ')}`)
  return found
}

let document: JsonObject
beforeAll(async () => {
  const api = await startApi()
  document = (await api.call('GET', '/v1/openapi.json')).body
})

/** Everything in a document, with where it stands. */
const walk = (value: Json, visit: (value: Json, path: string) => void, path = '#'): void => {
  visit(value, path)
  if (typeof value === 'object' && value !== null)
    for (const [key, item] of Object.entries(value)) walk(item, visit, `${path}/${key}`)
}

const operations = () =>
  Object.entries(objectAt(document, 'paths')).flatMap(([path, item]) =>
    Object.keys(isObject(item) ? item : {}).map(method => ({ path, method, operation: objectAt(item, method) }))
  )

describe('the document', () => {
  test('is OpenAPI 3.1 with what every document must have, and nothing beside', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/)
    expect(at(document, 'info', 'title')).toEqual(expect.any(String))
    expect(at(document, 'info', 'version')).toEqual(expect.any(String))
    const fields = [
      'openapi',
      'info',
      'jsonSchemaDialect',
      'servers',
      'paths',
      'webhooks',
      'components',
      'security',
      'tags',
      'externalDocs'
    ]
    for (const field of Object.keys(document)) expect(fields).toContain(field)
  })

  test('holds every route and no other, each under an id of its own', () => {
    const documented = operations().map(({ path, method }) => `${method.toUpperCase()} ${path}`)
    expect(documented.sort()).toEqual(routes.map(({ method, path }) => `${method} ${path}`).sort())
    const ids = operations().map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
    for (const id of ids) expect(id).toMatch(/^[a-z][A-Za-z]+$/)
  })

  test('every reference leads to something in it', () => {
    let references = 0
    walk(document, (value, path) => {
      const target = at(value, '$ref')
      if (typeof target !== 'string') return
      references += 1
      expect(target, path).toMatch(/^#\//)
      const steps = target
        .slice(2)
        .split('/')
        .map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'))
      expect(at(document, ...steps), `${path} → ${target}`).toBeDefined()
    })
    expect(references).toBeGreaterThan(10)
  })

  test('every operation describes itself, its answers and its parameters', () => {
    for (const { path, method, operation } of operations()) {
      const what = `${method} ${path}`
      expect(operation.summary, what).toMatch(/\p{Script=Han}.* \/ \w/u)
      const parameters = Array.isArray(operation.parameters) ? operation.parameters : []
      const inPath = parameters.filter(parameter => at(parameter, 'in') === 'path')
      expect(
        inPath.map(parameter => at(parameter, 'name')),
        what
      ).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))
      for (const parameter of inPath) expect(at(parameter, 'required'), what).toBe(true)
      for (const parameter of parameters) {
        expect(['path', 'query', 'header'], what).toContain(at(parameter, 'in'))
        expect(at(parameter, 'schema'), what).toBeDefined()
      }
      if (method === 'get') expect(operation.requestBody, what).toBeUndefined()
      const responses = Object.entries(objectAt(operation, 'responses'))
      expect(
        responses.some(([status]) => /^2\d\d$/.test(status)),
        what
      ).toBe(true)
      for (const [status, response] of responses) {
        expect(status, what).toMatch(/^[2-5]\d\d$/)
        expect(at(response, 'description'), `${what} ${status}`).toEqual(expect.any(String))
        if (Number(status) >= 400) expect(at(response, 'content', 'application/problem+json', 'schema')).toBeDefined()
      }
    }
  })

  test('says where a token is needed, and where an Idempotency-Key and If-Match are read', () => {
    for (const { path, method, operation } of operations()) {
      const open = ['/v1/health', '/v1/openapi.json'].includes(path)
      expect(operation.security).toEqual(open ? [] : [{ bearer: [] }])
      const parameters = Array.isArray(operation.parameters) ? operation.parameters : []
      const headers = parameters.filter(p => at(p, 'in') === 'header').map(p => at(p, 'name'))
      // An offer of an upload writes nothing to a project, and may be asked for again as often as one likes.
      const writesProject = method !== 'get' && /^\/v1\/(projects|cases)\//.test(path) && !path.endsWith('/photos')
      expect(headers.sort(), `${method} ${path}`).toEqual(
        writesProject
          ? ['Idempotency-Key', 'If-Match']
          : ['post /v1/tokens', 'post /v1/imports'].includes(`${method} ${path}`)
            ? ['Idempotency-Key']
            : []
      )
      const statuses = Object.keys(objectAt(operation, 'responses'))
      if (!open) expect(statuses).toEqual(expect.arrayContaining(['401', '403']))
      if (writesProject)
        expect(statuses).toEqual(expect.arrayContaining(['400', '404', '409', '412', '413', '415', '422', '503']))
    }
    expect(at(document, 'components', 'securitySchemes', 'bearer')).toMatchObject({ type: 'http', scheme: 'bearer' })
  })

  test('its schemas are JSON Schema: known types, and required fields that exist', () => {
    const types = ['string', 'number', 'integer', 'boolean', 'array', 'object', 'null']
    let schemas = 0
    walk(document, (value, path) => {
      if (!isObject(value)) return
      const { type, properties, required } = value
      const isSchema = /schema(s\/\w+)?$|\/(items|properties\/\w+|(one|any|all)Of\/\d+)$/.test(path)
      if (!isSchema) return
      schemas += 1
      for (const one of Array.isArray(type) ? type : type === undefined ? [] : [type])
        expect(types, path).toContain(one)
      if (Array.isArray(required) && isObject(properties))
        for (const field of required) expect(Object.keys(properties), path).toContain(field)
      if (typeof value.pattern === 'string') expect(() => new RegExp(String(value.pattern), 'u'), path).not.toThrow()
    })
    expect(schemas).toBeGreaterThan(100)
  })

  test('a strict body says so, and a report its two forms', () => {
    const bodyOf = (path: string) =>
      objectAt(document, 'paths', path, 'post', 'requestBody', 'content', 'application/json', 'schema')
    expect(JSON.stringify(bodyOf('/v1/projects/{id}/pause'))).toContain('"additionalProperties":false')
    expect(JSON.stringify(bodyOf('/v1/projects/{id}/reports'))).toContain('noChange')
  })

  test('every problem that has an operation stands in its description', () => {
    const described = JSON.stringify(objectAt(document, 'paths'))
    const general = ['not-found', 'method-not-allowed', 'not-http', 'headers-too-large']
    for (const code of Object.keys(problems))
      if (!general.includes(code)) expect(described, code).toContain(`\`${code}\``)
  })
})

test('health needs no token and says what day it is for the tracker', async () => {
  const demonstration = await startApi({ demonstrationClock: true, clock: { now: () => '2021-06-19T16:00:00.000Z' } })
  expect((await demonstration.call('GET', '/v1/health')).body).toEqual({
    status: 'ok',
    today: '2021-06-20',
    demonstrationClock: true,
    reviewedAt: null
  })
})

test('health is no green light on silence: it says so when no review has ended for 26 hours on a working day', async () => {
  let now = '2021-06-21T00:00:00.000Z'
  const clock = { now: () => now }
  const api = await startApi({ clock })
  const healthAt = async (instant: string) => {
    now = instant
    const { status, reviewedAt } = (await api.call('GET', '/v1/health')).body
    return [status, reviewedAt]
  }
  // A Monday on which none has ever ended.
  expect(await healthAt('2021-06-21T00:00:00.000Z')).toEqual(['review-missing', null])
  const at = '2021-06-23T23:30:00.000Z'
  await changeBureau(() => [{ type: 'review-ended', at }], { id: 'review', role: 'system' }, { ...api.deps, clock })
  expect(await healthAt('2021-06-25T01:30:00.000Z')).toEqual(['ok', at])
  expect(await healthAt('2021-06-25T01:30:00.001Z')).toEqual(['review-missing', at])
  // A Saturday off wakes nobody; a Sunday that is worked does (26 September 2021, for the National Day).
  expect(await healthAt('2021-06-26T01:30:00.000Z')).toEqual(['ok', at])
  expect(await healthAt('2021-09-26T01:30:00.000Z')).toEqual(['review-missing', at])
})
