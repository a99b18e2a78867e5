import { database, type KeptDraft } from './database.ts'
import { type Draft, reportKey } from './draft.ts'

/** What was left half filled in for so long is forgotten. */
const keptDays = 30

/** A draft with something in it. */
export interface HalfFilled extends KeptDraft {
  readonly draft: Draft
}

let newest: HalfFilled | undefined
let writing: Promise<void> | undefined

/**
 * The draft of a bearer at a place of the form, begun where there is none: its key is the same for every window and after
 * every reload, so that one draft is recorded once.
 */
export const openDraft = async (owner: string, fragment: string): Promise<KeptDraft> => {
  await draftsKept()
  const place = owner + fragment
  const opening = (await database()).transaction('drafts', 'readwrite')
  const kept = await opening.store.get(place)
  const draft = kept ?? { place, key: crypto.randomUUID(), draft: undefined, at: new Date().toISOString() }
  if (!kept) await opening.store.put(draft)
  await opening.done
  return draft
}

/**
 * Keeps what is being filled in, so that it outlives "back", a reload and the window. While one state is being written only
 * the newest of the next ones is remembered: with photographs they are large.
 */
export const keepDraft = (kept: Omit<HalfFilled, 'at'>): void => {
  newest = { ...kept, at: new Date().toISOString() }
  writing ??= write()
}

const write = async (): Promise<void> => {
  try {
    while (newest) {
      const kept = newest
      newest = undefined
      const keeping = (await database()).transaction(['drafts', 'outbox'], 'readwrite')
      // What another window has sent is no draft any more.
      const sent = await keeping.objectStore('outbox').getKey(reportKey(kept.key, 0))
      if (sent === undefined)
        await keeping.objectStore('drafts').put({ ...kept, draft: saysNothing(kept.draft) ? undefined : kept.draft })
      await keeping.done
    }
  } finally {
    writing = undefined
  }
}

const saysNothing = ({ said, note, photos = [] }: Draft): boolean => !said && !note && photos.length === 0

/** Resolves when all that was to be kept is; what cannot be kept, on a full telephone, can still be sent. */
export const draftsKept = async (): Promise<void> => writing?.catch(() => {})

/** What is half filled in in this browser, whoever began it. */
export const readHalfFilled = async (): Promise<readonly HalfFilled[]> => {
  await draftsKept()
  return (await (await database()).getAll('drafts')).flatMap(({ draft, ...kept }) =>
    draft ? [{ ...kept, draft }] : []
  )
}

/** Whose a draft is, by the public id of a token. */
export const ownerOf = ({ place }: KeptDraft): string => place.slice(0, place.indexOf('#'))

/** The fragment of the place where a draft goes on. */
export const fragmentOf = ({ place }: KeptDraft): string => place.slice(place.indexOf('#'))

/** Forgets what a bearer left half filled in at a place. */
export const dropDraft = async (owner: string, fragment: string): Promise<void> => {
  await draftsKept()
  await (await database()).delete('drafts', owner + fragment)
}

/** Forgets what nobody has come back to. */
export const dropOldDrafts = async (): Promise<void> => {
  const before = new Date(Date.now() - keptDays * 24 * 3_600_000).toISOString()
  const dropping = (await database()).transaction('drafts', 'readwrite')
  const old = (await dropping.store.getAll()).filter(({ at }) => at < before)
  await Promise.all([...old.map(({ place }) => dropping.store.delete(place)), dropping.done])
}
