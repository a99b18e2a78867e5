import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { guarded } from '../../functions/http/answer-headers.ts'
import { problemResult } from '../../functions/http/endpoint.ts'
import { isInternal } from '../../functions/http/internal-address.ts'
import { problemReply } from '../../functions/http/problems.ts'
import { httpEventOf, sendAnswer } from './http-event.ts'
import { type Invoke, TimeoutError } from './invoke.ts'
import { answerOutbox, isOutbox, type OutboxSource } from './outbox.ts'
import { answerPhoto, photoPlaceIn } from './photos.ts'
import { staticSite } from './static-site.ts'

/** The port is taken. */
export class PortInUseError extends Error {
  override readonly name = 'PortInUseError'
}

/** What answers requests. */
export interface Backend extends OutboxSource {
  /** The function behind `/v1/`. */
  readonly api: Invoke
  /** Folder of the site. */
  readonly site: string
  /** Folder of the photographs. */
  readonly photos: string
  /** Told of every request that ended in an error of the runtime or the function. */
  readonly report: (what: string, error: unknown) => void
}

/** The address where API and site are reached. */
export interface HttpServer {
  /** `http://127.0.0.1:PORT/` */
  readonly url: string
  /** Finishes the requests under way, and takes no more. */
  readonly stop: () => Promise<void>
}

/** API Gateway's limit. */
const longestBody = 10 * 1024 * 1024
const unread = Buffer.alloc(0)
const longestStop = 10_000

/**
 * Listens on this machine, at once; requests wait until the backend is there.
 * @param port 0 for any that is free.
 * @throws PortInUseError
 */
export const startHttpServer = async (port: number, backend: Promise<Backend>): Promise<HttpServer> => {
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      const { api, site, photos, deliveries, clockStandsAt } = await backend
      const address = request.url ?? '/'
      const photo = photoPlaceIn(address)
      if (request.headers.host === undefined && request.httpVersion === '1.1') return refuse(request, 'not-http')
      if (isApi(address)) await answerApi(request, response, api)
      else if (photo) await answerPhoto(photo, photos, request, response, () => readBody(request))
      else if (isOutbox(address)) await answerOutbox(request, response, { deliveries, clockStandsAt })
      else await staticSite(site)(request, response)
    } catch (error) {
      // Nobody is left to be told when the caller hung up.
      if (!request.destroyed) await tell(backend, `${request.method} ${request.url}`, error)
      if (error instanceof TimeoutError) sendMessage(response, 503, 'Service Unavailable')
      else sendMessage(response, 500, 'Internal Server Error')
    }
  }
  const server = createServer({ requireHostHeader: false }, answer)
  // An expectation that is not known is no reason to refuse (RFC 9110 §10.1.1).
  server.on('checkExpectation', answer)
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy()
    else refuse({ socket }, error.code === 'HPE_HEADER_OVERFLOW' ? 'headers-too-large' : 'not-http')
  })
  server.listen(port, '127.0.0.1')
  try {
    await once(server, 'listening')
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES'))
      throw new PortInUseError(`port ${port} cannot be used`, { cause: error })
    throw error
  }
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port')
  let stopping: Promise<void> | undefined
  return { url: `http://127.0.0.1:${address.port}/`, stop: () => (stopping ??= close(server)) }
}

const close = async (server: Server): Promise<void> => {
  const closed = once(server, 'close')
  server.close()
  const timer = setTimeout(() => server.closeAllConnections(), longestStop)
  await closed
  clearTimeout(timer)
}

const tell = async (backend: Promise<Backend>, what: string, error: unknown): Promise<void> => {
  const { report } = await backend.catch(() => ({ report: () => {} }))
  report(what, error)
}

/** Answers what is no request, byte for byte, and hangs up: nothing that was sent can be trusted to have an end. */
const refuse = ({ socket }: { readonly socket: Duplex }, code: 'headers-too-large' | 'not-http'): void => {
  const { status, headers, body } = problemReply({ code }, 'zh', randomUUID())
  const text = JSON.stringify(body)
  const lines = Object.entries({
    ...headers,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    connection: 'close',
    'content-length': String(Buffer.byteLength(text))
  }).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${text}`)
}

/** The internal pages are the API's as well. */
const isApi = (url: string): boolean => /^\/v1(?:[/?]|$)/.test(url) || isInternal(url.split('?')[0] ?? url)

const answerApi = async (request: IncomingMessage, response: ServerResponse, api: Invoke): Promise<void> => {
  const at = new Date()
  const requestId = randomUUID()
  const body = await readBody(request)
  response.setHeader('apigw-requestid', requestId)
  if (body === 'too-long') {
    response.setHeader('connection', 'close')
    const event = httpEventOf(request, unread, requestId, at)
    return sendAnswer(guarded(problemResult({ code: 'body-too-large' }, event), event), response)
  }
  sendAnswer(await api(httpEventOf(request, body, requestId, at)), response)
}

const readBody = async (request: IncomingMessage): Promise<Buffer | 'too-long'> => {
  if (Number(request.headers['content-length'] ?? 0) > longestBody) return 'too-long'
  const chunks: Buffer[] = []
  let length = 0
  // Not destroyed when left early: the refusal goes out over the same connection.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    length += chunk.length
    if (length > longestBody) return 'too-long'
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** The texts of API Gateway itself. */
const sendMessage = (response: ServerResponse, status: number, message: string): void => {
  if (response.headersSent) {
    response.destroy()
    return
  }
  response.statusCode = status
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify({ message }))
}
