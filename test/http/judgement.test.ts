import { beforeEach, describe, expect, test } from 'vitest'
import { startApi, type TestApi } from './client.ts'
import { plan } from './plans.ts'

let api: TestApi

beforeEach(async () => {
  api = await startApi()
  api.today('2021-03-01')
  await api.call('PUT', '/v1/projects/school', { token: api.tokens.admin, body: plan() })
})

const judge = (token: string, body: object) => api.call('POST', '/v1/projects/school/judgement', { token, body })
const better = { light: 'green', reason: '补救措施已核实', approvedBy: 'deputy-director' }
const late = { milestoneId: 'C3', forecastFinish: '2021-08-31', delay: { code: 'CONTRACTOR' } }

describe('The colour that a person judges', () => {
  test('is worse at once, by the reporter of the project too, and opens a case', async () => {
    const reporter = await api.tokenFor('reporter', ['school'])
    const { status, body } = await judge(reporter, { light: 'red', reason: '现场停工' })
    expect(status).toBe(201)
    expect(body.assessment).toMatchObject({ light: 'red', rules: ['R7', 'B1'] })
    expect(body.assessment.flags).toContainEqual(
      expect.objectContaining({ rule: 'R7', text: expect.objectContaining({ zh: '人工判定(2021-03-01):现场停工' }) })
    )
    expect(body.events.map(({ type }: { type: string }) => type)).toContain('case-opened')
  })

  test('is better only by leadership, with the position that approved it, and for one period', async () => {
    await api.call('POST', '/v1/projects/school/reports', { token: api.tokens.admin, body: { reports: [late] } })
    const reporter = await api.tokenFor('reporter', ['school'])
    expect(await judge(reporter, better)).toMatchObject({ status: 403, body: { code: 'not-allowed' } })
    expect(await judge(api.tokens.leader, { light: 'green', reason: '补救措施已核实' })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/approvedBy', code: 'approver-required' }] }
    })
    const { status, body } = await judge(api.tokens.leader, better)
    expect(status).toBe(201)
    expect(body.assessment).toMatchObject({ light: 'blue', rules: ['G1', 'R1', 'B1'] })
    expect(body.events[0]).toEqual({
      type: 'colour-judged',
      light: 'green',
      reason: '补救措施已核实',
      relief: { approvedBy: 'deputy-director', instead: 'red', until: '2021-04-01' }
    })
  })

  test('is taken back by leadership, once', async () => {
    const withdraw = () =>
      api.call('POST', '/v1/projects/school/judgement/withdraw', {
        token: api.tokens.leader,
        body: { reason: '已核实' }
      })
    expect(await withdraw()).toMatchObject({ status: 409, body: { errors: [{ code: 'not-judged' }] } })
    await judge(api.tokens.leader, { light: 'yellow', reason: '质量存疑' })
    expect(await withdraw()).toMatchObject({ status: 201, body: { assessment: { light: 'blue' } } })
  })
})
