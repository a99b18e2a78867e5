import type { Server } from 'node:http'
import { createRequire } from 'node:module'
import { CreateTableCommand, waitUntilTableExists } from '@aws-sdk/client-dynamodb'
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { documentClient } from '../../functions/adapters/dynamo.ts'
import { type TableDefinition, type TableName, tables } from '../../lib/tables.ts'

/** An embedded DynamoDB for a test. */
export interface EmbeddedDynamo {
  readonly endpoint: string
  readonly client: DynamoDBDocumentClient
  /** Makes an empty table of that part of the tracker and answers its name. */
  readonly makeTable: (table: TableName) => Promise<string>
  readonly stop: () => Promise<void>
}

// dynalite is a CommonJS package without types.
const dynalite: (options: { readonly createTableMs: number }) => Server = createRequire(import.meta.url)('dynalite')

/** Starts an embedded DynamoDB on a free port of this machine. */
export const startDynalite = async (): Promise<EmbeddedDynamo> => {
  const server = dynalite({ createTableMs: 0 })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('dynalite listens on no port')
  const endpoint = `http://127.0.0.1:${address.port}`
  const client = documentClient({ endpoint })
  let made = 0
  return {
    endpoint,
    client,
    makeTable: async table => {
      made += 1
      const name = `${table}-${made}`
      await client.send(new CreateTableCommand(createInput(name, tables[table])))
      await waitUntilTableExists({ client, maxWaitTime: 5, minDelay: 0.01, maxDelay: 0.05 }, { TableName: name })
      return name
    },
    stop: async () => {
      client.destroy()
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    }
  }
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
