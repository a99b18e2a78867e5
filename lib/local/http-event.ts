import { isUtf8 } from 'node:buffer'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import * as z from 'zod'

/**
 * The event of an API Gateway HTTP API (payload format 2.0) for a request. Repeated headers and parameters are joined by
 * commas, cookies stand apart, and a body that is no text comes in base64: so does one that only says that it is, since
 * a file of an older machine (GBK) or one in gzip would not survive as text.
 * @param at the moment at which the request arrived.
 */
export const httpEventOf = (
  request: IncomingMessage,
  body: Buffer,
  requestId: string,
  at: Date
): APIGatewayProxyEventV2 => {
  const [rawPath = '/', rawQueryString = ''] = splitOnce(request.url ?? '/', '?')
  const { cookie, ...others } = request.headersDistinct
  const headers = Object.fromEntries(Object.entries(others).map(([name, values = []]) => [name, values.join(',')]))
  const cookies = cookie?.flatMap(line => line.split(/; */))
  const parameters = parametersOf(rawQueryString)
  const isText = textType.test(headers['content-type'] ?? '') && isUtf8(body)
  const method = request.method ?? 'GET'
  const sourceIp = request.socket.remoteAddress ?? '127.0.0.1'
  const domainName = headers.host ?? 'localhost'
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString,
    ...(cookies ? { cookies } : {}),
    headers: { ...headers, 'x-forwarded-for': sourceIp, 'x-forwarded-proto': 'http' },
    ...(parameters ? { queryStringParameters: parameters } : {}),
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      domainName,
      domainPrefix: domainName.split('.')[0] ?? domainName,
      http: {
        method,
        path: rawPath,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp,
        userAgent: headers['user-agent'] ?? ''
      },
      requestId,
      routeKey: '$default',
      stage: '$default',
      time: gatewayTime(at),
      timeEpoch: at.getTime()
    },
    ...(body.length === 0 ? {} : { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !isText
  }
}

/**
 * Writes the answer of a handler. What is no structured answer is sent as JSON with status 200, as API Gateway does.
 * @throws ZodError when the handler answered nothing that can be sent.
 */
export const sendAnswer = (answer: unknown, response: ServerResponse): void => {
  const structured = structuredSchema.safeParse(answer)
  if (!structured.success && typeof answer === 'object' && answer !== null && 'statusCode' in answer)
    throw structured.error
  const { statusCode, headers, cookies, body, isBase64Encoded } = structured.success
    ? structured.data
    : {
        statusCode: 200,
        headers: { 'content-type': 'application/json' },
        cookies: [],
        body: JSON.stringify(answer) ?? 'null',
        isBase64Encoded: false
      }
  response.statusCode = statusCode
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, String(value))
  if (cookies.length > 0) response.setHeader('set-cookie', cookies)
  response.end(Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'))
}

const structuredSchema = z.object({
  statusCode: z.int().min(100).max(599),
  headers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  cookies: z.array(z.string()).default([]),
  body: z.string().default(''),
  isBase64Encoded: z.boolean().default(false)
})

/** Types whose bodies come as they are; API Gateway encodes all others, forms included. */
const textType = /^(text\/|application\/([^;]*\+)?(json|xml)\b|application\/javascript\b)/i

const parametersOf = (query: string): Record<string, string> | undefined => {
  const values = Map.groupBy(new URLSearchParams(query), ([name]) => name)
  if (values.size === 0) return undefined
  return Object.fromEntries([...values].map(([name, pairs]) => [name, pairs.map(([, value]) => value).join(',')]))
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `10/Mar/2020:05:16:23 +0000` */
const gatewayTime = (at: Date): string => {
  const iso = at.toISOString()
  return `${iso.slice(8, 10)}/${months[at.getUTCMonth()]}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000`
}

const splitOnce = (text: string, separator: string): readonly string[] => {
  const position = text.indexOf(separator)
  return position < 0 ? [text] : [text.slice(0, position), text.slice(position + 1)]
}
