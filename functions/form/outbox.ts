import { database } from './database.ts'
import { draftsKept } from './drafts.ts'
import type { Outgoing } from './outgoing.ts'
import { correctPlace } from './place.ts'

/** So many accepted reports are shown. */
const mostAccepted = 20

/** The reports of this browser, whoever filled them in, the newest first. */
export const readOutbox = async (): Promise<readonly Outgoing[]> =>
  (await (await database()).getAll('outbox')).sort((a, b) => (a.madeAt < b.madeAt ? 1 : -1))

/** Whether a bearer sees and sends a report; those that do not say whose they are go out under whoever signs in. */
export const isOf =
  (owner: string | undefined) =>
  ({ bearer }: Outgoing): boolean =>
    bearer === undefined || bearer === owner

/** Whether reports were put into the list, or another window had sent the same draft before. */
export type Posted = 'posted' | 'sent-before'

/**
 * Puts reports into the list, in place of the one that they correct and of the draft that they were, at its place with its
 * owner in front. One draft is put there once, from however many windows.
 */
export const post = async (
  items: readonly Outgoing[],
  { place, corrects }: { readonly place: string; readonly corrects: string | undefined }
): Promise<Posted> => {
  await draftsKept()
  const writing = (await database()).transaction(['outbox', 'drafts'], 'readwrite')
  const outbox = writing.objectStore('outbox')
  const known = new Set(await outbox.getAllKeys())
  if (items.some(({ key }) => known.has(key))) return 'sent-before'
  await Promise.all([
    corrects === undefined ? undefined : outbox.delete(corrects),
    ...items.map(item => outbox.put(item)),
    writing.objectStore('drafts').delete(place),
    writing.done
  ])
  tellOthers()
  return 'posted'
}

/** Writes how far a report has come, and forgets the oldest accepted ones. A report that was dropped stays dropped. */
export const update = async (item: Outgoing): Promise<void> => {
  const writing = (await database()).transaction('outbox', 'readwrite')
  if ((await writing.store.getKey(item.key)) !== undefined) await writing.store.put(item)
  const accepted = (await writing.store.getAll()).filter(({ outcome }) => outcome.type === 'accepted')
  const old = accepted.sort((a, b) => (a.madeAt < b.madeAt ? 1 : -1)).slice(mostAccepted)
  await Promise.all([...old.map(({ key }) => writing.store.delete(key)), writing.done])
  tellOthers()
}

/** Takes a report out of the list, with what was corrected of it. */
export const drop = async (key: string): Promise<void> => {
  await draftsKept()
  const dropping = (await database()).transaction(['outbox', 'drafts'], 'readwrite')
  const drafts = dropping.objectStore('drafts')
  const corrections = (await drafts.getAllKeys()).filter(place => place.endsWith(correctPlace(key)))
  await Promise.all([
    dropping.objectStore('outbox').delete(key),
    ...corrections.map(place => drafts.delete(place)),
    dropping.done
  ])
  tellOthers()
}

const channelName = 'report-outbox'

/** Called after every change of the list, in whichever window or worker it was made. */
export const onOutboxChange = (listener: () => void): void => {
  listeners.add(listener)
  channel.addEventListener('message', listener)
}

const listeners = new Set<() => void>()
const channel = new BroadcastChannel(channelName)

const tellOthers = (): void => {
  channel.postMessage('changed')
  for (const listener of listeners) listener()
}
