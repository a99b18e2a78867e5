import type { KeyObject } from 'node:crypto'
import { type Checkpoint, type Head, noCheckpoint, readCheckpoint } from '../core/checkpoint.ts'
import type { CheckpointStore } from '../core/ports.ts'
import { sha256 } from './digest.ts'
import { openNote } from './signed-note.ts'

/** What is wrong with checkpoints: one is missing, not signed by the key, or does not follow the one before. */
export interface CheckpointFault {
  readonly number: number
  readonly code: 'missing' | 'not-signed' | 'unreadable' | 'broken-chain'
  readonly detail: string
}

/** What checkpoints say, as far as they are as they were signed. */
export interface CheckpointVerdict {
  readonly count: number
  readonly last: Checkpoint | undefined
  /** The first bad one; those before it are good. */
  readonly fault: CheckpointFault | undefined
  /** What they have seen of each log, and in which checkpoint first. */
  readonly seen: ReadonlyMap<string, readonly SeenHead[]>
}

/** A head with the number of the checkpoint that has seen it. */
export interface SeenHead extends Head {
  readonly checkpoint: number
}

/** Checks the signatures of all checkpoints and that each follows the one before, and gathers what they have seen. */
export const verifyCheckpoints = async (store: CheckpointStore, key: KeyObject): Promise<CheckpointVerdict> => {
  const numbers = await store.numbers()
  const seen = new Map<string, SeenHead[]>()
  let last: Checkpoint | undefined
  let previous = noCheckpoint
  const verdict = (fault?: CheckpointFault): CheckpointVerdict => ({ count: last?.number ?? 0, last, fault, seen })
  for (let number = 1; number <= (numbers.at(-1) ?? 0); number += 1) {
    const note = await store.read(number)
    if (note === undefined) return verdict({ number, code: 'missing', detail: 'it is missing' })
    const text = openNote(note, key)
    if (text === undefined) return verdict({ number, code: 'not-signed', detail: 'this key has not signed it' })
    const checkpoint = readCheckpoint(text)
    if (checkpoint === undefined) return verdict({ number, code: 'unreadable', detail: 'it cannot be read' })
    if (checkpoint.number !== number || checkpoint.previous !== previous)
      return verdict({ number, code: 'broken-chain', detail: 'it does not follow the one before it' })
    for (const head of checkpoint.heads) {
      const known = seen.get(head.log) ?? []
      if (known.at(-1)?.version !== head.version || known.at(-1)?.hash !== head.hash)
        known.push({ ...head, checkpoint: number })
      seen.set(head.log, known)
    }
    last = checkpoint
    previous = sha256(note)
  }
  return verdict()
}

/** The first head that a log has no longer. `hashOf` gives the hash of its commit of that version, where there is one. */
export const missedHead = (
  heads: readonly SeenHead[],
  hashOf: (version: number) => string | undefined
): SeenHead | undefined => heads.find(({ version, hash }) => hashOf(version) !== hash)
