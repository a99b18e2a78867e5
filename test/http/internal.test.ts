import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Role } from '../../functions/core/author.ts'
import { createApi } from '../../functions/http/api.ts'
import { mixedMarks } from '../pages/mixed-marks.ts'
import { eventOf, startApi, type TestApi } from './client.ts'
import { plan } from './plans.ts'

let api: TestApi
let handler: ReturnType<typeof createApi>
beforeAll(async () => {
  api = await startApi()
  handler = createApi(api.deps, error => {
    throw error
  })
  for (const [id, manager] of [
    ['school', { name: '欧阳某某', contact: '13912345678' }],
    ['other', { name: '<script>alert(1)</script>', contact: '13987654321' }]
  ] as const) {
    const body = { ...plan(), id, manager }
    expect((await api.call('PUT', `/v1/projects/${id}`, { token: api.tokens.admin, body })).status).toBe(201)
  }
})

interface Sent {
  readonly cookie?: string | undefined
  readonly form?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
}

const send = async (method: string, path: string, { cookie, form, headers }: Sent = {}) => {
  const event = eventOf(method, path, {
    ...(form ? { bytes: Buffer.from(new URLSearchParams(form).toString()) } : {}),
    headers: { ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}), ...headers }
  })
  const result = await handler({ ...event, ...(cookie === undefined ? {} : { cookies: [cookie] }) }, {} as never)
  if (typeof result !== 'object') throw new Error('no structured reply')
  return { ...result, text: result.body ?? '' }
}

const cookieIn = ({ cookies = [] }: APIGatewayProxyStructuredResultV2) => cookies[0]?.split(';')[0]

const sessionIn = ({ cookies = [] }: APIGatewayProxyStructuredResultV2) =>
  cookies.find(cookie => cookie.startsWith('tracker_session='))

const signIn = async (role: Role) =>
  cookieIn(await send('POST', '/internal/sign-in', { form: { token: api.tokens[role] } }))

describe('signing in', () => {
  test('gives a cookie with a session of its own, out of reach of scripts and other sites, and ends in a working day', async () => {
    const answer = await send('POST', '/internal/sign-in', { form: { token: api.tokens.leader } })
    expect([answer.statusCode, answer.headers?.location]).toEqual([303, '/internal/'])
    expect(answer.cookies?.[0]).toMatch(
      /^tracker_session=cps_[0-9a-f_]+; Path=\/internal; Max-Age=28800; HttpOnly; SameSite=Strict; Secure$/
    )
    expect(JSON.stringify(answer)).not.toContain(api.tokens.leader)
  })

  test('leaves Secure out on the machine itself alone', async () => {
    const cookieFor = async (headers: Readonly<Record<string, string>>) =>
      (await send('POST', '/internal/sign-in', { form: { token: api.tokens.leader }, headers })).cookies?.[0]
    expect(await cookieFor({ host: '127.0.0.1:8787', 'x-forwarded-proto': 'http' })).not.toContain('Secure')
    expect(await cookieFor({ host: 'jindu.example.org', 'x-forwarded-proto': 'http' })).toContain('Secure')
    expect(await cookieFor({ host: '127.0.0.1.example.org', 'x-forwarded-proto': 'http' })).toContain('Secure')
  })

  test.each([
    ['a wrong token', 'cpt_000000000000_0000000000000000000000000000000000000000', 401],
    ['none', '', 401],
    ['text', '<script>', 401]
  ])('refuses %s, and says so without repeating it', async (_what, token, status) => {
    const answer = await send('POST', '/internal/sign-in', { form: { token } })
    expect([answer.statusCode, sessionIn(answer)]).toEqual([status, undefined])
    if (token !== '') expect(answer.text).not.toContain(token)
  })

  test('refuses a viewer', async () => {
    const answer = await send('POST', '/internal/sign-in', { form: { token: api.tokens.viewer } })
    expect([answer.statusCode, sessionIn(answer)]).toEqual([403, undefined])
  })

  test('takes no token from an address, and nothing that another site sent', async () => {
    const inAddress = await send('POST', `/internal/sign-in?token=${api.tokens.leader}`, { form: {} })
    expect(inAddress.statusCode).toBe(401)
    for (const place of ['sign-in', 'sign-out']) {
      const foreign = await send('POST', `/internal/${place}`, {
        form: { token: api.tokens.leader },
        headers: { 'sec-fetch-site': 'cross-site' }
      })
      expect([foreign.statusCode, foreign.cookies]).toEqual([403, undefined])
      expect((await send('GET', `/internal/${place}`)).statusCode).toBe(405)
    }
  })

  test('takes the form of an older browser, which does not say who sent it, only with the key that the page gave it', async () => {
    const shown = await send('GET', '/internal/')
    const key = /name="form" value="([^"]+)"/.exec(shown.text)?.[1] ?? ''
    const cookie = cookieIn(shown)
    expect(shown.cookies?.[0]).toMatch(
      /^tracker_form=[0-9a-f-]{36}; Path=\/internal; .*HttpOnly; SameSite=Strict; Secure$/
    )
    const { leader: token } = api.tokens
    const headers = { 'user-agent': 'Mozilla/5.0 (Windows NT 10.0; Trident/7.0; rv:11.0) like Gecko' }
    const without: readonly Sent[] = [
      { form: { token }, headers },
      { form: { token, form: key }, headers },
      { form: { token }, cookie, headers },
      { form: { token, form: `${key.slice(1)}0` }, cookie, headers }
    ]
    for (const sent of without) {
      const foreign = await send('POST', '/internal/sign-in', sent)
      expect([foreign.statusCode, foreign.cookies]).toEqual([403, undefined])
      expect(foreign.text).toContain('不是从本站的页面发出的')
    }
    const own = await send('POST', '/internal/sign-in', { form: { token, form: key }, cookie, headers })
    expect(own.statusCode).toBe(303)
    // A second window must not take the key of the first away.
    expect((await send('GET', '/internal/', { cookie })).text).toContain(key)
  })

  test('ends with signing out', async () => {
    const cookie = await signIn('leader')
    expect((await send('GET', '/internal/', { cookie })).statusCode).toBe(200)
    const out = await send('POST', '/internal/sign-out', { cookie, form: {} })
    expect(out.cookies?.[0]).toContain('tracker_session=; Path=/internal; Max-Age=0;')
    expect((await send('GET', '/internal/', { cookie })).statusCode).toBe(401)
  })
})

describe('on a demonstration clock', () => {
  test.each([
    ['the page that signs in', '/internal/', undefined],
    ['the projects', '/internal/', 'leader'],
    ['what is not there', '/internal/nothing/', 'leader'],
    ['a problem', '/internal/sign-out', undefined]
  ] as const)('%s says so, with the date on which it stands', async (_what, path, role) => {
    const standing = createApi({ ...api.deps, demonstrationClock: true }, error => {
      throw error
    })
    const cookie = role && (await signIn(role))
    const result = await standing(
      { ...eventOf('GET', path, {}), ...(cookie ? { cookies: [cookie] } : {}) },
      {} as never
    )
    expect(typeof result === 'object' && result.body).toContain('演示时钟，日期固定为 <time datetime="2021-06-21">')
    expect((await send('GET', path, { cookie })).text).not.toContain('演示时钟')
  })
})

const everyPage = [
  '/internal',
  '/internal/',
  '/internal/projects/school/',
  '/internal/flags/',
  '/internal/cases/',
  '/internal/people/',
  '/internal/deliveries/'
]

describe.each(everyPage)('%s', path => {
  test('has no half-width mark beside a Chinese character', async () => {
    const { text } = await send('GET', path, { cookie: await signIn('admin') })
    expect(text.split(/<[^>]*>/).flatMap(mixedMarks)).toEqual([])
  })

  test('shows nobody and nothing without signing in', async () => {
    for (const cookie of [undefined, 'tracker_session=', `tracker_session=${api.tokens.admin}`, 'other=x']) {
      const answer = await send('GET', path, { cookie })
      expect(answer.statusCode).toBe(401)
      expect(answer.text).not.toMatch(/欧阳某某|139\d{8}/)
    }
  })

  test.each(['leader', 'admin'] as const)('is open to %s, kept by nobody, and runs nothing inline', async role => {
    const answer = await send('GET', path, { cookie: await signIn(role) })
    expect(answer.statusCode).toBe(200)
    expect(answer.headers).toMatchObject({
      'cache-control': 'no-store',
      'content-type': 'text/html; charset=utf-8',
      'x-robots-tag': 'noindex',
      'x-content-type-options': 'nosniff'
    })
    expect(answer.headers?.['content-security-policy']).toMatch(/default-src 'self'.*frame-ancestors 'none'/)
    expect(answer.text).not.toMatch(/<script|\son\w+=|style=/)
    expect((await send('HEAD', path, { cookie: await signIn(role) })).text).toBe('')
  })
})

describe('what the pages show', () => {
  test('leadership sees who answers for each project and how to reach them', async () => {
    const cookie = await signIn('leader')
    for (const path of ['/internal/', '/internal/projects/school/', '/internal/people/']) {
      const { text } = await send('GET', path, { cookie })
      expect(text, path).toContain('欧阳某某')
      expect(text, path).toContain('13912345678')
    }
    expect((await send('GET', '/internal/people/', { cookie })).text).toContain('&lt;script&gt;')
  })

  test('leadership sees who promised what in a case', async () => {
    const { leader, admin } = api.tokens
    const late = { milestoneId: 'C3', forecastFinish: '2022-03-31', delay: { code: 'CONTRACTOR' } }
    await api.call('POST', '/v1/projects/other/reports', { token: admin, body: { reports: [late] } })
    const answer = { committedFinish: '2022-03-31', measure: '增加两个班组' }
    await api.call('POST', '/v1/cases/other.1/acknowledge', { token: leader, body: answer })
    const cookie = await signIn('leader')
    for (const path of ['/internal/cases/', '/internal/projects/other/']) {
      const { text } = await send('GET', path, { cookie })
      expect(text, path).toContain('〔2021〕第')
      expect(text, path).toContain('增加两个班组')
    }
  })

  test('a reporter sees the named projects, and 403 elsewhere', async () => {
    const cookie = await signIn('reporter')
    const { statusCode, text } = await send('GET', '/internal/', { cookie })
    expect(statusCode).toBe(200)
    expect(text).toContain('13912345678')
    expect(text).not.toContain('13987654321')
    expect((await send('GET', '/internal/projects/school/', { cookie })).statusCode).toBe(200)
    for (const path of [
      '/internal/projects/other/',
      '/internal/projects/nope/',
      '/internal/flags/',
      '/internal/cases/',
      '/internal/cases/',
      '/internal/people/',
      '/internal/deliveries/'
    ]) {
      const answer = await send('GET', path, { cookie })
      expect(answer.statusCode, path).toBe(403)
      expect(answer.text).not.toContain('13987654321')
    }
  })

  test('a name that every object has is no place', async () => {
    for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty'])
      for (const method of ['GET', 'POST']) {
        const answer = await send(method, `/internal/${name}`, { cookie: await signIn('leader'), form: {} })
        expect([name, answer.statusCode]).toEqual([name, method === 'GET' ? 404 : 405])
      }
  })

  test('what is not there is 404, in the language of the reader', async () => {
    const cookie = await signIn('leader')
    for (const path of ['/internal/nope', '/internal/projects/nope/', '/internal/projects/%2e%2e/'])
      expect((await send('GET', path, { cookie })).statusCode, path).toBe(404)
    const english = await send('GET', '/internal/nope', { cookie, headers: { 'accept-language': 'en' } })
    expect(english.headers?.['content-language']).toBe('en')
    expect(english.text).toContain('There is no such page')
  })

  test('trouble is a page as well: a bad cursor, a wrong method, a fault', async () => {
    const cookie = await signIn('leader')
    const busy = createApi(
      {
        ...api.deps,
        bureau: {
          load: async () => {
            throw new Error('table unreachable')
          },
          append: async () => 'conflict'
        }
      },
      () => {}
    )
    const faulty = await busy({ ...eventOf('GET', '/internal/people/'), cookies: [cookie ?? ''] }, {} as never)
    for (const [answer, status, words] of [
      [await send('GET', '/internal/?cursor=nonsense', { cookie }), 422, '请从头翻页'],
      [await send('GET', '/internal/deliveries/?cursor=nonsense', { cookie }), 422, '请从头翻页'],
      [await send('GET', '/internal/sign-in', { cookie }), 405, '不支持该方法'],
      [await send('DELETE', '/internal/', { cookie }), 405, '不支持该方法'],
      [faulty, 500, '系统内部错误']
    ] as const) {
      if (typeof answer !== 'object') throw new Error('no structured reply')
      expect(answer.statusCode).toBe(status)
      expect(answer.headers).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff'
      })
      expect(answer.body).toContain(words)
      expect(answer.body).not.toContain('unreachable')
    }
  })

  test('a token that is revoked shows nothing any more', async () => {
    const token = await api.tokenFor('leader')
    const cookie = cookieIn(await send('POST', '/internal/sign-in', { form: { token } }))
    expect((await send('GET', '/internal/', { cookie })).statusCode).toBe(200)
    await api.deps.access.revoke(token.split('_')[1] ?? '', '2021-06-21T00:00:00.000Z')
    expect((await send('GET', '/internal/', { cookie })).statusCode).toBe(401)
  })
})
