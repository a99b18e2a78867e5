import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import { afterAll, beforeAll } from 'vitest'
import { type LogItems, memoryEventLog } from '../../functions/adapters/event-log.memory.ts'
import { dynamoEventLog } from '../../functions/adapters/event-log.ts'
import { type EmbeddedDynamo, startDynalite } from './dynalite.ts'
import { eventLogContract } from './event-log.contract.ts'

let dynamo: EmbeddedDynamo
beforeAll(async () => {
  dynamo = await startDynalite()
})
afterAll(() => dynamo.stop())

eventLogContract('memory', async () => {
  const stored: LogItems = new Map()
  return {
    log: memoryEventLog(stored),
    overwrite: async item => {
      stored.get(String(item.project))?.set(Number(item.version), item)
    },
    remove: async (project, version) => {
      stored.get(project)?.delete(version)
    }
  }
})

eventLogContract('DynamoDB', async () => {
  const { client } = dynamo
  const TableName = await dynamo.makeTable('log')
  return {
    log: dynamoEventLog(client, TableName),
    overwrite: async item => {
      await client.send(new PutCommand({ TableName, Item: item }))
    },
    remove: async (project, version) => {
      await client.send(new DeleteCommand({ TableName, Key: { project, version } }))
    }
  }
})
