import * as z from 'zod'
import type { BureauLog, EventLog } from '../../functions/core/ports.ts'
import { enterDemonstrationBureau, loadDemonstrationLog } from './demonstration.ts'
import type { LocalStore } from './local-store.ts'

/** What a folder holds for good. */
export interface Contents {
  readonly demonstration: boolean
  /** Loads what is not there yet, and answers the projects of the demonstration. */
  readonly complete: (bureau: BureauLog) => Promise<readonly string[]>
}

/** An empty tracker was asked for on a folder that holds the demonstration. */
export class NotEmptyError extends Error {
  override readonly name = 'NotEmptyError'
}

const contentsSchema = z.object({
  demonstration: z.boolean(),
  /** Absent until the whole demonstration is in the log. */
  projects: z.array(z.string()).optional()
})

/**
 * What the folder holds. Its first start decides: the demonstration, unless it is to be empty or its log is not. A load
 * that was broken off goes on.
 * @throws NotEmptyError
 */
export const contentsOf = async (store: LocalStore, log: EventLog, empty: boolean): Promise<Contents> => {
  const known = await store.get('contents', contentsSchema)
  if (empty && known?.demonstration) throw new NotEmptyError('the folder holds the demonstration')
  const { demonstration, projects } = known ?? {
    demonstration: !empty && !(await hasAny(log.projects())),
    projects: undefined
  }
  await store.put({ contents: { demonstration, projects } })
  return {
    demonstration,
    complete: async bureau => {
      if (!demonstration) return []
      if (projects) return projects
      const loaded = await loadDemonstrationLog(log)
      await enterDemonstrationBureau(loaded, log, bureau)
      await store.put({ contents: { demonstration, projects: loaded } })
      return loaded
    }
  }
}

/** Decides for a folder that has not decided yet: what is about to be written into it came from elsewhere. */
export const declareContents = async (store: LocalStore, demonstration: boolean): Promise<void> => {
  if ((await store.get('contents', contentsSchema)) === undefined) await store.put({ contents: { demonstration } })
}

const hasAny = async (items: AsyncIterable<unknown>): Promise<boolean> => {
  for await (const _ of items) return true
  return false
}
