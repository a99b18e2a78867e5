import type { Agent, ClientRequest, IncomingMessage } from 'node:http'
import { type HttpHandler, type HttpRequest, HttpResponse } from '@smithy/core/protocols'

/** A call that has taken too long. The name is the one by which the SDK knows that it may send the request again. */
export class TimeoutError extends Error {
  override readonly name = 'TimeoutError'
}

/** How long a call may take, in milliseconds. */
export interface Patience {
  readonly untilConnected: number
  /** From the connection, for which a call may have to wait until others are done, to the last byte of the answer. */
  readonly untilAnswered: number
}

/** The SDK takes what it is configured with by the client of a table from here, in place of its own handler. */
export type TableCalls = HttpHandler & { readonly destroy: () => void }

/**
 * Sends the requests of a client of DynamoDB, whose answers are always read to their end. The SDK's own handler loads TLS
 * where it is not used and streams that nobody reads, and a request that takes longer than it may is only written to the
 * log there. Node's modules are fetched with the first request: only the one that the address wants.
 */
export const tableCalls = (patience: Patience): TableCalls => {
  let agent: Agent | undefined
  return {
    metadata: { handlerProtocol: 'http/1.1' },
    handle: asked => {
      const secure = asked.protocol === 'https:'
      const http = secure ? process.getBuiltinModule('node:https') : process.getBuiltinModule('node:http')
      agent ??= new http.Agent({ keepAlive: true, maxSockets: 50 })
      const { hostname: host, port, method, path, headers } = asked
      return answerTo(http.request({ host, port, method, path, headers, agent }), asked, patience)
    },
    destroy: () => agent?.destroy(),
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({})
  }
}

const answerTo = (
  call: ClientRequest,
  { body }: HttpRequest,
  { untilConnected, untilAnswered }: Patience
): Promise<{ readonly response: HttpResponse }> =>
  new Promise((resolve, reject) => {
    call.on('error', reject)
    call.on('socket', socket => {
      const answering = giveUp(call, untilAnswered, 'no answer')
      call.once('close', () => clearTimeout(answering))
      if (!socket.connecting) return
      const connecting = giveUp(call, untilConnected, 'no connection')
      socket.once('connect', () => clearTimeout(connecting))
      call.once('close', () => clearTimeout(connecting))
    })
    call.on('response', answer =>
      bytesOf(answer).then(bytes => resolve({ response: responseOf(answer, bytes) }), reject)
    )
    call.end(body)
  })

const giveUp = (call: ClientRequest, milliseconds: number, what: string): NodeJS.Timeout =>
  setTimeout(() => call.destroy(new TimeoutError(`${what} within ${milliseconds} ms`)), milliseconds)

const bytesOf = (answer: IncomingMessage): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = []
    answer.on('data', chunk => chunks.push(chunk))
    answer.on('end', () => resolve(Buffer.concat(chunks)))
    // Cut off in between, as by the timeout: `end` never comes.
    answer.on('error', reject)
  })

const responseOf = (answer: IncomingMessage, body: Uint8Array): HttpResponse =>
  new HttpResponse({
    statusCode: answer.statusCode ?? 0,
    ...(answer.statusMessage === undefined ? {} : { reason: answer.statusMessage }),
    headers: Object.fromEntries(
      Object.entries(answer.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(', ') : (value ?? '')
      ])
    ),
    body
  })
