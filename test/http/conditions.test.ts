import { beforeEach, describe, expect, test } from 'vitest'
import { type Ask, startApi, type TestApi } from './client.ts'
import { plan, span } from './plans.ts'

let api: TestApi
beforeEach(async () => {
  api = await startApi()
  await api.call('PUT', '/v1/projects/school', { token: api.tokens.admin, body: plan() })
})

const reports = '/v1/projects/school/reports'
const report = (ask: Ask = {}) =>
  api.call('POST', reports, { token: api.tokens.reporter, body: { noChange: true }, ...ask })
const withKey = (key: string, ask: Ask = {}) => report({ headers: { 'idempotency-key': key }, ...ask })
const put = (body: object, ask: Ask = {}) =>
  api.call('PUT', '/v1/projects/school', { token: api.tokens.admin, body, ...ask })

describe('Idempotency-Key', () => {
  test('a retry gets the first answer, marked, and nothing is written', async () => {
    const body = { reports: [{ milestoneId: 'C3', percentComplete: 40, delay: { code: 'WEATHER' } }] }
    const first = await withKey('k-1', { body })
    expect([first.status, first.headers['idempotent-replayed']]).toEqual([201, undefined])
    await report()
    // The day after, with another report in between: still what was said then.
    api.today('2021-06-22')
    const again = await withKey('k-1', { body })
    expect(again.status).toBe(201)
    expect(again.headers['idempotent-replayed']).toBe('true')
    expect(again.text).toBe(first.text)
    expect(again.headers.etag).toBe(first.headers.etag)
    expect(api.commitCount()).toBe(3)
  })

  test('the same key with another body, address or method is 422', async () => {
    await withKey('k-1')
    const { milestoneId: _none, ...cancel } = { milestoneId: 'V2', reason: '不再需要' }
    for (const answer of [
      await withKey('k-1', { body: { noChange: true, note: '又一次' } }),
      // Another text of the same content is another body: the key stands for what was sent.
      await withKey('k-1', { raw: '{ "noChange": true }' })
    ])
      expect([answer.status, answer.body.code]).toEqual([422, 'idempotency-key-reused'])

    const { admin: token } = api.tokens
    const headers = { 'idempotency-key': 'k-2' }
    await api.call('POST', '/v1/projects/school/milestones/V2/cancel', { token, headers, body: cancel })
    const other = await api.call('POST', '/v1/projects/school/milestones/C3/cancel', { token, headers, body: cancel })
    expect(other.body.code).toBe('idempotency-key-reused')
    const paused = await api.call('POST', '/v1/projects/school/resume', { token, headers, body: cancel })
    expect(paused.body.code).toBe('idempotency-key-reused')
  })

  test("another person's same key is another key, and so is the same key on another project", async () => {
    const colleague = await api.tokenFor('reporter', ['school', 'second'])
    await put(plan())
    await api.call('PUT', '/v1/projects/second', { token: api.tokens.admin, body: plan({ id: 'second' }) })
    const before = api.commitCount()
    const answers = [
      await withKey('k-1'),
      await withKey('k-1', { token: colleague }),
      await api.call('POST', '/v1/projects/second/reports', {
        token: colleague,
        body: { noChange: true },
        headers: { 'idempotency-key': 'k-1' }
      })
    ]
    for (const { status, headers } of answers)
      expect([status, headers['idempotent-replayed']]).toEqual([201, undefined])
    expect(api.commitCount()).toBe(before + 3)
  })

  test('a refused request is not remembered: put right, it may use its key again', async () => {
    const refused = await withKey('k-1', { body: { reports: [{ milestoneId: 'ZZ', percentComplete: 1 }] } })
    expect(refused.status).toBe(422)
    expect((await withKey('k-1')).status).toBe(201)
  })

  test('a retry is answered even when its If-Match has been overtaken by itself', async () => {
    const headers = { 'idempotency-key': 'k-1', 'if-match': '"1"' }
    expect((await report({ headers })).status).toBe(201)
    const again = await report({ headers })
    expect([again.status, again.headers['idempotent-replayed']]).toEqual([201, 'true'])
  })

  test('is forgotten after a week', async () => {
    await withKey('k-1')
    api.today('2021-06-28')
    await report()
    expect((await withKey('k-1')).headers['idempotent-replayed']).toBe('true')
    api.today('2021-06-30')
    await withKey('k-2')
    expect((await withKey('k-1')).headers['idempotent-replayed']).toBeUndefined()
  })

  test.each(['x', 'x'.repeat(128), '__proto__', 'a/b', '"quoted"', '键', "';--", '%0d%0aSet-Cookie: x=1'])(
    '%j is a key, and stands in no header of an answer',
    async key => {
      const first = await withKey(key)
      expect(first.status).toBe(201)
      const again = await withKey(key)
      expect([again.status, again.headers['idempotent-replayed']]).toEqual([201, 'true'])
      expect(JSON.stringify(again.headers)).not.toContain('Set-Cookie')
    }
  )

  test.each(['', 'x'.repeat(129)])('a key of %j is 400 and named', async key => {
    const answer = await withKey(key)
    expect([answer.status, answer.body.code]).toEqual([400, 'malformed-header'])
    expect(answer.body.errors).toEqual([
      { pointer: 'Idempotency-Key', code: 'wrong-form', message: '应为 1 至 128 个字符' }
    ])
  })

  test('a hundred at once: one commit, and a hundred equal answers', async () => {
    const body = { reports: [{ milestoneId: 'C3', percentComplete: 40, delay: { code: 'WEATHER' } }] }
    const answers = await Promise.all(Array.from({ length: 100 }, () => withKey('k-1', { body })))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect(answers.filter(({ headers }) => headers['idempotent-replayed'] === 'true')).toHaveLength(99)
    expect(api.commitCount()).toBe(2)
  })

  test('a registration replayed is still a creation', async () => {
    const ask = { token: api.tokens.admin, body: plan({ id: 'second' }), headers: { 'idempotency-key': 'k-1' } }
    const first = await api.call('PUT', '/v1/projects/second', ask)
    const again = await api.call('PUT', '/v1/projects/second', ask)
    expect([first.status, again.status]).toEqual([201, 201])
    expect(again.text).toBe(first.text)
    expect(again.headers.location).toBe('/v1/projects/second')
  })
})

describe('If-Match', () => {
  test.each(['"1"', 'W/"1"', '*'])('%s lets the write through at version 1', async value => {
    const answer = await report({ headers: { 'if-match': value } })
    expect([answer.status, answer.headers.etag]).toEqual([201, '"2"'])
  })

  test.each(['"0"', '"2"', '"999999999"'])('%s is 412 with the version that there is', async value => {
    const answer = await report({ headers: { 'if-match': value } })
    expect([answer.status, answer.body.code, answer.headers.etag]).toEqual([412, 'version-conflict', '"1"'])
  })

  test.each(['1', '""', '"x"', '"1', '"-1"', '"1.0"', '"1", "2"', '"1234567890"', ''])(
    '%j is no version: 400, named',
    async value => {
      const answer = await report({ headers: { 'if-match': value } })
      expect([answer.status, answer.body.code]).toEqual([400, 'malformed-header'])
      expect(answer.body.errors[0]).toMatchObject({ pointer: 'If-Match', code: 'wrong-form' })
    }
  )

  test('on a project that is not there: 412 for its registration, 404 for what needs it', async () => {
    const { admin: token } = api.tokens
    for (const value of ['"1"', '*']) {
      const headers = { 'if-match': value }
      const put = await api.call('PUT', '/v1/projects/nope', { token, headers, body: plan({ id: 'nope' }) })
      expect([put.status, put.headers.etag]).toEqual([412, undefined])
      const sent = await api.call('POST', '/v1/projects/nope/reports', { token, headers, body: { noChange: true } })
      expect([sent.status, sent.body.code]).toEqual([404, 'project-not-found'])
    }
  })

  test('of twenty writers with the same version one wins, and the others learn of it', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        report({ headers: { 'if-match': '"1"' }, body: { noChange: true, note: `${i}` } })
      )
    )
    const byStatus = Object.groupBy(answers, ({ status }) => status)
    expect(byStatus[201]).toHaveLength(1)
    expect(byStatus[412]).toHaveLength(19)
    for (const { headers } of byStatus[412] ?? []) expect(headers.etag).toBe('"2"')
    expect(api.commitCount()).toBe(2)
  })
})

describe('PUT of a plan', () => {
  test('registers once: 201 and where it is; the same again changes nothing', async () => {
    const body = plan({ id: 'second' })
    const at = '/v1/projects/second'
    const first = await api.call('PUT', at, { token: api.tokens.admin, body })
    expect([first.status, first.headers.etag, first.headers.location]).toEqual([201, '"1"', at])
    const again = await api.call('PUT', at, { token: api.tokens.admin, body })
    expect([again.status, again.headers.etag, again.headers.location]).toEqual([200, '"1"', undefined])
    expect([again.body.version, again.body.events]).toEqual([1, []])
    expect(again.body.assessment).toEqual(first.body.assessment)
  })

  test('the same again changes nothing, after reports too, in whatever order its fields stand', async () => {
    await report()
    const turned = Object.fromEntries(Object.entries(plan()).reverse())
    const answer = await put(turned)
    expect([answer.status, answer.headers.etag, answer.body.events]).toEqual([200, '"2"', []])
  })

  test('another name is a change: 200 and the next version', async () => {
    const answer = await put(plan({ name: '示例小学教学楼' }))
    expect([answer.status, answer.headers.etag]).toEqual([200, '"2"'])
    expect(answer.body.events[0]).toMatchObject({ type: 'plan-changed', project: { name: '示例小学教学楼' } })
  })

  test('ten different ones at once are ten commits, and the last one stands', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => put(plan({ name: `名称 ${i}` }))))
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200))
    expect(answers.map(({ body }) => body.version).sort((a, b) => a - b)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
    const last = answers.find(({ body }) => body.version === 11)
    const now = await api.call('GET', '/v1/projects/school', { token: api.tokens.admin })
    expect(now.body.project.name).toBe(last?.body.events[0].project.name)
  })

  test('the first baseline never changes; a later one needs a reason where it is later', async () => {
    const { milestones, ...rest } = plan()
    const later = {
      ...rest,
      milestones: milestones.map(m => (m.id === 'U2' ? { ...m, baseline: span('2021-10-15', '2021-10-21') } : m))
    }
    const refused = await put(later)
    expect(refused.body.errors).toContainEqual(
      expect.objectContaining({ pointer: '/milestones/3/baseline', code: 'delay-reason-required' })
    )
    expect((await put({ ...later, delay: { code: 'LAND' } })).status).toBe(200)
    const { body } = await api.call('GET', '/v1/projects/school', { token: api.tokens.viewer })
    expect(body.state.original.dates.U2.finish).toBe('2021-10-14')
    expect(body.state.current.dates.U2.finish).toBe('2021-10-21')
    expect([body.assessment.baselineFinish, body.assessment.currentFinish]).toEqual(['2021-10-14', '2021-10-21'])
  })
})
