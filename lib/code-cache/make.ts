import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import * as z from 'zod'
import { cacheFileOf, compiledBundle } from './compiled.ts'

/**
 * Run as a process of its own with the file of a bundle: loads it, asks it for its health, and writes down what V8 has compiled by then. What
 * a first request needs is compiled only when it is called, so a cache made before one would leave half of it out. The tables are a stand-in that is empty.
 */

const [, , file = ''] = process.argv
const tables = createServer((_request, response) => {
  response.setHeader('content-type', 'application/x-amz-json-1.0')
  response.end('{}')
})
await new Promise<void>(resolve => tables.listen(0, '127.0.0.1', resolve))
const { port } = z.object({ port: z.number() }).parse(tables.address())
process.env.DYNAMODB_ENDPOINT = `http://127.0.0.1:${port}`

const { script, body } = compiledBundle(file)
const loaded = { exports: {} }
body()(loaded.exports, createRequire(file), loaded, file, dirname(file))
const { handler } = z
  .object({ handler: z.custom<(event: unknown) => Promise<{ readonly statusCode: number }>>() })
  .parse(loaded.exports)
const path = '/v1/health'
const { statusCode } = await handler({
  version: '2.0',
  rawPath: path,
  headers: {},
  requestContext: { http: { method: 'GET', path, sourceIp: '127.0.0.1' }, requestId: 'code-cache' },
  isBase64Encoded: false
})
if (statusCode !== 200) throw new Error(`${path} answered ${statusCode}`)
writeFileSync(cacheFileOf(file), script.createCachedData())
process.exit()
