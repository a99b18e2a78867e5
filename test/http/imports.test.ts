import { gzipSync } from 'node:zlib'
import { beforeEach, describe, expect, test } from 'vitest'
import { pred, project, task, xer } from '../import/xer.ts'
import { type Answer, startApi, type TestApi } from './client.ts'
import { plan } from './plans.ts'

let api: TestApi
beforeEach(async () => {
  api = await startApi()
  api.today('2026-03-02')
})

const planned = (from: string, to: string) => ({
  target_start_date: `2026-03-${from} 08:00`,
  target_end_date: `2026-03-${to} 17:00`
})
const TASKPRED = [pred(2, 1)]
const march = (last: string, first: object = {}) =>
  xer({
    ...project,
    PROJECT: [{ ...project.PROJECT[0], last_recalc_date: `2026-03-${last} 00:00` }],
    TASK: [{ ...task(1, 16, planned('02', '03')), ...first }, task(2, 8, planned('04', '04'))],
    TASKPRED
  })
const done = {
  status_code: 'TK_Complete',
  act_start_date: '2026-03-02 08:00',
  act_end_date: '2026-03-03 17:00',
  remain_drtn_hr_cnt: 0
}
const late = { ...done, act_end_date: '2026-03-04 12:00' }

const send = (query: string, bytes: Uint8Array, headers: Record<string, string> = {}): Promise<Answer> =>
  api.call('POST', `/v1/imports?${query}`, {
    token: api.tokens.admin,
    bytes,
    headers: { 'content-type': 'application/octet-stream', ...headers }
  })

const codes = ({ body }: Answer) => body.errors.map(({ code }: { code: string }) => code)

describe('an import', () => {
  test('says what it would change and writes nothing', async () => {
    const answer = await send('project=yard', march('02'))
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({
      project: 'yard',
      format: 'primavera-xer',
      action: 'register',
      milestones: { total: 2, added: ['A1', 'A2'], vanished: [] },
      conflicts: [],
      applied: false,
      version: 0
    })
    expect(api.commitCount()).toBe(0)
  })

  test('registers the plan, reports what the next file says, and does neither twice', async () => {
    expect((await send('project=yard&apply', march('02'))).status).toBe(201)
    api.today('2026-03-04')
    const next = await send('project=yard&apply=true', march('04', done))
    expect([next.status, next.body.action, next.body.reports.length]).toEqual([201, 'none', 1])
    expect(next.headers.etag).toBe(`"${next.body.version}"`)
    const commits = api.commitCount()
    const again = await send('project=yard&apply=true', march('04', done))
    expect([again.status, again.body.reports, api.commitCount()]).toEqual([200, [], commits])
    const stored = await api.call('GET', '/v1/projects/yard', { token: api.tokens.admin })
    expect(stored.body.project.schedulingRules).toEqual({ program: 'p6' })
    expect(stored.body.assessment.milestones[0]).toMatchObject({ id: 'A1', status: 'done' })
  })

  test('writes nothing while the tracker would refuse any of it, and says of which milestone', async () => {
    await send('project=yard&apply', march('02'))
    api.today('2026-03-05')
    const asked = await send('project=yard', march('05', late))
    expect(asked.body.conflicts).toMatchObject([{ milestoneId: 'A1', code: 'delay-reason-required' }])
    const commits = api.commitCount()
    const refused = await send('project=yard&apply', march('05', late))
    expect([refused.status, codes(refused), api.commitCount()]).toEqual([422, ['delay-reason-required'], commits])
    expect(refused.body.errors[0].message).toMatch(/^A1: /)
    expect((await send('project=yard&apply&delay=LAND', march('05', late))).status).toBe(201)
  })

  test('that contradicts the state is 409: an approved date that is locked stays', async () => {
    await send('project=yard&apply', march('02'))
    const moved = march('02', planned('03', '04'))
    const kept = await send('project=yard&apply', moved)
    expect([kept.status, kept.body.moves]).toMatchObject([200, [{ id: 'A1', later: true, sent: false }]])
    const refused = await send('project=yard&apply&rebaseline&delay=LAND', moved)
    expect([refused.status, refused.body.code, codes(refused)]).toEqual([409, 'refused-by-state', ['date-locked']])
  })

  test('that is overtaken by another writes nothing twice, and says so', async () => {
    await send('project=yard&apply', march('02'))
    api.today('2026-03-04')
    const answers = await Promise.all([1, 2, 3].map(() => send('project=yard&apply', march('04', done))))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 412, 412])
    const { body } = await api.call('GET', '/v1/projects/yard/history', { token: api.tokens.admin })
    const reports = body.commits.filter(({ events }: { events: { type: string }[] }) =>
      events.some(({ type }) => type === 'progress-reported')
    )
    expect(reports).toHaveLength(1)
  })

  test('of a new project that is overtaken does not change what the other brought', async () => {
    const others = [march('02'), march('02', planned('03', '04'))]
    const answers = await Promise.all(others.map(file => send('project=yard&apply', file)))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 412])
    expect(api.commitCount()).toBe(1)
  })

  test('sent again with its key writes nothing twice, and is answered as the first was', async () => {
    const headers = { 'idempotency-key': 'plan-1' }
    const first = await send('project=yard&apply', march('02'), headers)
    expect([first.status, first.headers['idempotent-replayed']]).toEqual([201, undefined])
    await send('project=yard&apply', march('04', done))
    api.today('2026-03-05')
    const commits = api.commitCount()
    const again = await send('project=yard&apply', march('02'), headers)
    expect([again.status, again.headers['idempotent-replayed'], api.commitCount()]).toEqual([201, 'true', commits])
    expect([again.text, again.headers.etag]).toEqual([first.text, first.headers.etag])
    for (const answer of [
      await send('project=yard&apply', march('03'), headers),
      await send('project=yard&apply&rebaseline', march('02'), headers)
    ])
      expect([answer.status, answer.body.code]).toEqual([422, 'idempotency-key-reused'])
  })

  test('of several commands that broke off goes on where it stopped', async () => {
    // Registered and reported by one file: the second append is lost with the process.
    const { log } = api.deps
    let appends = 0
    const broken = await startApi({
      log: {
        ...log,
        append: (...args) => {
          appends += 1
          if (appends === 2) throw new Error('the process died')
          return log.append(...args)
        }
      }
    })
    broken.today('2026-03-04')
    const ask = () =>
      broken.call('POST', '/v1/imports?project=yard&apply', {
        token: broken.tokens.admin,
        bytes: march('04', done),
        headers: { 'content-type': 'application/octet-stream', 'idempotency-key': 'k' }
      })
    await expect(ask()).rejects.toThrow(/500/)
    const again = await ask()
    expect([again.status, again.headers['idempotent-replayed'], again.body.action]).toEqual([
      201,
      undefined,
      'register'
    ])
    const history = await log.commits('yard')
    expect(history.map(({ version }) => version)).toEqual([1, 2])
    expect((await ask()).headers['idempotent-replayed']).toBe('true')
    expect(await log.commits('yard')).toHaveLength(2)
  })

  test('of a project document goes into the project that it names', async () => {
    const body = plan({ id: 'brought-in' })
    const ask = { token: api.tokens.admin, body }
    const answer = await api.call('POST', '/v1/imports?apply&kind=project-json', ask)
    expect([answer.status, answer.body.project]).toEqual([201, 'brought-in'])
    expect((await api.call('POST', '/v1/imports?apply', ask)).body).toMatchObject({ action: 'none', applied: true })
  })

  test('may come in gzip, and as any type that such files are sent as', async () => {
    const gzip = { 'content-encoding': 'gzip' }
    expect((await send('project=yard', gzipSync(march('02')), gzip)).body.action).toBe('register')
    expect((await send('project=yard', march('02'), { 'content-type': 'text/plain; charset=gbk' })).status).toBe(200)
    expect(codes(await send('project=yard', march('02'), gzip))).toEqual(['wrong-form'])
    const bomb = gzipSync(Buffer.alloc(33 * 1024 * 1024))
    expect((await send('project=yard', bomb, gzip)).status).toBe(413)
  })

  test.each([
    ['a file that is none', 'project=yard', 'hello', 422, 'unknown-format'],
    ['a broken one', 'project=yard', 'ERMHDR\n%R\t1', 422, 'not-xer'],
    ['another format than was said', 'project=yard&kind=ms-project-xml', 'ERMHDR', 422, 'not-xml'],
    [
      'a document with a wrong field',
      'project=yard',
      '{"id":"a","name":"","start":"2026-03-02","milestones":[]}',
      422,
      'too-small'
    ],
    ['a name that the file has not', 'project=yard&milestones=A9', undefined, 422, 'unknown-milestone'],
    ['no project', '', undefined, 422, 'required'],
    ['a project that can be none', 'project=../x', undefined, 422, 'wrong-form'],
    ['a reason that is none', 'project=yard&delay=LAZY', undefined, 422, 'unknown-value'],
    ['a reason that nobody wrote down', 'project=yard&delay=OTHER', undefined, 422, 'note-required']
  ])('with %s is refused', async (_name, query, text, status, code) => {
    const answer = await send(query, text === undefined ? march('02') : new TextEncoder().encode(text))
    expect([answer.status, codes(answer)]).toEqual([status, [code]])
    expect(api.commitCount()).toBe(0)
  })

  test('whose text broke on the way is refused, not stored with its characters broken', async () => {
    const raw = 'ERMHDR\t8.0\n%T\tPROJECT\t\uFFFD\uFFFD'
    const ask = { token: api.tokens.admin, raw, headers: { 'content-type': 'text/plain' } }
    const answer = await api.call('POST', '/v1/imports?project=yard&apply', ask)
    expect([answer.status, codes(answer)]).toEqual([422, ['broken-characters']])
  })

  test('of another type is 415', async () => {
    const answer = await send('project=yard', march('02'), { 'content-type': 'image/png' })
    expect([answer.status, answer.body.code]).toEqual([415, 'unknown-media-type'])
  })
})
