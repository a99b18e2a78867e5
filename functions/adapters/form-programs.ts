import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FormPrograms } from '../core/ports.ts'

/** The files of the bundled programs, by the name of the module that each is made of. */
export const formPrograms = { form: 'form.js', worker: 'form-worker.js' } as const

/** The programs of the form, from the folder in which they were bundled. */
export const readFormPrograms = async (directory: string): Promise<FormPrograms> => {
  const [page, worker] = await Promise.all(
    [formPrograms.form, formPrograms.worker].map(file => readFile(join(directory, file), 'utf8'))
  )
  if (page === undefined || worker === undefined) throw new Error(`${directory} holds no form`)
  return { page, worker }
}
