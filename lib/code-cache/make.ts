import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import * as z from 'zod'
import { demonstrationDate } from '../../data/demonstration/load.ts'
import { cacheFileOf, compiledBundle } from './compiled.ts'
import { startStandIn } from './stand-in.ts'

/**
 * Run as a process of its own with the file of a bundle: loads it, asks it what it is mostly asked first, and writes down what V8 has
 * compiled by then. What a request needs is compiled only when it is called, so a cache made before one would leave half of it out.
 */

const [, , file = ''] = process.argv
const { endpoint, project, token } = await startStandIn()
process.env.DYNAMODB_ENDPOINT = endpoint
process.env.FIXED_DATE = demonstrationDate

const { script, body } = compiledBundle(file)
const loaded = { exports: {} }
body()(loaded.exports, createRequire(file), loaded, file, dirname(file))
const { handler } = z
  .object({ handler: z.custom<(event: unknown) => Promise<{ readonly statusCode: number }>>() })
  .parse(loaded.exports)

const asked = [
  { method: 'GET', path: '/v1/health' },
  { method: 'GET', path: `/v1/projects/${project}` },
  { method: 'GET', path: `/v1/projects/${project}/history` },
  { method: 'POST', path: `/v1/projects/${project}/reports`, body: '{"noChange":true}' }
] as const
for (const { method, path, ...rest } of asked) {
  const { statusCode } = await handler({
    version: '2.0',
    rawPath: path,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    requestContext: { http: { method, path, sourceIp: '127.0.0.1' }, requestId: 'code-cache' },
    isBase64Encoded: false,
    ...rest
  })
  if (statusCode >= 300) throw new Error(`${path} answered ${statusCode}`)
}
writeFileSync(cacheFileOf(file), script.createCachedData())
process.exit()
