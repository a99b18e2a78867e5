import { sha256 } from '../functions/adapters/digest.ts'
import type { PageStore } from '../functions/core/ports.ts'

/**
 * A site that keeps hashes alone and counts, so that the memory is that of publishing. What is read is what was written
 * under a path that `keeps` names, else what `made` makes of it.
 */
export const hashingStore = ({
  keeps = () => false,
  made = () => undefined
}: {
  readonly keeps?: (path: string) => boolean
  readonly made?: (path: string) => string | undefined
}) => {
  const counts = { reads: 0, puts: 0, written: 0, bytes: 0 }
  const hashes = new Map<string, string>()
  const kept = new Map<string, string>()
  const pages: PageStore = {
    put: async ({ path, body }) => {
      counts.puts += 1
      const hash = sha256(body)
      if (hashes.get(path) === hash) return 'unchanged'
      hashes.set(path, hash)
      if (typeof body === 'string' && keeps(path)) kept.set(path, body)
      counts.written += 1
      counts.bytes += body.length
      return 'written'
    },
    read: async path => {
      counts.reads += 1
      return kept.get(path) ?? made(path)
    },
    remove: async path => {
      hashes.delete(path)
      kept.delete(path)
    }
  }
  return { pages, counts }
}
