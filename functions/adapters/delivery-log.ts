import { type DynamoDBDocumentClient, GetCommand, ScanCommand, type ScanCommandInput } from '@aws-sdk/lib-dynamodb'
import type { Delivery } from '../core/delivery.ts'
import type { DeliveryLog } from '../core/ports.ts'
import { deliveryOfItem, isDeliveryItem, isListed, itemOfDelivery, lastFirst } from './delivery-item.ts'
import { request } from './dynamo.ts'
import { putRevision } from './revision.ts'

/** The ledger of deliveries in a DynamoDB table. */
export const dynamoDeliveryLog = (client: DynamoDBDocumentClient, TableName: string): DeliveryLog => {
  async function* pages(input: Omit<ScanCommandInput, 'TableName'>) {
    let start: ScanCommandInput['ExclusiveStartKey']
    do {
      const page = await request('scan of the deliveries', () =>
        client.send(new ScanCommand({ TableName, ...input, ...(start ? { ExclusiveStartKey: start } : {}) }))
      )
      yield page.Items ?? []
      start = page.LastEvaluatedKey
    } while (start)
  }

  return {
    find: async key => {
      const { Item } = await request('read of a delivery', () =>
        client.send(new GetCommand({ TableName, Key: { key }, ConsistentRead: true }))
      )
      return Item && deliveryOfItem(Item)
    },

    save: delivery => putRevision(client, TableName, itemOfDelivery(delivery), delivery.revision),

    // There is no index by time or status: every attempt would rewrite it, and it is looked at a few times a day.
    list: async (filter, limit) => {
      let newest: readonly Delivery[] = []
      const { status } = filter
      const onlyStatus = status === undefined ? {} : statusCondition(status)
      for await (const items of pages(onlyStatus)) {
        const listed = items.filter(isDeliveryItem).map(deliveryOfItem)
        newest = [...newest, ...listed.filter(delivery => isListed(filter, delivery))].sort(lastFirst).slice(0, limit)
      }
      return newest
    }
  }
}

const statusCondition = (status: string): Omit<ScanCommandInput, 'TableName'> => ({
  FilterExpression: '#status = :status',
  ExpressionAttributeNames: { '#status': 'status' },
  ExpressionAttributeValues: { ':status': status }
})
