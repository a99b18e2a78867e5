import { randomBytes, timingSafeEqual } from 'node:crypto'
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { type DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod'
import type { Access, AccessGrant } from '../core/ports.ts'
import { sha256 } from './digest.ts'
import { request } from './dynamo.ts'

/** A token as it is kept: with a hash in place of its text. */
export interface TokenRecord extends AccessGrant {
  /** SHA-256, hex, of the whole token. */
  readonly hash: string
  readonly revokedAt?: string | undefined
}

/** What a twin has to provide; `get` sees every earlier write. */
export interface TokenTable {
  readonly get: (id: string) => Promise<TokenRecord | undefined>
  readonly add: (record: TokenRecord) => Promise<void>
  /** False when there is no such token. The first revocation keeps its date. */
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

/** Tokens over a table. */
export const accessOver = (table: TokenTable, { elapsed = () => performance.now() }: AccessOptions = {}): Access => {
  const cache = new Map<string, { readonly grant: AccessGrant; readonly until: number }>()
  let revocations = 0

  const remember = (hash: string, grant: AccessGrant) => {
    if (cache.size >= mostCached) cache.clear()
    cache.set(hash, { grant, until: elapsed() + cachedMilliseconds })
  }

  return {
    find: async token => {
      const id = tokenPattern.exec(token)?.[1]
      if (id === undefined) return undefined
      const hash = sha256(token)
      const known = cache.get(hash)
      if (known && known.until > elapsed()) return known.grant
      cache.delete(hash)
      const revocationsBefore = revocations
      const record = await table.get(id)
      if (!record || record.revokedAt !== undefined || !sameHash(record.hash, hash)) return undefined
      const { hash: _hash, revokedAt: _revokedAt, ...grant } = record
      // What was read before a revocation must not be remembered after it.
      if (revocationsBefore === revocations) remember(hash, grant)
      return grant
    },

    issue: async ({ role, name, projects }, at) => {
      const id = randomBytes(6).toString('hex')
      const token = `cpt_${id}_${randomBytes(20).toString('hex')}`
      const grant = { id, role, name, projects, createdAt: at }
      await table.add({ ...grant, hash: sha256(token) })
      return { token, grant }
    },

    revoke: async (id, at) => {
      const revoked = await table.revoke(id, at)
      revocations += 1
      for (const [hash, { grant }] of cache) if (grant.id === id) cache.delete(hash)
      return revoked
    }
  }
}

/** Tokens in a DynamoDB table. */
export const dynamoAccess = (client: DynamoDBDocumentClient, tableName: string, options?: AccessOptions): Access =>
  accessOver(dynamoTokenTable(client, tableName), options)

const recordSchema = z.object({
  id: z.string(),
  hash: z.string(),
  role: z.enum(['admin', 'reporter', 'leader', 'viewer']),
  name: z.string(),
  projects: z.array(z.string()),
  createdAt: z.string(),
  revokedAt: z.string().optional()
}) satisfies z.ZodType<TokenRecord>

const dynamoTokenTable = (client: DynamoDBDocumentClient, TableName: string): TokenTable => ({
  get: async id => {
    const { Item } = await request('read of a token', () =>
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

  revoke: async (id, at) => {
    try {
      await request(
        'revocation of a token',
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

const sameHash = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
