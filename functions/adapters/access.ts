import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  ScanCommand,
  type ScanCommandInput,
  UpdateCommand
} from '@aws-sdk/lib-dynamodb'
import * as z from 'zod'
import type { Access, AccessGrant, Authorisation, Issued, KeyedRequest } from '../core/access.ts'
import type { IsoDate } from '../core/dates.ts'
import { decoding } from '../schema/decoding.ts'
import { dateSchema } from '../schema/fields.ts'
import { sha256 } from './digest.ts'
import { request } from './dynamo.ts'

/** A grant as it is kept, with what its holder has to prove. */
export type AccessRecord = AccessGrant & { readonly revokedAt?: string | undefined } & Proof

/** A token by a hash in place of its text, or a principal of IAM, whose signature is checked before the tracker is asked. */
type Proof =
  | {
      /** SHA-256, hex, of the whole token. */
      readonly hash: string
      /** The request that it was issued for, if that may come again. */
      readonly request?: KeptRequest | undefined
    }
  | { readonly principal: string }
  | SessionProof

/** What is kept of a request under a key: not enough to make its token again without the token of whoever asked. */
interface KeptRequest {
  readonly hash: string
  readonly salt: string
}

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
  /** Adds a token or a session; false when the id is taken, and nothing is written. */
  readonly add: (record: AccessRecord) => Promise<boolean>
  /** Writes the grant of a principal, in place of an earlier one. */
  readonly replace: (record: AccessRecord) => Promise<void>
  /** False when there is no such grant. The first revocation keeps its date. */
  readonly revoke: (id: string, at: string) => Promise<boolean>
  /** Every record of the role admin that was not revoked, those of sessions and of last days that are over among them. */
  readonly admins: () => AsyncIterable<AccessRecord>
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
export const accessOver = (
  table: AccessTable,
  { elapsed = () => process.uptime() * 1000 }: AccessOptions = {}
): Access => {
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
    const grant = grantIn(record)
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

    issue: async (asked, at) => {
      const id = randomBytes(6).toString('hex')
      const token = `cpt_${id}_${randomBytes(20).toString('hex')}`
      const grant = grantIn({ ...asked, id, createdAt: at })
      if (!(await table.add({ ...grant, hash: sha256(token) }))) throw new Error(`the id ${id} of a new token is taken`)
      return { token, grant }
    },

    issueOnce: async (asked, at, request) => {
      const id = sha256(request.key).slice(0, 12)
      const known = await table.get(id)
      if (known) return issuedBefore(known, request)
      const kept = { hash: request.hash, salt: randomBytes(20).toString('hex') }
      const token = tokenFor(id, kept, request)
      const grant = grantIn({ ...asked, id, createdAt: at })
      if (await table.add({ ...grant, hash: sha256(token), request: kept }))
        return { type: 'issued', token, grant, replayed: false }
      // The same request at the same time was faster.
      const first = await table.get(id)
      return first ? issuedBefore(first, request) : { type: 'key-reused' }
    },

    admit: async (principal, asked, at) => {
      const grant = grantIn({ ...asked, id: idOfPrincipal(principal), createdAt: at })
      await table.replace({ ...grant, principal })
      forget(grant.id)
      return grant
    },

    revoke: async (id, at) => {
      const revoked = await table.revoke(id, at)
      forget(id)
      return revoked
    },

    isLastAdmin: async (id, today, authorisation) => {
      const admins: AccessRecord[] = []
      for await (const record of table.admins()) if (getsIn(record, today, authorisation)) admins.push(record)
      const own = admins.find(record => record.id === id)
      return own !== undefined && !admins.some(record => record.id !== id && lastDayOf(record) >= lastDayOf(own))
    }
  }
}

/** Of a grant without a last day, the last that there is. */
const lastDayOf = ({ expiresOn = '9999-12-31' }: AccessRecord): IsoDate => expiresOn

const getsIn = (record: AccessRecord, today: IsoDate, authorisation: Authorisation): boolean =>
  !('of' in record) &&
  'principal' in record === (authorisation === 'iam') &&
  (record.expiresOn === undefined || record.expiresOn >= today)

/** A grant without what is kept beside it. */
export const grantIn = ({ id, role, name, projects, createdAt, expiresOn }: AccessGrant): AccessGrant => ({
  id,
  role,
  name,
  projects,
  createdAt,
  ...(expiresOn === undefined ? {} : { expiresOn })
})

const issuedBefore = (record: AccessRecord, request: KeyedRequest): Issued => {
  if (!('request' in record) || record.request?.hash !== request.hash) return { type: 'key-reused' }
  return { type: 'issued', token: tokenFor(record.id, record.request, request), grant: grantIn(record), replayed: true }
}

/**
 * The token of a request under a key. It takes the salt of the table and the token of whoever asked: a copy of the table
 * alone makes no token, nor does a token that was lost and is revoked.
 */
const tokenFor = (id: string, { salt }: KeptRequest, { bearer }: KeyedRequest): string =>
  `cpt_${id}_${createHmac('sha256', bearer).update(`${id}/${salt}`).digest('hex').slice(0, 40)}`

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
  expiresOn: dateSchema.optional(),
  revokedAt: z.string().optional()
})
const recordSchema = z.union([
  grantSchema.extend({ hash: z.string(), of: z.string(), endsAt: z.number() }),
  grantSchema.extend({
    hash: z.string(),
    request: z.object({ hash: z.string(), salt: z.string() }).optional()
  }),
  grantSchema.extend({ principal: z.string() })
]) satisfies z.ZodType<AccessRecord>

/** Grants and sessions as items of a DynamoDB table. */
export const dynamoAccessTable = (client: DynamoDBDocumentClient, TableName: string): AccessTable => ({
  get: async id => {
    const { Item } = await request('read of a grant', () =>
      client.send(new GetCommand({ TableName, Key: { id }, ConsistentRead: true }))
    )
    return Item === undefined ? undefined : recordSchema.parse(Item, decoding())
  },

  add: record =>
    unlessRefused(() =>
      request(
        'write of a token',
        () =>
          client.send(
            new PutCommand({
              TableName,
              Item: record,
              ConditionExpression: 'attribute_not_exists(#id)',
              ExpressionAttributeNames: { '#id': 'id' }
            })
          ),
        isRefused
      )
    ),

  replace: async record => {
    await request('write of a grant', () => client.send(new PutCommand({ TableName, Item: record })))
  },

  revoke: (id, at) =>
    unlessRefused(() =>
      request(
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
        isRefused
      )
    ),

  admins: async function* () {
    let start: ScanCommandInput['ExclusiveStartKey']
    do {
      const page = await request('scan of the grants', () =>
        client.send(
          new ScanCommand({
            TableName,
            FilterExpression: '#role = :admin AND attribute_not_exists(#revokedAt)',
            ExpressionAttributeNames: { '#role': 'role', '#revokedAt': 'revokedAt' },
            ExpressionAttributeValues: { ':admin': 'admin' },
            ConsistentRead: true,
            ...(start ? { ExclusiveStartKey: start } : {})
          })
        )
      )
      for (const item of page.Items ?? []) yield recordSchema.parse(item)
      start = page.LastEvaluatedKey
    } while (start)
  }
})

const isRefused = (error: unknown): boolean => error instanceof ConditionalCheckFailedException

/** True when it was written, false when its condition did not hold. */
const unlessRefused = async (write: () => Promise<unknown>): Promise<boolean> => {
  try {
    await write()
    return true
  } catch (error) {
    if (isRefused(error)) return false
    throw error
  }
}

/** Compares hashes in a time that says nothing of where they differ. */
export const sameHash = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
