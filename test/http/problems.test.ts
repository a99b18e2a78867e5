import { readdirSync, readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { createApi } from '../../functions/http/api.ts'
import { errorsOfIssues } from '../../functions/http/field-errors.ts'
import { preferredLanguage, problems } from '../../functions/http/problems.ts'
import { eventOf, startApi, type TestApi } from './client.ts'
import { plan } from './plans.ts'

let api: TestApi
beforeAll(async () => {
  api = await startApi()
  await api.call('PUT', '/v1/projects/school', { token: api.tokens.admin, body: plan() })
})

describe('the language of a problem', () => {
  test.each<[string | undefined, 'zh' | 'en']>([
    [undefined, 'zh'],
    ['', 'zh'],
    ['*', 'zh'],
    ['zh', 'zh'],
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
    ['en', 'en'],
    ['EN-us', 'en'],
    ['en-US,en;q=0.9', 'en'],
    ['en;q=0.5, zh;q=0.4', 'en'],
    ['en;q=0.4, zh;q=0.5', 'zh'],
    ['en;q=0.5,zh;q=0.5', 'zh'],
    ['en , zh', 'zh'],
    ['fr, en;q=0.1', 'en'],
    ['fr, de', 'zh'],
    ['en;q=0', 'zh'],
    ['en;q=0, *', 'zh'],
    ['en;q=0.5, *', 'zh'],
    ['en, *;q=0.5', 'en'],
    ['zh;q=0.1, *', 'en'],
    ['zh;q=0, *;q=0.5', 'en'],
    ['zh-Hant-TW, en;q=0.9', 'zh'],
    ['english', 'zh'],
    [';;;,,,q=', 'zh'],
    ['en;q=x', 'en'],
    ['en;q=1.2.3', 'zh'],
    ['en; q=0.7 , zh ; q=0.6', 'en']
  ])('%j asks for %s', (header, language) => {
    expect(preferredLanguage(header)).toBe(language)
  })

  test('is the one of title, detail and fields, and the reply names it', async () => {
    const body = { noChange: true, note: 5 }
    const at = '/v1/projects/school/reports'
    const zh = await api.call('POST', at, { token: api.tokens.admin, body })
    expect([zh.headers['content-language'], zh.body.title, zh.body.detail, zh.body.errors[0].message]).toEqual([
      'zh-CN',
      '内容有误',
      '/note:应为文本',
      '应为文本'
    ])
    const en = await api.call('POST', at, { token: api.tokens.admin, body, headers: { 'accept-language': 'en' } })
    expect([en.headers['content-language'], en.body.title, en.body.detail, en.body.errors[0].message]).toEqual([
      'en',
      'It is not valid',
      '/note: It should be a string',
      'It should be a string'
    ])
    const both = await api.call('POST', at, { token: api.tokens.admin, body, headers: { 'accept-language': 'mul' } })
    expect([both.headers['content-language'], both.body.title, both.body.errors[0].message]).toEqual([
      'zh-CN, en',
      '内容有误 / It is not valid',
      '应为文本 / It should be a string'
    ])
    expect(zh.headers.vary).toContain('accept-language')
  })
})

describe('addresses and methods', () => {
  test.each([
    '/',
    '/v1',
    '/v2/projects',
    '/v1/project',
    '/v1/projects/school/report',
    '/v1/projects/school/reports/2',
    '/v1/openapi',
    '/v1/openapiXjson',
    '//v1/projects',
    '/v1//projects',
    '/V1/projects',
    '/v1/projects/../tokens',
    '/v1/case',
    '/constructor',
    '/__proto__',
    `/${'x'.repeat(10_000)}`,
    `/v1/${'a/'.repeat(2000)}`
  ])('%s is nowhere: 404', async path => {
    const answer = await api.call('GET', path, { token: api.tokens.admin })
    expect([answer.status, answer.body.code]).toEqual([404, 'not-found'])
  })

  test.each([
    ['DELETE', '/v1/projects/school', 'GET, HEAD, PUT'],
    ['POST', '/v1/projects', 'GET, HEAD'],
    ['PATCH', '/v1/projects/school', 'GET, HEAD, PUT'],
    ['GET', '/v1/projects/school/reports', 'POST'],
    ['PUT', '/v1/tokens/abc', 'DELETE'],
    ['GET', '/v1/tokens', 'POST'],
    ['POST', '/v1/health', 'GET, HEAD'],
    ['OPTIONS', '/v1/projects', 'GET, HEAD'],
    ['TRACE', '/v1/projects', 'GET, HEAD'],
    ['BREW', '/v1/projects', 'GET, HEAD'],
    ['__proto__', '/v1/projects', 'GET, HEAD'],
    ['GET', '/v1/projects/school/milestones/C1/cancel', 'POST']
  ])('%s %s is 405, and says what is allowed: %s', async (method, path, allow) => {
    const answer = await api.call(method, path, { token: api.tokens.admin })
    expect([answer.status, answer.body.code]).toEqual([405, 'method-not-allowed'])
    expect(answer.headers.allow).toBe(allow)
  })

  test('a slash at the end is forgiven', async () => {
    for (const path of ['/v1/projects/', '/v1/projects/school/', '/v1/health/'])
      expect((await api.call('GET', path, { token: api.tokens.admin })).status).toBe(200)
  })
})

describe('what goes wrong inside', () => {
  const secret = 'connection to 10.0.0.7 refused for cpt_secret'
  const broken = async () => {
    const own = await startApi()
    const fail = async (): Promise<never> => {
      throw new Error(secret, { cause: new Error('deeper') })
    }
    const seen: unknown[] = []
    const handler = createApi({ ...own.deps, log: { ...own.deps.log, load: fail, commits: fail } }, error =>
      seen.push(error)
    )
    return { own, handler, seen }
  }

  test.each([
    ['GET', '/v1/projects/school', undefined],
    ['GET', '/v1/projects/school/history', undefined],
    ['POST', '/v1/projects/school/reports', { noChange: true }],
    ['PUT', '/v1/projects/school', plan()]
  ])('%s %s: 500 without a word of it, and the operator is told', async (method, path, body) => {
    const { own, handler, seen } = await broken()
    for (const [header, title] of [
      [undefined, '系统内部错误'],
      ['en', 'Something went wrong inside']
    ] as const) {
      const headers: Record<string, string> = header === undefined ? {} : { 'accept-language': header }
      const event = eventOf(method, path, { token: own.tokens.admin, body, headers })
      const result = await handler(event, {} as never)
      if (typeof result !== 'object') throw new Error('no structured reply')
      expect(result.statusCode).toBe(500)
      expect(result.headers?.['content-type']).toBe('application/problem+json; charset=utf-8')
      expect(JSON.parse(result.body ?? '')).toEqual({
        type: 'urn:problem:internal-error',
        title,
        status: 500,
        detail: title,
        code: 'internal-error',
        errors: [],
        requestId: event.requestContext.requestId
      })
    }
    expect(seen).toHaveLength(2)
    expect(seen[0]).toMatchObject({ message: secret })
  })

  test('something thrown that is no error is a 500 too', async () => {
    const own = await startApi()
    const seen: unknown[] = []
    const find = () => Promise.reject('a text')
    const handler = createApi({ ...own.deps, access: { ...own.deps.access, find } }, error => seen.push(error))
    const result = await handler(eventOf('GET', '/v1/projects', { token: 'x' }), {} as never)
    expect(typeof result === 'object' && result.statusCode).toBe(500)
    expect(seen).toHaveLength(1)
  })

  test('too many writers at once: 503, and when to come again', async () => {
    const own = await startApi()
    await own.call('PUT', '/v1/projects/school', { token: own.tokens.admin, body: plan() })
    const handler = createApi(
      { ...own.deps, log: { ...own.deps.log, append: async () => ({ type: 'conflict' }) } },
      () => {}
    )
    const ask = { token: own.tokens.admin, body: { noChange: true } }
    const result = await handler(eventOf('POST', '/v1/projects/school/reports', ask), {} as never)
    if (typeof result !== 'object') throw new Error('no structured reply')
    expect([result.statusCode, result.headers?.['retry-after']]).toEqual([503, '1'])
    expect(JSON.parse(result.body ?? '').code).toBe('busy')
  }, 20_000)
})

describe('a sentence of its own', () => {
  test('of a refusal by the core names the field, and that of a read does not speak of writing', async () => {
    const future = { reports: [{ milestoneId: 'C3', actualFinish: '2099-01-01' }] }
    const refused = await api.call('POST', '/v1/projects/school/reports', { token: api.tokens.reporter, body: future })
    expect([refused.status, refused.body.detail]).toEqual([
      422,
      expect.stringMatching(/^\/reports\/0\/actualFinish:日期/)
    ])
    const read = await api.call('GET', '/v1/changes?since=yesterday', { token: api.tokens.leader })
    expect([read.status, read.body.title]).toEqual([422, '内容有误'])
    expect(read.text).not.toContain('写入')
  })

  test('of a directory that too many write at once says when to come again', async () => {
    const { bureau } = api.deps
    const handler = createApi({ ...api.deps, bureau: { ...bureau, append: async () => 'conflict' } }, () => {})
    const ask = { token: api.tokens.admin, body: { name: '示例局长', position: 'director' } }
    const result = await handler(eventOf('PUT', '/v1/people/director', ask), {} as never)
    if (typeof result !== 'object') throw new Error('no structured reply')
    expect([result.statusCode, result.headers?.['retry-after']]).toEqual([503, '1'])
  }, 20_000)
})

describe('every sentence', () => {
  test('problems have a title in each language', () => {
    for (const [status, zh, en] of Object.values(problems)) {
      expect(status).toBeGreaterThanOrEqual(400)
      expect(zh).toMatch(/\p{Script=Han}/u)
      expect(en).not.toMatch(/\p{Script=Han}/u)
    }
  })

  test('every code that a schema adds to those of zod has its own sentences', () => {
    const folder = new URL('../../functions/schema/', import.meta.url)
    const sources = readdirSync(folder).map(file => readFileSync(new URL(file, folder), 'utf8'))
    const http = readFileSync(new URL('../../functions/http/field-errors.ts', import.meta.url), 'utf8')
    expect(http).toContain('customTexts')
    const codes = sources.flatMap(source =>
      [
        ...source.matchAll(
          /coded(?:<[^(]*>)?\(\s*[\s\S]*?,\s*'([a-z-]+)',\s*'|unique(?:<[^(]*>)?\([^)]*'([a-z-]+)'\s*\)/g
        )
      ].map(([, coded, unique]) => coded ?? unique ?? '')
    )
    expect(codes.length).toBeGreaterThan(15)
    // The thresholds of the policy are read from the environment and never from a request.
    for (const code of new Set(codes.filter(code => code !== 'yellow-above-red'))) {
      const [error] = errorsOfIssues([{ code: 'custom', path: [], message: 'english words', params: { code } }])
      expect(error?.code).toBe(code)
      expect(error?.message.zh, code).toMatch(/^\P{Script=Latin}*[\p{Script=Han}]/u)
      expect(`${error?.message.zh}${error?.message.en}`, `${code} has no sentence`).not.toContain('english words')
    }
  })
})
