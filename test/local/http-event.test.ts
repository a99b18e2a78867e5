import { existsSync, readFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { memoryDeliveryLog } from '../../functions/adapters/delivery-log.memory.ts'
import { repositoryRoot } from '../../lib/bundling.ts'
import { httpEventOf } from '../../lib/local/http-event.ts'
import { type HttpServer, startHttpServer } from '../../lib/local/http-server.ts'
import { TimeoutError } from '../../lib/local/invoke.ts'
import { scheduledEvent } from '../../lib/local/schedules.ts'
import { makeDirectory } from './tracker.ts'

const samples = join(repositoryRoot, '..', 'shared', 'data', 'aws-events')
const hasSamples = existsSync(samples)
if (!hasSamples) process.stdout.write(`skipped: ${samples} is not there\n`)
const sample = (name: string) => JSON.parse(readFileSync(join(samples, name), 'utf8'))

const at = new Date('2020-03-10T05:16:23.220Z')

/** The event of one real request. */
const eventOf = (
  path: string,
  { method = 'GET', headers = [], body = '' }: { method?: string; headers?: string[]; body?: string | Buffer } = {}
): Promise<APIGatewayProxyEventV2> =>
  new Promise((resolve, reject) => {
    const server = createServer(async (incoming, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of incoming) chunks.push(chunk)
      resolve(httpEventOf(incoming, Buffer.concat(chunks), 'JKJaXmPLvHcESHA=', at))
      response.end()
      server.close()
    })
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      const sent = request({
        port,
        host: '127.0.0.1',
        path,
        method,
        headers: ['host', `127.0.0.1:${port}`, ...headers]
      })
      sent.on('error', reject)
      sent.on('response', response => response.resume())
      sent.end(body)
    })
  })

/** Names of fields with their types, however deep. */
const shapeOf = (value: unknown, path = ''): readonly string[] =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value).flatMap(([name, inner]) => shapeOf(inner, `${path}/${name}`))
    : [`${path}: ${Array.isArray(value) ? 'array' : typeof value}`]

describe.skipIf(!hasSamples)('next to the samples of AWS', () => {
  test('a request has every field of the HTTP API, payload 2.0', async () => {
    const event = await eventOf('/default/x', {
      method: 'POST',
      headers: ['cookie', 's_fid=7AABXMPL1AFD9BBF-0643XMPL09956DE2; regStatus=pre-register', 'content-type', 'x/y'],
      body: 'Hello world!'
    })
    const wanted = shapeOf(sample('awsdocs_apigateway-v2.json')).filter(line => !line.startsWith('/headers/'))
    expect(shapeOf(event)).toEqual(expect.arrayContaining(wanted))
    expect(event.cookies).toEqual(sample('awsdocs_apigateway-v2.json').cookies)
    expect(event.requestContext.time).toBe('10/Mar/2020:05:16:23 +0000')
    expect(event.requestContext.timeEpoch).toBe(1583817383220)
  })

  test('parameters and headers given twice are joined by commas', async () => {
    const { rawQueryString, queryStringParameters } = sample('sam_HttpApi.json')
    const event = await eventOf(`/x?${rawQueryString}`, {
      headers: ['Header1', 'value1', 'Header2', 'value1', 'Header2', 'value2']
    })
    expect(event.queryStringParameters).toEqual(queryStringParameters)
    expect(event.rawQueryString).toBe(rawQueryString)
    expect(event.headers).toMatchObject({ header1: 'value1', header2: 'value1,value2' })
  })

  test('a scheduled event has every field', () => {
    const event = scheduledEvent('send-digests', 'x', '1970-01-01T00:00:00.000Z')
    expect(shapeOf(event)).toEqual(expect.arrayContaining([...shapeOf(sample('sam_ScheduledEvent.json'))]))
    expect(event).toMatchObject({
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      time: '1970-01-01T00:00:00Z'
    })
  })
})

test('text bodies come as they are, everything else in base64', async () => {
  const of = (type: string, body: string | Buffer) =>
    eventOf('/v1/x', { method: 'POST', headers: ['content-type', type], body })
  expect(await of('application/json; charset=utf-8', '{"名":1}')).toMatchObject({
    body: '{"名":1}',
    isBase64Encoded: false
  })
  expect(await of('application/problem+json', '{}')).toMatchObject({ body: '{}', isBase64Encoded: false })
  expect(await of('application/octet-stream', Buffer.from([0, 255]))).toMatchObject({
    body: 'AP8=',
    isBase64Encoded: true
  })
  expect(await of('application/json', Buffer.from([0xce, 0xde]))).toMatchObject({ body: 'zt4=', isBase64Encoded: true })
  const none = await eventOf('/v1/x')
  expect(none).not.toHaveProperty('body')
  expect(none).not.toHaveProperty('queryStringParameters')
  expect(none).not.toHaveProperty('cookies')
  expect(none.isBase64Encoded).toBe(false)
})

describe('the server', () => {
  let server: HttpServer
  let answer: (event: unknown) => Promise<unknown> = async () => undefined
  beforeAll(async () => {
    server = await startHttpServer(
      0,
      Promise.resolve({
        api: event => answer(event),
        site: makeDirectory(),
        photos: makeDirectory(),
        deliveries: memoryDeliveryLog(),
        report: () => {}
      })
    )
  })
  afterAll(() => server.stop())

  test('sends status, headers, cookies and bytes of an answer', async () => {
    answer = async () => ({
      statusCode: 201,
      headers: { etag: '"3"', 'x-number': 3 },
      cookies: ['a=1', 'b=2'],
      body: 'AP8=',
      isBase64Encoded: true
    })
    const response = await fetch(`${server.url}v1/x`)
    expect(response.status).toBe(201)
    expect(response.headers.get('etag')).toBe('"3"')
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([0, 255])
  })

  test('sends what is no structured answer as JSON', async () => {
    answer = async () => ({ ok: true })
    const response = await fetch(`${server.url}v1`)
    expect([response.status, await response.json()]).toEqual([200, { ok: true }])
  })

  test.each<[string, () => Promise<unknown>, number, string]>([
    ['an error', () => Promise.reject(new Error('inner text')), 500, 'Internal Server Error'],
    ['an answer with a wrong status', async () => ({ statusCode: 'no' }), 500, 'Internal Server Error'],
    ['a function out of time', () => Promise.reject(new TimeoutError('x')), 503, 'Service Unavailable']
  ])('hides %s', async (_what, fails, status, message) => {
    answer = fails
    const response = await fetch(`${server.url}v1/x`)
    expect([response.status, await response.json()]).toEqual([status, { message }])
  })

  test('refuses a body of more than the 10 MB of API Gateway, by a problem as any other', async () => {
    answer = async () => ({ statusCode: 200 })
    const response = await fetch(`${server.url}v1/x`, { method: 'POST', body: Buffer.alloc(10 * 1024 * 1024 + 1) })
    expect([response.status, response.headers.get('content-type')]).toEqual([
      413,
      'application/problem+json; charset=utf-8'
    ])
    expect(await response.json()).toMatchObject({ code: 'body-too-large', title: '请求体过大' })
    const fits = await fetch(`${server.url}v1/x`, { method: 'POST', body: Buffer.alloc(10 * 1024 * 1024) })
    expect(fits.status).toBe(200)
  })

  test('sends only /v1 to the function', async () => {
    const asked: string[] = []
    answer = async event => {
      asked.push((event as APIGatewayProxyEventV2).rawPath)
      return { statusCode: 204 }
    }
    for (const path of ['v1', 'v1/', 'v1/a?b=c', 'v10/', 'v1x', '']) await fetch(`${server.url}${path}`)
    expect(asked).toEqual(['/v1', '/v1/', '/v1/a'])
  })
})
