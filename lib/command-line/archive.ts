import type { Command } from 'commander'
import { bureauLogName } from '../../functions/core/bureau.ts'
import {
  type ArchivedItem,
  ArchiveError,
  archivedTables,
  type ItemCounts,
  readArchiveHeader,
  writeArchive
} from '../archive/archive-file.ts'
import { archivedItems } from '../archive/back-up.ts'
import { checkArchive, NotEmptyError, restoreArchive, verdictsOf } from '../archive/restore.ts'
import type { StoredTables } from '../archive/stored-tables.ts'
import { withExamples } from './help.ts'
import { CommandError, print } from './output.ts'
import { type Step, withProgress } from './progress.ts'
import { type Storage, withStorage } from './storage.ts'
import { rebuildAll } from './upkeep.ts'

interface ArchiveOptions {
  readonly data: string
  readonly json?: boolean
}

/** Commands that keep the whole tracker in a file and put it back: backup, restore. */
export const addArchive = (program: Command): void => {
  options(
    withExamples(
      program
        .command('backup')
        .argument('<file>', '写入的备份文件 / archive to write')
        .description(
          '备份一切不能重新算出的数据;照片是文件,不在其中,请另行复制 / everything that cannot be computed again, into one file; photographs are files and not in it: copy them too'
        ),
      ['tracker backup tracker.ndjson.gz']
    )
  ).action((file: string, { data, json }: ArchiveOptions) =>
    withStorage(data, async storage => {
      const { demonstrationClock: demonstration } = storage
      const items = await withProgress('备份 / backup', undefined, step =>
        writeArchive(file, { demonstration }, told(archivedItems(tablesOf(storage)), step))
      )
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
    withExamples(
      program
        .command('restore')
        .argument('<file>', '备份文件 / archive of tracker backup')
        .description('把备份恢复到空表并重建快照 / an archive into empty tables, then every snapshot from the log'),
      ['tracker restore tracker.ndjson.gz --data .restored']
    )
  ).action(async (file: string, { data, json }: ArchiveOptions) => {
    const archive = await refusing(async () => ({
      header: await readArchiveHeader(file),
      checked: await checkArchive(file)
    }))
    await withStorage(
      data,
      async storage => {
        await withProgress('恢复 / restore', undefined, () =>
          refusing(() => restoreArchive(file, archive.checked, tablesOf(storage)))
        )
        const snapshots = await rebuildAll(storage)
        const { counts } = archive.checked
        print({ file, items: counts, snapshots: snapshots.length }, json, () => `${file}: ${countsText(counts)}`)
      },
      archive.header
    )
  })
}

/** Takes a step with each item that goes by. */
async function* told(items: AsyncIterable<ArchivedItem>, step: Step): AsyncIterable<ArchivedItem> {
  for await (const item of items) {
    step(item.table)
    yield item
  }
}

const options = (command: Command): Command =>
  command
    .option(
      '--data <dir>',
      '本机系统的文件夹;云上由环境变量指明数据表 / folder of the local tracker; in the cloud LOG_TABLE, STATE_TABLE, ACCESS_TABLE and DELIVERY_TABLE name the tables',
      '.tracker'
    )
    .option('--json', '供程序读取 / machine form')

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
