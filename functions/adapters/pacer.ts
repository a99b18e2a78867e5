import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod'
import { secondsAfter } from '../core/instants.ts'
import { closedFor, emptyFlow, type Flow, takePlace } from '../core/pace.ts'
import type { Pacer } from '../core/ports.ts'
import { request } from './dynamo.ts'
import { putRevision } from './revision.ts'

/** Where flows are kept; `save` writes only over the revision before. */
export interface FlowStore {
  readonly find: (id: string) => Promise<Flow>
  readonly save: (id: string, flow: Flow) => Promise<'saved' | 'outdated'>
}

/** Races that are run for a place before it counts as full for a second. */
const mostRaces = 10

/** Keeps the pace of receivers by conditional writes, so that it holds over all processes that share the store. */
export const pacerOver = ({ find, save }: FlowStore): Pacer => ({
  take: async (pace, now) => {
    for (let race = 0; race < mostRaces; race += 1) {
      const place = takePlace(await find(pace.id), pace, now)
      if ((await save(pace.id, place.flow)) === 'outdated') continue
      return place.type === 'free' ? { type: 'free' } : { type: 'full', until: place.until }
    }
    return { type: 'full', until: secondsAfter(now, 1) }
  },

  close: async (pace, seconds, now) => {
    for (let race = 0; race < mostRaces; race += 1)
      if ((await save(pace.id, closedFor(await find(pace.id), seconds, now))) === 'saved') return
  }
})

/** Flows in memory, for one process. */
export const memoryPacer = (flows: Map<string, Flow> = new Map()): Pacer =>
  pacerOver({
    find: async id => flows.get(id) ?? emptyFlow,
    save: async (id, flow) => {
      if (flow.revision !== (flows.get(id)?.revision ?? 0) + 1) return 'outdated'
      flows.set(id, flow)
      return 'saved'
    }
  })

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
