import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

/** Queues of SQS and functions of Lambda on this machine, as far as replaying uses them. */
export interface CloudStandIn {
  readonly url: string
  readonly queueUrl: (name: string) => string
  readonly send: (queue: string, body: string) => void
  /** Messages that are still there, hidden or not. */
  readonly left: (queue: string) => number
  readonly stop: () => void
}

interface Message {
  readonly id: string
  readonly body: string
  hidden: boolean
}

/** Starts both on one free port; `call` is what runs when a function is invoked. */
export const startCloud = async (call: (name: string, event: unknown) => Promise<unknown>): Promise<CloudStandIn> => {
  const queues = new Map<string, Message[]>()
  const messagesOf = (name: string): Message[] => {
    const messages = queues.get(name) ?? []
    queues.set(name, messages)
    return messages
  }

  const answerQueue = (operation: string, { QueueUrl, ReceiptHandle }: Record<string, string>): unknown => {
    const messages = messagesOf(QueueUrl?.split('/').at(-1) ?? '')
    const named = messages.find(({ id }) => id === ReceiptHandle)
    switch (operation) {
      case 'ReceiveMessage': {
        const taken = messages.filter(({ hidden }) => !hidden).slice(0, 10)
        for (const message of taken) message.hidden = true
        return {
          Messages: taken.map(({ id, body }) => ({
            MessageId: id,
            ReceiptHandle: id,
            Body: body,
            MD5OfBody: createHash('md5').update(body).digest('hex')
          }))
        }
      }
      case 'DeleteMessage':
        if (named) messages.splice(messages.indexOf(named), 1)
        return {}
      case 'ChangeMessageVisibility':
        if (named) named.hidden = false
        return {}
    }
    throw new Error(`no operation ${operation}`)
  }

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let text = ''
    for await (const chunk of request) text += chunk
    const body = JSON.parse(text)
    const name = /^\/2015-03-31\/functions\/([^/]+)\/invocations/.exec(request.url ?? '')?.[1]
    response.setHeader('content-type', 'application/x-amz-json-1.0')
    if (name === undefined) {
      const operation = String(request.headers['x-amz-target']).split('.')[1] ?? ''
      response.end(JSON.stringify(answerQueue(operation, body)))
      return
    }
    try {
      response.end(JSON.stringify((await call(name, body)) ?? null))
    } catch (error) {
      response.setHeader('x-amz-function-error', 'Unhandled')
      response.end(JSON.stringify({ errorType: 'Error', errorMessage: error instanceof Error ? error.message : '' }))
    }
  }

  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  let sent = 0
  return {
    url,
    queueUrl: name => `${url}/123456789012/${name}`,
    send: (queue, body) => {
      sent += 1
      messagesOf(queue).push({ id: `message-${sent}`, body, hidden: false })
    },
    left: queue => messagesOf(queue).length,
    stop: () => {
      server.closeAllConnections()
      server.close()
    }
  }
}
