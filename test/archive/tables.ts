import { dynamoEventLog } from '../../functions/adapters/event-log.ts'
import { bureauLogName } from '../../functions/core/bureau.ts'
import { type ItemCounts, writeArchive } from '../../lib/archive/archive-file.ts'
import { archivedItems } from '../../lib/archive/back-up.ts'
import { checkArchive, restoreArchive } from '../../lib/archive/restore.ts'
import type { StoredTables } from '../../lib/archive/stored-tables.ts'
import { type TableName, tables } from '../../lib/tables.ts'
import type { EmbeddedDynamo } from '../contract/dynalite.ts'

/** Empty tables of a tracker in an embedded engine. */
export const emptyTablesIn = async (dynamo: EmbeddedDynamo): Promise<StoredTables> => {
  const names = new Map<TableName, string>()
  for (const table of Object.keys(tables) as TableName[]) names.set(table, await dynamo.makeTable(table))
  const nameOf = (table: TableName) => names.get(table) ?? ''
  const logs = async function* () {
    yield bureauLogName
    yield* dynamoEventLog(dynamo.client, nameOf('log')).projects()
  }
  return { client: dynamo.client, nameOf, logs }
}

/** Backs tables up, as `tracker backup` does. */
export const backUpTo = (file: string, stored: StoredTables): Promise<ItemCounts> =>
  writeArchive(file, { demonstration: false }, archivedItems(stored))

/** Restores an archive, as `tracker restore` does. */
export const restoreFrom = async (file: string, to: StoredTables): Promise<void> =>
  restoreArchive(file, await checkArchive(file), to)
