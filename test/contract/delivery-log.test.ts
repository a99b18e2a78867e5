import { PutCommand } from '@aws-sdk/lib-dynamodb'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DeliveryItem, itemOfDelivery } from '../../functions/adapters/delivery-item.ts'
import { memoryDeliveryLog } from '../../functions/adapters/delivery-log.memory.ts'
import { dynamoDeliveryLog } from '../../functions/adapters/delivery-log.ts'
import { newDelivery } from '../../functions/core/delivery.ts'
import { deliveryLogContract } from './delivery-log.contract.ts'
import { type EmbeddedDynamo, startDynalite } from './dynalite.ts'

let dynamo: EmbeddedDynamo
beforeAll(async () => {
  dynamo = await startDynalite()
})
afterAll(() => dynamo.stop())

deliveryLogContract('memory', async () => {
  const items = new Map<string, DeliveryItem>()
  return { log: memoryDeliveryLog(items), put: async item => void items.set(String(item.key), item) }
})

deliveryLogContract('DynamoDB', async () => {
  const TableName = await dynamo.makeTable('delivery')
  return {
    log: dynamoDeliveryLog(dynamo.client, TableName),
    put: async Item => void (await dynamo.client.send(new PutCommand({ TableName, Item })))
  }
})

test('a record may go 400 days after its last change', () => {
  const entry = { key: 'k', channel: 'c', date: '2021-06-21', recipient: 'r', subject: 's', text: 't' }
  const { expiresAt } = itemOfDelivery(newDelivery(entry, '2021-06-21T00:30:00.000Z'))
  expect(expiresAt).toBe(Date.parse('2022-07-26T00:30:00.000Z') / 1000)
})
