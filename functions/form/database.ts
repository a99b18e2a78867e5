import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { AgendaReply } from './api.ts'
import type { Outgoing } from './outbox.ts'

/** Who reports from this browser. */
export interface Session {
  readonly token: string
  /** The tracker takes the token no more: it was revoked. What waits stays until somebody signs in again. */
  readonly ended: boolean
}

/** The agenda as it was fetched last. */
export interface KeptAgenda {
  readonly agenda: AgendaReply
  /** When it was fetched, ISO 8601. */
  readonly at: string
}

interface FormDatabase extends DBSchema {
  session: { key: 'now'; value: Session }
  agenda: { key: 'now'; value: KeptAgenda }
  outbox: { key: string; value: Outgoing }
}

let opened: Promise<IDBPDatabase<FormDatabase>> | undefined

/** What the form keeps in this browser; the page and its service worker share it. */
export const database = (): Promise<IDBPDatabase<FormDatabase>> => {
  opened ??= openDB<FormDatabase>('report', 1, {
    upgrade: made => {
      made.createObjectStore('session')
      made.createObjectStore('agenda')
      made.createObjectStore('outbox', { keyPath: 'key' })
    },
    // A newer form in another window is waiting for the database: this window opens it again when it needs it.
    blocking: (_version, _newer, event) => {
      if (event.target instanceof IDBDatabase) event.target.close()
      opened = undefined
    },
    terminated: () => {
      opened = undefined
    }
  })
  return opened
}
