import { type DynamoDBDocumentClient, GetCommand, ScanCommand, type ScanCommandInput } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod'
import type { DeliveryLog } from '../core/ports.ts'
import { deliveryOfItem, isDeliveryItem, itemOfDelivery, pageBuilder } from './delivery-item.ts'
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
    list: async (filter, limit, cursor) => {
      const { add, page } = pageBuilder(filter, limit, cursor)
      const { status } = filter
      for await (const items of pages(status === undefined ? {} : statusCondition(status)))
        add(items.filter(isDeliveryItem).map(deliveryOfItem))
      return page()
    },

    overdue: async function* (before) {
      const scan = {
        FilterExpression: '#dueAt < :before OR #leaseUntil < :before',
        ProjectionExpression: '#key',
        ExpressionAttributeNames: { '#key': 'key', '#dueAt': 'dueAt', '#leaseUntil': 'leaseUntil' },
        ExpressionAttributeValues: { ':before': before }
      }
      for await (const items of pages(scan)) for (const item of items) yield keySchema.parse(item).key
    }
  }
}

const keySchema = z.object({ key: z.string() })

const statusCondition = (status: string): Omit<ScanCommandInput, 'TableName'> => ({
  FilterExpression: '#status = :status',
  ExpressionAttributeNames: { '#status': 'status' },
  ExpressionAttributeValues: { ':status': status }
})
