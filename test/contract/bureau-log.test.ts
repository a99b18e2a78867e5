import { afterAll, beforeAll } from 'vitest'
import { bureauLogOver } from '../../functions/adapters/bureau-log.ts'
import { memoryLogTable } from '../../functions/adapters/event-log.memory.ts'
import { dynamoLogTable } from '../../functions/adapters/event-log.ts'
import { bureauLogContract } from './bureau-log.contract.ts'
import { type EmbeddedDynamo, startDynalite } from './dynalite.ts'

let dynamo: EmbeddedDynamo
beforeAll(async () => {
  dynamo = await startDynalite()
})
afterAll(() => dynamo.stop())

bureauLogContract('memory', async () => bureauLogOver(memoryLogTable()))
bureauLogContract('DynamoDB', async () => bureauLogOver(dynamoLogTable(dynamo.client, await dynamo.makeTable('log'))))
