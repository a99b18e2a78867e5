import { gzipSync } from 'node:zlib'
import * as z from 'zod'
import { hostileBodies, hostileTexts, hostileValue } from './hostile-values.ts'
import type { Random } from './random.ts'

/** A request as it goes over the wire. */
export interface HostileRequest {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string | readonly string[]>>
  readonly body?: Buffer | undefined
}

const schemaSchema = z.looseObject({
  $ref: z.string().optional(),
  type: z.union([z.string(), z.array(z.string()).transform(([first]) => first)]).optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  format: z.string().optional(),
  pattern: z.string().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  maxItems: z.number().optional(),
  get items() {
    return schemaSchema.optional()
  },
  get properties(): z.ZodOptional<z.ZodRecord<z.ZodString, typeof schemaSchema>> {
    return z.record(z.string(), schemaSchema).optional()
  },
  get oneOf(): z.ZodOptional<z.ZodArray<typeof schemaSchema>> {
    return z.array(schemaSchema).optional()
  },
  get anyOf(): z.ZodOptional<z.ZodArray<typeof schemaSchema>> {
    return z.array(schemaSchema).optional()
  },
  required: z.array(z.string()).optional()
})
type Schema = z.output<typeof schemaSchema>

const documentSchema = z.looseObject({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.looseObject({
        parameters: z.array(z.looseObject({ in: z.string(), name: z.string(), schema: schemaSchema })).default([]),
        requestBody: z
          .looseObject({ content: z.record(z.string(), z.looseObject({ schema: schemaSchema })) })
          .optional()
      })
    )
  ),
  components: z.looseObject({ schemas: z.record(z.string(), schemaSchema) })
})

/** Ids that are there, so that some of what is sent gets past the first door. */
const known: Readonly<Record<string, string>> = {
  id: 'school',
  milestoneId: 'C3',
  kind: 'oc4ids',
  since: '2021-06-01',
  project: 'school'
}

const hash = '0'.repeat(64)

/** Places of the site beside the API, and what is near them. */
const sitePlaces: readonly string[] = [
  '/',
  '//',
  '//[',
  '/\\',
  '/..',
  '/%2e%2e/%2e%2e/etc/passwd',
  '/%00',
  '/%ff',
  '/%',
  '/.git/config',
  '/index.html%00.js',
  '/projects/..%2f..%2fx/',
  '/outbox/',
  '/outbox/?x=%',
  '/internal',
  '/internal/?cursor=%00',
  '/internal/projects/%2e%2e/',
  '/internal/projects/__proto__/',
  '/internal/deliveries/?cursor=eyJ9',
  '/internal/sign-in',
  '/internal/sign-out',
  '/internal/constructor',
  '/internal/__proto__',
  '/photos/school/x',
  `/photos/school/${hash}`,
  `/photos/../${hash}`,
  `/uploads/school/${hash}`,
  `/uploads/school/${hash}?signature=${hash}`,
  `/uploads/__proto__/${hash}-thumbnail?signature=%`,
  '*',
  'http://[::1/'
]

/** Small on the wire, more than any file may be once it is unpacked. */
const bomb = gzipSync(Buffer.alloc(40 * 1024 * 1024))

/** Requests made from the API's own description: every operation with values at and beyond every bound that it names. */
export const hostileRequests = (document: unknown, tokens: readonly string[], random: Random) => {
  const { paths, components } = documentSchema.parse(document)
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, ...operation }))
  )
  const oneIn = (times: number): boolean => random.below(times) === 0

  const resolved = (schema: Schema): Schema =>
    schema.$ref === undefined ? schema : resolved(components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {})

  const textFor = ({ enum: choices, const: only, format, minLength = 0, maxLength = 50, pattern }: Schema): string => {
    if (only !== undefined) return String(only)
    if (choices) return String(random.pick(choices))
    if (format === 'date') return random.pick(['2021-06-21', '2021-06-20', '2021-07-30', '1970-01-01', '2199-12-31'])
    if (pattern !== undefined) return random.pick([...Object.values(known), 'C1', '08:00', 'x'.repeat(64)])
    const length = random.pick([minLength - 1, minLength, maxLength, maxLength + 1, Math.min(8, maxLength)])
    return random.pick(['x', '汉', '\u0301', '<']).repeat(Math.max(0, length))
  }

  /** JSON text for a schema, mostly of the right form, at its bounds, with something hostile here and there. */
  const valueFor = (asked: Schema, name = ''): string => {
    const schema = resolved(asked)
    if (oneIn(12)) return hostileValue(random)
    const options = schema.oneOf ?? schema.anyOf
    if (options) return valueFor(random.pick(options), name)
    if (schema.const !== undefined) return JSON.stringify(schema.const)
    switch (schema.type) {
      case 'object': {
        const required = new Set(schema.required)
        const fields = Object.entries(schema.properties ?? {})
          .filter(([field]) => (required.has(field) ? !oneIn(25) : oneIn(2)))
          .map(([field, of]) => `${JSON.stringify(field)}:${valueFor(of, field)}`)
        if (oneIn(25)) fields.push(`${JSON.stringify(random.pick(hostileTexts).slice(0, 200))}:${hostileValue(random)}`)
        return `{${fields.join()}}`
      }
      case 'array': {
        const { items = {}, maxItems = 3 } = schema
        if (oneIn(40))
          return `[${Array<string>(maxItems + 1)
            .fill(valueFor(items, name).slice(0, 100))
            .join()}]`
        return `[${Array.from({ length: random.below(4) }, () => valueFor(items, name)).join()}]`
      }
      case 'boolean':
        return random.pick(['true', 'false'])
      case 'integer':
      case 'number': {
        const { minimum = 0, maximum = 100 } = schema
        return String(random.pick([minimum - 1, minimum, minimum + 1, maximum, maximum + 1, (minimum + maximum) / 2]))
      }
      case 'string':
        return JSON.stringify(oneIn(3) && known[name] !== undefined ? known[name] : textFor(schema))
    }
    return hostileValue(random)
  }

  /** A path or query part: what it should be, or something hostile in a writing of addresses. */
  const partFor = (name: string, schema: Schema): string => {
    if (!oneIn(4)) return encodeURIComponent(known[name] ?? textFor(schema).slice(0, 100).toWellFormed())
    const text = random.pick(hostileTexts).slice(0, 3000).toWellFormed()
    return random.pick([
      encodeURIComponent(text),
      '%',
      '%zz',
      '%ff%fe',
      '%c0%ae%c0%ae',
      '%00',
      '%2f..%2f',
      '..;',
      '%252e'
    ])
  }

  const addressFor = (operation: (typeof operations)[number]): string => {
    const path = operation.path.replace(/\{(\w+)\}/g, (_all, name: string) =>
      operation.path.startsWith('/v1/cases') && !oneIn(4) ? 'school.1' : partFor(name, { type: 'string' })
    )
    const query = operation.parameters
      .filter(({ in: place }) => place === 'query')
      .filter(({ name }) => (name in known ? !oneIn(6) : oneIn(3)))
      .flatMap(({ name, schema }) =>
        Array.from({ length: oneIn(10) ? 2 : 1 }, () => `${name}=${partFor(name, schema)}`)
      )
    if (oneIn(20))
      query.push(random.pick(['__proto__=1', 'a[b]=c', 'constructor[prototype][x]=1', '=', '&&', 'x'.repeat(4000)]))
    const trick = oneIn(30)
      ? random.pick(['/', '//', '/.', '/..', ';x', '%20', '%0d%0ax:1', '/../tokens', '\\', '#x'])
      : ''
    return `${path}${trick}${query.length > 0 ? `?${query.join('&')}` : ''}`
  }

  const headersFor = (isFile: boolean): Record<string, string | readonly string[]> => {
    const token = random.pick(tokens)
    const headers: Record<string, string | readonly string[]> = {
      authorization: oneIn(40)
        ? random.pick(['Bearer', `Bearer ${token}x`, `Basic ${token}`, token, 'Bearer \u00ff'])
        : `Bearer ${token}`,
      'accept-language': random.pick([
        'zh-CN',
        'en',
        'en;q=0.5, zh;q=0.1',
        '*',
        '',
        'x'.repeat(3000),
        'en;q=NaN, zh;q=-1'
      ])
    }
    headers['content-type'] = oneIn(10)
      ? random.pick([
          'text/plain',
          'application/json; charset=gbk',
          'multipart/form-data; boundary=x',
          'application/xml',
          'application/jsonx',
          ''
        ])
      : isFile
        ? random.pick(['application/json', 'text/xml', 'application/xer', 'application/octet-stream'])
        : 'application/json'
    if (oneIn(6)) headers['idempotency-key'] = random.pick(['k', '', 'k'.repeat(128), 'k'.repeat(129), '\u00e9', '{}'])
    if (oneIn(6))
      headers['if-match'] = random.pick([
        '"1"',
        '*',
        '1',
        'W/"2"',
        '"999999999"',
        '"99999999999999999999"',
        '""',
        '"1", "2"'
      ])
    if (oneIn(30)) headers['content-encoding'] = random.pick(['gzip', 'br', 'deflate', 'gzip, gzip', 'identity', 'x'])
    if (oneIn(30)) headers['x-twice'] = ['a', 'b']
    if (oneIn(30)) headers['if-match'] = ['"1"', '"2"']
    if (oneIn(30)) headers['x-http-method-override'] = 'DELETE'
    return headers
  }

  const bodyFor = ({ requestBody }: (typeof operations)[number], isFile: boolean): Buffer | undefined => {
    if (!requestBody) return oneIn(10) ? Buffer.from('{}') : undefined
    if (oneIn(1500)) return Buffer.alloc(10 * 1024 * 1024 + random.below(2) * 1024, '[')
    if (oneIn(200)) return bomb
    if (oneIn(isFile ? 2 : 12)) return random.pick(hostileBodies)()
    return Buffer.from(valueFor(Object.values(requestBody.content)[0]?.schema ?? {}))
  }

  const siteRequest = (): HostileRequest => ({
    method: random.pick(['GET', 'GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS']),
    path: random.pick(sitePlaces),
    headers: {
      ...headersFor(false),
      cookie: random.pick([
        '',
        'tracker_session=',
        `tracker_session=${random.pick(tokens)}`,
        '__proto__=x',
        '=;=',
        'x'.repeat(4000)
      ]),
      'content-type': 'application/x-www-form-urlencoded'
    },
    body: oneIn(2)
      ? Buffer.from(`token=${encodeURIComponent(random.pick(hostileTexts).slice(0, 5000).toWellFormed())}&form=%`)
      : undefined
  })

  return (): HostileRequest => {
    if (oneIn(25)) return siteRequest()
    const operation = random.pick(operations)
    const isFile = operation.path === '/v1/imports'
    const method = oneIn(40)
      ? random.pick(['PATCH', 'OPTIONS', 'TRACE', 'HEAD', 'DELETE', 'PROPFIND', 'POST'])
      : operation.method
    return { method, path: addressFor(operation), headers: headersFor(isFile), body: bodyFor(operation, isFile) }
  }
}
