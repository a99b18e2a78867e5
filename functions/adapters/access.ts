import { randomBytes, timingSafeEqual } from 'node:crypto'
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { type DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod'
import type { Access, AccessGrant } from '../core/ports.ts'
import { sha256 } from './digest.ts'
import { request } from './dynamo.ts'

/** A grant as it is kept, with what its holder has to prove. */
export type AccessRecord = AccessGrant & { readonly revokedAt?: string | undefined } & Proof

/** A token by a hash in place of its text, or a principal of IAM, whose signature is checked before the tracker is asked. */
type Proof =
  | {
      /** SHA-256, hex, of the whole token. */
      readonly hash: string
    }
  | { readonly principal: string }
  | SessionProof

/** A session (`sessions.ts`) by a hash of its text; it stands on the grant of its bearer. */
export interface SessionProof {
  readonly hash: string
  /** Id of the grant of the bearer. */
  readonly of: string
  /** Second since 1970 at which it is over; the table may delete it afterwards. */
  readonly endsAt: number
}

/** What a twin has to provide; `get` sees every earlier write. */
export interface AccessTable {
  readonly get: (id: string) => Promise<AccessRecord | undefined>
  /** Adds a token, whose id is new. */
  readonly add: (record: AccessRecord) => Promise<void>
  /** Writes the grant of a principal, in place of an earlier one. */
  readonly replace: (record: AccessRecord) => Promise<void>
  /** False when there is no such grant. The first revocation keeps its date. */
  readonly revoke: (id: string, at: string) => Promise<boolean>
}

/** Settings of {@link accessOver}. */
export interface AccessOptions {
  /** Milliseconds of any clock that does not go back. */
  readonly elapsed?: () => number
}

/** So long may another process still accept a revoked token; in the same process revocation holds at once. */
const cachedMilliseconds = 30_000
const mostCached = 1000

/** 48 bits name a token, 160 bits keep it secret. Only letters and digits: a double click selects a whole part. */
const tokenPattern = /^cpt_([0-9a-f]{12})_[0-9a-f]{40}$/

/** Grants over a table. */
export const accessOver = (table: AccessTable, { elapsed = () => performance.now() }: AccessOptions = {}): Access => {
  const cache = new Map<string, { readonly grant: AccessGrant; readonly until: number }>()
  let changes = 0

  const remember = (proof: string, grant: AccessGrant) => {
    if (cache.size >= mostCached) cache.clear()
    cache.set(proof, { grant, until: elapsed() + cachedMilliseconds })
  }

  const forget = (id: string) => {
    changes += 1
    for (const [proof, { grant }] of cache) if (grant.id === id) cache.delete(proof)
  }

  /** The grant with this id if `proves` holds of its record; `proof` is under what it is remembered. */
  const grantOf = async (id: string, proof: string, proves: (record: AccessRecord) => boolean) => {
    const known = cache.get(proof)
    if (known && known.until > elapsed()) return known.grant
    cache.delete(proof)
    const changesBefore = changes
    const record = await table.get(id)
    if (!record || record.revokedAt !== undefined || !proves(record)) return undefined
    const { role, name, projects, createdAt } = record
    const grant = { id, role, name, projects, createdAt }
    // What was read before a revocation must not be remembered after it.
    if (changesBefore === changes) remember(proof, grant)
    return grant
  }

  return {
    find: async token => {
      const id = tokenPattern.exec(token)?.[1]
      if (id === undefined) return undefined
      const hash = sha256(token)
      return grantOf(id, hash, record => 'hash' in record && !('of' in record) && sameHash(record.hash, hash))
    },

    findSigner: principal =>
      grantOf(idOfPrincipal(principal), principal, record => 'principal' in record && record.principal === principal),

    issue: async ({ role, name, projects }, at) => {
      const id = randomBytes(6).toString('hex')
      const token = `cpt_${id}_${randomBytes(20).toString('hex')}`
      const grant = { id, role, name, projects, createdAt: at }
      await table.add({ ...grant, hash: sha256(token) })
      return { token, grant }
    },

    admit: async (principal, { role, name, projects }, at) => {
      const grant = { id: idOfPrincipal(principal), role, name, projects, createdAt: at }
      await table.replace({ ...grant, principal })
      forget(grant.id)
      return grant
    },

    revoke: async (id, at) => {
      const revoked = await table.revoke(id, at)
      forget(id)
      return revoked
    }
  }
}

/** Grants in a DynamoDB table. */
export const dynamoAccess = (client: DynamoDBDocumentClient, tableName: string, options?: AccessOptions): Access =>
  accessOver(dynamoAccessTable(client, tableName), options)

/** Under which a principal is kept: found by its ARN in one read, and short enough to be written into an address. */
const idOfPrincipal = (principal: string): string => `iam-${sha256(principal).slice(0, 24)}`

const grantSchema = z.object({
  id: z.string(),
  role: z.enum(['admin', 'reporter', 'leader', 'viewer']),
  name: z.string(),
  projects: z.array(z.string()),
  createdAt: z.string(),
  revokedAt: z.string().optional()
})
const recordSchema = z.union([
  grantSchema.extend({ hash: z.string(), of: z.string(), endsAt: z.number() }),
  grantSchema.extend({ hash: z.string() }),
  grantSchema.extend({ principal: z.string() })
]) satisfies z.ZodType<AccessRecord>

/** Grants and sessions as items of a DynamoDB table. */
export const dynamoAccessTable = (client: DynamoDBDocumentClient, TableName: string): AccessTable => ({
  get: async id => {
    const { Item } = await request('read of a grant', () =>
      client.send(new GetCommand({ TableName, Key: { id }, ConsistentRead: true }))
    )
    return Item === undefined ? undefined : recordSchema.parse(Item)
  },

  add: async record => {
    await request('write of a token', () =>
      client.send(
        new PutCommand({
          TableName,
          Item: record,
          ConditionExpression: 'attribute_not_exists(#id)',
          ExpressionAttributeNames: { '#id': 'id' }
        })
      )
    )
  },

  replace: async record => {
    await request('write of a grant', () => client.send(new PutCommand({ TableName, Item: record })))
  },

  revoke: async (id, at) => {
    try {
      await request(
        'revocation of a grant',
        () =>
          client.send(
            new UpdateCommand({
              TableName,
              Key: { id },
              UpdateExpression: 'SET #revokedAt = if_not_exists(#revokedAt, :at)',
              ConditionExpression: 'attribute_exists(#id)',
              ExpressionAttributeNames: { '#id': 'id', '#revokedAt': 'revokedAt' },
              ExpressionAttributeValues: { ':at': at }
            })
          ),
        error => error instanceof ConditionalCheckFailedException
      )
      return true
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false
      throw error
    }
  }
})

/** Compares hashes in a time that says nothing of where they differ. */
export const sameHash = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
