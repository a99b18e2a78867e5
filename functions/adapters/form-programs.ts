import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FormPrograms } from '../core/ports.ts'

/** The files of the bundled programs, by the name of the module that each is made of. */
export const formPrograms = { first: 'form-first.js', form: 'form.js', worker: 'form-worker.js' } as const

/** The programs of the form, from the folder in which they were bundled. */
export const readFormPrograms = async (directory: string): Promise<FormPrograms> => {
  const read = (file: string): Promise<string> => readFile(join(directory, file), 'utf8')
  const { first, form, worker } = formPrograms
  return { first: await read(first), page: await read(form), worker: await read(worker) }
}
