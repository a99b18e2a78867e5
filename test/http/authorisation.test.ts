import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { memoryAccess, memoryAccessTable } from '../../functions/adapters/access.memory.ts'
import type { AccessRecord } from '../../functions/adapters/access.ts'
import { guessLimit } from '../../functions/adapters/guess-limit.ts'
import { sessionsOver } from '../../functions/adapters/sessions.ts'
import { lambdaTelemetry } from '../../functions/adapters/telemetry.ts'
import type { Role } from '../../functions/core/author.ts'
import { createApi } from '../../functions/http/api.ts'
import { routes } from '../../functions/http/routes.ts'
import { everyone, pathOf, permissions } from './authorisation.ts'
import { type Answer, type Ask, eventOf, startApi, type TestApi } from './client.ts'
import { plan } from './plans.ts'

const projects = ['school', 'other'] as const
const today = '2021-06-21'
const at = `${today}T00:00:00.000Z`

test('the route table is the contract, no more and no less', () => {
  expect(routes.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(Object.keys(permissions).sort())
})

/** A bearer of a role; a reporter of `school`. */
const grantOf = (role: Role) => ({ role, name: `测试 ${role}`, projects: role === 'reporter' ? ['school'] : [] })

const mayDo = (operation: string, role: Role, project: string): boolean => {
  const { who, ownProjectsOnly } = permissions[operation] ?? { who: [] }
  if (who === 'anyone') return true
  return who.includes(role) && !(role === 'reporter' && ownProjectsOnly && project !== 'school')
}

const register = async (api: TestApi, ask: Ask) => {
  for (const id of projects)
    expect((await api.call('PUT', `/v1/projects/${id}`, { ...ask, body: plan({ id }) })).status).toBe(201)
}

/** How often each cell of the matrix was asked, for the record. */
let cells = 0
const ask = async (api: TestApi, operation: string, project: string, sent: Ask): Promise<Answer> => {
  cells += 1
  const [method = ''] = operation.split(' ')
  return api.call(method, pathOf(operation, project), { body: permissions[operation]?.body, ...sent })
}

describe('every route, every role, own and other projects', () => {
  let api: TestApi
  let bearers: ReadonlyMap<Role, Readonly<Record<'valid' | 'revoked' | 'expired', string>>>
  beforeAll(async () => {
    api = await startApi()
    await register(api, { token: api.tokens.admin })
    const { access } = api.deps
    const bearerOf = async (role: Role) => {
      const [valid, revoked, expired] = [
        await access.issue(grantOf(role), at),
        await access.issue(grantOf(role), at),
        await access.issue({ ...grantOf(role), expiresOn: '2021-06-20' }, at)
      ]
      await access.revoke(revoked.grant.id, at)
      return [role, { valid: valid.token, revoked: revoked.token, expired: expired.token }] as const
    }
    bearers = new Map(await Promise.all(everyone.map(bearerOf)))
  })

  test.each(Object.keys(permissions))('%s', async operation => {
    for (const [role, { valid, revoked, expired }] of bearers)
      for (const project of projects) {
        const strangers: readonly Ask[] = [
          {},
          { token: revoked },
          { token: expired },
          { token: valid.slice(0, -1) },
          { token: `${valid}0` },
          { token: valid.toUpperCase() },
          { token: valid.replace('cpt_', 'cps_') },
          { token: `${valid} x` },
          { token: 'cpt_' },
          { token: '__proto__' },
          { token: 'x'.repeat(8000) },
          { headers: { authorization: valid } },
          { headers: { authorization: `Basic ${valid}` } },
          { headers: { authorization: `Basic ${btoa(`x:${valid}`)}` } },
          { headers: { authorization: 'Bearer' } },
          { headers: { cookie: `token=${valid}; tracker_session=${valid}` } }
        ]
        const isOpen = permissions[operation]?.who === 'anyone'
        for (const stranger of strangers) {
          const answer = await ask(api, operation, project, stranger)
          const what = `${role} ${project} ${JSON.stringify(stranger).slice(0, 80)}`
          if (isOpen) expect(answer.status, what).toBe(200)
          else {
            expect([answer.status, answer.body.code], what).toEqual([401, 'not-authenticated'])
            expect(answer.headers['www-authenticate'], what).toBe('Bearer')
          }
          expect(answer.text, what).not.toContain(valid.slice(-40))
        }
        const { status, text } = await ask(api, operation, project, { token: valid })
        if (mayDo(operation, role, project)) expect([401, 403, 429], `${role} ${project}`).not.toContain(status)
        else expect(status, `${role} ${project}`).toBe(403)
        expect(text).not.toContain(valid.slice(-40))
      }
  })

  test.each(Object.entries(permissions).filter(([, { ownProjectsOnly }]) => ownProjectsOnly))(
    '%s: a project that is not there, or written in another way, is no more open to a reporter',
    async operation => {
      for (const project of ['nope', 'School', '%73chool', 'school%2F', 'school%00', 'schoo', 'school-2'])
        expect((await ask(api, operation, project, { token: bearers.get('reporter')?.valid })).status, project).toBe(
          403
        )
    }
  )

  test.each(Object.entries(permissions).filter(([, { who, body }]) => body && who !== 'anyone'))(
    '%s: asks who it is before it reads what is sent',
    async operation => {
      const bad = { body: undefined, raw: '{', headers: { 'content-type': 'text/plain', 'if-match': 'x' } }
      expect((await ask(api, operation, 'school', bad)).status).toBe(401)
      expect((await ask(api, operation, 'school', { ...bad, token: bearers.get('viewer')?.valid })).status).toBe(403)
    }
  )

  test('leaves a count', () => {
    process.stdout.write(`authorisation: ${cells} requests, each answered as the contract says\n`)
    expect(cells).toBeGreaterThan(4000)
  })
})

describe('where IAM authorises: every route, every role, own and other projects', () => {
  const account = 'arn:aws-cn:iam::123456789012:user'
  let api: TestApi
  beforeAll(async () => {
    api = await startApi({ authorisation: 'iam' })
    const { access } = api.deps
    for (const role of everyone) {
      await access.admit(`${account}/${role}`, grantOf(role), at)
      await access.admit(`${account}/expired-${role}`, { ...grantOf(role), expiresOn: '2021-06-20' }, at)
      const { id } = await access.admit(`${account}/revoked-${role}`, grantOf(role), at)
      await access.revoke(id, at)
    }
    await register(api, { signer: `${account}/admin` })
  })

  const bodyOf = (operation: string): object | undefined =>
    operation === 'POST /v1/tokens'
      ? { role: 'viewer', name: '监察室', principal: `${account}/somebody` }
      : permissions[operation]?.body

  test.each(Object.keys(permissions))('%s', async operation => {
    const isOpen = permissions[operation]?.who === 'anyone'
    for (const role of everyone)
      for (const project of projects) {
        const body = bodyOf(operation)
        const strangers: readonly (readonly [Ask, number])[] = [
          [{}, 401],
          [{ token: api.tokens[role] }, 401],
          [{ signer: `${account}/revoked-${role}` }, 403],
          [{ signer: `${account}/expired-${role}` }, 403],
          [{ signer: `${account}/unknown-${role}` }, 403],
          [{ signer: `${account}/${role}`.replace('aws-cn', 'aws') }, 403],
          [{ signer: 'arn:aws-cn:iam::123456789012:root' }, 403]
        ]
        for (const [stranger, refused] of strangers)
          expect((await ask(api, operation, project, { body, ...stranger })).status, JSON.stringify(stranger)).toBe(
            isOpen ? 200 : refused
          )
        const { status } = await ask(api, operation, project, { body, signer: `${account}/${role}` })
        if (mayDo(operation, role, project)) expect([401, 403], `${role} ${project}`).not.toContain(status)
        else expect(status, `${role} ${project}`).toBe(403)
      }
  })
})

describe('the internal pages: every page, every role, own and other projects', () => {
  let now = Date.parse(at)
  const pages: Readonly<Record<string, readonly Role[]>> = {
    '/internal': ['admin', 'leader', 'reporter'],
    '/internal/': ['admin', 'leader', 'reporter'],
    '/internal/projects/school/': ['admin', 'leader', 'reporter'],
    '/internal/projects/other/': ['admin', 'leader'],
    '/internal/flags/': ['admin', 'leader'],
    '/internal/cases/': ['admin', 'leader'],
    '/internal/people/': ['admin', 'leader'],
    '/internal/deliveries/': ['admin', 'leader']
  }

  test.each(everyone)('%s', async role => {
    const records = new Map<string, AccessRecord>()
    const access = memoryAccess(records)
    const sessions = sessionsOver(memoryAccessTable(records), { now: () => now })
    const api = await startApi({ access, sessions, guesses: guessLimit() })
    const admin = await access.issue(grantOf('admin'), at)
    await register(api, { token: admin.token })
    const handler = createApi(api.deps, error => {
      throw error
    })
    const look = async (page: string, session: string | undefined) => {
      const cookies = session === undefined ? [] : [`tracker_session=${session}`]
      const answer = await handler({ ...eventOf('GET', page), cookies }, {} as never)
      if (typeof answer !== 'object') throw new Error('no structured reply')
      return answer
    }
    const { token, grant } = await access.issue(grantOf(role), at)
    const { grant: ended } = await access.issue({ ...grantOf(role), expiresOn: '2021-06-20' }, at)
    const { grant: gone } = await access.issue(grantOf(role), at)
    const [open, closed, expired, revoked] = [
      await sessions.open(grant),
      await sessions.open(grant),
      await sessions.open(ended),
      await sessions.open(gone)
    ]
    await sessions.close(closed.text)
    await access.revoke(gone.id, at)
    for (const [page, who] of Object.entries(pages)) {
      const strangers = [undefined, '', token, closed.text, expired.text, revoked.text, `${open.text}0`, 'cps_']
      for (const session of strangers) {
        const answer = await look(page, session)
        expect(answer.statusCode, `${page} ${session}`).toBe(401)
        expect(answer.body).not.toContain('13800000000')
      }
      const answer = await look(page, open.text)
      expect(answer.statusCode, page).toBe(who.includes(role) ? 200 : role === 'viewer' ? 401 : 403)
      expect(`${answer.body}${JSON.stringify(answer.headers)}`).not.toMatch(/cp[ts]_[0-9a-f]{12}_/)
    }
    now += 8 * 3_600_000
    expect((await look('/internal/', open.text)).statusCode).toBe(401)
    now = Date.parse(at)
  })
})

describe('secrets', () => {
  afterEach(() => vi.restoreAllMocks())

  test('stand in no line of the log and in no answer, whatever fails and wherever they were sent', async () => {
    const api = await startApi()
    const { admin: token } = api.tokens
    const session = `cps_${'1'.repeat(12)}_${'2'.repeat(40)}`
    const written: string[] = []
    for (const stream of [process.stdout, process.stderr])
      vi.spyOn(stream, 'write').mockImplementation(text => written.push(String(text)) > 0)
    const telemetry = lambdaTelemetry('api')
    const fail = async (): Promise<never> => {
      throw new Error(`no table for ${token}`, { cause: new Error(`behind ${session}`) })
    }
    const broken = async function* (): AsyncGenerator<never> {
      yield await fail()
    }
    const { log, store, bureau, deliveries, access } = api.deps
    const handler = createApi(
      {
        ...api.deps,
        log: { ...log, load: fail, commits: fail, append: fail },
        store: { ...store, list: fail, get: fail, all: broken },
        bureau: { ...bureau, load: fail, append: fail },
        deliveries: { ...deliveries, list: fail },
        access: { ...access, issue: fail, revoke: fail }
      },
      (error, event) =>
        telemetry.error('a request failed', error, { requestId: event.requestContext.requestId, route: event.rawPath })
    )
    const answers: string[] = []
    for (const [operation, { body }] of Object.entries(permissions)) {
      const [method = ''] = operation.split(' ')
      for (const path of [pathOf(operation), pathOf(operation, token), `${pathOf(operation)}&token=${session}`]) {
        const answer = await handler(eventOf(method, path, { token, body }), {} as never)
        answers.push(JSON.stringify(answer))
      }
    }
    vi.restoreAllMocks()
    expect(written.join('')).toContain('a request failed')
    for (const text of [...written, ...answers])
      for (const secret of [token, session]) expect(text).not.toContain(secret.slice(-40))
  })
})
