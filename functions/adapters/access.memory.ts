import type { Access } from '../core/ports.ts'
import { type AccessOptions, accessOver, type TokenRecord } from './access.ts'

/** Tokens in memory; `stored` lets a test see what is kept. */
export const memoryAccess = (stored: Map<string, TokenRecord> = new Map(), options?: AccessOptions): Access =>
  accessOver(
    {
      get: async id => stored.get(id),
      add: async record => {
        stored.set(record.id, record)
      },
      revoke: async (id, at) => {
        const record = stored.get(id)
        if (record) stored.set(id, { ...record, revokedAt: record.revokedAt ?? at })
        return record !== undefined
      }
    },
    options
  )
