import { afterAll, beforeAll } from 'vitest'
import { memoryDeliveryLog } from '../../functions/adapters/delivery-log.memory.ts'
import { dynamoDeliveryLog } from '../../functions/adapters/delivery-log.ts'
import { deliveryLogContract } from './delivery-log.contract.ts'
import { type EmbeddedDynamo, startDynalite } from './dynalite.ts'

let dynamo: EmbeddedDynamo
beforeAll(async () => {
  dynamo = await startDynalite()
})
afterAll(() => dynamo.stop())

deliveryLogContract('memory', async () => memoryDeliveryLog())
deliveryLogContract('DynamoDB', async () => dynamoDeliveryLog(dynamo.client, await dynamo.makeTable('delivery')))
