import { ScanCommand } from '@aws-sdk/lib-dynamodb'
import { afterAll, beforeAll } from 'vitest'
import { memoryAccessTable } from '../../functions/adapters/access.memory.ts'
import { type AccessRecord, dynamoAccessTable } from '../../functions/adapters/access.ts'
import { type EmbeddedDynamo, startDynalite } from './dynalite.ts'
import { sessionsContract } from './sessions.contract.ts'

let dynamo: EmbeddedDynamo
beforeAll(async () => {
  dynamo = await startDynalite()
})
afterAll(() => dynamo.stop())

sessionsContract('memory', async () => {
  const records = new Map<string, AccessRecord>()
  return {
    table: memoryAccessTable(records),
    stored: async function* () {
      yield* records.values()
    }
  }
})

sessionsContract('DynamoDB', async () => {
  const TableName = await dynamo.makeTable('access')
  return {
    table: dynamoAccessTable(dynamo.client, TableName),
    stored: async function* () {
      yield* (await dynamo.client.send(new ScanCommand({ TableName }))).Items ?? []
    }
  }
})
