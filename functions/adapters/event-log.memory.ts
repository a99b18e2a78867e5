import { bureauLogName } from '../core/bureau.ts'
import type { CommitItem } from './commit-item.ts'
import { eventLogOver, type ItemRange, type LogTable, type StoredLog } from './event-log.shared.ts'

/** Stored items by project and version. */
export type LogItems = Map<string, Map<number, unknown>>

/** The event log in memory. It stores the very items of the DynamoDB twin; `stored` lets a test look at or damage them. */
export const memoryEventLog = (stored: LogItems = new Map()): StoredLog => eventLogOver(memoryLogTable(stored))

/** The table of the logs in memory. */
export const memoryLogTable = (stored: LogItems = new Map()): LogTable => {
  async function* query(project: string, { from, to, newestFirst }: ItemRange): AsyncIterable<unknown> {
    const items = stored.get(project) ?? new Map<number, unknown>()
    const versions = [...items.keys()].filter(version => from <= version && version <= to)
    for (const version of versions.sort((a, b) => (newestFirst ? b - a : a - b))) yield items.get(version)
  }

  const putNew = async (item: CommitItem) => {
    const items = stored.get(item.project) ?? new Map<number, unknown>()
    const existing = items.get(item.version)
    if (existing !== undefined) return { existingHash: hashOf(existing) }
    stored.set(item.project, items.set(item.version, item))
    return undefined
  }

  async function* projects(): AsyncIterable<string> {
    for (const [project, items] of stored) if (items.size > 0 && project !== bureauLogName) yield project
  }

  return { query, putNew, projects }
}

const hashOf = (item: unknown): string | undefined =>
  typeof item === 'object' && item !== null && 'hash' in item && typeof item.hash === 'string' ? item.hash : undefined
