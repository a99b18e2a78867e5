import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod'
import { emptyFlow, type Flow } from '../core/pace.ts'
import type { Pacer } from '../core/ports.ts'
import { request } from './dynamo.ts'
import { pacerOver } from './pacer.shared.ts'
import { putRevision } from './revision.ts'

const flowSchema = z.object({
  revision: z.int(),
  taken: z.array(z.number()),
  closedUntil: z.string().optional(),
  lastTurn: z.number().optional()
}) satisfies z.ZodType<Flow>

/** The last place is forgotten long after every limit has. */
const keptSeconds = 86_400

/** Flows beside the ledger of deliveries, in its DynamoDB table. */
export const dynamoPacer = (client: DynamoDBDocumentClient, TableName: string): Pacer => {
  const keyOf = (id: string) => `flow/${id}`
  return pacerOver({
    find: async id => {
      const { Item } = await request('read of a flow', () =>
        client.send(new GetCommand({ TableName, Key: { key: keyOf(id) }, ConsistentRead: true }))
      )
      return Item === undefined ? emptyFlow : flowSchema.parse(Item)
    },
    save: (id, flow) => {
      const last = Math.max(flow.taken.at(-1) ?? 0, flow.lastTurn ?? 0, Date.parse(flow.closedUntil ?? '') || 0)
      const expiresAt = Math.floor(last / 1000) + keptSeconds
      return putRevision(client, TableName, { key: keyOf(id), ...flow, expiresAt }, flow.revision)
    }
  })
}
