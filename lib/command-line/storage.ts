import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { builtInCalendars } from '../../data/calendars.ts'
import { demonstrationDate } from '../../data/demonstration/load.ts'
import { clockOf } from '../../functions/adapters/clock.ts'
import { documentClient } from '../../functions/adapters/dynamo.ts'
import { readEnvironment } from '../../functions/adapters/env.ts'
import type { StoredLog } from '../../functions/adapters/event-log.shared.ts'
import { dynamoEventLog } from '../../functions/adapters/event-log.ts'
import { dynamoStateStore } from '../../functions/adapters/state-store.ts'
import type { Rules } from '../../functions/core/assessment.ts'
import type { IsoDate } from '../../functions/core/dates.ts'
import { defaultPolicy } from '../../functions/core/policy.ts'
import type { Clock, StateStore } from '../../functions/core/ports.ts'
import { contentsOf } from '../local/contents.ts'
import { startEmbeddedDynamo } from '../local/embedded-dynamodb.ts'
import { localTableName } from '../local/local-functions.ts'
import { FolderInUseError, openLocalStore } from '../local/local-store.ts'
import { CommandError } from './output.ts'

/** The tables that a command works on, with the clock and the rules of the tracker they belong to. */
export interface Storage {
  readonly log: StoredLog
  readonly store: StateStore
  readonly rules: Rules
  readonly clock: Clock
  readonly demonstrationClock: boolean
}

const runSchema = z.object({ pid: z.number(), dynamodb: z.string(), fixedDate: z.string().optional() })

/**
 * Runs work on the tables: those that the environment names (`LOG_TABLE`, `STATE_TABLE`, in the cloud); else those of the
 * tracker that runs from the folder; else those in the folder itself.
 * @throws CommandError when there are none.
 */
export const withStorage = async (folder: string, work: (storage: Storage) => Promise<void>): Promise<void> => {
  if (process.env.LOG_TABLE) {
    const env = readEnvironment(['LOG_TABLE', 'STATE_TABLE', 'DYNAMODB_ENDPOINT', 'FIXED_DATE', 'POLICY'])
    const client = documentClient({ endpoint: env.DYNAMODB_ENDPOINT })
    return work({
      log: dynamoEventLog(client, env.LOG_TABLE),
      store: dynamoStateStore(client, env.STATE_TABLE),
      ...settings(env.FIXED_DATE),
      rules: { policy: env.POLICY, calendars: builtInCalendars }
    })
  }
  const running = await runningTracker(folder)
  if (running) return work({ ...tablesAt(running.dynamodb), ...settings(running.fixedDate) })
  return inFolder(folder, work)
}

const settings = (fixedDate: IsoDate | undefined) => ({
  rules: { policy: defaultPolicy, calendars: builtInCalendars },
  clock: clockOf(fixedDate),
  demonstrationClock: fixedDate !== undefined
})

const tablesAt = (endpoint: string) => {
  const client = documentClient({ endpoint })
  return {
    log: dynamoEventLog(client, localTableName('log')),
    store: dynamoStateStore(client, localTableName('state'))
  }
}

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

const inFolder = async (folder: string, work: (storage: Storage) => Promise<void>): Promise<void> => {
  if (!existsSync(join(folder, 'dynamodb')))
    throw new CommandError(`no tracker has run from ${folder} / 该文件夹中没有数据`, 2)
  const lock = await openLocalStore(join(folder, 'local')).catch(error => {
    if (!(error instanceof FolderInUseError)) throw error
    throw new CommandError(`${folder} is in use by a tracker that is starting or ending / 该文件夹正被占用`)
  })
  const dynamo = await startEmbeddedDynamo(join(folder, 'dynamodb'))
  try {
    const tables = tablesAt(dynamo.endpoint)
    const { demonstration } = await contentsOf(lock, tables.log, false)
    await work({ ...tables, ...settings(demonstration ? demonstrationDate : undefined) })
  } finally {
    await dynamo.stop()
    await lock.close()
  }
}
