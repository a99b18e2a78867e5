import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod'
import { builtInCalendars } from '../../data/calendars.ts'
import { demonstrationDate } from '../../data/demonstration/load.ts'
import { clockOf } from '../../functions/adapters/clock.ts'
import { documentClient } from '../../functions/adapters/dynamo.ts'
import { readEnvironment } from '../../functions/adapters/env.ts'
import type { StoredLog } from '../../functions/adapters/event-log.shared.ts'
import { dynamoEventLog } from '../../functions/adapters/event-log.ts'
import { makeFolder } from '../../functions/adapters/folder.ts'
import { dynamoStateStore } from '../../functions/adapters/state-store.ts'
import type { IsoDate } from '../../functions/core/dates.ts'
import { defaultPolicy } from '../../functions/core/policy.ts'
import type { Clock, StateStore } from '../../functions/core/ports.ts'
import type { Rules } from '../../functions/core/rules.ts'
import { contentsOf, declareContents } from '../local/contents.ts'
import { startEmbeddedDynamo } from '../local/embedded-dynamodb.ts'
import { localTableName } from '../local/local-functions.ts'
import { FolderInUseError, openLocalStore } from '../local/local-store.ts'
import { type TableName, tables } from '../tables.ts'
import { CommandError } from './output.ts'

/** The tables that a command works on, with the clock and the rules of the tracker they belong to. */
export interface Storage {
  readonly client: DynamoDBDocumentClient
  /** Name of a table in this storage. @throws CommandError when the environment does not name it. */
  readonly nameOf: (table: TableName) => string
  readonly log: StoredLog
  readonly store: StateStore
  readonly rules: Rules
  readonly clock: Clock
  readonly demonstrationClock: boolean
}

const runSchema = z.object({ pid: z.number(), dynamodb: z.string(), fixedDate: z.string().optional() })

/** What a folder that does not exist yet is to hold; without it there has to be one. */
export interface NewFolder {
  readonly demonstration: boolean
}

/**
 * Runs work on the tables: those that the environment names (`LOG_TABLE`, `STATE_TABLE`, in the cloud); else those of the
 * tracker that runs from the folder; else those in the folder itself.
 * @throws CommandError when there are none.
 */
export const withStorage = async (
  folder: string,
  work: (storage: Storage) => Promise<void>,
  fresh?: NewFolder
): Promise<void> => {
  if (process.env.LOG_TABLE) {
    const env = readEnvironment(['LOG_TABLE', 'STATE_TABLE', 'DYNAMODB_ENDPOINT', 'FIXED_DATE', 'POLICY'])
    return work({
      ...tablesAt(documentClient({ endpoint: env.DYNAMODB_ENDPOINT }), tableOfEnvironment),
      ...settings(env.FIXED_DATE),
      rules: { policy: env.POLICY, calendars: builtInCalendars }
    })
  }
  const running = await runningTracker(folder)
  if (running)
    return work({
      ...tablesAt(documentClient({ endpoint: running.dynamodb }), localTableName),
      ...settings(running.fixedDate)
    })
  return inFolder(folder, work, fresh)
}

const tableOfEnvironment = (table: TableName): string => {
  const { variable } = tables[table]
  const name = process.env[variable]
  if (name) return name
  throw new CommandError(
    `请设置 ${variable},表名见堆栈输出`,
    `${variable} is missing; the outputs of the stack name the tables`,
    2
  )
}

const settings = (fixedDate: IsoDate | undefined) => ({
  rules: { policy: defaultPolicy, calendars: builtInCalendars },
  clock: clockOf(fixedDate),
  demonstrationClock: fixedDate !== undefined
})

const tablesAt = (client: DynamoDBDocumentClient, nameOf: (table: TableName) => string) => ({
  client,
  nameOf,
  log: dynamoEventLog(client, nameOf('log')),
  store: dynamoStateStore(client, nameOf('state'))
})

const runningTracker = async (folder: string): Promise<z.output<typeof runSchema> | undefined> => {
  const text = await readFile(join(folder, 'run.json'), 'utf8').catch(() => undefined)
  const run = text === undefined ? undefined : runSchema.parse(JSON.parse(text))
  return run && isAlive(run.pid) ? run : undefined
}

/** After a `kill -9` the file outlives its process. */
const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

const inFolder = async (
  folder: string,
  work: (storage: Storage) => Promise<void>,
  fresh: NewFolder | undefined
): Promise<void> => {
  if (fresh) await makeFolder(folder)
  else if (!existsSync(join(folder, 'dynamodb')))
    throw new CommandError(`文件夹 ${folder} 中没有数据`, `no tracker has run from ${folder}`, 2)
  const lock = await openLocalStore(join(folder, 'local')).catch(error => {
    if (!(error instanceof FolderInUseError)) throw error
    throw new CommandError(`文件夹 ${folder} 正被占用`, `${folder} is in use by a tracker that is starting or ending`)
  })
  const dynamo = await startEmbeddedDynamo(join(folder, 'dynamodb'))
  try {
    const stored = tablesAt(dynamo.client, localTableName)
    if (fresh) await declareContents(lock, fresh.demonstration)
    const { demonstration } = await contentsOf(lock, stored.log, false)
    await work({ ...stored, ...settings(demonstration ? demonstrationDate : undefined) })
  } finally {
    await dynamo.stop()
    await lock.close()
  }
}
