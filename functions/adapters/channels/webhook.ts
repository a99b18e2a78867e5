import type { LookupFunction } from 'node:net'
import { Webhook } from 'standardwebhooks'
import type { SendOutcome } from '../../core/delivery.ts'
import type { Channel, Clock } from '../../core/ports.ts'
import { ChannelError } from './channel-error.ts'
import { type Posted, postTo } from './post.ts'

/** Where a webhook is and how it is signed. */
export interface WebhookOptions {
  readonly name: string
  readonly url: URL
  /** `internal`: it leads into the bureau's own network, and nowhere else. */
  readonly network?: 'public' | 'internal'
  /** `whsec_` and base64, shared with the receiver. */
  readonly secret: string
  /** The tracker's clock, which may stand on a date. */
  readonly clock: Clock
  /** The machine's clock. */
  readonly realTime: Clock
  readonly timeoutMilliseconds?: number
  /** How names are resolved. */
  readonly resolve?: LookupFunction
}

/**
 * A channel that posts each message to one address, signed as standardwebhooks.com says; `webhook-id` is the key, so the
 * receiver can drop a second copy. The answer must be 2xx within five seconds; redirections are not followed.
 * @throws ChannelError at once when the secret is none.
 */
export const webhookChannel = (options: WebhookOptions): Channel => {
  const { name, url, network, secret, clock, realTime, timeoutMilliseconds, resolve } = options
  const reach = network === 'internal' ? network : undefined
  const signer = signerOf(secret)
  return {
    name,
    dropsCopies: true,
    partsOf: message => [message],
    send: async (key, { recipient, subject, text }) => {
      const now = clock.now()
      // Signed with the real time: receivers refuse old signatures, also when the tracker shows a demonstration date.
      const signedAt = new Date(realTime.now())
      const body = JSON.stringify({ type: 'notice', timestamp: now, data: { recipient, subject, text } })
      const headers = {
        'webhook-id': key,
        'webhook-timestamp': String(Math.floor(signedAt.getTime() / 1000)),
        'webhook-signature': signer.sign(key, signedAt, body)
      }
      return outcomeOf(await postTo(url, body, { headers, timeoutMilliseconds, reach, resolve }))
    }
  }
}

const retrySeconds = 60

/** What standardwebhooks.com makes of a status; a lost answer is no matter, since the receiver drops the copy. */
const outcomeOf = (posted: Posted): SendOutcome => {
  if (posted.type !== 'answered')
    return { type: 'retry', afterSeconds: retrySeconds, code: posted.code, reason: noAnswer }
  const { httpStatus, retryAfterSeconds = retrySeconds } = posted
  if (httpStatus >= 200 && httpStatus < 300) return { type: 'sent', httpStatus }
  const passes = httpStatus >= 500 || [408, 425, 429].includes(httpStatus)
  return passes
    ? { type: 'retry', afterSeconds: retryAfterSeconds, httpStatus, reason: busy }
    : { type: 'refused', httpStatus, reason: turnedDown }
}

const noAnswer = { zh: '接收方没有应答', en: 'the receiver gave no answer' }
const busy = { zh: '接收方暂时不可用', en: 'the receiver is not available for the moment' }
const turnedDown = {
  zh: '接收方拒绝了消息:请核对地址与密钥',
  en: 'the receiver turned the message down: check its address and the secret'
}

const signerOf = (secret: string): Webhook => {
  try {
    return new Webhook(secret)
  } catch {
    // Without the cause, which may quote the secret.
    throw new ChannelError('the webhook has no valid secret')
  }
}
