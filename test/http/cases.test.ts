import { beforeEach, describe, expect, test } from 'vitest'
import { type Answer, startApi, type TestApi } from './client.ts'
import { plan } from './plans.ts'

let api: TestApi
let reporter: string

beforeEach(async () => {
  api = await startApi()
  api.today('2021-03-01')
  reporter = await api.tokenFor('reporter', ['school'])
  await api.call('PUT', '/v1/projects/school', { token: api.tokens.admin, body: plan() })
})

const late = { milestoneId: 'C3', forecastFinish: '2021-08-31', delay: { code: 'CONTRACTOR' } }
const reportLate = (project = 'school') =>
  api.call('POST', `/v1/projects/${project}/reports`, { token: api.tokens.admin, body: { reports: [late] } })
const asLeader = (method: string, path: string, body?: object): Promise<Answer> =>
  api.call(method, path, { token: api.tokens.leader, ...(body ? { body } : {}) })
const answer = { committedFinish: '2021-08-31', measure: '增加两个班组,夜间施工' }

describe('A red that fires', () => {
  test('opens a case in the commit of the report, numbered in the register of the bureau', async () => {
    const { body } = await reportLate()
    expect(body.events).toContainEqual({ type: 'case-opened', caseId: 'school.1', rule: 'R1', milestoneId: 'C3' })
    const { status, body: list } = await asLeader('GET', '/v1/cases')
    expect(status).toBe(200)
    expect(list.cases).toEqual([
      expect.objectContaining({
        id: 'school.1',
        number: { year: 2021, serial: 1, text: '〔2021〕第1号' },
        project: 'school',
        projectName: '示例小学综合楼',
        milestoneName: '主体封顶',
        rule: 'R1',
        status: 'open',
        colour: 'blue',
        level: 0,
        openedOn: '2021-03-01',
        deadline: '2021-03-08',
        excuse: 'fault',
        delayCode: 'CONTRACTOR',
        flagUp: true,
        text: expect.objectContaining({ zh: expect.stringContaining('主体封顶计划 2021-07-15,预计 2021-08-31') })
      })
    ])
    expect((await asLeader('GET', '/v1/cases/school.1')).body).toEqual(list.cases[0])
  })

  test('is numbered across projects without a gap, each number once, however many ask at the same time', async () => {
    const ids = Array.from({ length: 12 }, (_, i) => `school-${i}`)
    for (const id of ids) {
      await api.call('PUT', `/v1/projects/${id}`, { token: api.tokens.admin, body: plan({ id }) })
      await reportLate(id)
    }
    const lists = await Promise.all(ids.map(id => asLeader('GET', `/v1/cases/${id}.1`)))
    const serials = lists.map(({ body }) => body.number.serial)
    expect(serials.toSorted((a, b) => a - b)).toEqual(ids.map((_, i) => i + 1))
    const again = (await asLeader('GET', '/v1/cases')).body.cases
    expect(again.map((one: { number: { serial: number } }) => one.number.serial)).toEqual(ids.map((_, i) => i + 1))
  })

  test('is listed by state and project', async () => {
    await reportLate()
    await asLeader('POST', '/v1/cases/school.1/acknowledge', answer)
    const idsOf = async (query: string) =>
      (await asLeader('GET', `/v1/cases?${query}`)).body.cases.map(({ id }: { id: string }) => id)
    expect(await idsOf('status=acknowledged')).toEqual(['school.1'])
    expect(await idsOf('status=open')).toEqual([])
    expect(await idsOf('project=school')).toEqual(['school.1'])
    expect(await idsOf('project=other')).toEqual([])
  })

  test('shows in the list of flags whether it is told, and why not', async () => {
    await reportLate()
    const lifeOf = async (id: string) =>
      (await asLeader('GET', '/v1/flags')).body.flags
        .filter(({ rule, milestoneId }: Record<string, string>) => `${rule}:${milestoneId}` === id)
        .map(({ status, suppressedBy }: Record<string, string>) => [status, suppressedBy])
    expect(await lifeOf('R1:C3')).toEqual([['firing', undefined]])
    await asLeader('POST', '/v1/projects/school/silences', { milestoneId: 'C3', until: '2021-03-20', reason: '评审' })
    expect(await lifeOf('R1:C3')).toEqual([['firing', 'silence']])
  })
})

describe('A case', () => {
  beforeEach(async () => {
    await reportLate()
  })

  test('is answered by the reporter of its project, who is named to leadership', async () => {
    const { status, body } = await api.call('POST', '/v1/cases/school.1/acknowledge', { token: reporter, body: answer })
    expect(status).toBe(201)
    expect(body.events).toContainEqual(
      expect.objectContaining({ type: 'case-acknowledged', caseId: 'school.1', ...answer, expiresOn: '2021-03-08' })
    )
    expect(body.case).toMatchObject({
      status: 'acknowledged',
      deadline: '2021-08-31',
      acknowledgement: { ...answer, on: '2021-03-01', expiresOn: '2021-03-08', author: '测试 reporter' }
    })
  })

  test('answered twice under one key is answered once', async () => {
    const ask = { token: reporter, body: answer, headers: { 'idempotency-key': '1' } }
    const first = await api.call('POST', '/v1/cases/school.1/acknowledge', ask)
    const second = await api.call('POST', '/v1/cases/school.1/acknowledge', ask)
    expect([first.status, second.status, second.headers['idempotent-replayed']]).toEqual([201, 201, 'true'])
    expect(second.body.version).toBe(first.body.version)
  })

  test('is closed with evidence only', async () => {
    for (const body of [{}, { evidence: '' }, { evidence: '   ' }]) {
      const refused = await asLeader('POST', '/v1/cases/school.1/close', body)
      expect([refused.status, refused.body.errors[0].pointer]).toEqual([422, '/evidence'])
    }
    const { status, body } = await asLeader('POST', '/v1/cases/school.1/close', { evidence: '验收记录 2021-06-20' })
    expect([status, body.case.status, body.case.colour, body.case.deadline]).toEqual([201, 'closed', null, null])
  })

  test('is ruled on by a leader: the reason excuses it from now on', async () => {
    const { body } = await asLeader('POST', '/v1/cases/school.1/ruling', { excusable: true, reason: '甲方供材延误' })
    expect(body.case).toMatchObject({ excuse: 'excused', ruling: { code: 'CONTRACTOR', excusable: true } })
  })

  test('that is not there is 404, whatever it is called', async () => {
    for (const id of ['school.2', 'nope.1', 'school', '.1', '%2e%2e', '__proto__.1', 'x'.repeat(3000)]) {
      const read = await asLeader('GET', `/v1/cases/${id}`)
      expect([read.status, read.body.code], id).toEqual([404, 'case-not-found'])
      const written = await asLeader('POST', `/v1/cases/${id}/close`, { evidence: 'x' })
      expect([written.status, written.body.code], id).toEqual([404, 'case-not-found'])
    }
  })

  test('is internal: neither a viewer nor a reporter of another project finds a word of it', async () => {
    await asLeader('POST', '/v1/cases/school.1/acknowledge', answer)
    const other = await api.tokenFor('reporter', ['another'])
    for (const token of [api.tokens.viewer, other])
      for (const path of ['/v1/projects', '/v1/projects/school', '/v1/projects/school/history']) {
        const { status, text } = await api.call('GET', path, { token })
        expect(status).toBe(200)
        expect(text, path).not.toMatch(/school\.1|case-|acknowledge|夜间施工|测试 leader/)
      }
    const own = await api.call('GET', '/v1/projects/school/history', { token: reporter })
    expect(own.text).toContain('夜间施工')
  })
})

describe('The directory', () => {
  const director = { name: '示例局长', position: 'director', reach: [{ channel: 'wecom', address: '13800000000' }] }
  const asAdmin = (method: string, path: string, body?: object): Promise<Answer> =>
    api.call(method, path, { token: api.tokens.admin, ...(body ? { body } : {}) })

  test('keeps people as they were entered, until they are removed', async () => {
    const person = { id: 'director', ...director }
    expect((await asAdmin('PUT', '/v1/people/director', director)).body).toEqual(person)
    expect((await asAdmin('GET', '/v1/people/director')).body).toEqual(person)
    await asAdmin('PUT', '/v1/people/director', { ...director, quietHours: { from: '22:00', to: '07:00' } })
    expect((await asAdmin('GET', '/v1/people')).body.people).toEqual([
      { ...person, quietHours: { from: '22:00', to: '07:00' } }
    ])
    expect((await asAdmin('DELETE', '/v1/people/director')).status).toBe(204)
    expect((await asAdmin('GET', '/v1/people')).body).toEqual({ people: [] })
    for (const method of ['GET', 'DELETE'])
      expect((await asAdmin(method, '/v1/people/director')).body.code).toBe('person-not-found')
  })

  test.each([
    [{ position: 'director' }, '/name', 'required'],
    [{ ...director, position: 'king' }, '/position', 'unknown-value'],
    [{ name: '甲', position: 'manager' }, '/projects', 'projects-required'],
    [{ ...director, quietHours: { from: '25:00', to: '07:00' } }, '/quietHours/from', 'wrong-form'],
    [{ ...director, reach: [{}] }, '/reach/0/channel', 'required'],
    [{ ...director, phone: '1' }, '/phone', 'unknown-field']
  ])('%j is no entry: %s %s', async (body, pointer, code) => {
    const { status, body: problem } = await asAdmin('PUT', '/v1/people/director', body)
    expect(status).toBe(422)
    expect(problem.errors).toContainEqual(expect.objectContaining({ pointer, code }))
  })

  test('takes no id that could not stand in an address', async () => {
    for (const id of ['Director', '%E5%B1%80%E9%95%BF', 'x'.repeat(65)]) {
      const { status, body } = await asAdmin('PUT', `/v1/people/${id}`, director)
      expect([status, body.errors[0].pointer], id).toEqual([422, '{id}'])
    }
  })
})
