import { beforeEach, describe, expect, test } from 'vitest'
import { type AccessTable, accessOver } from '../../functions/adapters/access.ts'
import { sessionsOver } from '../../functions/adapters/sessions.ts'
import type { Access, AccessGrant, Sessions } from '../../functions/core/access.ts'
import { collect } from './samples.ts'

/** The table under test, and everything it holds. */
export interface SessionsUnderTest {
  readonly table: AccessTable
  readonly stored: () => AsyncIterable<unknown>
}

const at = '2021-06-21T00:00:00.000Z'

/** What sessions do on every table. */
export const sessionsContract = (name: string, make: () => Promise<SessionsUnderTest>): void => {
  describe(`sessions: ${name}`, () => {
    let under: SessionsUnderTest
    let access: Access
    let sessions: Sessions
    let now: number
    let leader: AccessGrant
    beforeEach(async () => {
      under = await make()
      now = Date.parse(at)
      access = accessOver(under.table)
      sessions = sessionsOver(under.table, { now: () => now })
      leader = (await access.issue({ role: 'leader', name: '王局长', projects: [] }, at)).grant
    })

    test('finds the bearer of a session until it is over', async () => {
      const { text, lifeSeconds } = await sessions.open(leader)
      expect(await sessions.find(text)).toEqual(leader)
      now += lifeSeconds * 1000 - 1
      expect(await sessions.find(text)).toEqual(leader)
      now += 1
      expect(await sessions.find(text)).toBeUndefined()
    })

    test('keeps a hash, never the text', async () => {
      const { text } = await sessions.open(leader)
      expect(JSON.stringify(await collect(under.stored()))).not.toContain(text.slice(-40))
    })

    test('ends with signing out, and with the revocation of the token, at once', async () => {
      const [first, second] = [await sessions.open(leader), await sessions.open(leader)]
      await sessions.close(first.text)
      expect(await sessions.find(first.text)).toBeUndefined()
      expect(await sessions.find(second.text)).toEqual(leader)
      await access.revoke(leader.id, at)
      expect(await sessions.find(second.text)).toBeUndefined()
    })

    test('is no token, and a token is no session', async () => {
      const { token } = await access.issue({ role: 'leader', name: '王局长', projects: [] }, at)
      const { text } = await sessions.open(leader)
      expect(await sessions.find(token)).toBeUndefined()
      expect(await sessions.find(token.replace('cpt_', 'cps_'))).toBeUndefined()
      expect(await access.find(text)).toBeUndefined()
      expect(await access.find(text.replace('cps_', 'cpt_'))).toBeUndefined()
    })

    test.each(['', 'x', 'cps_', `cps_${'0'.repeat(12)}_${'0'.repeat(40)}`, '__proto__'])('knows no %j', async text => {
      expect(await sessions.find(text)).toBeUndefined()
      await sessions.close(text)
    })
  })
}
