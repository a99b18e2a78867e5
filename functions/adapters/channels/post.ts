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
}

const longestAnswer = 64 * 1024

/**
 * Posts a JSON text and reads the answer. Redirections are not followed: a receiver cannot send a message, and the
 * signature with it, to another host. Nothing that is returned holds the address, which is itself a key.
 */
export const postTo = async (
  url: URL,
  body: string,
  { headers = {}, timeoutMilliseconds = 5000 }: PostOptions = {}
): Promise<Posted> => {
  try {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMilliseconds),
      headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
      body
    })
    const answer = (await response.text()).slice(0, longestAnswer)
    const wait = Number(response.headers.get('retry-after') ?? Number.NaN)
    return {
      type: 'answered',
      httpStatus: response.status,
      body: answer,
      ...(wait > 0 && { retryAfterSeconds: wait })
    }
  } catch (error) {
    const code = codeOf(error)
    return { type: isUnsent(code) ? 'unsent' : 'lost', code }
  }
}

/** What a fault is called. */
export const codeOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown'
  const { cause } = error
  if (cause instanceof AggregateError) return codeOf(cause.errors[0])
  if (cause instanceof Error) return codeOf(cause)
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}

/** True for a fault before a byte of a message could go out: no name, no connection, no trusted certificate. */
export const isUnsent = (code: string): boolean =>
  /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|UNABLE_TO_.*|.*(CERT|SSL|TLS).*)$/.test(
    code
  )
