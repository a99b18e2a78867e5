import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { afterAll, beforeAll } from 'vitest'
import { memoryStateStore } from '../../functions/adapters/state-store.memory.ts'
import type { SnapshotItem } from '../../functions/adapters/state-store.shared.ts'
import { dynamoStateStore } from '../../functions/adapters/state-store.ts'
import { type EmbeddedDynamo, startDynalite } from './dynalite.ts'
import { stateStoreContract } from './state-store.contract.ts'

let dynamo: EmbeddedDynamo
beforeAll(async () => {
  dynamo = await startDynalite()
})
afterAll(() => dynamo.stop())

stateStoreContract('memory', async () => {
  const stored = new Map<string, SnapshotItem>()
  return {
    store: memoryStateStore(stored),
    damageBody: async project => {
      const item = stored.get(project)
      if (item) stored.set(project, { ...item, body: '{"status":"demolished"}' })
    }
  }
})

stateStoreContract('DynamoDB', async () => {
  const { client } = dynamo
  const TableName = await dynamo.makeTable('state')
  return {
    store: dynamoStateStore(client, TableName),
    damageBody: async project => {
      const UpdateExpression = 'SET body = :body'
      const ExpressionAttributeValues = { ':body': '{"status":"demolished"}' }
      await client.send(new UpdateCommand({ TableName, Key: { project }, UpdateExpression, ExpressionAttributeValues }))
    }
  }
})
