import { randomBytes } from 'node:crypto'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, resolve, sep } from 'node:path'
import type { PageStore, SiteFile } from '../core/ports.ts'
import { makeFolder } from './folder.ts'

/** A path that is no place inside the site. */
export class BadPagePathError extends Error {
  override readonly name = 'BadPagePathError'
}

/** The site in a directory. A page appears whole or not at all: it is written beside its place and renamed into it. */
export const directoryPageStore = (directory: string): PageStore => ({
  put: async file => {
    const target = placeIn(directory, file.path)
    const bytes = bytesOf(file)
    if ((await contentOf(target))?.equals(bytes)) return 'unchanged'
    await makeFolder(dirname(target))
    const draft = `${target}.${randomBytes(6).toString('hex')}.tmp`
    try {
      await writeFile(draft, bytes, { flag: 'wx' })
      await rename(draft, target)
    } catch (error) {
      await rm(draft, { force: true })
      throw error
    }
    return 'written'
  },

  read: async path => (await contentOf(placeIn(directory, path)))?.toString('utf8'),

  remove: async path => rm(placeIn(directory, path), { force: true })
})

const placeIn = (directory: string, path: string): string => {
  const place = resolve(directory, checkedPath(path))
  if (!place.startsWith(resolve(directory) + sep)) throw new BadPagePathError(`no path of a page: ${path}`)
  return place
}

/**
 * The path of a page: relative, of plain segments.
 * @throws BadPagePathError
 */
export const checkedPath = (path: string): string => {
  const plain = path.split('/').every(segment => segment !== '' && segment !== '.' && segment !== '..')
  if (!plain || /[\\:\p{Cc}]/u.test(path) || path.length > 500) throw new BadPagePathError(`no path of a page: ${path}`)
  return path
}

/** The bytes of a page; text is UTF-8. */
export const bytesOf = ({ body }: SiteFile): Buffer =>
  typeof body === 'string' ? Buffer.from(body, 'utf8') : Buffer.from(body)

const contentOf = async (path: string): Promise<Buffer | undefined> => {
  try {
    return await readFile(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
