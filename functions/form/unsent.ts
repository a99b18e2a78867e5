import { database } from './database.ts'
import { fragmentOf, type HalfFilled, ownerOf } from './drafts.ts'
import type { Outgoing } from './outgoing.ts'

/** Of each report that was filled in here and is not received, whose it is, by the public id of the token. */
export const ownersOfUnsent = (drafts: readonly HalfFilled[], reports: readonly Outgoing[]): readonly string[] => [
  ...drafts.map(ownerOf),
  ...reports.flatMap(({ bearer, outcome }) => (bearer === undefined || outcome.type === 'accepted' ? [] : [bearer]))
]

/**
 * Gives what is unsent under some tokens to another. A draft gets a new key, since the tracker knows a key of one bearer
 * only; where the other has a draft of the same, both stay as they are.
 */
export const handOver = async (from: readonly string[], owner: string): Promise<void> => {
  const handing = (await database()).transaction(['drafts', 'outbox'], 'readwrite')
  const [drafts, outbox] = [handing.objectStore('drafts'), handing.objectStore('outbox')]
  const kept = await drafts.getAll()
  const taken = new Set(kept.filter(({ draft }) => draft).map(({ place }) => place))
  const moved = kept
    .filter(each => from.includes(ownerOf(each)))
    .map(each => ({ former: each.place, next: { ...each, place: owner + fragmentOf(each), key: crypto.randomUUID() } }))
    .filter(({ next }) => !taken.has(next.place))
  const items = (await outbox.getAll()).filter(({ bearer }) => bearer !== undefined && from.includes(bearer))
  await Promise.all([
    ...moved.flatMap(({ former, next }) => [drafts.delete(former), drafts.put(next)]),
    ...items.map(item => outbox.put({ ...item, bearer: owner })),
    handing.done
  ])
}
