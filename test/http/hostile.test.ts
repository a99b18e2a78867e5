import { beforeEach, describe, expect, test } from 'vitest'
import { type Ask, startApi, type TestApi } from './client.ts'
import { plan } from './plans.ts'

let api: TestApi
beforeEach(async () => {
  api = await startApi()
  await api.call('PUT', '/v1/projects/school', { token: api.tokens.admin, body: plan() })
})

const report = (ask: Ask) => api.call('POST', '/v1/projects/school/reports', { token: api.tokens.reporter, ...ask })
const put = (id: string, body: object) =>
  api.call('PUT', `/v1/projects/${id}`, {
    token: api.tokens.admin,
    body: { id, name: '示例', start: '2021-03-01', ...body }
  })

/** Holds work to a time of the processor, so that a busy machine does not fail it. */
const inTime = async <Result>(milliseconds: number, work: () => Promise<Result>): Promise<Result> => {
  const started = process.cpuUsage()
  const result = await work()
  const { user, system } = process.cpuUsage(started)
  expect((user + system) / 1000).toBeLessThan(milliseconds)
  return result
}

describe('JSON of strange shapes', () => {
  test.each([
    ['arrays', '['.repeat(120_000) + ']'.repeat(120_000)],
    ['objects', `${'{"a":'.repeat(40_000)}1${'}'.repeat(40_000)}`],
    ['a note of arrays', `{"noChange":true,"note":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['a long number', `{"reports":[{"milestoneId":"C3","percentComplete":${'9'.repeat(100_000)}}]}`],
    ['a long string', `{"noChange":true,"note":"${'\\u0061'.repeat(40_000)}"}`],
    ['a long key', `{"${'k'.repeat(200_000)}":1}`]
  ])('%s, very deep or very long, are refused and not choked on', async (_name, raw) => {
    const { status } = await inTime(2000, () => report({ raw }))
    expect([400, 422]).toContain(status)
  })

  test.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'])(
    'the key %s pollutes nothing',
    async key => {
      for (const raw of [
        `{"${key}":{"polluted":true},"noChange":true}`,
        `{"noChange":true,"${key}":null}`,
        `{"reports":[{"milestoneId":"C3","percentComplete":50,"${key}":{"polluted":true}}]}`,
        `{"reports":[{"milestoneId":"${key}","percentComplete":50}]}`
      ])
        expect((await report({ raw })).status).toBe(422)
      expect(Object.keys(Object.prototype)).toEqual([])
      expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
    }
  )

  test('what people write comes back as it was written, markup and all', async () => {
    const note = '<script>alert("1")</script> & \' "quotes" \\ עברית 🏫 e\u0301 第一行\n第二行\t尾'
    const answer = await report({ body: { noChange: true, note } })
    expect(answer.body.events[0].note).toBe(note)
    expect(answer.headers['content-type']).toMatch(/^application\/json/)
  })
})

describe('headers', () => {
  test('an X-HTTP-Method-Override or a forwarded identity changes nothing', async () => {
    const headers = {
      'x-http-method-override': 'DELETE',
      'x-forwarded-user': 'admin',
      'x-role': 'admin',
      cookie: `token=${api.tokens.admin}`
    }
    expect((await api.call('GET', '/v1/projects', { headers })).status).toBe(401)
    expect((await api.call('GET', '/v1/projects', { headers, token: api.tokens.viewer })).status).toBe(200)
  })

  test('no answer repeats a header that was sent', async () => {
    const headers = {
      'idempotency-key': 'mark-1',
      'accept-language': 'en;q=mark-2',
      'if-match': '"1"',
      origin: 'https://mark-3.example',
      'x-request-id': 'mark-4'
    }
    const answer = await report({ body: { noChange: true }, headers })
    expect(answer.status).toBe(201)
    expect(JSON.stringify(answer)).not.toMatch(/mark-/)
  })
})

describe('plans that are as large as may be', () => {
  const links = ['FS', 'SS', 'FF', 'SF']
  const dense = Array.from({ length: 500 }, (_, i) => ({
    id: `M${i}`,
    name: `节点 ${i}`,
    duration: i % 3,
    predecessors: Array.from({ length: Math.min(i, 7) }, (_, j) => ({
      milestoneId: `M${i - 1 - j}`,
      type: links[j % 4],
      lag: j - 1
    }))
  }))

  test('500 milestones, 3,500 links: registered, approved, reported and read in seconds', async () => {
    const body = { id: 'large', name: '示例', start: '2021-03-01', milestones: dense }
    expect(JSON.stringify(body).length).toBeLessThan(256 * 1024)
    await inTime(15_000, async () => {
      expect((await put('large', { milestones: dense })).status).toBe(201)
      const at = '/v1/projects/large'
      const { admin: token } = api.tokens
      expect((await api.call('POST', `${at}/baselines`, { token, body: { reason: '首次批准' } })).status).toBe(201)
      const reports = dense.map(({ id }) => ({ milestoneId: id, percentComplete: 10, note: '已开始'.repeat(20) }))
      expect((await api.call('POST', `${at}/reports`, { token, body: { reports } })).status).toBe(201)
      const read = await api.call('GET', at, { token })
      expect(read.status).toBe(200)
      // A Lambda answers with six megabytes at most.
      expect(read.text.length).toBeLessThan(3_000_000)
    })
  }, 60_000)

  test('501 milestones, or 51 links of one, are too many', async () => {
    const many = Array.from({ length: 501 }, (_, i) => ({ id: `M${i}`, name: '节点', duration: 1 }))
    expect((await put('large', { milestones: many })).body.errors[0]).toMatchObject({
      pointer: '/milestones',
      code: 'too-big'
    })
    const linked = [
      ...many.slice(0, 51),
      { id: 'Z', name: '末', duration: 1, predecessors: many.slice(0, 51).map(({ id }) => ({ milestoneId: id })) }
    ]
    expect((await put('large', { milestones: linked })).body.errors[0]).toMatchObject({
      pointer: '/milestones/51/predecessors',
      code: 'too-big'
    })
  })

  test('a calendar with sixty years of exceptions, week by week', async () => {
    const exceptions = Array.from({ length: 2000 }, (_, i) => {
      const day = new Date(Date.UTC(2001, 0, 7 + i * 11)).toISOString().slice(0, 10)
      return { from: day, to: day, working: false }
    })
    await inTime(10_000, async () => {
      const { status } = await put('slow', {
        calendars: { site: { base: 'daily', exceptions } },
        milestones: [{ id: 'A', name: '甲', duration: 3000, calendar: 'site' }]
      })
      expect(status).toBe(201)
    })
  }, 30_000)

  test('calendars upon calendars, fifty deep', async () => {
    const calendars = Object.fromEntries(
      Array.from({ length: 50 }, (_, i) => [`k${i}`, { base: i === 0 ? 'cn' : `k${i - 1}`, week: [1, 2, 3, 4, 5, 6] }])
    )
    await inTime(10_000, async () => {
      const { status } = await put('deep', {
        calendars,
        milestones: [{ id: 'A', name: '甲', duration: 100, calendar: 'k49' }]
      })
      expect(status).toBe(201)
    })
  }, 30_000)
})

describe('dates at the edges', () => {
  test.each(['2021-06-21', '2021-03-01', '1970-01-01'])(
    'a report of a start on %s, the day itself included',
    async date => {
      const answer = await report({
        body: { reports: [{ milestoneId: 'C3', actualStart: date, delay: { code: 'LAND' } }] }
      })
      expect(answer.status).toBe(201)
      expect(answer.body.assessment.milestones[1].status).toBe('in-progress')
    }
  )

  test('a report just before and just after midnight in Shanghai, whatever the clock of the machine says', async () => {
    const body = { reports: [{ milestoneId: 'C1', actualFinish: '2021-06-22', delay: { code: 'LAND' } }] }
    for (const [instant, status] of [
      ['2021-06-21T15:59:59.999Z', 422],
      ['2021-06-21T16:00:00.000Z', 201]
    ] as const) {
      const own = await startApi({ clock: { now: () => instant } })
      await own.call('PUT', '/v1/projects/school', { token: own.tokens.admin, body: plan() })
      const answer = await own.call('POST', '/v1/projects/school/reports', { token: own.tokens.reporter, body })
      expect(answer.status, instant).toBe(status)
    }
  })

  test('a project reported on the last day of all its works is done', async () => {
    api.today('2021-10-14')
    const reports = plan().milestones.map(({ id, baseline }) => ({
      milestoneId: id,
      actualStart: baseline.start,
      actualFinish: baseline.finish
    }))
    const answer = await report({ body: { reports } })
    expect([answer.status, answer.body.assessment.light, answer.body.assessment.percentComplete]).toEqual([
      201,
      'done',
      100
    ])
  })
})

test('a token revoked between two writes writes no more, and its commits stay', async () => {
  const { admin } = api.tokens
  const { body } = await api.call('POST', '/v1/tokens', {
    token: admin,
    body: { role: 'reporter', name: '乙', projects: ['school'] }
  })
  const ask = { token: body.token, body: { noChange: true } }
  expect((await api.call('POST', '/v1/projects/school/reports', ask)).status).toBe(201)
  await api.call('DELETE', `/v1/tokens/${body.id}`, { token: admin })
  expect((await api.call('POST', '/v1/projects/school/reports', ask)).status).toBe(401)
  expect(api.commitCount()).toBe(2)
})

test('two hundred reports at once: every one is in the log, once', async () => {
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, i) => report({ body: { noChange: true, note: `第 ${i} 份` } }))
  )
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
  expect(answers.map(({ body }) => body.version).sort((a, b) => a - b)).toEqual(
    Array.from({ length: 200 }, (_, i) => i + 2)
  )
}, 60_000)
