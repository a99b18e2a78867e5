import { lookup } from 'node:dns'
import { request as requestPlain } from 'node:http'
import { request } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { type AddressReach, reachOf } from '../../core/internet-address.ts'

/**
 * What came of a request. `unsent`: it surely did not reach the receiver. `lost`: it may have, but no answer came back.
 */
export type Posted =
  | {
      readonly type: 'answered'
      readonly httpStatus: number
      readonly body: string
      /** What the receiver asks for by `Retry-After`. */
      readonly retryAfterSeconds?: number
    }
  | { readonly type: 'unsent' | 'lost'; readonly code: string }

/** Settings of {@link postTo}. */
export interface PostOptions {
  readonly headers?: Readonly<Record<string, string>>
  readonly timeoutMilliseconds?: number | undefined
  /** Where the address has to lead; absent, to the Internet, or to this machine where it names this machine itself. */
  readonly reach?: AddressReach | undefined
  /** How names are resolved. */
  readonly resolve?: LookupFunction | undefined
}

/** The name or address leads where no message may go: inwards, where only the tracker's own network would let it. */
class ForbiddenAddressError extends Error {
  override readonly name = 'ForbiddenAddressError'
  readonly code = 'FORBIDDEN_ADDRESS'
}

const longestAnswer = 64 * 1024

/**
 * Posts a JSON text and reads the answer. The address is looked at when it is called, and the connection goes to what was
 * looked at: a name that leads elsewhere by then (DNS rebinding) is not called. Redirections are not followed: a receiver
 * cannot send a message, and the signature with it, to another host. Nothing that is returned holds the address, which is
 * itself a key. Every call has a connection of its own: one that a sleeping function kept may be dead.
 */
export const postTo = async (
  url: URL,
  body: string,
  { headers = {}, timeoutMilliseconds = 5000, reach = reachNamed(url), resolve = lookup }: PostOptions = {}
): Promise<Posted> => {
  // An address is never resolved, so the look-up would not see it.
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  if (isIP(host) !== 0 && reachOf(host) !== reach) return { type: 'unsent', code: 'FORBIDDEN_ADDRESS' }
  try {
    return await new Promise((done, fail) => {
      const outgoing = (url.protocol === 'http:' ? requestPlain : request)(url, {
        method: 'POST',
        agent: false,
        lookup: within(reach, resolve),
        signal: AbortSignal.timeout(timeoutMilliseconds),
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'content-length': Buffer.byteLength(body),
          ...headers
        }
      })
      outgoing.on('error', fail)
      outgoing.on('response', async answer => {
        try {
          const chunks: Buffer[] = []
          let length = 0
          for await (const chunk of answer) {
            chunks.push(chunk)
            length += chunk.length
            if (length >= longestAnswer) break
          }
          const wait = Number(answer.headers['retry-after'] ?? Number.NaN)
          done({
            type: 'answered',
            httpStatus: answer.statusCode ?? 0,
            body: Buffer.concat(chunks).subarray(0, longestAnswer).toString('utf8'),
            ...(wait > 0 && { retryAfterSeconds: wait })
          })
        } catch (error) {
          fail(error)
        }
      })
      outgoing.end(body)
    })
  } catch (error) {
    const code = codeOf(error)
    return { type: isUnsent(code) ? 'unsent' : 'lost', code }
  }
}

const reachNamed = ({ hostname }: URL): AddressReach =>
  hostname === 'localhost' || reachOf(hostname) === 'loopback' ? 'loopback' : 'public'

/** Resolves names as `resolve` does, and refuses one of which any address leads elsewhere. */
const within =
  (reach: AddressReach, resolve: LookupFunction): LookupFunction =>
  (hostname, options, callback) =>
    resolve(hostname, options, (error, found, family) => {
      const addresses = typeof found === 'string' ? [found] : (found ?? []).map(({ address }) => address)
      if (error || addresses.every(address => reachOf(address) === reach)) callback(error, found, family)
      else callback(new ForbiddenAddressError('the name leads where nothing is sent'), '')
    })

/** What a fault is called. */
export const codeOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown'
  const { cause } = error
  if (cause instanceof Error) return codeOf(cause)
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0])
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}

/** True for a fault before a byte of a message could go out: no name, no connection, no trusted certificate. */
export const isUnsent = (code: string): boolean =>
  /^(FORBIDDEN_ADDRESS|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|UNABLE_TO_.*|.*(CERT|SSL|TLS).*)$/.test(
    code
  )
