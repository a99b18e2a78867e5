import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { AgendaReply } from './api.ts'
import type { Draft } from './draft.ts'
import type { Outgoing } from './outgoing.ts'

/** Who reports from this browser. */
export interface Session {
  readonly token: string
  /** The tracker takes the token no more: it was revoked. What waits stays until somebody signs in again. */
  readonly ended: boolean
  /** The tokens that ended here one after another before this one was given, by their public ids. */
  readonly succeeds?: readonly string[] | undefined
}

/** The agenda as it was fetched last. */
export interface KeptAgenda {
  readonly agenda: AgendaReply
  /** When it was fetched, ISO 8601. */
  readonly at: string
}

/** A report that was begun, and not sent off. */
export interface KeptDraft {
  /** Whose it is, by the public id of the token, and behind it the fragment of the place in the form where it goes on. */
  readonly place: string
  /** Under which it will be sent, from whichever window (`reportKey`). */
  readonly key: string
  /** What it is about by name, which the agenda may no longer have; older forms kept none. */
  readonly title?: string | undefined
  /** What was filled in; `undefined` where somebody has looked only. */
  readonly draft: Draft | undefined
  /** When it was changed last, ISO 8601. */
  readonly at: string
}

interface FormDatabase extends DBSchema {
  session: { key: 'now'; value: Session }
  agenda: { key: 'now'; value: KeptAgenda }
  outbox: { key: string; value: Outgoing }
  drafts: { key: string; value: KeptDraft }
}

let opened: Promise<IDBPDatabase<FormDatabase>> | undefined

/** Why the database is not what this form would have: a newer form has raised it, or an older window holds it. */
export type DatabaseTrouble = 'newer-form' | 'held'

let tell: (trouble: DatabaseTrouble) => void = () => {}

/** Called when the database is in trouble, from its next use on. */
export const onDatabaseTrouble = (listener: (trouble: DatabaseTrouble) => void): void => {
  tell = listener
}

/**
 * What the form keeps in this browser; the page and its service worker share it. Stores are only ever added to, and every
 * field of theirs may be missing: so a window of this form goes on with the database of any later one.
 */
export const database = (): Promise<IDBPDatabase<FormDatabase>> => {
  opened ??= open().catch(error => {
    opened = undefined
    throw error
  })
  return opened
}

const open = async (): Promise<IDBPDatabase<FormDatabase>> => {
  try {
    return await openAt(2)
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'VersionError')) throw error
    tell('newer-form')
    return openAt(undefined)
  }
}

/** `undefined`: at the version that it has. */
const openAt = (version: number | undefined): Promise<IDBPDatabase<FormDatabase>> =>
  openDB<FormDatabase>('report', version, {
    upgrade: (made, former) => {
      if (former < 1) {
        made.createObjectStore('session')
        made.createObjectStore('agenda')
        made.createObjectStore('outbox', { keyPath: 'key' })
      }
      made.createObjectStore('drafts', { keyPath: 'place' })
    },
    // A newer form in another window is waiting for the database: this window opens it again when it needs it.
    blocking: (_version, _newer, event) => {
      if (event.target instanceof IDBDatabase) event.target.close()
      opened = undefined
    },
    blocked: () => tell('held'),
    terminated: () => {
      opened = undefined
    }
  })
