import ICAL from 'ical.js'
import readXlsxFile from 'read-excel-file/node'
import { beforeAll, describe, expect, test } from 'vitest'
import { readPlan } from '../../functions/import/read-plan.ts'
import { startApi, type TestApi } from './client.ts'
import { plan } from './plans.ts'

let api: TestApi
beforeAll(async () => {
  api = await startApi()
  for (const id of ['school', 'other']) {
    const body = { ...plan(), id, town: id === 'school' ? '运河街道' : '泥沟镇' }
    expect((await api.call('PUT', `/v1/projects/${id}`, { token: api.tokens.admin, body })).status).toBe(201)
  }
})

const exported = (target: string) => api.call('GET', `/v1/exports/${target}`, { token: api.tokens.leader })

describe('an export', () => {
  test('is the ledger as a workbook', async () => {
    const answer = await exported('ledger')
    expect(answer.headers).toMatchObject({
      'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'content-disposition': 'attachment; filename="ledger.xlsx"',
      'cache-control': 'no-store'
    })
    const [projects] = await readXlsxFile(Buffer.from(answer.text, 'base64'))
    expect(projects?.sheet).toBe('项目')
    expect(projects?.data).toHaveLength(3)
  })

  test('is the milestones of the ledger as CSV', async () => {
    const answer = await exported('ledger-csv?project=school')
    expect(answer.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="ledger.csv"'
    })
    expect(answer.text.split('\r\n')).toHaveLength(2 + plan().milestones.length)
  })

  test('is OC4IDS, and narrows as a list does', async () => {
    expect((await exported('oc4ids')).body.projects).toHaveLength(2)
    const { body } = await exported(`oc4ids?town=${encodeURIComponent('泥沟镇')}`)
    expect(body.projects.map(({ id }: { id: string }) => id)).toEqual(['capital-project-tracker-other'])
  })

  test('is a calendar that another program reads', async () => {
    const { text } = await exported('ics?project=school')
    expect(new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').length).toBe(plan().milestones.length)
  })

  test('is a file of MS Project that the importer reads', async () => {
    const answer = await exported('mspdi?project=school')
    expect(answer.headers['content-disposition']).toBe('attachment; filename="school.xml"')
    const result = readPlan(Buffer.from(answer.text), { fileName: 'school.xml' })
    expect(result.ok && result.plan.document.project.milestones.length).toBe(plan().milestones.length)
  })
})

describe('it is refused', () => {
  test.each([
    ['mspdi', 422, 'one-project-only'],
    ['xml', 404, 'export-kind-not-found'],
    ['__proto__', 404, 'export-kind-not-found'],
    ['ledger?project=nope', 404, 'project-not-found'],
    ['ledger?town=nowhere', 404, 'project-not-found'],
    ['ledger?project=../x', 422, 'not-valid'],
    ['ledger?towns=x', 422, 'not-valid']
  ])('%s: %d %s', async (target, status, code) => {
    const answer = await exported(target)
    expect([answer.status, answer.body.code]).toEqual([status, code])
  })

  test('whole, when one project cannot be read', async () => {
    const broken = await startApi()
    await broken.call('PUT', '/v1/projects/school', { token: broken.tokens.admin, body: plan() })
    const first = broken.items.get('school')?.get(1)
    broken.items.get('school')?.set(1, { ...(first as object), events: '{' })
    await expect(broken.call('GET', '/v1/exports/ledger', { token: broken.tokens.leader })).rejects.toThrow(/500/)
  })
})
