import { Webhook } from 'standardwebhooks'
import type { Channel, Clock } from '../../core/ports.ts'

/** A webhook that did not take a message. Neither the address's path and query nor the secret are in it. */
export class WebhookError extends Error {
  override readonly name = 'WebhookError'
  /** HTTP status of the answer; `undefined` when there was none. */
  readonly status: number | undefined

  constructor(message: string, status: number | undefined, options?: ErrorOptions) {
    super(message, options)
    this.status = status
  }
}

/** Where a webhook is and how it is signed. */
export interface WebhookOptions {
  /** `https:`, or `http:` on this very machine. */
  readonly url: string
  /** `whsec_` and base64, shared with the receiver. */
  readonly secret: string
  readonly clock: Clock
  readonly timeoutMilliseconds?: number
}

/**
 * A channel that posts each message to one address, signed as standardwebhooks.com says; `webhook-id` is the key, so the
 * receiver can drop a second copy. The answer must be 2xx within five seconds; redirections are refused.
 * @throws WebhookError at once when the address is not allowed or the secret is none.
 */
export const webhookChannel = ({ url, secret, clock, timeoutMilliseconds = 5000 }: WebhookOptions): Channel => {
  const target = checkedUrl(url)
  const signer = signerOf(secret)

  return {
    name: 'webhook',
    send: async (key, message) => {
      const now = clock.now()
      // Signed with the real time: receivers refuse old signatures, also when the tracker shows a demonstration date.
      const signedAt = new Date()
      const body = JSON.stringify({ type: 'notice', timestamp: now, data: message })
      const response = await post(target, timeoutMilliseconds, body, {
        'content-type': 'application/json; charset=utf-8',
        'webhook-id': key,
        'webhook-timestamp': String(Math.floor(signedAt.getTime() / 1000)),
        'webhook-signature': signer.sign(key, signedAt, body)
      })
      await response.body?.cancel()
      if (!response.ok) throw new WebhookError(`webhook at ${target.host} answered ${response.status}`, response.status)
    }
  }
}

const post = async (
  target: URL,
  timeout: number,
  body: string,
  headers: Readonly<Record<string, string>>
): Promise<Response> => {
  try {
    return await fetch(target, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(timeout),
      headers,
      body
    })
  } catch (error) {
    throw new WebhookError(`webhook at ${target.host} gave no answer`, undefined, { cause: error })
  }
}

const checkedUrl = (text: string): URL => {
  const url = URL.parse(text)
  if (!url) throw new WebhookError('the webhook has no valid address', undefined)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname)))
    throw new WebhookError(`webhook at ${url.host} must use https`, undefined)
  if (url.username !== '' || url.password !== '')
    throw new WebhookError(`webhook at ${url.host} must not carry credentials in its address`, undefined)
  return url
}

const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)

const signerOf = (secret: string): Webhook => {
  try {
    return new Webhook(secret)
  } catch {
    // Without the cause, which may quote the secret.
    throw new WebhookError('the webhook has no valid secret', undefined)
  }
}
