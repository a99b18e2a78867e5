import { gunzipSync } from 'node:zlib'
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import { callerOf } from './caller.ts'
import {
  contentLanguage,
  type FieldError,
  type Problem,
  problemReply,
  type Reply,
  type Wording,
  wordingFor
} from './problems.ts'
import { type ApiDeps, noBody, type Outcome, type Route } from './route.ts'

/** Longest body that is read, in bytes: a plan of five hundred milestones fits, and so does its commit into an item. */
export const longestBody = 256 * 1024

/** Longest file, in bytes, once it is unpacked; API Gateway and Lambda let about 4.5 MB through. */
const longestFile = 32 * 1024 * 1024

const longestKey = 128

/**
 * A route as a handler of HTTP API events (payload 2.0): who asks, then what is asked, then the work, then the reply.
 * Whatever is wrong with a request is said at once, before anything is read or written.
 */
export const endpointOf =
  (route: Route, deps: ApiDeps) =>
  async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const wording = wordingFor(event.headers['accept-language'])
    const { requestId } = event.requestContext
    const outcome = await answer(route, event, deps)
    return encode('problem' in outcome ? problemReply(outcome.problem, wording, requestId) : outcome, wording)
  }

/** A problem that no route answers, written out for the caller. */
export const problemResult = (problem: Problem, event: APIGatewayProxyEventV2): APIGatewayProxyStructuredResultV2 => {
  const wording = wordingFor(event.headers['accept-language'])
  return encode(problemReply(problem, wording, event.requestContext.requestId), wording)
}

const answer = async (route: Route, event: APIGatewayProxyEventV2, deps: ApiDeps): Promise<Outcome> => {
  const caller = await callerOf(route, event, deps)
  if ('problem' in caller) return caller
  const conditions = conditionsOf(route, event, deps)
  if ('problem' in conditions) return conditions
  const body = route.body === noBody ? { value: undefined } : route.files ? fileOf(event, route.files) : bodyOf(event)
  if ('problem' in body) return body
  const params = Object.fromEntries(
    Object.entries(event.pathParameters ?? {}).map(([name, value]) => [name, value ?? ''])
  )
  const query = event.queryStringParameters ?? {}
  return route.run({ params, query, body: body.value, mediaType: mediaTypeOf(event), ...caller, ...conditions }, deps)
}

/** If-Match and Idempotency-Key of a write. */
const conditionsOf = (
  { conditional = false, keyed = conditional, files }: Route,
  event: APIGatewayProxyEventV2,
  { hash }: ApiDeps
):
  | {
      readonly ifVersion: number | 'any' | undefined
      readonly idempotency: { readonly key: string; readonly hash: string } | undefined
    }
  | { readonly problem: Problem } => {
  if (!keyed) return { ifVersion: undefined, idempotency: undefined }
  const ifMatch = conditional ? event.headers['if-match'] : undefined
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(ifMatch ?? '')?.[1]
  if (ifMatch !== undefined && ifMatch !== '*' && version === undefined)
    return malformed('If-Match', { zh: '应为版本号,如 "12"', en: 'It should be a version, like "12"' })
  const key = event.headers['idempotency-key']
  if (key !== undefined && (key.length === 0 || key.length > longestKey))
    return malformed('Idempotency-Key', {
      zh: `应为 1 至 ${longestKey} 个字符`,
      en: `It should be 1 to ${longestKey} characters`
    })
  return {
    ifVersion: ifMatch === '*' ? 'any' : version === undefined ? undefined : Number(version),
    idempotency: key === undefined ? undefined : { key, hash: hash(askedBy(event, files !== undefined)) }
  }
}

/** Everything that a key stands for; a file in a form that tells any two apart. */
const askedBy = (event: APIGatewayProxyEventV2, isFile: boolean): string => {
  const target = event.rawPath + (event.rawQueryString === '' ? '' : `?${event.rawQueryString}`)
  return `${event.requestContext.http.method} ${target}\n${bytesOf(event).toString(isFile ? 'base64' : 'utf8')}`
}

const malformed = (header: string, message: FieldError['message']): { readonly problem: Problem } => ({
  problem: { code: 'malformed-header', errors: [{ pointer: header, code: 'wrong-form', message }] }
})

const bodyOf = (event: APIGatewayProxyEventV2): { readonly value: unknown } | { readonly problem: Problem } => {
  const type = event.headers['content-type'] ?? ''
  if (!/^application\/json\s*(;|$)/i.test(type)) return { problem: { code: 'not-json-content' } }
  const bytes = bytesOf(event)
  if (bytes.byteLength > longestBody) return { problem: { code: 'body-too-large' } }
  if (isBroken(event)) return { problem: { code: 'not-json' } }
  try {
    // Text in another encoding (GBK of an older machine) is refused, not stored with its characters broken.
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) }
  } catch {
    return { problem: { code: 'not-json' } }
  }
}

/** A file, unpacked where it was sent in gzip. */
const fileOf = (
  event: APIGatewayProxyEventV2,
  types: readonly string[]
): { readonly value: Uint8Array } | { readonly problem: Problem } => {
  if (!types.includes(mediaTypeOf(event))) return { problem: { code: 'unknown-media-type' } }
  if (isBroken(event)) return { problem: { code: 'unreadable-file', errors: [brokenOnTheWay] } }
  const bytes = bytesOf(event)
  if (event.headers['content-encoding']?.toLowerCase() !== 'gzip') return { value: bytes }
  try {
    return { value: gunzipSync(bytes, { maxOutputLength: longestFile }) }
  } catch (error) {
    const isTooLarge = error instanceof RangeError
    return isTooLarge ? { problem: { code: 'body-too-large' } } : malformed('Content-Encoding', notGzip)
  }
}

/** The type of a body without its parameters. */
const mediaTypeOf = (event: APIGatewayProxyEventV2): string =>
  (event.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? ''

/** Whoever takes a body for text puts U+FFFD where its bytes were no UTF-8, and nobody can tell any more what they were. */
const isBroken = ({ body = '', isBase64Encoded }: APIGatewayProxyEventV2): boolean =>
  !isBase64Encoded && body.includes('\uFFFD')

const brokenOnTheWay: FieldError = {
  pointer: '',
  code: 'broken-characters',
  message: {
    zh: '文字不是 UTF-8,途中已损坏;请以 application/octet-stream 发送',
    en: 'Its text is no UTF-8 and broke on the way; send it as application/octet-stream'
  }
}

const notGzip = { zh: '请求体不是 gzip', en: 'The body is not gzip' }

const bytesOf = ({ body = '', isBase64Encoded }: APIGatewayProxyEventV2): Buffer =>
  Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8')

const encode = (reply: Reply, wording: Wording): APIGatewayProxyStructuredResultV2 => ({
  statusCode: reply.status,
  headers: {
    ...(reply.body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
    'cache-control': 'no-store',
    vary: 'accept-language, authorization',
    'content-language': contentLanguage[wording],
    ...reply.headers
  },
  ...bodyFor(reply)
})

const bodyFor = ({ body, content }: Reply): Pick<APIGatewayProxyStructuredResultV2, 'body' | 'isBase64Encoded'> => {
  if (typeof content === 'string') return { body: content }
  if (content) return { body: Buffer.from(content).toString('base64'), isBase64Encoded: true }
  return body === undefined ? {} : { body: JSON.stringify(body) }
}
