import { createHash } from 'node:crypto'
import type { Commit } from '../core/events.ts'

/** A commit as the exact texts that are stored and hashed, so that there is no canonical form to agree on. */
export interface SealedText {
  readonly project: string
  readonly version: number
  readonly at: string
  readonly date: string
  /** JSON text of the author. */
  readonly by: string
  readonly request?: { readonly key: string; readonly hash: string } | undefined
  readonly nonce?: string | undefined
  /** JSON text of the events. */
  readonly events: string
  readonly previousHash: string
  readonly hash: string
}

/** The hash before the first commit of a project. */
export const noHash = '0'.repeat(64)

/** Writes a commit out, whatever its events say, and chains it to the one before by hash. */
export const sealCommit = (
  commit: Omit<Commit, 'events'> & { readonly events: readonly unknown[] },
  previousHash: string
): SealedText => {
  const { project, version, at, date, by, request, nonce, events } = commit
  const text = {
    project,
    version,
    at,
    date,
    by: JSON.stringify(by),
    ...(request === undefined ? {} : { request }),
    ...(nonce === undefined ? {} : { nonce }),
    events: JSON.stringify(events),
    previousHash
  }
  return { ...text, hash: hashOf(text) }
}

/** True when a stored commit is what it was when it was sealed. Whether it follows the one before is another question. */
export const verifySeal = (text: SealedText): boolean => hashOf(text) === text.hash

/**
 * SHA-256, in hex, of the UTF-8 bytes of the JSON array
 * `[previousHash, project, version, at, date, by, requestKey, requestHash, events]`
 * as `JSON.stringify` writes it, without spaces. `by` and `events` are the stored JSON texts as strings, so every byte of
 * them counts; the two request fields are `null` where the commit has no request; a nonce, where there is one, comes as a
 * tenth element. JSON quotes and escapes each field, so no two different commits give the same bytes. This must never change: hashes in the log outlive the code.
 */
const hashOf = ({
  previousHash,
  project,
  version,
  at,
  date,
  by,
  request,
  nonce,
  events
}: Omit<SealedText, 'hash'>): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        previousHash,
        project,
        version,
        at,
        date,
        by,
        request?.key ?? null,
        request?.hash ?? null,
        events,
        ...(nonce === undefined ? [] : [nonce])
      ])
    )
    .digest('hex')
