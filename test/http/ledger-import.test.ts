import { beforeEach, describe, expect, test } from 'vitest'
import { workbookType } from '../../functions/import/ledger-form.ts'
import { type Entry, edited, type Where } from '../import/ledger-copy.ts'
import { type Answer, startApi, type TestApi } from './client.ts'
import { plan } from './plans.ts'

let api: TestApi
beforeEach(async () => {
  api = await startApi()
  for (const id of ['school', 'other'])
    await api.call('PUT', `/v1/projects/${id}`, { token: api.tokens.admin, body: plan({ id }) })
})

const exported = async (kind = 'ledger'): Promise<Uint8Array> => {
  const { text } = await api.call('GET', `/v1/exports/${kind}`, { token: api.tokens.leader })
  return kind === 'ledger' ? Buffer.from(text, 'base64') : Buffer.from(text)
}

const send = (bytes: Uint8Array, query = '', headers: Record<string, string> = {}): Promise<Answer> =>
  api.call('POST', `/v1/imports${query}`, {
    token: api.tokens.admin,
    bytes,
    headers: { 'content-type': workbookType, ...headers }
  })

const apply = (bytes: Uint8Array, headers: Record<string, string> = {}) => send(bytes, '?apply', headers)

/** A cell of a milestone, of the project `school` where no other is named. */
const at = (milestone: string, column: string, project = 'school'): Where => ({ project, milestone, column })

const report = (project: string, body: object) =>
  api.call('POST', `/v1/projects/${project}/reports`, { token: api.tokens.admin, body })

const outcomes = ({ body }: Answer) =>
  Object.fromEntries(body.projects.map(({ project, outcome }: Record<string, string>) => [project, outcome]))

const stateOf = async (project: string) => {
  const { state } = await api.deps.log.load(project)
  if (state.status === 'unregistered') throw new Error('unregistered')
  return state
}

describe('an edited ledger', () => {
  test('without edits changes nothing, as Excel and as CSV', async () => {
    const commits = api.commitCount()
    for (const answer of [
      await apply(await exported()),
      await apply(await exported('ledger-csv'), { 'content-type': 'text/csv' })
    ]) {
      expect([answer.status, outcomes(answer)]).toEqual([200, { school: 'unchanged', other: 'unchanged' }])
      expect(answer.body.strays).toEqual([])
    }
    expect(api.commitCount()).toBe(commits)
  })

  test('is tried first: it lists each change by cell, and writes nothing', async () => {
    const commits = api.commitCount()
    const answer = await send(edited(await exported(), [at('C3', 'percentComplete'), 0.4]))
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({ format: 'excel-ledger', applied: false })
    const [, school] = answer.body.projects
    expect(school).toMatchObject({ project: 'school', outcome: 'changed', conflicts: [], errors: [] })
    expect(school.changes).toEqual([
      {
        sheet: '里程碑',
        cell: 'L7',
        row: 7,
        column: 'percentComplete',
        head: { zh: '完成比例', en: 'Percent complete' },
        milestoneId: 'C3',
        from: 0,
        to: 40
      }
    ])
    expect(api.commitCount()).toBe(commits)
  })

  test('is written as one ordinary report a project, and a second time changes nothing', async () => {
    const copy = edited(
      await exported(),
      [at('C1', 'actualFinish'), { date: '2021-03-05' }],
      [at('C1', 'delay'), 'WEATHER 天气/冬施'],
      [at('C1', 'note'), '连日大雨'],
      [at('C3', 'percentComplete'), 0.4],
      [at('C3', 'forecastFinish'), '2021年7月20日'],
      [at('C3', 'delay'), 'LAND']
    )
    const answer = await apply(copy)
    expect([answer.status, outcomes(answer)]).toEqual([201, { school: 'written', other: 'unchanged' }])
    const [commit] = await api.deps.log.commits('school', { newestFirst: true })
    expect(commit?.version).toBe(2)
    expect(commit?.events[0]).toEqual({
      type: 'progress-reported',
      reports: [
        {
          milestoneId: 'C1',
          actualFinish: '2021-03-05',
          note: '连日大雨',
          delay: { code: 'WEATHER', note: '连日大雨' }
        },
        { milestoneId: 'C3', forecastFinish: '2021-07-20', percentComplete: 40, delay: { code: 'LAND' } }
      ]
    })
    const again = await apply(copy)
    expect([again.status, outcomes(again)]).toEqual([200, { school: 'unchanged', other: 'unchanged' }])
    expect(await api.deps.log.commits('school')).toHaveLength(2)
  })

  test('of two people in two copies is merged where they touch different cells', async () => {
    const sheet = await exported()
    await apply(edited(sheet, [at('C3', 'percentComplete'), 0.4]))
    const answer = await apply(
      edited(sheet, [at('C3', 'actualStart'), { date: '2021-03-02' }], [at('V2', 'percentComplete'), 0.1])
    )
    expect(answer.status).toBe(201)
    expect((await stateOf('school')).progress).toMatchObject({
      C3: { percentComplete: 40, actualStart: '2021-03-02' },
      V2: { percentComplete: 10 }
    })
  })

  test('conflicts where they touch the same, with both values and who wrote the other; others go on', async () => {
    const sheet = await exported()
    await apply(edited(sheet, [at('C3', 'percentComplete'), 0.4]))
    await report('school', { reports: [{ milestoneId: 'V2', percentComplete: 5 }] })
    const copy = edited(
      sheet,
      [at('C3', 'percentComplete'), 0.5],
      [at('C1', 'percentComplete'), 0.9],
      [at('C1', 'percentComplete', 'other'), 0.2]
    )
    const answer = await apply(copy)
    expect([answer.status, outcomes(answer)]).toEqual([201, { school: 'refused', other: 'written' }])
    const { conflicts, version } = answer.body.projects.find((p: { project: string }) => p.project === 'school')
    expect(version).toBe(3)
    expect(conflicts).toMatchObject([
      {
        cell: 'L7',
        milestoneId: 'C3',
        before: 0,
        inSheet: 50,
        now: 40,
        changedBy: { role: 'admin', version: 2, at: '2021-06-21T02:00:00.000Z' }
      }
    ])
    expect(conflicts[0].message).toEqual({
      zh: '表中为 50,系统中已改为 40(导出时为 0;由管理员于 2021-06-21 10:00 更改)',
      en: 'the sheet says 50, and it was changed to 40 meanwhile (0 when exported; by administrator, 2021-06-21 10:00)'
    })
    expect((await stateOf('school')).progress.C1).toBeUndefined()
    // With nothing left that could be written, the whole is a problem.
    const again = await apply(copy)
    expect([again.status, again.body.code]).toEqual([409, 'refused-by-state'])
    expect(again.body.errors[0].message).toMatch(/^school 里程碑!L7 完成比例:表中为 50/)
  })

  test('changed to what was written meanwhile is no conflict', async () => {
    const sheet = await exported()
    await report('school', { reports: [{ milestoneId: 'C3', percentComplete: 40 }] })
    const answer = await apply(edited(sheet, [at('C3', 'percentComplete'), 0.4]))
    expect(outcomes(answer)).toEqual({ school: 'unchanged', other: 'unchanged' })
  })

  test('is refused by cell where the state of the project refuses it, as a report would be', async () => {
    await report('school', { reports: [{ milestoneId: 'C3', percentComplete: 60, actualStart: '2021-03-02' }] })
    const copy = edited(
      await exported(),
      [at('C3', 'percentComplete'), 0.3],
      [at('C3', 'actualStart'), { date: '2021-03-09' }],
      [at('V2', 'forecastFinish'), { date: '2021-11-30' }],
      [at('U2', 'actualFinish'), { date: '2021-12-30' }],
      [at('C1', 'actualStart'), { date: '2021-03-01' }]
    )
    const { body } = await send(copy)
    expect(body.projects[1].errors.map((e: Record<string, string>) => [e.cell, e.code]).sort()).toEqual([
      ['H7', 'already-started'],
      ['I9', 'date-in-future'],
      ['L7', 'progress-went-back'],
      ['N8', 'delay-reason-required'],
      ['N9', 'delay-reason-required']
    ])
    const commits = api.commitCount()
    expect((await apply(copy)).status).toBe(409)
    expect(api.commitCount()).toBe(commits)
  })

  test('may move a date with the reason that stands in its row', async () => {
    await report('school', {
      reports: [{ milestoneId: 'V2', forecastFinish: '2021-10-05', delay: { code: 'WEATHER' } }]
    })
    expect((await apply(edited(await exported(), [at('V2', 'forecastFinish'), { date: '2021-10-20' }]))).status).toBe(
      201
    )
    expect((await stateOf('school')).progress.V2).toMatchObject({
      forecastFinish: '2021-10-20',
      delay: { code: 'WEATHER' }
    })
  })

  test.each<[string, Where, Entry, string]>([
    ['a column of the tracker', at('C3', 'projectedFinish'), { date: '2021-07-01' }, 'read-only'],
    ['its colour', at('C3', 'light'), '绿 · 正常推进', 'read-only'],
    ['a name', at('C3', 'name'), '主体结构', 'read-only'],
    ['an approved date', at('C3', 'baselineFinish'), { date: '2021-08-01' }, 'read-only'],
    ['a reported value emptied', at('C1', 'actualStart'), null, 'cannot-clear'],
    ['a date that is none', at('C3', 'actualStart'), '2021-02-30', 'not-a-date'],
    ['a date that depends on where one lives', at('C3', 'actualStart'), '3/4/2021', 'not-a-date'],
    ['a percentage above all', at('C3', 'percentComplete'), 180, 'not-a-percent'],
    ['a reason that is none', at('C3', 'delay'), 'LAZY', 'unknown-reason'],
    ['a reason that is not said', at('C3', 'delay'), 'OTHER 其他', 'note-required'],
    ['a note longer than any', at('C3', 'note'), '长'.repeat(2001), 'too-long'],
    ['a milestone that is none', at('C3', 'milestoneId'), 'C9', 'unknown-milestone'],
    ['a version that is none', at('C3', 'version'), 99, 'unknown-version'],
    ['a data date of tomorrow', at('C3', 'dataDate'), { date: '2021-06-22' }, 'wrong-data-date'],
    ['no version', at('C3', 'version'), null, 'key-missing'],
    ['a project that is none', at('C3', 'projectId'), 'nowhere', 'unknown-project'],
    ['the log of the bureau', at('C3', 'projectId'), '@bureau', 'unknown-project'],
    ['no project', at('C3', 'projectId'), null, 'key-missing']
  ])('with %s changed is told by cell, and the project left as it was', async (_name, where, entry, code) => {
    await report('school', { reports: [{ milestoneId: 'C1', actualStart: '2021-03-01' }] })
    const copy = edited(await exported(), [at('V2', 'percentComplete'), 0.2], [where, entry])
    const commits = api.commitCount()
    const tried = await send(copy)
    const all = [...tried.body.projects.flatMap((p: { errors: unknown[] }) => p.errors), ...tried.body.strays]
    expect(all.map(error => error.code)).toEqual([code])
    expect(all[0].message.zh).toMatch(/\p{Script=Han}/u)
    const answer = await apply(copy)
    const isStray = ['nowhere', '@bureau', null].includes(entry as string) && where.column === 'projectId'
    // Rows that say to be of no project, or of another one, don't hold up the one that they were taken from.
    expect([answer.status, api.commitCount() - commits]).toEqual(isStray ? [201, 1] : [422, 0])
  })

  test('says of a project that somebody looked and nothing changed, once', async () => {
    const where = { project: 'school', column: 'noChange' }
    const copy = edited(await exported(), [where, '是'])
    expect((await apply(copy)).status).toBe(201)
    const [commit] = await api.deps.log.commits('school', { newestFirst: true })
    expect(commit?.events[0]).toEqual({ type: 'no-change-reported' })
    api.today('2021-06-23')
    expect(outcomes(await apply(copy))).toEqual({ school: 'unchanged', other: 'unchanged' })
    const both = edited(await exported(), [where, '是'], [at('V2', 'percentComplete'), 0.2])
    expect((await send(both)).body.projects[1].errors).toMatchObject([{ cell: 'P3', code: 'no-change-with-changes' }])
  })

  test('counts works that are counted', async () => {
    const count = { unit: '套', total: 68, plan: [{ date: '2021-12-31', value: 68 }] }
    await api.call('PUT', '/v1/projects/flats', { token: api.tokens.admin, body: plan({ id: 'flats', count }) })
    const where = { project: 'flats', column: 'countDone' }
    expect((await apply(edited(await exported(), [where, 12]))).status).toBe(201)
    expect((await stateOf('flats')).countDone).toBe(12)
    const tooMany = await send(edited(await exported(), [where, 70]))
    expect(tooMany.body.projects[0].errors).toMatchObject([{ cell: 'M2', code: 'count-above-total' }])
    const notCounted = await send(edited(await exported(), [{ ...where, project: 'school' }, 3]))
    expect(notCounted.body.projects[2].errors).toMatchObject([{ code: 'not-counted' }])
  })

  test('sent again with its key writes nothing twice, whatever was written since', async () => {
    const headers = { 'idempotency-key': 'sheet-1' }
    const sheet = await exported()
    const copy = edited(sheet, [at('C3', 'percentComplete'), 0.4], [at('C1', 'percentComplete', 'other'), 0.2])
    const first = await apply(copy, headers)
    expect([first.status, first.headers['idempotent-replayed']]).toEqual([201, undefined])
    await report('school', { reports: [{ milestoneId: 'C3', percentComplete: 70 }] })
    const commits = api.commitCount()
    const again = await apply(copy, headers)
    expect([again.status, again.headers['idempotent-replayed'], again.text]).toEqual([201, 'true', first.text])
    expect(api.commitCount()).toBe(commits)
    const other = await apply(edited(sheet, [at('C3', 'percentComplete'), 0.5]), headers)
    expect([other.status, other.body.code]).toEqual([422, 'idempotency-key-reused'])
  })

  test('that is overtaken is merged with what the other wrote', async () => {
    const sheet = await exported()
    const copies = [0.1, 0.2, 0.3].map((done, i) =>
      edited(sheet, [at(['C1', 'C3', 'V2'][i] ?? '', 'percentComplete'), done])
    )
    const answers = await Promise.all(copies.map(copy => apply(copy)))
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201])
    const { progress } = await stateOf('school')
    expect([progress.C1, progress.C3, progress.V2].map(each => each?.percentComplete)).toEqual([10, 20, 30])
  })

  test('of two at once that write the same cell, one is written and the other conflicts', async () => {
    const sheet = await exported()
    const copies = [0.1, 0.2].map(done => edited(sheet, [at('C3', 'percentComplete'), done]))
    const answers = await Promise.all(copies.map(copy => apply(copy)))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
    expect(await api.deps.log.commits('school')).toHaveLength(2)
  })

  test('takes no options of a plan', async () => {
    const answer = await send(await exported(), '?project=school')
    expect([answer.status, answer.body.errors]).toMatchObject([
      422,
      [{ pointer: '?/project', code: 'not-of-a-ledger' }]
    ])
  })
})
