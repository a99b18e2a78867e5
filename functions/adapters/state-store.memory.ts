import type { StateStore } from '../core/ports.ts'
import {
  cursorAfter,
  filterFields,
  itemOfSnapshot,
  projectOfCursor,
  readableOf,
  refuseUnreadable,
  type SnapshotItem,
  snapshotOfItem,
  summaryOfItem,
  type UnreadableListener
} from './state-store.shared.ts'

/** Snapshots in memory, stored as the items of the DynamoDB twin; `stored` lets a test look at or damage them. */
export const memoryStateStore = (
  stored: Map<string, SnapshotItem> = new Map(),
  onUnreadable: UnreadableListener = refuseUnreadable
): StateStore => {
  const sorted = () => [...stored.values()].sort((a, b) => (a.project < b.project ? -1 : 1))

  return {
    get: async project => {
      const item = stored.get(project)
      return item === undefined ? undefined : snapshotOfItem(item)
    },

    put: async snapshot => {
      const known = stored.get(snapshot.project)
      const newer =
        known === undefined ||
        known.version < snapshot.version ||
        (known.version === snapshot.version && known.evaluatedOn <= snapshot.evaluatedOn)
      if (!newer) return 'outdated'
      stored.set(snapshot.project, itemOfSnapshot(snapshot))
      return 'stored'
    },

    due: async function* (today) {
      for (const { project, reviewDueOn } of sorted()) if (reviewDueOn <= today) yield project
    },

    list: async (filter, limit, cursor) => {
      const after = cursor === undefined ? '' : projectOfCursor(cursor)
      const found = sorted()
        .filter(item => item.project > after)
        .filter(item => filterFields.every(field => filter[field] === undefined || filter[field] === item[field]))
      const items = found.slice(0, limit)
      const last = items.at(-1)
      const page = readableOf(items, summaryOfItem, onUnreadable)
      return {
        summaries: page.map(({ summary }) => summary),
        ...(found.length > limit && last ? { cursor: cursorAfter(last.project) } : {})
      }
    },

    all: async function* () {
      yield* readableOf(sorted(), snapshotOfItem, onUnreadable)
    }
  }
}
