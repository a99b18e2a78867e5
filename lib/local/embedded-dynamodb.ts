import { once } from 'node:events'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import { CreateTableCommand, ListTablesCommand, waitUntilTableExists } from '@aws-sdk/client-dynamodb'
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod'
import { documentClient } from '../../functions/adapters/dynamo.ts'
import { type TableDefinition, tables } from '../tables.ts'
import { closeIterators } from './close-iterators.ts'
import { localTableName } from './local-functions.ts'

/** An accepted write, by the name of the table and the key of the item (or the whole item: it holds the key). */
export type WriteListener = (table: string, item: Readonly<Record<string, unknown>>) => void

/** DynamoDB inside this process, on disk. */
export interface EmbeddedDynamo {
  readonly endpoint: string
  readonly client: DynamoDBDocumentClient
  /** Calls `listener` after each accepted write, whichever process sent it. */
  readonly onWrite: (listener: WriteListener) => void
  readonly stop: () => Promise<void>
}

// dynalite is a CommonJS package without types.
const dynalite: (options: { readonly path?: string; readonly createTableMs: number }) => Server = createRequire(
  import.meta.url
)('dynalite')

/** Starts the embedded engine on a free port of this machine and makes the tables that are missing. */
export const startEmbeddedDynamo = async (path?: string): Promise<EmbeddedDynamo> => {
  closeIterators()
  const server = dynalite({ ...(path === undefined ? {} : { path }), createTableMs: 0 })
  const listeners: WriteListener[] = []
  server.on('request', (request: IncomingMessage, response: ServerResponse) =>
    observe(request, response, (table, item) => {
      for (const listener of listeners) listener(table, item)
    })
  )
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the embedded DynamoDB listens on no port')
  const endpoint = `http://127.0.0.1:${address.port}`
  const client = documentClient({ endpoint })
  await makeTables(client)
  return {
    endpoint,
    client,
    onWrite: listener => {
      listeners.push(listener)
    },
    stop: async () => {
      client.destroy()
      // The functions keep their connections open, which would hold the end up until they time out.
      const sweep = setInterval(() => server.closeIdleConnections(), 20)
      // dynalite's close also closes the database, after the operations under way.
      await new Promise<void>((resolve, reject) =>
        server.close(error => (error === undefined || error === null ? resolve() : reject(error)))
      ).finally(() => clearInterval(sweep))
    }
  }
}

const makeTables = async (client: DynamoDBDocumentClient): Promise<void> => {
  const { TableNames = [] } = await client.send(new ListTablesCommand({}))
  const missing = Object.entries<TableDefinition>(tables)
    .map(([table, definition]) => ({ name: localTableName(table), definition }))
    .filter(({ name }) => !TableNames.includes(name))
  for (const { name, definition } of missing) await client.send(new CreateTableCommand(createInput(name, definition)))
  await Promise.all(
    missing.map(({ name }) =>
      waitUntilTableExists({ client, maxWaitTime: 5, minDelay: 0.01, maxDelay: 0.05 }, { TableName: name })
    )
  )
}

const createInput = (TableName: string, { partitionKey, sortKey }: TableDefinition) => ({
  TableName,
  BillingMode: 'PAY_PER_REQUEST' as const,
  AttributeDefinitions: [partitionKey, ...(sortKey ? [sortKey] : [])].map(({ name, type }) => ({
    AttributeName: name,
    AttributeType: type
  })),
  KeySchema: [
    { AttributeName: partitionKey.name, KeyType: 'HASH' as const },
    ...(sortKey ? [{ AttributeName: sortKey.name, KeyType: 'RANGE' as const }] : [])
  ]
})

/**
 * Reads along with a request and tells of its write when the engine has accepted it, also when the caller is gone by
 * then. It runs after dynalite's own listener, in the same turn.
 */
const observe = (request: IncomingMessage, response: ServerResponse, tell: WriteListener): void => {
  // dynalite throws what a broken connection reports, which would end the whole tracker.
  request.removeAllListeners('error')
  request.on('error', () => {})
  const operation = String(request.headers['x-amz-target'] ?? '').split('.')[1] ?? ''
  const decode = writesOf.get(operation)
  if (!decode) return
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  response.end = new Proxy(response.end, {
    apply: (end, self, parameters) => {
      const ended = Reflect.apply(end, self, parameters)
      if (response.statusCode === 200)
        for (const { table, item } of decode(JSON.parse(Buffer.concat(chunks).toString('utf8')))) tell(table, item)
      return ended
    }
  })
}

interface Write {
  readonly table: string
  readonly item: Readonly<Record<string, unknown>>
}

const image = z.record(z.string(), z.unknown())
const put = z.object({ TableName: z.string(), Item: image })
const keyed = z.object({ TableName: z.string(), Key: image })
const batch = z.object({
  RequestItems: z.record(
    z.string(),
    z.array(
      z.object({
        PutRequest: z.object({ Item: image }).optional(),
        DeleteRequest: z.object({ Key: image }).optional()
      })
    )
  )
})

const writeOfKey = (body: unknown): readonly Write[] => {
  const { TableName, Key } = keyed.parse(body)
  return [{ table: TableName, item: Key }]
}

const writesOf = new Map<string, (body: unknown) => readonly Write[]>([
  [
    'PutItem',
    body => {
      const { TableName, Item } = put.parse(body)
      return [{ table: TableName, item: Item }]
    }
  ],
  ['UpdateItem', writeOfKey],
  ['DeleteItem', writeOfKey],
  [
    'BatchWriteItem',
    body =>
      Object.entries(batch.parse(body).RequestItems).flatMap(([table, requests]) =>
        requests.flatMap(({ PutRequest, DeleteRequest }) => {
          const item = PutRequest?.Item ?? DeleteRequest?.Key
          return item ? [{ table, item }] : []
        })
      )
  ]
])
