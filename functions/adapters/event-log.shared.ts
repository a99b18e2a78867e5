import { fold, initialState } from '../core/evolve.ts'
import type { CommitRange, EventLog, SealedCommit } from '../core/ports.ts'
import type { ProjectState } from '../core/state.ts'
import { type CommitItem, commitOf, itemOf, sealedTextOf, snapshotInterval, snapshotOf } from './commit-item.ts'
import { noHash, sealCommit } from './commit-seal.ts'

/** A log that also shows its items as they are stored, for verification and backup. */
export interface StoredLog extends EventLog {
  /** The stored items of a project, oldest first, not decoded. */
  readonly items: (project: string) => AsyncIterable<unknown>
}

/** Items of one project between two versions (inclusive). */
export interface ItemRange {
  readonly from: number
  readonly to: number
  readonly newestFirst: boolean
  /** How many items to ask for at a time. */
  readonly pageSize?: number | undefined
}

/** What a twin has to provide; everything else of the log is the same code. */
export interface LogTable {
  /** Items read page by page, so that a reader who stops early pays for no further page. Sees every earlier write. */
  readonly query: (project: string, range: ItemRange) => AsyncIterable<unknown>
  /** Writes an item unless its version is there already; then it answers the hash of the item that is there. */
  readonly putNew: (item: CommitItem) => Promise<{ readonly existingHash: string | undefined } | undefined>
  readonly projects: () => AsyncIterable<string>
}

/** Above every version; a sort key of DynamoDB has room for 38 digits. */
const lastVersion = Number.MAX_SAFE_INTEGER

/** The event log over a table. */
export const eventLogOver = (table: LogTable): StoredLog => ({
  load: async (project, upTo = lastVersion) => {
    const newer: SealedCommit[] = []
    let hash: string | undefined
    let base: ProjectState = initialState
    // Sixteen consecutive versions hold exactly one multiple of sixteen, so the first page reaches a snapshot.
    const range = { from: 1, to: upTo, newestFirst: true, pageSize: snapshotInterval }
    for await (const item of upTo < 1 ? [] : table.query(project, range)) {
      const sealed = sealedTextOf(item)
      hash ??= sealed.hash
      const snapshot = snapshotOf(item)
      if (snapshot?.version === sealed.version) {
        base = snapshot
        break
      }
      newer.push(commitOf(sealed))
    }
    return { state: fold(base, newer.reverse()), hash: hash ?? noHash }
  },

  append: async (commit, previousHash, after) => {
    if (after.version !== commit.version)
      throw new RangeError(
        `${commit.project}: commit ${commit.version} given with the state of version ${after.version}`
      )
    const sealed = sealCommit(commit, previousHash)
    // Read back before it is written: what cannot be decoded must never get into a log that is append only.
    const stored = commitOf(sealed)
    const existing = await table.putNew(itemOf(sealed, after))
    // The item there may be this very commit: an attempt whose answer was lost and which the SDK repeated.
    return existing && existing.existingHash !== sealed.hash
      ? { type: 'conflict' }
      : { type: 'appended', commit: stored }
  },

  commits: async (project, range = {}) => {
    const found: SealedCommit[] = []
    const limit = range.limit ?? Number.POSITIVE_INFINITY
    if (limit < 1) return found
    for await (const item of table.query(project, itemRangeOf(range))) {
      found.push(commitOf(sealedTextOf(item)))
      if (found.length >= limit) break
    }
    return found
  },

  projects: table.projects,

  items: project => table.query(project, { from: 1, to: lastVersion, newestFirst: false })
})

const itemRangeOf = ({ after = 0, before = lastVersion, newestFirst = false, limit }: CommitRange): ItemRange => ({
  from: after + 1,
  to: before - 1,
  newestFirst,
  pageSize: limit
})
