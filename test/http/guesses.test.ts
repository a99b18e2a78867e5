import { beforeEach, describe, expect, test } from 'vitest'
import { createApi } from '../../functions/http/api.ts'
import { eventOf, startApi, type TestApi } from './client.ts'

let api: TestApi
beforeEach(async () => {
  api = await startApi()
})

const wrong = (i: number) => `cpt_${String(i).padStart(12, '0')}_${'0'.repeat(40)}`
const from = (...hops: string[]) => ({ 'x-forwarded-for': hops.join(', ') })
const read = (token: string, headers = {}) => api.call('GET', '/v1/projects', { token, headers })

describe('whoever tries one token after the other', () => {
  test('is told to wait, and by how much; a good token is let in all the same', async () => {
    expect((await read(api.tokens.leader)).status).toBe(200)
    const statuses = []
    for (let i = 0; i < 40; i += 1) statuses.push((await read(wrong(i))).status)
    expect(statuses).toEqual([...Array<number>(30).fill(401), ...Array<number>(10).fill(429)])
    const refused = await read(wrong(99))
    expect(refused.body.code).toBe('too-many-guesses')
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(60)
    expect((await read(api.tokens.leader)).status).toBe(200)
  })

  test('is not looked up any more', async () => {
    const looked: string[] = []
    const { access } = api.deps
    const find = (token: string) => {
      looked.push(token)
      return access.find(token)
    }
    const handler = createApi({ ...api.deps, access: { ...access, find } }, () => {})
    for (let i = 0; i < 100; i += 1) await handler(eventOf('GET', '/v1/projects', { token: wrong(i) }), {} as never)
    expect(looked).toHaveLength(30)
  })

  test('keeps nobody out who asks from elsewhere, be it through the same edge', async () => {
    const [edge, attacker] = ['130.176.1.1', '198.51.100.7']
    for (let i = 0; i < 40; i += 1) await read(wrong(i), from(attacker, edge))
    expect((await read(wrong(99), from(attacker, edge))).status).toBe(429)
    expect((await read(api.tokens.viewer, from('203.0.113.9', edge))).status).toBe(200)
    expect((await read(wrong(99), from('203.0.113.9', edge))).status).toBe(401)
  })

  test('gains little by inventing where it comes from, or by another address of its network', async () => {
    const statuses = []
    for (let i = 0; i < 310; i += 1)
      statuses.push((await read(wrong(i), from(`10.0.${i >> 8}.${i & 255}`, 'x'))).status)
    expect(statuses.filter(status => status === 401)).toHaveLength(300)
    api = await startApi()
    for (let i = 0; i < 31; i += 1) await read(wrong(i), from(`2001:db8:1:2:${i.toString(16)}::1`))
    expect((await read(wrong(99), from('2001:db8:1:2:ffff::1'))).status).toBe(429)
    expect((await read(wrong(99), from('2001:db8:1:3::1'))).status).toBe(401)
  })

  test('at the door of the internal pages is held to the same, token and session alike', async () => {
    const handler = createApi(api.deps, () => {})
    const signIn = async (token: string) => {
      const bytes = Buffer.from(new URLSearchParams({ token }).toString())
      const headers = { 'content-type': 'application/x-www-form-urlencoded' }
      return handler(eventOf('POST', '/internal/sign-in', { bytes, headers }), {} as never)
    }
    const look = (session: string) =>
      handler({ ...eventOf('GET', '/internal/'), cookies: [`tracker_session=${session}`] }, {} as never)
    for (let i = 0; i < 15; i += 1) {
      await signIn(wrong(i))
      await look(wrong(i).replace('cpt', 'cps'))
    }
    for (const answer of [await signIn(wrong(99)), await look('cps_nonsense')]) {
      if (typeof answer !== 'object') throw new Error('no structured reply')
      expect([answer.statusCode, answer.headers?.['content-type']]).toEqual([429, 'text/html; charset=utf-8'])
      expect(answer.headers?.['retry-after']).toMatch(/^\d+$/)
      expect(answer.body).toContain('请稍后再试')
    }
  })
})
