import type { Command } from 'commander'
import { bureauLogName } from '../../functions/core/bureau.ts'
import {
  ArchiveError,
  archivedTables,
  type ItemCounts,
  readArchiveHeader,
  writeArchive
} from '../archive/archive-file.ts'
import { archivedItems } from '../archive/back-up.ts'
import { checkArchive, NotEmptyError, restoreArchive, verdictsOf } from '../archive/restore.ts'
import type { StoredTables } from '../archive/stored-tables.ts'
import { CommandError, print } from './output.ts'
import { type Storage, withStorage } from './storage.ts'
import { rebuildAll } from './upkeep.ts'

interface ArchiveOptions {
  readonly data: string
  readonly json?: boolean
}

/** Commands that keep the whole tracker in a file and put it back: backup, restore. */
export const addArchive = (program: Command): void => {
  options(
    program
      .command('backup')
      .argument('<file>', 'archive to write, such as tracker.ndjson.gz')
      .description('everything that cannot be computed again, into one file / 备份')
  ).action((file: string, { data, json }: ArchiveOptions) =>
    withStorage(data, async storage => {
      const { demonstrationClock: demonstration } = storage
      const items = await writeArchive(file, { demonstration }, archivedItems(tablesOf(storage)))
      const damaged: string[] = []
      for await (const { log, verdict } of verdictsOf(file)) if (!verdict.ok) damaged.push(log)
      print({ file, items, damaged }, json, () => `${file}: ${countsText(items)}`)
      if (damaged.length > 0)
        throw new CommandError(
          `已照原样备份,但日志不完整:${damaged.join(' ')},见 tracker verify`,
          `archived as they are, but not whole: ${damaged.join(' ')}; see tracker verify`
        )
    })
  )
  options(
    program
      .command('restore')
      .argument('<file>', 'archive of tracker backup')
      .description('an archive into empty tables, then every snapshot from the log / 恢复')
  ).action(async (file: string, { data, json }: ArchiveOptions) => {
    const archive = await refusing(async () => ({
      header: await readArchiveHeader(file),
      checked: await checkArchive(file)
    }))
    await withStorage(
      data,
      async storage => {
        await refusing(() => restoreArchive(file, archive.checked, tablesOf(storage)))
        const snapshots = await rebuildAll(storage)
        const { counts } = archive.checked
        print({ file, items: counts, snapshots: snapshots.length }, json, () => `${file}: ${countsText(counts)}`)
      },
      archive.header
    )
  })
}

const options = (command: Command): Command =>
  command
    .option(
      '--data <dir>',
      'folder of the local tracker; in the cloud LOG_TABLE, STATE_TABLE, ACCESS_TABLE and DELIVERY_TABLE name the tables',
      '.tracker'
    )
    .option('--json', 'machine form')

const tablesOf = ({ client, nameOf, log }: Storage): StoredTables => ({
  client,
  nameOf,
  logs: async function* () {
    yield bureauLogName
    yield* log.projects()
  }
})

const countsText = (items: ItemCounts): string => archivedTables.map(table => `${table} ${items[table]}`).join(', ')

/** Says what is wrong with the archive or with the tables; nothing was written. */
const refusing = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  try {
    return await work()
  } catch (error) {
    if (error instanceof ArchiveError) throw new CommandError('备份文件有误,未恢复', error.message)
    if (error instanceof NotEmptyError) throw new CommandError('目标表不为空,未恢复', error.message)
    throw error
  }
}
