import { randomBytes } from 'node:crypto'
import type { Sessions } from '../core/access.ts'
import { type AccessRecord, type AccessTable, grantIn, sameHash } from './access.ts'
import { sha256 } from './digest.ts'

/** Settings of {@link sessionsOver}. */
export interface SessionOptions {
  /** Milliseconds since 1970, of the real clock: a session on a demonstration's clock would never end. */
  readonly now?: () => number
}

/** A working day; after it the token is asked for again. */
const lifeSeconds = 8 * 3600

/** As a token is made, under another name: neither can stand for the other. */
const sessionPattern = /^cps_([0-9a-f]{12})_[0-9a-f]{40}$/

/**
 * Sessions beside the grants in their table. Every look asks the table for both, so that signing out and revoking hold
 * at once; people open few pages.
 */
export const sessionsOver = (table: AccessTable, { now = Date.now }: SessionOptions = {}): Sessions => ({
  open: async bearer => {
    const id = randomBytes(6).toString('hex')
    const text = `cps_${id}_${randomBytes(20).toString('hex')}`
    const createdAt = new Date(now()).toISOString()
    const endsAt = Math.floor(now() / 1000) + lifeSeconds
    const session = { ...grantIn({ ...bearer, id, createdAt }), hash: sha256(text), of: bearer.id, endsAt }
    if (!(await table.add(session))) throw new Error(`the id ${id} of a new session is taken`)
    return { text, lifeSeconds }
  },

  find: async text => {
    const id = sessionPattern.exec(text)?.[1]
    const session = id === undefined ? undefined : await table.get(id)
    if (!session || !holds(session, text, now())) return undefined
    const bearer = await table.get(session.of)
    return bearer && bearer.revokedAt === undefined ? grantIn(bearer) : undefined
  },

  close: async text => {
    const id = sessionPattern.exec(text)?.[1]
    const session = id === undefined ? undefined : await table.get(id)
    if (session && holds(session, text, now())) await table.revoke(session.id, new Date(now()).toISOString())
  }
})

const holds = (record: AccessRecord, text: string, now: number): record is Extract<AccessRecord, { of: string }> =>
  'of' in record && record.revokedAt === undefined && record.endsAt * 1000 > now && sameHash(record.hash, sha256(text))
