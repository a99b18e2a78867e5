import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { memoryDeliveryLog } from '../../functions/adapters/delivery-log.memory.ts'
import { type HttpServer, startHttpServer } from '../../lib/local/http-server.ts'
import { makeDirectory } from './tracker.ts'

const page = `<!doctype html><p>${'进度 '.repeat(500)}`
let server: HttpServer

beforeAll(async () => {
  const directory = makeDirectory()
  const site = join(directory, 'site')
  for (const folder of ['projects/x', 'assets', 'data']) mkdirSync(join(site, folder), { recursive: true })
  writeFileSync(join(directory, 'tokens.json'), 'secret')
  writeFileSync(join(site, 'index.html'), page)
  writeFileSync(join(site, '404.html'), 'not here')
  writeFileSync(join(site, 'index.html.ab12.tmp'), 'draft')
  writeFileSync(join(site, '.hidden'), 'hidden')
  writeFileSync(join(site, 'projects/x/index.html'), 'x')
  writeFileSync(join(site, 'assets/site.css'), 'a{}')
  writeFileSync(join(site, 'data/projects.json'), '{}')
  server = await startHttpServer(
    0,
    Promise.resolve({
      api: async () => undefined,
      site,
      photos: site,
      deliveries: memoryDeliveryLog(),
      report: () => {}
    })
  )
})
afterAll(() => server.stop())

/** A request whose path no client has tidied up, and whose body is as it was sent. */
const raw = (
  path: string,
  { method = 'GET', headers = {} }: { method?: string; headers?: Record<string, string> } = {}
) =>
  new Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }>((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: new URL(server.url).port, path, method, headers }, response => {
      const chunks: Buffer[] = []
      response.on('data', chunk => chunks.push(chunk))
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) })
      )
    })
    sent.on('error', reject)
    sent.end()
  })

test.each([
  ['/', 'text/html; charset=utf-8', 'no-cache'],
  ['/projects/x/', 'text/html; charset=utf-8', 'no-cache'],
  ['/data/projects.json', 'application/json; charset=utf-8', 'no-cache'],
  ['/assets/site.css', 'text/css; charset=utf-8', 'no-cache']
])('%s is %s and kept %s', async (path, type, cache) => {
  const { status, headers } = await raw(path)
  expect(status).toBe(200)
  expect(headers).toMatchObject({ 'content-type': type, 'cache-control': cache, 'x-content-type-options': 'nosniff' })
  expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
})

test('a file that has not changed is not sent again', async () => {
  const first = await raw('/')
  const tag = `"${createHash('sha256').update(page).digest('base64url')}"`
  expect(first.headers.etag).toBe(tag)
  for (const header of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
    const again = await raw('/', { headers: { 'if-none-match': header } })
    expect([again.status, again.body.length, again.headers.etag]).toEqual([304, 0, tag])
  }
  expect((await raw('/', { headers: { 'if-none-match': '"other"' } })).status).toBe(200)
})

test('a compressed file has a tag of its own', async () => {
  const plain = await raw('/')
  const zipped = await raw('/', { headers: { 'accept-encoding': 'gzip' } })
  expect(zipped.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' })
  expect(gunzipSync(zipped.body).toString()).toBe(page)
  expect(zipped.headers.etag).not.toBe(plain.headers.etag)
  expect((await raw('/', { headers: { 'accept-encoding': 'gzip, br;q=0.5' } })).headers['content-encoding']).toBe('br')
  expect((await raw('/', { headers: { 'accept-encoding': 'br;q=0, gzip;q=0' } })).headers).not.toHaveProperty(
    'content-encoding'
  )
})

test('HEAD has the headers of GET and no body', async () => {
  const get = await raw('/')
  const head = await raw('/', { method: 'HEAD' })
  expect(head.body.length).toBe(0)
  expect(head.headers['content-length']).toBe(get.headers['content-length'])
  expect(head.headers.etag).toBe(get.headers.etag)
})

test('a folder without its slash is sent on to it', async () => {
  const { status, headers } = await raw('/projects/x?a=b')
  expect([status, headers.location]).toEqual([308, '/projects/x/?a=b'])
})

test.each([
  '/nothing',
  '/projects/',
  '/../tokens.json',
  '/%2e%2e/tokens.json',
  '/..%2ftokens.json',
  '/projects/..%5c..%5c..%5ctokens.json',
  '/projects/../../tokens.json',
  '//etc/passwd',
  '//',
  '//[',
  '/\\[::',
  '/.hidden',
  '/%00',
  '/%',
  '/index.html.ab12.tmp',
  `/${'x'.repeat(5000)}`,
  '/index.html/x'
])('%s is not there', async path => {
  const { status, body } = await raw(path)
  expect(status).toBe(404)
  expect(body.toString()).toBe('not here')
})

test('the site only answers questions', async () => {
  const { status, headers } = await raw('/', { method: 'DELETE' })
  expect([status, headers.allow]).toEqual([405, 'GET, HEAD'])
})
