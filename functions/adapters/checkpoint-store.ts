import { randomBytes } from 'node:crypto'
import { link, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CheckpointStore } from '../core/ports.ts'

/** Checkpoints as files of a folder. One appears whole or not at all, and is read-only from then on. */
export const directoryCheckpoints = (directory: string): CheckpointStore => ({
  numbers: async () => numbersIn(await namesIn(directory)),

  read: async number => {
    try {
      return await readFile(join(directory, checkpointName(number)), 'utf8')
    } catch (error) {
      if (isMissing(error)) return undefined
      throw error
    }
  },

  add: async (number, note) => {
    await mkdir(directory, { recursive: true })
    const draft = join(directory, `.${randomBytes(6).toString('hex')}.tmp`)
    try {
      await writeFile(draft, note, { mode: 0o444, flag: 'wx' })
      await link(draft, join(directory, checkpointName(number)))
      return 'added'
    } catch (error) {
      if (hasCode(error, 'EEXIST')) return 'exists'
      throw error
    } finally {
      await rm(draft, { force: true })
    }
  }
})

/** Its number in eight digits, so that names have the order of the numbers. */
export const checkpointName = (number: number): string => `${String(number).padStart(8, '0')}.txt`

/** The numbers of checkpoints among names of files, in order. */
export const numbersIn = (names: readonly string[]): readonly number[] =>
  names
    .flatMap(name => /^(\d{8})\.txt$/.exec(name)?.[1] ?? [])
    .map(Number)
    .toSorted((a, b) => a - b)

const namesIn = async (directory: string): Promise<readonly string[]> => {
  try {
    return await readdir(directory)
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}

const isMissing = (error: unknown): boolean => hasCode(error, 'ENOENT')

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code
