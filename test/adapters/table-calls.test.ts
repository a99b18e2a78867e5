import { once } from 'node:events'
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import { HttpRequest } from '@smithy/core/protocols'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { documentClient } from '../../functions/adapters/dynamo.ts'
import { tableCalls } from '../../functions/adapters/table-calls.ts'

let server: Server
let port: number
let listener: RequestListener
let asked: number
beforeEach(async () => {
  asked = 0
  server = createServer((request, response) => {
    asked += 1
    listener(request, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  port = typeof address === 'object' && address !== null ? address.port : 0
})
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

const request = (of: Partial<{ port: number; hostname: string; body: string }> = {}) =>
  new HttpRequest({
    protocol: 'http:',
    method: 'POST',
    hostname: '127.0.0.1',
    port,
    path: '/',
    headers: { 'x-amz-target': 'Query' },
    ...of
  })

const calls = tableCalls({ untilConnected: 10_000, untilAnswered: 10_000 })
const hasty = tableCalls({ untilConnected: 10_000, untilAnswered: 300 })

describe('a call', () => {
  test('brings back status, headers and the whole body as bytes', async () => {
    listener = (incoming, response) => {
      response.writeHead(400, 'Bad', { 'x-two': ['a', 'b'], 'x-target': incoming.headers['x-amz-target'] })
      incoming.pipe(response)
    }
    const { response } = await calls.handle(request({ body: '屋顶' }))
    expect(response).toMatchObject({ statusCode: 400, reason: 'Bad' })
    expect(response.headers).toMatchObject({ 'x-target': 'Query', 'x-two': 'a, b' })
    expect(new TextDecoder().decode(response.body)).toBe('屋顶')
  })

  test('is given up when no answer comes in time', async () => {
    listener = () => undefined
    await expect(hasty.handle(request())).rejects.toMatchObject({ name: 'TimeoutError', message: /no answer/ })
  })

  test('is given up when an answer begins in time and does not end', async () => {
    listener = (_incoming, response) => response.writeHead(200).write('{"Item"')
    await expect(hasty.handle(request())).rejects.toMatchObject({ name: 'TimeoutError', message: /no answer/ })
  })

  test('has the time to wait for a connection beside the time for its answer', async () => {
    const waiting: ServerResponse[] = []
    listener = (_incoming, response) => waiting.push(response)
    const patience = 2000
    const sparing = tableCalls({ untilConnected: 10_000, untilAnswered: patience })
    const begun = performance.now()
    const all = Array.from({ length: 51 }, () => sparing.handle(request()))
    await vi.waitFor(() => expect(waiting).toHaveLength(50), patience)
    await setTimeout(patience * 0.75)
    for (const response of waiting) response.end()
    await vi.waitFor(() => expect(waiting).toHaveLength(51), patience)
    // Later than the last could have been answered if it had been given up with the first.
    await setTimeout(Math.max(0, begun + patience * 1.1 - performance.now()))
    waiting.at(-1)?.end()
    await expect(Promise.all(all)).resolves.toHaveLength(51)
  })

  test('fails when its answer is cut off', async () => {
    listener = (_incoming, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{"Item"')
      setTimeout(20).then(() => response.destroy())
    }
    await expect(calls.handle(request())).rejects.toMatchObject({ code: 'ECONNRESET' })
  })

  test('fails where nobody listens', async () => {
    await expect(calls.handle(request({ port: 1 }))).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })
})

describe('the client of the tables', () => {
  const client = () => documentClient({ endpoint: `http://127.0.0.1:${port}` })

  test('sends a request again whose connection broke, under a signature of its own', async () => {
    const signatures = new Set<string | undefined>()
    listener = (incoming, response) => {
      signatures.add(incoming.headers.authorization)
      if (asked === 1) incoming.socket.destroy()
      else response.end('{"Item":{"id":{"S":"a"}}}')
    }
    const { Item } = await client().send(new GetCommand({ TableName: 't', Key: { id: 'a' } }))
    expect(Item).toEqual({ id: 'a' })
    expect(asked).toBe(2)
    expect([...signatures][0]).toMatch(/^AWS4-HMAC-SHA256 Credential=local\/\d{8}\/local\/dynamodb\/aws4_request/)
  })

  test('tries four times what the engine is too busy for', async () => {
    listener = (_incoming, response) =>
      response
        .writeHead(400)
        .end('{"__type":"com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException"}')
    const put = client().send(new PutCommand({ TableName: 't', Item: { id: 'a' } }))
    await expect(put).rejects.toMatchObject({ name: 'ProvisionedThroughputExceededException' })
    expect(asked).toBe(4)
  })
})
