import { createHash, createHmac } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { connect } from '../../lib/command-line/connection.ts'
import { CommandError } from '../../lib/command-line/output.ts'
import { signed } from '../../lib/command-line/sign.ts'

const keyId = 'AKIDEXAMPLE'
const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()
const encoded = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, c => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)

/** The signature as the documentation of AWS (Signature Version 4) computes it, step by step, from what arrived. */
const isSigned = (request: IncomingMessage, body: string): boolean => {
  const [, scope = '', names = '', signature = ''] =
    /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
      request.headers.authorization ?? ''
    ) ?? []
  const [date = '', region = '', service = ''] = scope.split('/')
  const url = new URL(request.url ?? '', 'http://x')
  const canonical = [
    request.method,
    url.pathname.split('/').map(encoded).join('/'),
    [...url.searchParams]
      .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
      .toSorted()
      .join('&'),
    ...names.split(';').map(name => `${name}:${String(request.headers[name]).trim()}`),
    '',
    names,
    sha256(body)
  ].join('\n')
  const toSign = ['AWS4-HMAC-SHA256', request.headers['x-amz-date'], scope, sha256(canonical)].join('\n')
  const key = [date, region, service, 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${secret}`)
  const covered = ['host', 'x-amz-date'].every(name => names.split(';').includes(name))
  return covered && service === 'execute-api' && hmac(key, toSign).toString('hex') === signature
}

let arrived: { readonly signed: boolean; readonly scope: string }[]
const gateway = createServer(async (request, response) => {
  let body = ''
  for await (const chunk of request) body += chunk
  const signed = isSigned(request, body)
  arrived.push({ signed, scope: /Credential=[^/]+\/\d+\/([^,]+)/.exec(request.headers.authorization ?? '')?.[1] ?? '' })
  response.statusCode = signed ? 200 : 403
  response.end(JSON.stringify({ message: signed ? 'ok' : 'Forbidden' }))
})
let url: string

const before = { ...process.env }
beforeAll(async () => {
  await new Promise<void>(resolve => gateway.listen(0, '127.0.0.1', resolve))
  const address = gateway.address()
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`
})
afterAll(() => {
  gateway.close()
})
beforeEach(() => {
  arrived = []
  process.env = { ...before, AWS_ACCESS_KEY_ID: keyId, AWS_SECRET_ACCESS_KEY: secret, AWS_REGION: 'cn-northwest-1' }
  delete process.env.AWS_SESSION_TOKEN
})

const options = { data: '.', iam: true }

test('what the command line signs is what API Gateway verifies: body, query and Chinese text included', async () => {
  const tracker = await connect({ ...options, url })
  await tracker.GET('/v1/projects', { params: { query: { limit: 2, town: '泥沟镇', cursor: 'a/b c' } } })
  await tracker.POST('/v1/projects/{id}/reports', {
    params: { path: { id: 'school' }, header: { 'Idempotency-Key': 'key 1' } },
    body: { noChange: true, note: '停工，天气' }
  })
  await tracker.DELETE('/v1/tokens/{id}', { params: { path: { id: 'iam-0123' } } })
  expect(arrived).toEqual(Array(3).fill({ signed: true, scope: 'cn-northwest-1/execute-api/aws4_request' }))
})

test('a temporary credential sends its session along', async () => {
  process.env.AWS_SESSION_TOKEN = 'a-session'
  const { headers } = await signed(new Request(new URL('/v1/projects', url)))
  expect(headers.get('x-amz-security-token')).toBe('a-session')
  expect(headers.get('authorization')).toContain('x-amz-security-token')
})

test('the region is that of the address where it tells one', async () => {
  const address = new URL('https://abc.execute-api.cn-north-1.amazonaws.com.cn/v1/projects')
  const { headers } = await signed(new Request(address))
  expect(headers.get('authorization')).toContain('/cn-north-1/execute-api/aws4_request')
})

test('no region anywhere is wrong use, and says what to set', async () => {
  delete process.env.AWS_REGION
  const asked = signed(new Request('https://tracker.example.cn/v1/projects'))
  await expect(asked).rejects.toThrow(CommandError)
  await expect(asked).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining('AWS_REGION') })
})

test('a token that is named is shown, though the shell is set to sign', async () => {
  process.env.TRACKER_AUTH = 'iam'
  await (await connect({ data: '.', url, token: 'cpt_x' })).GET('/v1/projects')
  await (await connect({ data: '.', url })).GET('/v1/projects')
  expect(arrived.map(({ signed }) => signed)).toEqual([false, true])
})
