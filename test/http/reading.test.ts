import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Commit } from '../../functions/core/events.ts'
import { fold } from '../../functions/core/evolve.ts'
import { refreshSnapshot } from '../../functions/flows/refresh.ts'
import { createApi } from '../../functions/http/api.ts'
import { eventOf, startApi, type TestApi } from './client.ts'
import { plan } from './plans.ts'

describe('one project', () => {
  let api: TestApi
  beforeEach(async () => {
    api = await startApi()
    api.today('2021-06-01')
    await api.call('PUT', '/v1/projects/school', { token: api.tokens.admin, body: plan() })
    api.today('2021-06-10')
    const reports = [{ milestoneId: 'C1', actualStart: '2021-03-01', actualFinish: '2021-03-01' }]
    await api.call('POST', '/v1/projects/school/reports', { token: api.tokens.reporter, body: { reports } })
    api.today('2021-06-21')
  })
  const get = (path = '') => api.call('GET', `/v1/projects/school${path}`, { token: api.tokens.viewer })

  test('plan, state and assessment of today, with its version as ETag', async () => {
    const { status, headers, body } = await get()
    expect([status, headers.etag]).toEqual([200, '"2"'])
    expect(body.project.milestones.map(({ id }: { id: string }) => id)).toEqual(['C1', 'C3', 'V2', 'U2'])
    expect(body.state).toMatchObject({ status: 'active', registeredOn: '2021-06-01', lastReportOn: '2021-06-10' })
    expect(body.assessment).toMatchObject({ projectId: 'school', dataDate: '2021-06-21', requiredBy: '2021-12-31' })
    // The keys of other people's requests are nobody's business.
    expect(body.state.requests).toBeUndefined()
  })

  test('what was known on an earlier data date, the day itself included', async () => {
    const before = await get('?dataDate=2021-06-09')
    expect([before.body.version, before.body.assessment.dataDate]).toEqual([1, '2021-06-09'])
    expect(before.body.state.progress).toEqual({})
    const then = await get('?dataDate=2021-06-10')
    expect([then.body.version, then.body.state.lastReportOn]).toEqual([2, '2021-06-10'])
  })

  test('before its registration a project is looked at as it was registered', async () => {
    const { status, body } = await get('?dataDate=2021-03-01')
    expect([status, body.version, body.assessment.dataDate]).toEqual([200, 1, '2021-03-01'])
  })

  test.each(['1970-01-01', '2021-02-28', '2024-02-29', '2100-01-01', '2199-12-31'])(
    'on %s, in reasonable time',
    async date => {
      const started = process.cpuUsage()
      const { status, body } = await get(`?dataDate=${date}`)
      expect([status, body.assessment.dataDate]).toEqual([200, date])
      expect(process.cpuUsage(started).user / 1000).toBeLessThan(2000)
    }
  )

  test('dates that step back at midnight, where two clocks differ, leave no hole in what was known', async () => {
    for (const date of ['2021-06-12', '2021-06-11', '2021-06-20']) {
      const { state, hash } = await api.deps.log.load('school')
      const commit: Commit = {
        project: 'school',
        version: state.version + 1,
        events: [{ type: 'no-change-reported' }],
        by: { id: 'x', role: 'reporter' },
        at: `${date}T02:00:00.000Z`,
        date
      }
      const after = fold(state, [commit])
      if (after.status === 'unregistered') throw new Error('not registered')
      await api.deps.log.append(commit, hash, after)
    }
    for (const [date, version] of [
      ['2021-06-10', 2],
      ['2021-06-11', 2],
      ['2021-06-12', 4],
      ['2021-06-19', 4],
      ['2021-06-20', 5]
    ] as const)
      expect((await get(`?dataDate=${date}`)).body.version, date).toBe(version)
  })

  test('a project that is not there, or an id that none can have, is 404', async () => {
    for (const id of ['nope', 'School', '..', '%2e%2e', '%E0%A4%A', '项目', '__proto__', 'x'.repeat(3000), 'a b', '*'])
      for (const path of ['', '/history', '/history?cursor=5']) {
        const answer = await api.call('GET', `/v1/projects/${id}${path}`, { token: api.tokens.viewer })
        expect([answer.status, answer.body.code], id).toEqual([404, 'project-not-found'])
      }
    for (const id of ['nope', 'x'.repeat(3000)])
      for (const [method, path, body] of [
        ['POST', '/reports', { noChange: true }],
        ['POST', '/baselines', { reason: 'x' }],
        ['POST', '/pause', { reason: 'x', reviewOn: '2021-07-01' }],
        ['POST', '/resume', { reason: 'x' }],
        ['POST', '/milestones/C1/cancel', { reason: 'x' }],
        ['POST', '/corrections', { corrects: 1, reason: 'x', reports: [{ milestoneId: 'C1', percentComplete: 1 }] }]
      ] as const) {
        const answer = await api.call(method, `/v1/projects/${id}${path}`, { token: api.tokens.admin, body })
        expect([answer.status, answer.body.code], path).toEqual([404, 'project-not-found'])
      }
  })
})

describe('history', () => {
  let api: TestApi
  beforeAll(async () => {
    api = await startApi()
    await api.call('PUT', '/v1/projects/school', { token: api.tokens.admin, body: plan() })
    for (let i = 2; i <= 45; i += 1)
      await api.call('POST', '/v1/projects/school/reports', {
        token: api.tokens.reporter,
        body: { noChange: true, note: `第 ${i} 次` }
      })
  })
  const page = (query: string) => api.call('GET', `/v1/projects/school/history${query}`, { token: api.tokens.leader })
  const versions = (body: { commits: { version: number }[] }) => body.commits.map(({ version }) => version)

  test('newest first, each page after the one before, none twice, none left out', async () => {
    const found: number[] = []
    let query = '?limit=10'
    for (let pages = 1; ; pages += 1) {
      const { body } = await page(query)
      found.push(...versions(body))
      if (body.cursor === undefined) {
        expect(pages).toBe(5)
        break
      }
      query = `?limit=10&cursor=${body.cursor}`
    }
    expect(found).toEqual(Array.from({ length: 45 }, (_, i) => 45 - i))
  })

  test('a page that ends with the first commit leads nowhere', async () => {
    expect((await page('?limit=45')).body.cursor).toBeUndefined()
    expect((await page('?limit=44')).body.cursor).toBe('2')
    expect((await page('?limit=200')).body.cursor).toBeUndefined()
    expect((await page('?cursor=1')).body).toEqual({ commits: [] })
    expect(versions((await page('?cursor=9007199254740991&limit=1')).body)).toEqual([45])
  })

  test('each commit is chained to the one before and holds no request key', async () => {
    const { body, text } = await page('?limit=45')
    for (const [i, { previousHash }] of body.commits.entries())
      expect(previousHash).toBe(body.commits[i + 1]?.hash ?? '0'.repeat(64))
    expect(text).not.toContain('request')
    expect(text).not.toContain('nonce')
  })
})

describe('lists', () => {
  let api: TestApi
  const projects = Array.from({ length: 25 }, (_, i) => ({
    id: `p-${String(i).padStart(2, '0')}`,
    programme: i % 2 ? '续建启用' : '启动实施',
    town: ['运河街道', '泥沟镇', '张山子镇'][i % 3]
  }))
  beforeAll(async () => {
    api = await startApi()
    for (const { id, programme, town } of projects)
      await api.call('PUT', `/v1/projects/${id}`, {
        token: api.tokens.admin,
        body: plan({
          id,
          programme,
          town,
          ...(id === 'p-07' ? { milestones: [{ id: 'A', name: '甲', duration: 5 }] } : {})
        })
      })
  }, 30_000)
  const list = (query = '') => api.call('GET', `/v1/projects${query}`, { token: api.tokens.viewer })
  const idsOf = (body: { projects: { id: string }[] }) => body.projects.map(({ id }) => id)

  test.each([1, 7, 24, 25, 26, 200])('pages of %i hold every project once', async limit => {
    const found: string[] = []
    let query = `?limit=${limit}`
    for (let pages = 0; pages < 30; pages += 1) {
      const { body } = await list(query)
      expect(body.projects.length).toBeLessThanOrEqual(limit)
      found.push(...idsOf(body))
      if (body.cursor === undefined) break
      expect(encodeURIComponent(body.cursor)).toBe(body.cursor)
      query = `?limit=${limit}&cursor=${body.cursor}`
    }
    expect(found.sort()).toEqual(projects.map(({ id }) => id))
  })

  test('filters hold alone and together, and across pages', async () => {
    const expected = projects.filter(({ programme, town }) => programme === '续建启用' && town === '泥沟镇')
    const query = `?programme=${encodeURIComponent('续建启用')}&town=${encodeURIComponent('泥沟镇')}`
    expect(idsOf((await list(query)).body).sort()).toEqual(expected.map(({ id }) => id))
    const first = await list(`${query}&limit=1`)
    const second = await list(`${query}&limit=200&cursor=${first.body.cursor}`)
    expect([...idsOf(first.body), ...idsOf(second.body)].sort()).toEqual(expected.map(({ id }) => id))
    expect(idsOf((await list('?light=no-baseline')).body)).toEqual(['p-07'])
    expect((await list('?light=done')).body).toEqual({ projects: [] })
    expect((await list('?town=constructor')).body).toEqual({ projects: [] })
  })

  test('flags stand gravest first, with their project, and texts in both languages', async () => {
    const { body } = await api.call('GET', '/v1/flags', { token: api.tokens.leader })
    const order = ['red', 'stale', 'yellow', 'no-baseline', 'paused', 'blue']
    const ranks = body.flags.map(({ severity }: { severity: string }) => order.indexOf(severity))
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b))
    expect(new Set(body.flags.map(({ project }: { project: string }) => project)).size).toBe(25)
    for (const { text, since } of body.flags) {
      expect(text.zh).toMatch(/\p{Script=Han}/u)
      expect(`${text.zh}${text.en}`).not.toMatch(/undefined|NaN/)
      expect(since).toBe('2021-06-21')
    }
  })

  test('changes since a date, that day included, over all projects', async () => {
    api.today('2021-06-25')
    await api.call('POST', '/v1/projects/p-03/reports', { token: api.tokens.admin, body: { noChange: true } })
    const since = async (date: string) =>
      (await api.call('GET', `/v1/changes?since=${date}`, { token: api.tokens.leader })).body
    expect((await since('2021-06-21')).changes).toHaveLength(25)
    const { changes } = await since('2021-06-22')
    expect(changes.map(({ project }: { project: string }) => project)).toEqual(['p-03'])
    expect(changes[0].commits.map(({ version }: { version: number }) => version)).toEqual([2])
    expect((await since('2021-06-25')).changes).toHaveLength(1)
    expect((await since('2021-06-26')).changes).toEqual([])
    expect((await since('1970-01-01')).changes).toHaveLength(25)
  })

  test('changes of more commits than one page of the log are all there', async () => {
    for (let i = 0; i < 60; i += 1)
      await api.call('POST', '/v1/projects/p-04/reports', { token: api.tokens.admin, body: { noChange: true } })
    const { body } = await api.call('GET', '/v1/changes?since=2021-06-25', { token: api.tokens.leader })
    const own = body.changes.find(({ project }: { project: string }) => project === 'p-04')
    expect(own.commits.map(({ version }: { version: number }) => version)).toEqual(
      Array.from({ length: 60 }, (_, i) => 61 - i)
    )
  }, 30_000)

  test('a list reads the snapshots, a project its log: a writer sees its own write while the stream lags', async () => {
    const { states, items } = api
    const lagging = states.get('p-05')
    await api.call('POST', '/v1/projects/p-05/pause', {
      token: api.tokens.admin,
      body: { reason: '停工', reviewOn: '2021-08-01' }
    })
    if (lagging) states.set('p-05', lagging)
    expect((await api.call('GET', '/v1/projects/p-05', { token: api.tokens.viewer })).body.assessment.light).toBe(
      'paused'
    )
    expect(idsOf((await list('?light=paused')).body)).toEqual([])
    expect(items.get('p-05')?.size).toBe(2)
    await refreshSnapshot('p-05', api.deps)
    expect(idsOf((await list('?light=paused')).body)).toEqual(['p-05'])
  })
})

test('work promised for the last day there is takes no list down', async () => {
  const api = await startApi()
  await api.call('PUT', '/v1/projects/school', { token: api.tokens.admin, body: plan() })
  const body = { reports: [{ milestoneId: 'C3', forecastFinish: '2199-12-31', delay: { code: 'FUND' } }] }
  const answer = await api.call('POST', '/v1/projects/school/reports', { token: api.tokens.reporter, body })
  if (answer.status === 422) return
  for (const path of ['/v1/projects', '/v1/projects/school', '/v1/flags', '/v1/changes?since=2021-01-01'])
    expect((await api.call('GET', path, { token: api.tokens.leader })).status, path).toBe(200)
})

test('HEAD answers as GET does, without a body', async () => {
  const api = await startApi()
  await api.call('PUT', '/v1/projects/school', { token: api.tokens.admin, body: plan() })
  const handler = createApi(api.deps, error => {
    throw error
  })
  for (const [path, token] of [
    ['/v1/health', undefined],
    ['/v1/projects/school', api.tokens.viewer],
    ['/v1/projects/nope', api.tokens.viewer],
    ['/v1/projects', undefined]
  ] as const) {
    const [head, get] = [
      await handler(eventOf('HEAD', path, { token }), {} as never),
      await handler(eventOf('GET', path, { token }), {} as never)
    ]
    expect([head.statusCode, head.headers, head.body], path).toEqual([get.statusCode, get.headers, undefined])
  }
})

describe('the agenda', () => {
  test('a reporter is told of its own projects, an admin of all, others of none', async () => {
    const api = await startApi()
    for (const id of ['school', 'other'])
      await api.call('PUT', `/v1/projects/${id}`, { token: api.tokens.admin, body: plan({ id }) })
    const projectsOf = async (token: string) => {
      const { body } = await api.call('GET', '/v1/agenda', { token })
      return body.projects.map(({ id }: { id: string }) => id)
    }
    expect(await projectsOf(await api.tokenFor('reporter', ['other', 'not-there']))).toEqual(['other'])
    expect((await projectsOf(api.tokens.admin)).toSorted()).toEqual(['other', 'school'])
    expect(await projectsOf(api.tokens.viewer)).toEqual([])
    expect(await projectsOf(api.tokens.leader)).toEqual([])
  })

  test('says who the bearer is, what day it is and which milestones are open', async () => {
    const api = await startApi()
    await api.call('PUT', '/v1/projects/school', { token: api.tokens.admin, body: plan() })
    const { body } = await api.call('GET', '/v1/agenda', { token: api.tokens.reporter })
    expect(body).toMatchObject({ today: '2021-06-21', demonstrationClock: false, bearer: { role: 'reporter' } })
    expect(body.projects[0].milestones.map(({ id }: { id: string }) => id)).toEqual(['C1', 'C3', 'V2', 'U2'])
  })
})
