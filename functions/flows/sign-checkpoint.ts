import { bureauLogName } from '../core/bureau.ts'
import { type Checkpoint, checkpointText, type Head, noCheckpoint, readCheckpoint } from '../core/checkpoint.ts'
import { dateInShanghai } from '../core/dates.ts'
import type { BureauLog, CheckpointStore, Clock, EventLog, Signer, StateStore } from '../core/ports.ts'
import { everyReviewDueOn } from '../core/review-due.ts'
import { inParallel, throwFailures } from './in-parallel.ts'

/** What signing a checkpoint needs. */
export interface CheckpointDeps {
  readonly log: EventLog
  readonly bureau: BureauLog
  readonly store: StateStore
  readonly checkpoints: CheckpointStore
  readonly signer: Signer
  readonly clock: Clock
  /** SHA-256, hex. */
  readonly hash: (text: string) => string
}

/** The last checkpoint cannot be read, or a log has no longer what it had then; nothing is signed over it. */
export class CheckpointBrokenError extends Error {
  override readonly name = 'CheckpointBrokenError'
}

const width = 16

/**
 * Signs where all logs end, once a day; safe to repeat. Every log has to hold what the last checkpoint saw in it, so that no
 * signature ever stands on a log that was rewritten since.
 * @returns `unchanged` when the day has its checkpoint, or another process was first with it.
 * @throws CheckpointBrokenError
 */
export const signCheckpoint = async (deps: CheckpointDeps): Promise<'signed' | 'unchanged'> => {
  const at = deps.clock.now()
  const date = dateInShanghai(at)
  const last = await lastCheckpoint(deps)
  if (last?.checkpoint.date === date) return 'unchanged'
  const heads = await headsOf(last?.checkpoint.heads ?? [], deps)
  const number = (last?.checkpoint.number ?? 0) + 1
  const previous = last === undefined ? noCheckpoint : deps.hash(last.note)
  const note = await deps.signer.sign(checkpointText({ number, date, at, previous, heads }))
  return (await deps.checkpoints.add(number, note)) === 'added' ? 'signed' : 'unchanged'
}

const lastCheckpoint = async ({
  checkpoints
}: CheckpointDeps): Promise<{ readonly note: string; readonly checkpoint: Checkpoint } | undefined> => {
  const number = (await checkpoints.numbers()).at(-1)
  if (number === undefined) return undefined
  const note = await checkpoints.read(number)
  const checkpoint = note === undefined ? undefined : readCheckpoint(note.slice(0, note.indexOf('\n\n') + 1))
  if (note === undefined || checkpoint?.number !== number)
    throw new CheckpointBrokenError(`checkpoint ${number} cannot be read`)
  return { note, checkpoint }
}

/** The heads of all logs. A project that a checkpoint has seen is looked for, also where its snapshot is gone. */
const headsOf = async (seen: readonly Head[], deps: CheckpointDeps): Promise<readonly Head[]> => {
  const before = new Map(seen.map(head => [head.log, head]))
  const logs = new Set(before.keys())
  for await (const project of deps.store.due(everyReviewDueOn)) logs.add(project)
  logs.delete(bureauLogName)
  const { bureau, hash } = await deps.bureau.load()
  const heads: Head[] = bureau.version > 0 ? [{ log: bureauLogName, version: bureau.version, hash }] : []
  const failures = await inParallel(logs, width, async log => {
    const [newest] = await deps.log.commits(log, { newestFirst: true, limit: 1 })
    if (newest) heads.push({ log, version: newest.version, hash: newest.hash })
    const known = before.get(log)
    if (known && !(await holds(known, newest, deps)))
      throw new CheckpointBrokenError(`${log}: commit ${known.version} is not what the last checkpoint has seen`)
  })
  throwFailures('checkpoint', failures)
  return heads.toSorted((a, b) => (a.log < b.log ? -1 : 1))
}

const holds = async (
  { log, version, hash }: Head,
  newest: { readonly version: number; readonly hash: string } | undefined,
  deps: CheckpointDeps
): Promise<boolean> => {
  if (newest?.version === version) return newest.hash === hash
  const [then] = await deps.log.commits(log, { after: version - 1, before: version + 1 })
  return then?.hash === hash
}
