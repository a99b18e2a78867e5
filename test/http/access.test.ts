import { beforeAll, describe, expect, test } from 'vitest'
import { startApi, type TestApi } from './client.ts'
import { plan } from './plans.ts'

interface FieldAt {
  readonly pointer: string
  readonly code: string
}

let api: TestApi
beforeAll(async () => {
  api = await startApi()
  expect((await api.call('PUT', '/v1/projects/school', { token: api.tokens.admin, body: plan() })).status).toBe(201)
})

test('the scheme of the header is read in any case, and with more than one space', async () => {
  for (const authorization of [`bearer ${api.tokens.viewer}`, `BEARER   ${api.tokens.viewer}`])
    expect((await api.call('GET', '/v1/projects', { headers: { authorization } })).status).toBe(200)
})

describe('tokens', () => {
  test('are shown once, work at once, and are refused after their revocation', async () => {
    const { admin } = api.tokens
    const issued = await api.call('POST', '/v1/tokens', {
      token: admin,
      body: { role: 'reporter', name: ' 项目经理 李四 ', projects: ['school'] }
    })
    expect(issued.status).toBe(201)
    const { id, token } = issued.body
    expect(issued.body).toEqual({ id, token, role: 'reporter', name: '项目经理 李四', projects: ['school'] })
    expect(issued.headers.location).toBe(`/v1/tokens/${id}`)
    expect((await api.call('POST', '/v1/projects/school/reports', { token, body: { noChange: true } })).status).toBe(
      201
    )
    // The history names the id of the token to those who see people, and its text to nobody.
    const history = await api.call('GET', '/v1/projects/school/history', { token: admin })
    expect(history.body.commits[0].by).toEqual({ id, role: 'reporter' })
    expect(history.text).not.toContain(token)

    expect((await api.call('DELETE', `/v1/tokens/${id}`, { token: admin })).status).toBe(204)
    expect((await api.call('GET', '/v1/projects', { token })).status).toBe(401)
    expect((await api.call('DELETE', `/v1/tokens/${id}`, { token: admin })).status).toBe(204)
  })

  const issue = (body: object, key?: string) =>
    api.call('POST', '/v1/tokens', {
      token: api.tokens.admin,
      body,
      headers: key === undefined ? {} : { 'idempotency-key': key }
    })
  const asked = { role: 'reporter', name: '李四', projects: ['school'] }

  test('asked for again under the same key are the same token, and no second one', async () => {
    const first = await issue(asked, 'lost-on-the-way')
    const again = await issue(asked, 'lost-on-the-way')
    expect([first.status, first.headers['idempotent-replayed']]).toEqual([201, undefined])
    expect([again.status, again.text, again.headers['idempotent-replayed']]).toEqual([201, first.text, 'true'])
    expect(again.headers.location).toBe(first.headers.location)
    expect((await api.call('GET', '/v1/projects', { token: again.body.token })).status).toBe(200)

    const other = await issue({ ...asked, name: '王五' }, 'lost-on-the-way')
    expect([other.status, other.body.code]).toEqual([422, 'idempotency-key-reused'])
    expect((await issue(asked, 'another key')).body.id).not.toBe(first.body.id)
    const [one, two] = [await issue(asked), await issue(asked)]
    expect(one.body.id).not.toBe(two.body.id)
    const colleague = await api.tokenFor('admin')
    const theirs = await api.call('POST', '/v1/tokens', {
      token: colleague,
      body: asked,
      headers: { 'idempotency-key': 'lost-on-the-way' }
    })
    expect(theirs.body.id).not.toBe(first.body.id)
  })

  test('asked for twenty times at once under one key are one', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => issue(asked, 'at once')))
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect(answers.filter(({ headers }) => headers['idempotent-replayed'] === undefined)).toHaveLength(1)
  })

  test('a repetition does not bring a revoked one back', async () => {
    const { body } = await issue(asked, 'revoked meanwhile')
    await api.call('DELETE', `/v1/tokens/${body.id}`, { token: api.tokens.admin })
    const again = await issue(asked, 'revoked meanwhile')
    expect([again.status, again.body.token]).toEqual([201, body.token])
    expect((await api.call('GET', '/v1/projects', { token: body.token })).status).toBe(401)
  })

  test('for a project that is not there are refused, which is mostly one misspelt', async () => {
    const answer = await issue({ ...asked, projects: ['school', 'scool', 'nope'] })
    expect([answer.status, answer.body.errors.map(({ pointer, code }: FieldAt) => [pointer, code])]).toEqual([
      422,
      [
        ['/projects/1', 'unknown-project'],
        ['/projects/2', 'unknown-project']
      ]
    ])
  })

  test('hold to the end of their last day, in Shanghai', async () => {
    const own = await startApi()
    const { admin: token } = own.tokens
    const until = (expiresOn: string) =>
      own.call('POST', '/v1/tokens', { token, body: { role: 'leader', name: '借调人员', expiresOn } })
    const answer = await until('2021-06-22')
    expect(answer.body.expiresOn).toBe('2021-06-22')
    const ask = { token: answer.body.token }
    for (const [date, status] of [
      ['2021-06-21', 200],
      ['2021-06-22', 200],
      ['2021-06-23', 401]
    ] as const) {
      own.today(date)
      expect((await own.call('GET', '/v1/projects', ask)).status, date).toBe(status)
    }
    expect((await own.call('GET', '/v1/projects', ask)).body.detail).toContain('已到期')
    const past = await until('2021-06-22')
    expect([past.status, past.body.errors[0].pointer]).toEqual([422, '/expiresOn'])
    expect((await until('2021-06-23')).status).toBe(201)
  })

  test('of the last admin cannot be revoked, in words that say why; a session of the same admin is nobody else', async () => {
    const own = await startApi()
    const { admin } = own.tokens
    const revoke = (token: string) => own.call('DELETE', `/v1/tokens/${token.split('_')[1]}`, { token: admin })
    const self = await own.deps.access.find(admin)
    if (self) await own.deps.sessions.open(self)
    const refused = await revoke(admin)
    expect([refused.status, refused.body.code]).toEqual([409, 'last-admin'])
    expect(refused.body.title).toContain('最后一个有效的管理员')
    expect((await own.call('GET', '/v1/projects', { token: admin })).status).toBe(200)

    const colleague = await own.tokenFor('admin')
    expect((await revoke(colleague)).status).toBe(204)
    expect((await revoke(admin)).status).toBe(409)
    await own.tokenFor('admin')
    expect((await revoke(admin)).status).toBe(204)
    expect((await revoke(admin)).status).toBe(401)
  })

  test('no answer shows a hash, and an unknown id is 404', async () => {
    const { admin } = api.tokens
    const issued = await api.call('POST', '/v1/tokens', { token: admin, body: { role: 'viewer', name: '甲' } })
    expect(Object.keys(issued.body).sort()).toEqual(['id', 'name', 'projects', 'role', 'token'])
    for (const id of ['nope', '__proto__', '%00', 'x'.repeat(3000)]) {
      const answer = await api.call('DELETE', `/v1/tokens/${id}`, { token: admin })
      expect([answer.status, answer.body.code]).toEqual([404, 'token-not-found'])
    }
  })

  test.each([
    [{ role: 'reporter', name: '甲' }, '/projects', 'projects-required'],
    [{ role: 'viewer', name: '甲', projects: ['school'] }, '/projects', 'projects-not-allowed'],
    [{ role: 'system', name: '甲' }, '/role', 'unknown-value'],
    [{ name: '甲' }, '/role', 'required'],
    [{ role: 'viewer' }, '/name', 'required'],
    [{ role: 'viewer', name: '  ' }, '/name', 'too-small'],
    [{ role: 'viewer', name: '甲', projects: ['../x'] }, '/projects/0', 'wrong-form'],
    [{ role: 'viewer', name: '甲', admin: true }, '/admin', 'unknown-field']
  ])('%j is no request for a token: %s %s', async (body, pointer, code) => {
    const answer = await api.call('POST', '/v1/tokens', { token: api.tokens.admin, body })
    expect(answer.status).toBe(422)
    expect(answer.body.errors).toContainEqual(expect.objectContaining({ pointer, code }))
  })
})

describe('people', () => {
  const seen = (text: string) => [/张三/.test(text), /13800000000/.test(text), /manager/.test(text)]

  test('a viewer and a reporter of other projects see no manager, anywhere', async () => {
    const other = await api.tokenFor('reporter', ['another'])
    for (const token of [api.tokens.viewer, other])
      for (const path of ['/v1/projects', '/v1/projects/school', '/v1/projects/school/history']) {
        const { status, text } = await api.call('GET', path, { token })
        expect(status).toBe(200)
        expect(seen(text), path).toEqual([false, false, false])
      }
    const { body } = await api.call('GET', '/v1/projects/school/history', { token: api.tokens.viewer })
    for (const { by } of body.commits) expect(Object.keys(by)).toEqual(['role'])
  })

  test('leadership and the reporter of the project see the manager', async () => {
    for (const role of ['admin', 'leader', 'reporter'] as const)
      for (const path of ['/v1/projects/school', '/v1/projects/school/history'])
        expect(seen((await api.call('GET', path, { token: api.tokens[role] })).text), `${role} ${path}`).toEqual([
          true,
          true,
          true
        ])
  })

  test('what is noted beside a report is for the same readers: the form promises that it is not published', async () => {
    const path = '/v1/projects/school'
    const delay = { code: 'OTHER', note: '家里有事' }
    const said = { milestoneId: 'C3', percentComplete: 5, forecastFinish: '2021-12-31', delay, note: '问过李工' }
    const report = (body: object) => api.call('POST', `${path}/reports`, { token: api.tokens.reporter, body })
    const accepted = await report({ reports: [said], note: '电话里说的' })
    expect(accepted.status).toBe(201)
    await report({ noChange: true, note: '又问过' })
    const correction = { milestoneId: 'C3', percentComplete: 4, delay }
    const body = { corrects: accepted.body.version, reason: '误填', reports: [correction] }
    expect((await api.call('POST', `${path}/corrections`, { token: api.tokens.admin, body })).status).toBe(201)
    const noted = ['家里有事', '问过李工', '电话里说的', '又问过']
    for (const [token, sees] of [
      [api.tokens.viewer, false],
      [api.tokens.leader, true]
    ] as const) {
      const history = (await api.call('GET', `${path}/history`, { token })).text
      expect(noted.map(words => history.includes(words))).toEqual(noted.map(() => sees))
      expect(history).toContain('"delay":{"code":"OTHER"')
      const { text } = await api.call('GET', path, { token })
      expect([text.includes('家里有事'), text.includes('"code":"OTHER"')]).toEqual([sees, true])
    }
  })

  test('the list of projects and the flags name nobody, whoever asks', async () => {
    for (const path of ['/v1/projects', '/v1/flags'])
      expect(seen((await api.call('GET', path, { token: api.tokens.admin })).text)).toEqual([false, false, false])
  })
})
