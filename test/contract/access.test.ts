import { ScanCommand } from '@aws-sdk/lib-dynamodb'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { memoryAccess } from '../../functions/adapters/access.memory.ts'
import { type AccessRecord, accessOver, dynamoAccess } from '../../functions/adapters/access.ts'
import { accessContract } from './access.contract.ts'
import { type EmbeddedDynamo, startDynalite } from './dynalite.ts'

let dynamo: EmbeddedDynamo
beforeAll(async () => {
  dynamo = await startDynalite()
})
afterAll(() => dynamo.stop())

accessContract('memory', async () => {
  const records = new Map<string, AccessRecord>()
  return {
    open: options => memoryAccess(records, options),
    stored: async function* () {
      yield* records.values()
    }
  }
})

accessContract('DynamoDB', async () => {
  const TableName = await dynamo.makeTable('access')
  return {
    open: options => dynamoAccess(dynamo.client, TableName, options),
    stored: async function* () {
      yield* (await dynamo.client.send(new ScanCommand({ TableName }))).Items ?? []
    }
  }
})

test('reads the table once for a token in use, always for an unknown one, never for a malformed one', async () => {
  const records = new Map<string, AccessRecord>()
  const { token } = await memoryAccess(records).issue({ role: 'viewer', name: 'x', projects: [] }, '2021-06-21')
  let reads = 0
  const access = accessOver({
    get: async id => {
      reads += 1
      return records.get(id)
    },
    add: async () => true,
    replace: async () => {},
    revoke: async () => false,
    admins: async function* () {}
  })
  for (let i = 0; i < 5; i += 1) await access.find(token)
  expect(reads).toBe(1)
  for (let i = 0; i < 5; i += 1) await access.find(`cpt_${'0'.repeat(12)}_${'0'.repeat(40)}`)
  expect(reads).toBe(6)
  for (const malformed of ['', 'x', 'cpt_1_2', 'Bearer x']) await access.find(malformed)
  expect(reads).toBe(6)
})

test('does not remember a grant that was read before it was revoked', async () => {
  const records = new Map<string, AccessRecord>()
  const { token, grant } = await memoryAccess(records).issue({ role: 'viewer', name: 'x', projects: [] }, '2021-06-21')
  const gate = Promise.withResolvers<void>()
  const access = accessOver({
    get: async id => {
      const record = records.get(id)
      await gate.promise
      return record
    },
    add: async () => true,
    replace: async () => {},
    revoke: async id => {
      const record = records.get(id)
      if (record) records.set(id, { ...record, revokedAt: '2021-06-21' })
      return record !== undefined
    },
    admins: async function* () {}
  })
  const finding = access.find(token)
  await access.revoke(grant.id, '2021-06-21')
  gate.resolve()
  await finding
  expect(await access.find(token)).toBeUndefined()
})
