import { ClassicLevel } from 'classic-level'
import type * as z from 'zod'

/** Another process holds the folder. */
export class FolderInUseError extends Error {
  override readonly name = 'FolderInUseError'
}

/**
 * What the local runtime itself has to remember: how far the change feed came, which schedules fired. In the cloud AWS
 * remembers it. A write survives the death of the process; the open store also locks the folder, and the lock dies with
 * the process.
 */
export interface LocalStore {
  /** @throws ZodError when what is stored is of another form. */
  readonly get: <Schema extends z.ZodType>(key: string, schema: Schema) => Promise<z.output<Schema> | undefined>
  /** Writes all entries or none. */
  readonly put: (entries: Readonly<Record<string, unknown>>) => Promise<void>
  readonly close: () => Promise<void>
}

/**
 * Opens the store in a folder, which is made when it is missing.
 * @throws FolderInUseError
 */
export const openLocalStore = async (directory: string): Promise<LocalStore> => {
  const level = new ClassicLevel<string, unknown>(directory, { valueEncoding: 'json' })
  try {
    await level.open()
  } catch (error) {
    if (isLocked(error)) throw new FolderInUseError(`${directory} is in use`, { cause: error })
    throw error
  }
  return {
    get: async (key, schema) => {
      const value = await level.get(key)
      return value === undefined ? undefined : schema.parse(value)
    },
    put: entries => level.batch(Object.entries(entries).map(([key, value]) => ({ type: 'put', key, value }))),
    close: () => level.close()
  }
}

const isLocked = (error: unknown): boolean =>
  error instanceof Error &&
  (('code' in error && error.code === 'LEVEL_LOCKED') || (error.cause !== undefined && isLocked(error.cause)))
