import type { PageStore, SiteFile } from '../core/ports.ts'
import { bytesOf, checkedPath } from './page-store.ts'

/** The site in memory; `stored` holds its files by path. */
export const memoryPageStore = (stored: Map<string, SiteFile> = new Map()): PageStore => ({
  put: async file => {
    const known = stored.get(checkedPath(file.path))
    if (known && bytesOf(known).equals(bytesOf(file))) return 'unchanged'
    stored.set(file.path, file)
    return 'written'
  },

  read: async path => {
    const known = stored.get(checkedPath(path))
    return known && bytesOf(known).toString('utf8')
  },

  remove: async path => {
    stored.delete(checkedPath(path))
  }
})
