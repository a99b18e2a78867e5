import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApi } from '../../functions/http/api.ts'
import { type HttpServer, startHttpServer } from '../../lib/local/http-server.ts'
import { pathOf, permissions } from './authorisation.ts'
import { eventOf, startApi, type TestApi } from './client.ts'
import { plan } from './plans.ts'

let api: TestApi
let handler: ReturnType<typeof createApi>
let server: HttpServer
let site: string
beforeAll(async () => {
  api = await startApi()
  await api.call('PUT', '/v1/projects/school', { token: api.tokens.admin, body: plan() })
  handler = createApi(api.deps, error => {
    throw error
  })
  site = mkdtempSync(join(tmpdir(), 'headers-'))
  mkdirSync(join(site, 'projects'))
  for (const file of ['index.html', '404.html', 'feed.atom', 'projects/index.html'])
    writeFileSync(join(site, file), 'x')
  const { deliveries } = api.deps
  server = await startHttpServer(
    0,
    Promise.resolve({
      api: event => handler(event as never, {} as never),
      site,
      photos: site,
      deliveries,
      report: () => {}
    })
  )
})
afterAll(async () => {
  await server.stop()
  rmSync(site, { recursive: true })
})

const everyOperation = Object.entries(permissions).map(([operation, { body }]) => {
  const [method = ''] = operation.split(' ')
  return { method, path: pathOf(operation), body }
})

const internal = ['', '/', '/flags/', '/people/', '/projects/school/', '/nowhere', '/sign-in'].map(place => ({
  method: 'GET',
  path: `/internal${place}`,
  body: undefined
}))

describe('every answer of the function', () => {
  const answers = async () => {
    const asked = [...everyOperation, ...internal, { method: 'GET', path: '/v1/nowhere', body: undefined }]
    const all = []
    for (const token of [undefined, api.tokens.viewer, api.tokens.admin])
      for (const { method, path, body } of asked) {
        const event = eventOf(method, path, { token, body, headers: { 'x-forwarded-proto': 'https' } })
        const answer = await handler(event, {} as never)
        all.push({ what: `${method} ${path} ${answer.statusCode}`, headers: answer.headers ?? {} })
      }
    return all
  }

  test('is framed by nobody, sniffed by nobody, sent on to nobody, and over TLS for good', async () => {
    const all = await answers()
    expect(all.length).toBeGreaterThan(100)
    for (const { what, headers } of all) {
      expect(headers['content-security-policy'], what).toMatch(/default-src '(self|none)'.*frame-ancestors 'none'/)
      expect(headers['x-content-type-options'], what).toBe('nosniff')
      expect(headers['referrer-policy'], what).toBe('same-origin')
      expect(headers['strict-transport-security'], what).toBe('max-age=31536000')
      // Health and the description are for anyone; kept by nobody they do no harm.
      expect(headers['cache-control'], what).toBe('no-store')
      expect(Object.keys(headers).filter(name => /^(x-powered-by|server)$/i.test(name))).toEqual([])
    }
  })

  test('says nothing of TLS where there is none', async () => {
    const answer = await handler(
      eventOf('GET', '/v1/health', { headers: { 'x-forwarded-proto': 'http' } }),
      {} as never
    )
    expect(answer.headers).not.toHaveProperty('strict-transport-security')
  })
})

test.each([
  ['GET', '/', 200],
  ['GET', '/projects', 308],
  ['GET', '/nowhere', 404],
  ['POST', '/', 405],
  ['GET', '/feed.atom', 200],
  ['GET', '/outbox/', 200],
  ['POST', '/outbox/', 405],
  ['GET', '/v1/health', 200],
  ['GET', '/v1/projects', 401],
  ['GET', '/internal/', 401],
  ['DELETE', '/internal/', 405]
])('the local server guards %s %s (%i) in the same way', async (method, path, status) => {
  const answer = await fetch(new URL(path, server.url), { method, redirect: 'manual' })
  expect(answer.status).toBe(status)
  const { headers } = answer
  expect(headers.get('content-security-policy')).toMatch(/default-src '(self|none)'.*frame-ancestors 'none'/)
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('referrer-policy')).toBe('same-origin')
  expect(headers.get('access-control-allow-origin')).toBeNull()
  if (/^\/(v1|internal|outbox)/.test(path)) expect(headers.get('cache-control')).toBe('no-store')
  if (method === 'POST' || method === 'DELETE') expect(headers.get('allow')).toBe('GET, HEAD')
})
