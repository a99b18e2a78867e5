import {
  answerOf,
  bearer,
  conditions,
  type DataOf,
  type Outcome,
  pagesOf,
  type TrackerClient,
  trackerClient
} from '@capital-project-tracker/client'
import { beforeEach, describe, expect, it } from 'vitest'
import { startApi, type TestApi } from '../http/client.ts'

/** What was answered, in a test that expects a yes. */
const dataOf = <Call extends Outcome>(call: Call): DataOf<Call> => {
  const answer = answerOf(call)
  if (answer.type !== 'done') throw new Error(JSON.stringify(answer))
  return answer.data
}

let api: TestApi
let admin: TrackerClient

/** The API behind a fetch, as the gateway puts it there. */
const overFetch = async (request: Request): Promise<Response> => {
  const { pathname, search } = new URL(request.url)
  const bytes = new Uint8Array(await request.arrayBuffer())
  const { status, headers, text } = await api.call(request.method, pathname + search, {
    headers: Object.fromEntries(request.headers),
    ...(bytes.length === 0 ? {} : { bytes })
  })
  return new Response(status === 204 ? null : text, { status, headers })
}

const clientOf = (token: string) =>
  trackerClient({ url: 'http://tracker.test/', authorise: bearer(token), fetch: overFetch })

const put = (id: string) =>
  admin.PUT('/v1/projects/{id}', {
    params: { path: { id } },
    body: { id, name: '示例小学', start: '2021-03-01', milestones: [{ id: 'C1', name: '开工', duration: 10 }] }
  })

beforeEach(async () => {
  api = await startApi()
  admin = clientOf(api.tokens.admin)
})

describe('a request', () => {
  it('is answered with its data and the version they have', async () => {
    expect(answerOf(await put('school'))).toMatchObject({
      type: 'done',
      data: { project: 'school', assessment: { light: 'no-baseline' } },
      version: 1,
      replayed: false
    })
  })

  it('is refused as a problem that names its fields, in the language asked for', async () => {
    await put('school')
    const reporter = (language: 'zh' | 'en') =>
      trackerClient({
        url: 'http://tracker.test',
        authorise: bearer(api.tokens.reporter),
        language,
        fetch: overFetch
      }).POST('/v1/projects/{id}/reports', {
        params: { path: { id: 'school' } },
        body: { reports: [{ milestoneId: 'NOPE', percentComplete: 5 }] }
      })
    for (const [language, word] of [
      ['zh', /没有|无/],
      ['en', /no milestone/i]
    ] as const) {
      const answer = answerOf(await reporter(language))
      expect(answer).toMatchObject({
        type: 'refused',
        problem: { status: 422, code: 'not-valid', errors: [{ pointer: '/reports/0/milestoneId' }] }
      })
      if (answer.type === 'refused') expect(answer.problem.detail).toMatch(word)
    }
  })

  it('without a token is refused, except where anyone may ask', async () => {
    const nobody = trackerClient({ url: 'http://tracker.test', fetch: overFetch })
    expect(answerOf(await nobody.GET('/v1/projects'))).toMatchObject({ problem: { code: 'not-authenticated' } })
    expect(dataOf(await nobody.GET('/v1/health')).today).toBe('2021-06-21')
  })

  it('that something else answers is no refusal of the tracker', async () => {
    const behind = (answer: () => Response) =>
      trackerClient({ url: 'http://tracker.test', fetch: async () => answer() }).GET('/v1/health')
    const gateway = answerOf(await behind(() => Response.json({ message: 'Too Many Requests' }, { status: 429 })))
    expect(gateway).toEqual({ type: 'unexpected', status: 429, text: '{"message":"Too Many Requests"}' })
    expect(answerOf(await behind(() => new Response(null, { status: 502 })))).toMatchObject({ type: 'unexpected' })
    await expect(behind(() => new Response('<p>Sign in to the network</p>'))).rejects.toThrow()
  })
})

it('what the tracker does not know does not compile', async () => {
  // @ts-expect-error there is no such address
  expect(answerOf(await admin.GET('/v1/schools'))).toMatchObject({ problem: { code: 'not-found' } })
  const params = { path: { id: 'school' } }
  // @ts-expect-error a progress report names its milestone
  const nameless = await admin.POST('/v1/projects/{id}/reports', { params, body: { reports: [{}] } })
  expect(answerOf(nameless)).toMatchObject({ type: 'refused' })
  const answer = await admin.GET('/v1/projects', { params: { query: { limit: 1 } } })
  // @ts-expect-error a list has no such field
  expect(dataOf(answer).schools).toBeUndefined()
})

describe('a write', () => {
  const report = (held: Parameters<typeof conditions>[0], note: string) =>
    admin.POST('/v1/projects/{id}/reports', {
      params: { path: { id: 'school' }, header: conditions(held) },
      body: { noChange: true, note }
    })

  it('sent twice under one key is done once', async () => {
    await put('school')
    const key = '第一次点击'
    const first = answerOf(await report({ key }, '已核实'))
    const again = answerOf(await report({ key }, '已核实'))
    expect(first).toMatchObject({ version: 2, replayed: false })
    expect(again).toMatchObject({ version: 2, replayed: true })
    expect(answerOf(await report({ key }, '另一份'))).toMatchObject({
      problem: { code: 'idempotency-key-reused' }
    })
  })

  it('held to a version is refused at another', async () => {
    await put('school')
    expect(answerOf(await report({ version: 1 }, '甲'))).toMatchObject({ version: 2 })
    expect(answerOf(await report({ version: 1 }, '乙'))).toMatchObject({ problem: { code: 'version-conflict' } })
  })

  it('that answers nothing has no data', async () => {
    const { id } = dataOf(await admin.POST('/v1/tokens', { body: { role: 'viewer', name: '王五' } }))
    expect(answerOf(await admin.DELETE('/v1/tokens/{id}', { params: { path: { id } } }))).toMatchObject({
      type: 'done',
      data: undefined
    })
  })

  it('of a file sends its bytes as they are', async () => {
    const xml =
      '<Project><StartDate>2021-03-01T08:00:00</StartDate><Tasks><Task><UID>1</UID><Name>甲</Name><Duration>PT16H0M0S</Duration></Task></Tasks></Project>'
    const imported = await admin.POST('/v1/imports', {
      params: { query: { project: 'school', apply: 'true' } },
      body: new Blob([xml]),
      headers: { 'content-type': 'application/octet-stream' }
    })
    expect(dataOf(imported)).toMatchObject({ action: 'register', applied: true, milestones: { total: 1 } })
  })
})

describe('a list', () => {
  it('is read page by page, and only as far as somebody reads', async () => {
    for (const id of ['a', 'b', 'c', 'd', 'e']) await put(id)
    let asked = 0
    const pages = () =>
      pagesOf(cursor => {
        asked += 1
        return admin.GET('/v1/projects', { params: { query: { limit: 2, cursor } } }).then(dataOf)
      })
    const all = await Array.fromAsync(pages())
    expect(all.map(({ projects }) => projects.map(({ id }) => id))).toEqual([['a', 'b'], ['c', 'd'], ['e']])
    asked = 0
    for await (const _page of pages()) break
    expect(asked).toBe(1)
  })

  it('stops with what a page was refused for', async () => {
    const pages = pagesOf(() => admin.GET('/v1/projects', { params: { query: { cursor: 'nonsense' } } }).then(dataOf))
    await expect(Array.fromAsync(pages)).rejects.toThrow('not-valid')
  })
})
