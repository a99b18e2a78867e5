import { beforeEach, describe, expect, test } from 'vitest'
import type { GrantRequest } from '../../functions/schema/report.ts'
import { startApi, type TestApi } from './client.ts'
import { plan } from './plans.ts'

const account = 'arn:aws-cn:iam::123456789012'
const admin = `${account}:user/bureau/li-si`
const manager = `${account}:role/project-manager`
/** A person who has taken on the role, as API Gateway names them. */
const session = 'arn:aws-cn:sts::123456789012:assumed-role/project-manager/zhang-san'
const stranger = `${account}:user/wang-wu`

let api: TestApi
beforeEach(async () => {
  api = await startApi({ authorisation: 'iam' })
  await api.deps.access.admit(`${account}:user/li-si`, { role: 'admin', name: '李四', projects: [] }, '2021-06-01')
})

const admit = (body: Partial<GrantRequest>) => api.call('POST', '/v1/tokens', { signer: admin, body })

describe('where IAM authorises', () => {
  test('a principal that was let in does what its role may, and the log names its grant', async () => {
    expect((await api.call('PUT', '/v1/projects/school', { signer: admin, body: plan() })).status).toBe(201)
    const { status, body, headers } = await admit({
      role: 'reporter',
      name: '张三',
      projects: ['school'],
      principal: `${account}:role/site/project-manager`
    })
    expect(status).toBe(201)
    expect(body).toEqual({ id: body.id, principal: manager, role: 'reporter', name: '张三', projects: ['school'] })
    expect(headers.location).toBe(`/v1/tokens/${body.id}`)

    const report = { signer: session, body: { noChange: true } }
    expect((await api.call('POST', '/v1/projects/school/reports', report)).status).toBe(201)
    expect((await api.call('POST', '/v1/projects/another/reports', report)).status).toBe(403)
    expect((await api.call('PUT', '/v1/projects/school', { signer: session, body: plan() })).status).toBe(403)
    const history = await api.call('GET', '/v1/projects/school/history', { signer: admin })
    expect(history.body.commits[0].by).toEqual({ id: body.id, role: 'reporter' })
  })

  test('a valid signature of somebody unknown is 403 and says what to do', async () => {
    for (const signer of [stranger, 'arn:aws-cn:iam::123456789012:root', 'not an arn', `${admin}x`]) {
      const answer = await api.call('GET', '/v1/projects', { signer })
      expect(answer.status, signer).toBe(403)
      expect(answer.body.detail).toContain('登记')
    }
  })

  test('the same name in another account or partition is somebody else', async () => {
    for (const signer of [admin.replace('123456789012', '210987654321'), admin.replace('aws-cn', 'aws')])
      expect((await api.call('GET', '/v1/projects', { signer })).status).toBe(403)
  })

  test('a bearer token opens nothing, whoever holds it', async () => {
    const answer = await api.call('GET', '/v1/projects', { token: api.tokens.admin })
    expect(answer.status).toBe(401)
    expect(answer.headers['www-authenticate']).toBe('AWS4-HMAC-SHA256')
    expect((await api.call('GET', '/v1/projects', { signer: stranger, token: api.tokens.admin })).status).toBe(403)
  })

  test('health and the description of the API stay open', async () => {
    for (const path of ['/v1/health', '/v1/openapi.json']) expect((await api.call('GET', path)).status).toBe(200)
  })

  test('a revoked principal is refused, and let in again when somebody says so', async () => {
    const viewer = { role: 'viewer', name: '王五', principal: stranger } as const
    const { body } = await admit(viewer)
    expect((await api.call('GET', '/v1/projects', { signer: stranger })).status).toBe(200)
    expect((await api.call('DELETE', `/v1/tokens/${body.id}`, { signer: admin })).status).toBe(204)
    expect((await api.call('GET', '/v1/projects', { signer: stranger })).status).toBe(403)
    expect((await admit(viewer)).status).toBe(201)
    expect((await api.call('GET', '/v1/projects', { signer: stranger })).status).toBe(200)
  })

  test('said again with another role, the last one holds', async () => {
    await admit({ role: 'viewer', name: '王五', principal: stranger })
    expect((await api.call('GET', '/v1/flags', { signer: stranger })).status).toBe(403)
    await admit({ role: 'leader', name: '王五', principal: stranger })
    expect((await api.call('GET', '/v1/flags', { signer: stranger })).status).toBe(200)
  })

  test('the last admin is neither revoked, nor demoted, nor given a last day', async () => {
    const self = { role: 'admin', name: '李四', principal: admin } as const
    const { body } = await admit(self)
    expect((await admit({ ...self, role: 'viewer' })).body.code).toBe('last-admin')
    expect((await admit({ ...self, expiresOn: '2021-12-31' })).body.code).toBe('last-admin')
    const refused = await api.call('DELETE', `/v1/tokens/${body.id}`, { signer: admin })
    expect([refused.status, refused.body.code]).toEqual([409, 'last-admin'])

    await admit({ role: 'admin', name: '王五', principal: stranger })
    expect((await admit({ ...self, role: 'viewer' })).status).toBe(201)
  })

  test.each([
    [{ role: 'viewer', name: '甲' }, 'principal-required'],
    [{ role: 'viewer', name: '甲', principal: 'li-si' }, 'not-a-principal'],
    [{ role: 'viewer', name: '甲', principal: `${account}:root` }, 'not-a-principal'],
    [{ role: 'viewer', name: '甲', principal: `${account}:group/all` }, 'not-a-principal'],
    [{ role: 'viewer', name: '甲', principal: `${account}:user/*` }, 'not-a-principal'],
    [{ role: 'viewer', name: '甲', principal: 'arn:aws-us-gov:iam::123456789012:user/x' }, 'not-a-principal']
  ] as const)('%j lets nobody in: %s', async (body, code) => {
    const answer = await admit(body)
    expect(answer.status).toBe(422)
    expect(answer.body.errors).toEqual([expect.objectContaining({ pointer: '/principal', code })])
  })
})

describe('where tokens authorise', () => {
  beforeEach(async () => {
    api = await startApi()
  })

  test('what a request says of a signer lets nobody in', async () => {
    await api.deps.access.admit(`${account}:user/li-si`, { role: 'admin', name: '李四', projects: [] }, '2021-06-01')
    expect((await api.call('GET', '/v1/projects', { signer: admin })).status).toBe(401)
  })

  test('no principal is let in, since nothing would come of it', async () => {
    const answer = await api.call('POST', '/v1/tokens', {
      token: api.tokens.admin,
      body: { role: 'viewer', name: '甲', principal: stranger }
    })
    expect(answer.body.errors).toEqual([expect.objectContaining({ pointer: '/principal', code: 'principal-not-used' })])
  })
})
