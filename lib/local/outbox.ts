import type { IncomingMessage, ServerResponse } from 'node:http'
import type { IsoDate } from '../../functions/core/dates.ts'
import type { DeliveryLog } from '../../functions/core/ports.ts'
import { outboxPage } from '../../functions/pages/outbox-page.ts'
import { pageHeaders } from '../../functions/pages/page-headers.ts'

/** True for the address of the outbox. */
export const isOutbox = (url: string): boolean => /^\/outbox\/?(?:[?#]|$)/.test(url)

const mostShown = 1000

/** What `/outbox/` shows. */
export interface OutboxSource {
  readonly deliveries: Pick<DeliveryLog, 'list'>
  /** The date on which a demonstration clock stands; absent on the real clock. */
  readonly clockStandsAt?: IsoDate | undefined
}

/**
 * Shows the outbox to a browser on this machine. A page elsewhere whose name was pointed at this machine is not answered:
 * the outbox names people.
 */
export const answerOutbox = async (
  request: IncomingMessage,
  response: ServerResponse,
  { deliveries, clockStandsAt }: OutboxSource
): Promise<void> => {
  for (const [name, value] of Object.entries(pageHeaders)) response.setHeader(name, value)
  response.setHeader('cache-control', 'no-store')
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD')
    return send(response, 405, 'text/plain', 'Method Not Allowed\n')
  }
  if (!/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(request.headers.host ?? ''))
    return send(response, 403, 'text/plain', 'Only on this machine\n')
  const page = await deliveries.list({}, mostShown)
  const body = outboxPage({ deliveries: page.deliveries, isCut: page.cursor !== undefined, clockStandsAt })
  send(response, 200, 'text/html', request.method === 'HEAD' ? '' : body)
}

const send = (response: ServerResponse, status: number, type: string, body: string): void => {
  response.statusCode = status
  response.setHeader('content-type', `${type}; charset=utf-8`)
  response.end(body)
}
