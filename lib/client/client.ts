import createClient, { type Client } from 'openapi-fetch'
import type { components, paths } from './paths.ts'

/** The documents that have a name in the description of the API. */
export type Schemas = components['schemas']

/** The JSON body that a route takes. */
export type BodyOf<Path extends keyof paths, Method extends 'post' | 'put'> = paths[Path][Method] extends {
  readonly requestBody: { readonly content: { readonly 'application/json': infer Body } }
}
  ? Body
  : never

/** What every refusal of the tracker says of itself (RFC 9457), in the language that was asked for, or in both. */
export type Problem = Schemas['Problem']

/** Adds the proof of who asks to a request that is complete but for it. */
export type Authorise = (request: Request) => Request | Promise<Request>

/** Where a tracker is, and as whom and how it is asked. */
export interface TrackerClientOptions {
  /** Address of the tracker, with or without a slash at its end. */
  readonly url: string
  /** Without it only what is open to anyone is answered. */
  readonly authorise?: Authorise
  /** Language of problems, `mul` for both; the tracker's own, Chinese, without it. */
  readonly language?: 'zh' | 'en' | 'mul'
  /** In place of the platform's own fetch. */
  readonly fetch?: (request: Request) => Promise<Response>
}

/** The API of a tracker: one method for each of HTTP, over the paths of its route table. */
export type TrackerClient = Client<paths>

/**
 * A client of the tracker's API. Its types are generated from the route table, so that a request the tracker does not
 * know does not compile. A call answers what {@link answerOf} reads; it rejects only where no tracker answered: no
 * network, or a page of something between.
 */
export const trackerClient = ({ url, authorise, language, fetch }: TrackerClientOptions): TrackerClient => {
  const client = createClient<paths>({
    baseUrl: url,
    // A file goes as it is; its media type is the caller's to name.
    bodySerializer: (body: unknown) => (body instanceof Blob ? body : JSON.stringify(body)),
    ...(language === undefined ? {} : { headers: { 'accept-language': language } }),
    ...(fetch === undefined ? {} : { fetch })
  })
  if (authorise) client.use({ onRequest: ({ request }) => authorise(request) })
  return client
}

/** Lets the bearer of a token in. */
export const bearer =
  (token: string): Authorise =>
  request => {
    request.headers.set('authorization', `Bearer ${byteString(token)}`)
    return request
  }

/** A header takes a byte for each character; other text goes as its bytes in UTF-8. */
const byteString = (text: string): string => String.fromCharCode(...new TextEncoder().encode(text))

/** What a write may be held to. */
export interface Conditions {
  /** Idempotency-Key, at most 128 characters: sent again with the same body it gets the first answer. */
  readonly key?: string | undefined
  /** The version that the write was worked out for: at any other the tracker refuses it. */
  readonly version?: number | undefined
}

/** The headers of a conditional write. */
export const conditions = ({ key, version }: Conditions) => ({
  ...(key === undefined ? {} : { 'Idempotency-Key': byteString(key) }),
  ...(version === undefined ? {} : { 'If-Match': `"${version}"` })
})

/** What came of a request: done, refused by the tracker, or answered by something else between here and it. */
export type Answer<Data> = Done<Data> | Failure

/** A request that was done. */
export interface Done<Data> {
  readonly type: 'done'
  readonly data: Data
  /** The version of the project after a write. */
  readonly version?: number | undefined
  /** This is the first answer once more: nothing was written this time. */
  readonly replayed: boolean
}

/** A request that was not. */
export type Failure =
  | { readonly type: 'refused'; readonly problem: Problem }
  | { readonly type: 'unexpected'; readonly status: number; readonly text: string }

/** What a call of {@link TrackerClient} comes to. */
export type Outcome = Yes | No

interface Yes {
  readonly data: unknown
  readonly error?: never
  readonly response: Response
}

interface No {
  readonly data?: never
  readonly error: unknown
  readonly response: Response
}

/** The data of an outcome, if it is one with data. */
export type DataOf<Call extends Outcome> = Extract<Call, Yes>['data']

/** Reads the outcome of a call. */
export const answerOf = <Call extends Outcome>(outcome: Call): Answer<DataOf<Call>> => {
  if (!isYes(outcome)) return failureOf(outcome)
  const { data, response } = outcome
  const version = /^"(\d+)"$/.exec(response.headers.get('etag') ?? '')?.[1]
  return {
    type: 'done',
    data,
    version: version === undefined ? undefined : Number(version),
    replayed: response.headers.get('idempotent-replayed') === 'true'
  }
}

const isYes = <Call extends Outcome>(outcome: Call): outcome is Extract<Call, Yes> => outcome.response.ok

const failureOf = ({ error, response }: Outcome): Failure => {
  if (isProblem(error)) return { type: 'refused', problem: error }
  const text = typeof error === 'string' ? error : JSON.stringify(error)
  return { type: 'unexpected', status: response.status, text: text ?? '' }
}

const isProblem = (error: unknown): error is Problem =>
  typeof error === 'object' && error !== null && 'code' in error && 'detail' in error && 'errors' in error

/**
 * The half in one language of what a tracker says in both (`language: 'mul'`). A name or value that holds the mark between
 * the halves stands in each of them, so that the one in the middle parts them; any other text is given as it is.
 */
export const halfIn = (text: string, language: 'zh' | 'en'): string => {
  const pieces = text.split(betweenHalves)
  const middle = pieces.length / 2
  if (!Number.isInteger(middle)) return text
  return (language === 'zh' ? pieces.slice(0, middle) : pieces.slice(middle)).join(betweenHalves)
}

const betweenHalves = ' / '

/** The pages of a list, each asked for only when it is wanted. */
export async function* pagesOf<Page extends { readonly cursor?: string | undefined }>(
  read: (cursor: string | undefined) => Promise<Page>
): AsyncGenerator<Page, void> {
  let cursor: string | undefined
  do {
    const page = await read(cursor)
    yield page
    cursor = page.cursor
  } while (cursor !== undefined)
}
