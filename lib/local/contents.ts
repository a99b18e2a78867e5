import * as z from 'zod'
import type { EventLog } from '../../functions/core/ports.ts'
import { loadDemonstrationLog } from './demonstration.ts'
import type { LocalStore } from './local-store.ts'

/** What a folder holds for good. */
export interface Contents {
  readonly demonstration: boolean
  /** The projects of the demonstration. */
  readonly projects: readonly string[]
}

/** An empty tracker was asked for on a folder that holds the demonstration. */
export class NotEmptyError extends Error {
  override readonly name = 'NotEmptyError'
}

const contentsSchema = z.object({
  demonstration: z.boolean(),
  /** False until the whole demonstration is in the log. */
  complete: z.boolean(),
  projects: z.array(z.string())
})

/**
 * What the folder holds. Its first start decides, and loads the demonstration unless it is to be empty or its log is
 * not; a load that was broken off goes on.
 * @throws NotEmptyError
 */
export const contentsOf = async (store: LocalStore, log: EventLog, empty: boolean): Promise<Contents> => {
  const known = await store.get('contents', contentsSchema)
  if (empty && known?.demonstration) throw new NotEmptyError('the folder holds the demonstration')
  if (known?.complete) return known
  const demonstration = known !== undefined || (!empty && !(await hasAny(log.projects())))
  if (!demonstration) return remember(store, [], false)
  await store.put({ contents: { demonstration, complete: false, projects: [] } })
  return remember(store, await loadDemonstrationLog(log), true)
}

const remember = async (store: LocalStore, projects: readonly string[], demonstration: boolean): Promise<Contents> => {
  const contents = { demonstration, complete: true, projects }
  await store.put({ contents })
  return contents
}

const hasAny = async (items: AsyncIterable<unknown>): Promise<boolean> => {
  for await (const _ of items) return true
  return false
}
