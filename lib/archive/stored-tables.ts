import { ScanCommand, type ScanCommandInput } from '@aws-sdk/client-dynamodb'
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { type ItemJson, jsonOfItem } from '../dynamodb-json.ts'
import type { TableName } from '../tables.ts'

/** The tables of a tracker, taken as they are stored. */
export interface StoredTables {
  readonly client: DynamoDBDocumentClient
  readonly nameOf: (table: TableName) => string
  /** Names of all logs: the ids of the projects, and the bureau's own. */
  readonly logs: () => AsyncIterable<string>
}

/** Every item of a table, in no particular order. */
export async function* itemsOf(table: TableName, { client, nameOf }: StoredTables): AsyncIterable<ItemJson> {
  let start: ScanCommandInput['ExclusiveStartKey']
  do {
    const page = await client.send(
      new ScanCommand({ TableName: nameOf(table), ConsistentRead: true, ExclusiveStartKey: start })
    )
    for (const item of page.Items ?? []) yield jsonOfItem(item)
    start = page.LastEvaluatedKey
  } while (start)
}
