import { isDeepStrictEqual } from 'node:util'
import * as z from 'zod'
import { type Bureau, bureauLogName, emptyBureau, foldBureau } from '../core/bureau.ts'
import { BrokenLogError, evolve, initialState } from '../core/evolve.ts'
import type { ProjectState } from '../core/state.ts'
import { bureauCommitOf, bureauFormat, bureauSnapshotOf } from './bureau-log.ts'
import {
  carriedFormOf,
  commitOf,
  foldFormat,
  sealedTextOf,
  snapshotOf,
  strayAttributesOf,
  UndecodableCommitError
} from './commit-item.ts'
import { noHash, type SealedText, verifySeal } from './commit-seal.ts'

/** What is wrong with a commit: missing, not following the one before, changed, added to, not readable, or making no sense. */
export type LogFault = 'gap' | 'broken-chain' | 'hash-mismatch' | 'stray-attribute' | 'undecodable' | 'unfoldable'

/** The outcome of verifying a log, of a project unless told otherwise. */
export type LogVerdict<State = ProjectState> =
  | {
      readonly ok: true
      /** Version and hash of the last commit. A log cut off at its end is whole: compare these with what is known. */
      readonly version: number
      readonly hash: string
      readonly state: State
      /** Versions whose snapshot cannot be read or differs from the fold of the log: a cache gone wrong, not a damaged log. */
      readonly wrongSnapshots: readonly number[]
    }
  | {
      readonly ok: false
      /** The first bad commit. */
      readonly version: number
      readonly code: LogFault
      readonly detail: string
    }

/** Raw stored items of one log, oldest first. */
export type StoredItems = AsyncIterable<unknown> | Iterable<unknown>

/** Verifies the log of one project and names the first commit that is bad. */
export const verifyLog = (project: string, items: StoredItems): Promise<LogVerdict> =>
  verify(project, items, {
    initial: initialState,
    after: (state, sealed) => evolve(state, commitOf(sealed)),
    carriedBy: snapshotOf,
    format: foldFormat
  })

/** The same for the log of the bureau. */
export const verifyBureauLog = (items: StoredItems): Promise<LogVerdict<Bureau>> =>
  verify(bureauLogName, items, {
    initial: emptyBureau,
    after: (bureau, sealed) => foldBureau(bureau, [bureauCommitOf(sealed)]),
    carriedBy: bureauSnapshotOf,
    format: bureauFormat
  })

/** How the commits of a log make a state. */
interface Fold<State> {
  readonly initial: State
  /** @throws UndecodableCommitError, BrokenLogError */
  readonly after: (state: State, sealed: SealedText) => State
  /** The state that an item carries along. */
  readonly carriedBy: (item: unknown) => State | undefined
  /** Number of this fold. */
  readonly format: number
}

const verify = async <State extends { readonly version: number }>(
  log: string,
  items: StoredItems,
  { initial, after, carriedBy, format }: Fold<State>
): Promise<LogVerdict<State>> => {
  let state = initial
  let hash = noHash
  const wrongSnapshots: number[] = []
  for await (const item of items) {
    const version = state.version + 1
    const found = versionOf(item)
    if (found !== undefined && found !== version)
      return { ok: false, version, code: 'gap', detail: `commit ${version} is missing, ${found} follows` }
    const step = verifyItem(log, item, hash, sealed => after(state, sealed))
    if ('code' in step) return { ok: false, version, ...step }
    state = step.state
    hash = step.hash
    const form = carriedFormOf(item, format)
    if (form === 'damaged' || (form === 'current' && !isDeepStrictEqual(carriedBy(item), plain(state))))
      wrongSnapshots.push(version)
  }
  return { ok: true, version: state.version, hash, state, wrongSnapshots }
}

interface Fault {
  readonly code: LogFault
  readonly detail: string
}

const verifyItem = <State>(
  log: string,
  item: unknown,
  previousHash: string,
  after: (sealed: SealedText) => State
): { readonly state: State; readonly hash: string } | Fault => {
  try {
    const sealed = sealedTextOf(item)
    const fault = faultOfSeal(log, sealed, previousHash) ?? faultOfStrays(item)
    return fault ?? { state: after(sealed), hash: sealed.hash }
  } catch (error) {
    if (error instanceof UndecodableCommitError) return { code: 'undecodable', detail: error.message }
    if (error instanceof BrokenLogError) return { code: 'unfoldable', detail: error.message }
    throw error
  }
}

const faultOfSeal = (log: string, sealed: SealedText, previousHash: string): Fault | undefined => {
  if (sealed.previousHash !== previousHash)
    return { code: 'broken-chain', detail: 'it does not follow the commit before it' }
  if (sealed.project !== log || !verifySeal(sealed))
    return { code: 'hash-mismatch', detail: 'it is not what was sealed' }
  return undefined
}

const faultOfStrays = (item: unknown): Fault | undefined => {
  const strays = strayAttributesOf(item)
  return strays.length === 0
    ? undefined
    : { code: 'stray-attribute', detail: `it was sealed without ${strays.join(', ')}` }
}

const versionOf = (item: unknown): number | undefined => z.object({ version: z.number() }).safeParse(item).data?.version

/** A state as it reads after storage: without fields that are undefined. */
const plain = (state: unknown): unknown => JSON.parse(JSON.stringify(state))
