import { beforeEach, describe, expect, test } from 'vitest'
import type { AccessOptions } from '../../functions/adapters/access.ts'
import type { Access } from '../../functions/core/access.ts'
import { collect } from './samples.ts'

/** Tokens under test: two processes on one table, and everything the table holds. */
export interface AccessUnderTest {
  readonly open: (options?: AccessOptions) => Access
  readonly stored: () => AsyncIterable<unknown>
}

const at = '2021-06-21T00:00:00.000Z'
const reporter = { role: 'reporter', name: '王校长', projects: ['p', 'q'] } as const

/** What every store of tokens does. */
export const accessContract = (name: string, make: () => Promise<AccessUnderTest>): void => {
  describe(`access: ${name}`, () => {
    let under: AccessUnderTest
    let access: Access
    let elapsed: number
    beforeEach(async () => {
      under = await make()
      elapsed = 0
      access = under.open({ elapsed: () => elapsed })
    })

    test('finds the grant of a token it issued', async () => {
      const { token, grant } = await access.issue(reporter, at)
      expect(grant).toEqual({ ...reporter, id: grant.id, createdAt: at })
      expect(token).toMatch(new RegExp(`^cpt_${grant.id}_[0-9a-f]{40}$`))
      expect(await access.find(token)).toEqual(grant)
      expect(await under.open().find(token)).toEqual(grant)
    })

    const asked = { key: 'admin/k-1', hash: 'of the request', bearer: 'cpt_of_the_admin' }

    test('issues one token for a request that comes again, from any process, and finds it', async () => {
      const first = await access.issueOnce(reporter, at, asked)
      const again = await under.open().issueOnce(reporter, '2021-06-22T00:00:00.000Z', asked)
      expect(first).toMatchObject({ type: 'issued', replayed: false, grant: { ...reporter, createdAt: at } })
      expect(again).toEqual({ ...first, replayed: true })
      if (first.type !== 'issued') throw new Error('not issued')
      expect(await under.open().find(first.token)).toEqual(first.grant)
      expect(await access.issueOnce(reporter, at, { ...asked, hash: 'of another' })).toEqual({ type: 'key-reused' })
      const race = await Promise.all(
        [1, 2, 3].map(() => access.issueOnce(reporter, at, { ...asked, key: 'admin/k-2' }))
      )
      expect(new Set(race.map(issued => issued.type === 'issued' && issued.token)).size).toBe(1)
    })

    test('tells a token again only to whoever has both the table and the token that asked for it', async () => {
      const first = await access.issueOnce(reporter, at, asked)
      if (first.type !== 'issued') throw new Error('not issued')
      const kept = JSON.stringify(await collect(under.stored()))
      expect(kept).not.toContain(first.token.slice(-40))
      expect(kept).not.toContain(asked.bearer)
      const thief = await access.issueOnce(reporter, at, { ...asked, bearer: 'cpt_of_another' })
      expect(thief.type === 'issued' && thief.token).not.toBe(first.token)
    })

    test('keeps the last day of a grant', async () => {
      const ending = { ...reporter, expiresOn: '2021-12-31' } as const
      const { token, grant } = await access.issue(ending, at)
      expect(grant.expiresOn).toBe('2021-12-31')
      expect(await under.open().find(token)).toEqual(grant)
    })

    test('keeps a hash, never the token', async () => {
      const { token } = await access.issue(reporter, at)
      const text = JSON.stringify(await collect(under.stored()))
      expect(text).toContain('王校长')
      expect(text).not.toContain(token.slice(-40))
    })

    test('makes every token anew', async () => {
      const tokens = await Promise.all(Array.from({ length: 20 }, () => access.issue(reporter, at)))
      expect(new Set(tokens.map(({ token }) => token)).size).toBe(20)
    })

    test('knows neither malformed, nor unknown, nor altered tokens', async () => {
      const { token } = await access.issue(reporter, at)
      const altered = token.slice(0, -1) + (token.endsWith('0') ? '1' : '0')
      const unknown = `cpt_${'0'.repeat(12)}_${'0'.repeat(40)}`
      for (const wrong of ['', 'cpt_', altered, unknown, `${token}0`, ` ${token}`, `${token}\n`, token.toUpperCase()])
        expect(await access.find(wrong)).toBeUndefined()
      expect(await access.find(token)).toBeDefined()
      expect(await access.find(altered)).toBeUndefined()
    })

    test('refuses a revoked token at once in the same process', async () => {
      const { token, grant } = await access.issue(reporter, at)
      expect(await access.find(token)).toBeDefined()
      expect(await access.revoke(grant.id, at)).toBe(true)
      expect(await access.find(token)).toBeUndefined()
      expect(await access.revoke(grant.id, at)).toBe(true)
      expect(await access.revoke('0'.repeat(12), at)).toBe(false)
    })

    test('lets a principal in by its name, until it is revoked, and again when it is admitted again', async () => {
      const principal = 'arn:aws-cn:iam::123456789012:role/site'
      expect(await access.findSigner(principal)).toBeUndefined()
      const grant = await access.admit(principal, reporter, at)
      expect(grant).toEqual({ ...reporter, id: grant.id, createdAt: at })
      for (const other of [access, under.open()]) expect(await other.findSigner(principal)).toEqual(grant)
      expect(await access.findSigner(`${principal}s`)).toBeUndefined()

      expect(await access.revoke(grant.id, at)).toBe(true)
      expect(await access.findSigner(principal)).toBeUndefined()
      const leader = { role: 'leader', name: '王校长', projects: [] } as const
      expect(await access.admit(principal, leader, at)).toEqual({ ...leader, id: grant.id, createdAt: at })
      for (const other of [access, under.open()]) expect(await other.findSigner(principal)).toMatchObject(leader)
    })

    test('takes neither a principal for a token nor a token for a principal', async () => {
      const { grant, token } = await access.issue(reporter, at)
      const { id } = await access.admit('arn:aws:iam::123456789012:user/a', reporter, at)
      expect(await access.findSigner(token)).toBeUndefined()
      expect(await access.findSigner(grant.id)).toBeUndefined()
      expect(await access.find(`cpt_${id}_${'0'.repeat(40)}`)).toBeUndefined()
    })

    test('knows the last admin who gets in: of those that are neither revoked, nor over before it, nor let in another way', async () => {
      const admin = { role: 'admin', name: '局长', projects: [] } as const
      const isLast = (id: string, today = '2021-06-21', authorisation: 'token' | 'iam' = 'token') =>
        under.open().isLastAdmin(id, today, authorisation)
      const { grant: first } = await access.issue(admin, at)
      const { grant: other } = await access.issue(reporter, at)
      const signer = await access.admit('arn:aws:iam::123456789012:user/a', admin, at)
      expect(await isLast(first.id)).toBe(true)
      expect(await isLast(signer.id, '2021-06-21', 'iam')).toBe(true)
      for (const id of [other.id, signer.id, '0'.repeat(12)]) expect(await isLast(id)).toBe(false)

      const { grant: second } = await access.issue({ ...admin, expiresOn: '2021-06-22' }, at)
      expect([await isLast(first.id, '2021-06-22'), await isLast(second.id, '2021-06-22')]).toEqual([true, false])
      expect([await isLast(first.id, '2021-06-23'), await isLast(second.id, '2021-06-23')]).toEqual([true, false])
      const { grant: third } = await access.issue(admin, at)
      expect([await isLast(first.id), await isLast(third.id)]).toEqual([false, false])
      await access.revoke(third.id, at)
      expect([await isLast(first.id), await isLast(third.id)]).toEqual([true, false])
      await access.revoke(first.id, at)
      expect(await isLast(first.id)).toBe(false)
    })

    test('refuses a token revoked elsewhere after thirty seconds at the latest', async () => {
      const { token, grant } = await access.issue(reporter, at)
      await access.find(token)
      await under.open().revoke(grant.id, at)
      elapsed = 29_999
      expect(await access.find(token)).toBeDefined()
      elapsed = 30_000
      expect(await access.find(token)).toBeUndefined()
    })
  })
}
