import type { Author } from '../core/author.ts'
import { type Bureau, type BureauEvent, foldBureau, numbering } from '../core/bureau.ts'
import { dateInShanghai, type IsoDate } from '../core/dates.ts'
import type { ProjectEvent } from '../core/events.ts'
import type { BureauLog, Clock } from '../core/ports.ts'
import type { TrackedProject } from '../core/state.ts'

/** What changing the bureau's log needs. */
export interface BureauDeps {
  readonly bureau: BureauLog
  readonly clock: Clock
}

/** Whoever loses so many races in a row gives up; a caller that can wait tries again. */
const mostAttempts = 20
const longestWait = 200

/** The bureau's log was written by others so often that nothing could be added. */
export class BureauBusyError extends Error {
  override readonly name = 'BureauBusyError'
}

/**
 * Adds what is decided on the bureau as it stands, in one conditional put; whoever writes first wins, the other decides
 * anew. Nothing decided is nothing written, so a repetition that finds its work done leaves no trace.
 * @returns the bureau afterwards.
 * @throws BureauBusyError
 */
export const changeBureau = async (
  decide: (bureau: Bureau) => readonly BureauEvent[],
  by: Author,
  deps: BureauDeps
): Promise<Bureau> => {
  for (let tries = 1; tries <= mostAttempts; tries += 1) {
    const { bureau, hash } = await deps.bureau.load()
    const events = decide(bureau)
    if (events.length === 0) return bureau
    const at = deps.clock.now()
    const commit = {
      version: bureau.version + 1,
      events,
      by,
      at,
      date: dateInShanghai(at),
      nonce: crypto.randomUUID()
    }
    const after = foldBureau(bureau, [commit])
    if ((await deps.bureau.append(commit, hash, after)) === 'appended') return after
    await new Promise(resolve => setTimeout(resolve, Math.random() * Math.min(longestWait, 5 * 2 ** tries)))
  }
  throw new BureauBusyError('the log of the bureau is being written by too many at once')
}

/** The tracker itself, as the one who numbers cases. */
const registrar: Author = { id: 'case-register', role: 'system' }

/** Gives the next numbers of the year to those of these cases that have none. Safe to repeat. */
export const numberCases = (
  cases: readonly { readonly id: string; readonly openedOn: IsoDate }[],
  deps: BureauDeps
): Promise<Bureau> => changeBureau(bureau => numbering(bureau, cases), registrar, deps)

/** The cases that some events opened. */
export const casesOpenedBy = (
  events: readonly ProjectEvent[],
  { cases = {} }: TrackedProject
): readonly { readonly id: string; readonly openedOn: IsoDate }[] =>
  events.flatMap(event => (event.type === 'case-opened' ? (cases[event.caseId] ?? []) : []))
