import * as z from 'zod'
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi'
import { type ProblemCode, problems } from './problems.ts'
import { problemSchema } from './reply-schemas.ts'
import { replySchemas } from './reply-table.ts'
import { noBody, type Route } from './route.ts'

/** The API as an OpenAPI 3.1 document, made from its route table and the very schemas that decode its requests. */
export const openApiDocument = (table: readonly Route[]): Readonly<Record<string, unknown>> => ({
  ...createDocument({
    openapi: '3.1.1',
    info: {
      title: '学校建设项目跟踪 / Capital-project tracker',
      version: '1.0.0',
      description:
        '错误一律为 application/problem+json(RFC 9457),默认中文,Accept-Language: en 时为英文,mul 时中英并列。\n\nErrors are application/problem+json (RFC 9457), in Chinese unless Accept-Language prefers English, in both where it is `mul`.'
    },
    servers: [{ url: '/' }],
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: '令牌 / a token issued under POST /v1/tokens' }
      }
    },
    paths: pathsOf(table)
  })
})

const pathsOf = (table: readonly Route[]): ZodOpenApiPathsObject => {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {}
  for (const route of table)
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(route) }
  return paths
}

const operationOf = (route: Route): ZodOpenApiOperationObject => ({
  operationId: route.operationId,
  summary: `${route.summary.zh} / ${route.summary.en}`,
  security: route.audience === 'anyone' ? [] : [{ bearer: [] }],
  requestParams: {
    ...(/\{/.test(route.path) ? { path: pathParameters(route.path) } : {}),
    ...(Object.keys(route.query.shape).length > 0 ? { query: route.query } : {}),
    ...(route.conditional
      ? { header: keyHeader.extend(versionHeader.shape) }
      : route.keyed
        ? { header: keyHeader }
        : {})
  },
  ...(route.body === noBody ? {} : { requestBody: { required: true, content: contentOf(route) } }),
  responses: {
    ...Object.fromEntries(
      [route.success, ...(route.success.also ? [route.success.also] : [])].map(({ status, description, media }) => [
        `${status}`,
        {
          description,
          ...(media ? { content: Object.fromEntries(media.map(type => [type, {}])) } : {}),
          ...(route.success.reply
            ? { content: { 'application/json': { schema: replySchemas[route.success.reply] } } }
            : {}),
          ...(route.conditional ? { headers: writeHeaders } : route.keyed ? { headers: replayHeader } : {})
        }
      ])
    ),
    ...problemResponses(codesOf(route))
  }
})

const contentOf = ({ files, body }: Route) =>
  files
    ? Object.fromEntries(files.map(type => [type, { schema: { type: 'string' as const, format: 'binary' } }]))
    : { 'application/json': { schema: body } }

const pathParameters = (path: string) =>
  z.object(Object.fromEntries([...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [name, z.string()])))

const keyHeader = z.object({
  'Idempotency-Key': z
    .string()
    .max(128)
    .optional()
    .meta({ description: '重试时原样重发,得到第一次的回答 / repeat it on a retry to get the first answer' })
})

const versionHeader = z.object({
  'If-Match': z.string().optional().meta({
    description: '仅当项目仍为此版本时写入 / write only while the project is at this version',
    example: '"12"'
  })
})

const replayHeader = z.object({ 'Idempotent-Replayed': z.literal('true').optional() })

const writeHeaders = z.object({
  ETag: z.string().meta({ description: '版本 / version, in quotes' }),
  ...replayHeader.shape
})

/** Problems of a route: its own and those of its kind. */
const codesOf = (route: Route): readonly ProblemCode[] => [
  ...(route.audience === 'anyone' ? [] : (['not-authenticated', 'not-allowed', 'too-many-guesses'] as const)),
  ...(route.body === noBody || route.files ? [] : (['not-json', 'body-too-large', 'not-json-content'] as const)),
  ...(route.files ? (['malformed-header', 'body-too-large', 'unknown-media-type', 'unreadable-file'] as const) : []),
  ...(route.conditional ? (['malformed-header'] as const) : []),
  ...(route.keyed ? (['malformed-header', 'idempotency-key-reused'] as const) : []),
  'not-valid',
  ...(route.problems ?? []),
  'internal-error'
]

const problemResponses = (codes: readonly ProblemCode[]) => {
  const byStatus = new Map<number, ProblemCode[]>()
  for (const code of new Set(codes)) {
    const [status] = problems[code]
    byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  }
  return Object.fromEntries(
    [...byStatus].map(([status, of]) => [
      `${status}`,
      {
        description: of.map(code => `\`${code}\` ${problems[code][1]} / ${problems[code][2]}`).join('\n\n'),
        content: { 'application/problem+json': { schema: problemSchema } }
      }
    ])
  )
}
