import * as z from 'zod'
import { type Bureau, type BureauCommit, bureauLogName, emptyBureau, foldBureau } from '../core/bureau.ts'
import type { BureauLog } from '../core/ports.ts'
import { bureauEventsTextSchema, bureauTextSchema } from '../schema/bureau.ts'
import { authorTextSchema } from '../schema/commit.ts'
import { type CommitItem, sealedTextOf, snapshotInterval, UndecodableCommitError } from './commit-item.ts'
import { noHash, type SealedText, sealCommit } from './commit-seal.ts'
import type { LogTable } from './event-log.shared.ts'
import { packedTextSchema, packText } from './packed-text.ts'

/** Number of the fold that made a snapshot of the bureau; raise it when `foldBureau` gives another state for the same commits. */
export const bureauFormat = 2

/** The log of the bureau as a whole, in the table of the logs and sealed like any of them. */
export const bureauLogOver = (table: LogTable): BureauLog => ({
  load: async () => {
    const newer: BureauCommit[] = []
    let hash: string | undefined
    let base: Bureau = emptyBureau
    const range = { from: 1, to: Number.MAX_SAFE_INTEGER, newestFirst: true, pageSize: snapshotInterval }
    for await (const item of table.query(bureauLogName, range)) {
      const sealed = sealedTextOf(item)
      hash ??= sealed.hash
      const carried = bureauSnapshotOf(item)
      if (carried?.version === sealed.version) {
        base = carried
        break
      }
      newer.push(bureauCommitOf(sealed))
    }
    return { bureau: foldBureau(base, newer.reverse()), hash: hash ?? noHash }
  },

  append: async (commit, previousHash, after) => {
    const sealed = sealCommit({ ...commit, project: bureauLogName }, previousHash)
    const existing = await table.putNew(itemOf(sealed, after))
    // The item there may be this very commit: an attempt whose answer was lost and which the SDK repeated.
    return existing && existing.existingHash !== sealed.hash ? 'conflict' : 'appended'
  }
})

/** The bureau that an item carries along; `undefined` when it carries none that this code made. */
export const bureauSnapshotOf = (item: unknown): Bureau | undefined => snapshotSchema.safeParse(item).data?.snapshot

const snapshotSchema = z.object({
  foldFormat: z.literal(bureauFormat),
  snapshot: packedTextSchema.pipe(bureauTextSchema)
})

const itemOf = (sealed: SealedText, after: Bureau): CommitItem => {
  const { request: _none, events, ...fields } = sealed
  return {
    ...fields,
    events: packText(events),
    ...(sealed.version % snapshotInterval === 0
      ? { snapshot: packText(JSON.stringify(after)), foldFormat: bureauFormat }
      : {})
  }
}

/**
 * The commit of the bureau of sealed texts.
 * @throws UndecodableCommitError when its events or its author cannot be read.
 */
export const bureauCommitOf = (sealed: SealedText): BureauCommit => {
  const events = bureauEventsTextSchema.safeParse(sealed.events)
  const by = authorTextSchema.safeParse(sealed.by)
  if (!events.success || !by.success)
    throw new UndecodableCommitError(`bureau: commit ${sealed.version} cannot be read`, {
      cause: events.error ?? by.error
    })
  return { ...sealed, events: events.data, by: by.data }
}
