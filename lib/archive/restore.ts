import { createHash } from 'node:crypto'
import { PutItemCommand } from '@aws-sdk/client-dynamodb'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import { type LogVerdict, verifyBureauLog, verifyLog } from '../../functions/adapters/verify-log.ts'
import { type Bureau, bureauLogName } from '../../functions/core/bureau.ts'
import { inParallel, throwFailures } from '../../functions/flows/in-parallel.ts'
import { type ItemJson, itemOfJson } from '../dynamodb-json.ts'
import { type TableDefinition, tables } from '../tables.ts'
import { type ArchivedTable, ArchiveError, type ItemCounts, readArchive } from './archive-file.ts'
import { itemsOf, type StoredTables } from './stored-tables.ts'

/** Tables hold something that is not in the archive; restoring would mix two histories. */
export class NotEmptyError extends Error {
  override readonly name = 'NotEmptyError'
}

/** What an archive turned out to hold, read to its end. */
export interface CheckedArchive {
  readonly counts: ItemCounts
  /** By table, a digest of each item under its key. */
  readonly digests: Readonly<Record<ArchivedTable, ReadonlyMap<string, string>>>
}

/**
 * Reads an archive to its end and verifies the log of every project in it, before anything is done with it.
 * @throws ArchiveError when any of it is damaged.
 */
export const checkArchive = async (file: string): Promise<CheckedArchive> => {
  const digests = {
    log: new Map<string, string>(),
    access: new Map<string, string>(),
    delivery: new Map<string, string>()
  }
  for await (const { table, item } of readArchive(file)) {
    const key = keyOf(table, item)
    if (digests[table].has(key)) throw new ArchiveError(`${file} has ${key} of ${table} twice`)
    digests[table].set(key, digestOf(item))
  }
  for await (const { log, verdict } of verdictsOf(file))
    if (!verdict.ok)
      throw new ArchiveError(`the log of ${log} is not whole: commit ${verdict.version}, ${verdict.detail}`)
  const counts = { log: digests.log.size, access: digests.access.size, delivery: digests.delivery.size }
  return { counts, digests }
}

/** The verdict on each log in an archive, in its order. */
export async function* verdictsOf(file: string): AsyncIterable<{
  readonly log: string
  readonly verdict: LogVerdict | LogVerdict<Bureau>
}> {
  let log: string | undefined
  let items: unknown[] = []
  for await (const { table, item } of readArchive(file)) {
    if (table !== 'log') continue
    const stored = unmarshall(itemOfJson(item))
    const name = String(stored.project)
    if (log !== undefined && name !== log) {
      yield { log, verdict: await verdictOn(log, items) }
      items = []
    }
    log = name
    items.push(stored)
  }
  if (log !== undefined) yield { log, verdict: await verdictOn(log, items) }
}

const verdictOn = (log: string, items: readonly unknown[]) =>
  log === bureauLogName ? verifyBureauLog(items) : verifyLog(log, items)

/** The ledger first: by the time the log comes, and its stream with it, it is known who has been told what. */
const restoreOrder: readonly ArchivedTable[] = ['delivery', 'access', 'log']

/** Writes at a time. */
const width = 16

/**
 * Puts everything of a checked archive into tables that are empty, or that hold a part of this very archive: a restore that
 * was broken off goes on. Nothing that is there is overwritten.
 * @throws NotEmptyError before the first write when a table holds anything else.
 */
export const restoreArchive = async (
  file: string,
  { digests }: CheckedArchive,
  stored: StoredTables
): Promise<void> => {
  const present = new Set<string>()
  for (const table of restoreOrder)
    for await (const item of itemsOf(table, stored)) {
      const key = keyOf(table, item)
      if (digests[table].get(key) !== digestOf(item))
        throw new NotEmptyError(`${stored.nameOf(table)} holds ${key}, which is not in the archive`)
      present.add(`${table} ${key}`)
    }
  for (const wanted of restoreOrder) {
    const failures = await inParallel(readArchive(file), width, async ({ table, item }) => {
      if (table === wanted && !present.has(`${table} ${keyOf(table, item)}`)) await putNew(table, item, stored)
    })
    throwFailures(
      `restore of ${wanted}`,
      failures.map(({ item, error }) => ({ item: keyOf(item.table, item.item), error }))
    )
  }
}

const putNew = async (table: ArchivedTable, item: ItemJson, { client, nameOf }: StoredTables): Promise<void> => {
  await client.send(
    new PutItemCommand({
      TableName: nameOf(table),
      Item: itemOfJson(item),
      ConditionExpression: 'attribute_not_exists(#key)',
      ExpressionAttributeNames: { '#key': tables[table].partitionKey.name }
    })
  )
}

/** The key of an item as text. @throws ArchiveError when it has none. */
const keyOf = (table: ArchivedTable, item: ItemJson): string => {
  const { partitionKey, sortKey }: TableDefinition = tables[table]
  const names = [partitionKey, ...(sortKey ? [sortKey] : [])].map(({ name }) => name)
  if (names.some(name => item[name] === undefined)) throw new ArchiveError(`an item of ${table} has no key`)
  return names.map(name => Object.values(item[name] ?? {}).join()).join(' ')
}

const digestOf = (item: ItemJson): string => createHash('sha256').update(JSON.stringify(item)).digest('base64')
