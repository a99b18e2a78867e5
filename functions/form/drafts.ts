import { database, type KeptDraft } from './database.ts'
import type { Draft } from './draft.ts'

/** What was left half filled in for so long is forgotten. */
const keptDays = 30

let newest: KeptDraft | undefined
let writing: Promise<void> | undefined

/**
 * Keeps what is being filled in at a place of the form, so that it outlives "back", a reload and the window. While one
 * state is being written only the newest of the next ones is remembered: with photographs they are large.
 */
export const keepDraft = (place: string, draft: Draft): void => {
  newest = { place, draft, at: new Date().toISOString() }
  writing ??= write()
}

const write = async (): Promise<void> => {
  try {
    while (newest) {
      const kept = newest
      newest = undefined
      const store = await database()
      await (saysNothing(kept.draft) ? store.delete('drafts', kept.place) : store.put('drafts', kept))
    }
  } finally {
    writing = undefined
  }
}

const saysNothing = ({ said, note, photos = [] }: Draft): boolean => !said && !note && photos.length === 0

/** Resolves when all that was to be kept is; what cannot be kept, on a full telephone, can still be sent. */
export const draftsKept = async (): Promise<void> => writing?.catch(() => {})

/** What was left half filled in at a place. */
export const readDraft = async (place: string): Promise<KeptDraft | undefined> => {
  await draftsKept()
  return (await database()).get('drafts', place)
}

/** The places where something was left half filled in. */
export const draftPlaces = async (): Promise<ReadonlySet<string>> => {
  await draftsKept()
  return new Set(await (await database()).getAllKeys('drafts'))
}

/** Forgets what was left half filled in at a place. */
export const dropDraft = async (place: string): Promise<void> => {
  await draftsKept()
  await (await database()).delete('drafts', place)
}

/** Forgets what nobody has come back to. */
export const dropOldDrafts = async (): Promise<void> => {
  const before = new Date(Date.now() - keptDays * 24 * 3_600_000).toISOString()
  const drafts = await (await database()).getAll('drafts')
  await Promise.all(drafts.filter(({ at }) => at < before).map(({ place }) => dropDraft(place)))
}
