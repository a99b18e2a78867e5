import { QueryCommand, type QueryCommandInput } from '@aws-sdk/client-dynamodb'
import { type ItemJson, jsonOfItem } from '../dynamodb-json.ts'
import { tables } from '../tables.ts'
import type { ArchivedItem, ArchivedTable } from './archive-file.ts'
import { itemsOf, type StoredTables } from './stored-tables.ts'

/**
 * Everything that cannot be computed again, item by item as it is stored: the log of every project and of the
 * bureau, oldest commit first;
 * the grants; the ledger of deliveries. Snapshots are left out, the log has all of them.
 *
 * Reports may go on meanwhile: each log is read in one consistent sweep from its first commit, so it is whole
 * up to some version. The ledger comes after the log, so that it knows of every notice that was sent of an archived commit,
 * and nobody is told again after a restore.
 */
export async function* archivedItems(stored: StoredTables): AsyncIterable<ArchivedItem> {
  const logs = await Array.fromAsync(stored.logs())
  for (const log of logs.toSorted()) yield* commitsOf(log, stored)
  yield* sortedItems(stored, 'access')
  yield* sortedItems(stored, 'delivery')
}

/** A table of single items, in the order of its key, since a scan has none. */
async function* sortedItems(stored: StoredTables, table: ArchivedTable): AsyncIterable<ArchivedItem> {
  const { name } = tables[table].partitionKey
  const byKey = new Map<string, ItemJson>()
  for await (const item of itemsOf(table, stored)) byKey.set(JSON.stringify(item[name]), item)
  for (const [, item] of [...byKey].toSorted(([a], [b]) => (a < b ? -1 : 1))) yield { table, item }
}

async function* commitsOf(log: string, { client, nameOf }: StoredTables): AsyncIterable<ArchivedItem> {
  let start: QueryCommandInput['ExclusiveStartKey']
  do {
    const page = await client.send(
      new QueryCommand({
        TableName: nameOf('log'),
        KeyConditionExpression: '#project = :project',
        ExpressionAttributeNames: { '#project': 'project' },
        ExpressionAttributeValues: { ':project': { S: log } },
        ConsistentRead: true,
        ExclusiveStartKey: start
      })
    )
    for (const item of page.Items ?? []) yield { table: 'log', item: jsonOfItem(item) }
    start = page.LastEvaluatedKey
  } while (start)
}
