import { isDeepStrictEqual } from 'node:util'
import * as z from 'zod'
import { BrokenLogError, evolve, initialState } from '../core/evolve.ts'
import type { ProjectState } from '../core/state.ts'
import { commitOf, sealedTextOf, snapshotOf, UndecodableCommitError } from './commit-item.ts'
import { noHash, type SealedText, verifySeal } from './commit-seal.ts'

/** What is wrong with a commit: missing, not following the one before, changed, not readable, or making no sense. */
export type LogFault = 'gap' | 'broken-chain' | 'hash-mismatch' | 'undecodable' | 'unfoldable'

/** The outcome of verifying the log of one project. */
export type LogVerdict =
  | {
      readonly ok: true
      /** Version and hash of the last commit. A log cut off at its end is whole: compare these with what is known. */
      readonly version: number
      readonly hash: string
      readonly state: ProjectState
      /** Versions whose snapshot differs from the fold of the log: a cache gone wrong, not a damaged log. */
      readonly wrongSnapshots: readonly number[]
    }
  | {
      readonly ok: false
      /** The first bad commit. */
      readonly version: number
      readonly code: LogFault
      readonly detail: string
    }

/** Verifies the raw stored items of one project, oldest first, and names the first that is bad. */
export const verifyLog = async (
  project: string,
  items: AsyncIterable<unknown> | Iterable<unknown>
): Promise<LogVerdict> => {
  let state: ProjectState = initialState
  let hash = noHash
  const wrongSnapshots: number[] = []
  for await (const item of items) {
    const version = state.version + 1
    const found = versionOf(item)
    if (found !== undefined && found !== version)
      return { ok: false, version, code: 'gap', detail: `commit ${version} is missing, ${found} follows` }
    const step = verifyItem(project, item, hash, state)
    if ('code' in step) return { ok: false, version, ...step }
    state = step.state
    hash = step.hash
    const snapshot = snapshotOf(item)
    if (snapshot && !isDeepStrictEqual(snapshot, plain(state))) wrongSnapshots.push(version)
  }
  return { ok: true, version: state.version, hash, state, wrongSnapshots }
}

type Step =
  | { readonly state: ProjectState; readonly hash: string }
  | { readonly code: LogFault; readonly detail: string }

const verifyItem = (project: string, item: unknown, previousHash: string, state: ProjectState): Step => {
  try {
    const sealed = sealedTextOf(item)
    const fault = faultOfSeal(project, sealed, previousHash)
    return fault ?? { state: evolve(state, commitOf(sealed)), hash: sealed.hash }
  } catch (error) {
    if (error instanceof UndecodableCommitError) return { code: 'undecodable', detail: error.message }
    if (error instanceof BrokenLogError) return { code: 'unfoldable', detail: error.message }
    throw error
  }
}

const faultOfSeal = (project: string, sealed: SealedText, previousHash: string): Step | undefined => {
  if (sealed.previousHash !== previousHash)
    return { code: 'broken-chain', detail: 'it does not follow the commit before it' }
  if (sealed.project !== project || !verifySeal(sealed))
    return { code: 'hash-mismatch', detail: 'it is not what was sealed' }
  return undefined
}

const versionOf = (item: unknown): number | undefined => z.object({ version: z.number() }).safeParse(item).data?.version

/** A state as it reads after storage: without fields that are undefined. */
const plain = (state: ProjectState): unknown => JSON.parse(JSON.stringify(state))
