import { createRequire } from 'node:module'
import * as z from 'zod'
import type { Bundle } from '../bundling.ts'
import { type FunctionName, functionOf, type SettingName } from '../functions.ts'
import { type TableDefinition, tables } from '../tables.ts'
import { type Handler, type Invoke, invokerOf } from './invoke.ts'

/** The functions of the tracker in this process, by name. */
export type LocalFunctions = (name: FunctionName) => Invoke

/**
 * Loads bundles with the environment that they read while they load. Channels and policy may come from the environment of
 * the process; everything else is set here.
 */
export const loadFunctions = (
  bundles: readonly Bundle[],
  settings: Readonly<Partial<Record<SettingName, string | undefined>>>
): LocalFunctions => {
  setEnvironment({ ...tableNames(), ...inCloud, ...quiet, ...settings })
  const require = createRequire(import.meta.url)
  const invokers = new Map(
    bundles.map(({ name, file }) => {
      const { handler } = moduleSchema.parse(require(file))
      return [name, invokerOf(name, functionOf(name), handler)] as const
    })
  )
  return name => {
    const invoke = invokers.get(name)
    if (!invoke) throw new Error(`the function ${name} is not loaded`)
    return invoke
  }
}

/** The name of a table in the embedded engine, by the name of its definition. */
export const localTableName = (table: string): string => `tracker-${table}`

/** What only functions in the cloud have. */
const inCloud = {
  AUTHORISATION: undefined,
  SITE_BUCKET: undefined,
  PHOTO_BUCKET: undefined,
  CHANNELS_SECRET: undefined,
  RETRY_QUEUE: undefined,
  CHECKPOINT_BUCKET: undefined,
  CHECKPOINT_KEY: undefined
}

/** Metrics and lines of success are for CloudWatch; a person at a terminal sees warnings and errors. */
const quiet = { POWERTOOLS_METRICS_DISABLED: 'true', POWERTOOLS_LOG_LEVEL: 'WARN' }

const moduleSchema = z.object({
  handler: z.custom<Handler>(value => typeof value === 'function', 'exports no handler')
})

const tableNames = (): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries<TableDefinition>(tables).map(([table, { variable }]) => [variable, localTableName(table)])
  )

const setEnvironment = (variables: Readonly<Record<string, string | undefined>>): void => {
  for (const [name, value] of Object.entries(variables))
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
}
