import type { Access } from '../core/access.ts'
import { type AccessOptions, type AccessRecord, type AccessTable, accessOver } from './access.ts'

/** Grants in memory; `stored` lets a test see what is kept. */
export const memoryAccess = (stored: Map<string, AccessRecord> = new Map(), options?: AccessOptions): Access =>
  accessOver(memoryAccessTable(stored), options)

/** Grants and sessions as records in memory. */
export const memoryAccessTable = (stored: Map<string, AccessRecord>): AccessTable => ({
  get: async id => stored.get(id),
  add: async record => {
    if (stored.has(record.id)) return false
    stored.set(record.id, record)
    return true
  },
  replace: async record => {
    stored.set(record.id, record)
  },
  revoke: async (id, at) => {
    const record = stored.get(id)
    if (record) stored.set(id, { ...record, revokedAt: record.revokedAt ?? at })
    return record !== undefined
  },
  admins: async function* () {
    for (const record of stored.values()) if (record.role === 'admin' && record.revokedAt === undefined) yield record
  }
})
