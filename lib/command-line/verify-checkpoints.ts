import { createPublicKey, type KeyObject } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { S3Client } from '@aws-sdk/client-s3'
import { bucketCheckpoints } from '../../functions/adapters/checkpoint-store.s3.ts'
import { directoryCheckpoints } from '../../functions/adapters/checkpoint-store.ts'
import { missedHead, verifyCheckpoints } from '../../functions/adapters/verify-checkpoints.ts'
import type { CheckpointStore } from '../../functions/core/ports.ts'
import { checkpointPlaces } from '../local/checkpoint-key.ts'
import { CommandError } from './output.ts'
import type { VerifyFinding } from './verify-logs.ts'
import { badCheckpointText, checkpointsText, rewrittenText } from './verify-text.ts'

/** Signed checkpoints, and the public key that they have to be signed by. */
export interface SignedCheckpoints {
  readonly store: CheckpointStore
  readonly key: KeyObject
}

/** Where somebody says that checkpoints and their key are. */
export interface CheckpointOptions {
  readonly data: string
  readonly checkpoints?: string
  readonly publicKey?: string
}

/** The name under which checkpoints stand among the findings; no project can have it. */
const checkpointsName = '@checkpoints'

/**
 * The checkpoints to hold the logs against: those that are named, else those of the bucket of the environment, else those in
 * the folder of the tracker. `undefined` where there are none to be expected.
 * @throws CommandError when there is no key to them, or the key cannot be read.
 */
export const checkpointsFor = async (options: CheckpointOptions): Promise<SignedCheckpoints | undefined> => {
  const places = checkpointPlaces(options.data)
  const isLocal = process.env.LOG_TABLE === undefined
  const store = storeFor(options.checkpoints ?? (isLocal ? places.directory : undefined))
  const keyFile = options.publicKey ?? (isLocal ? places.publicKey : undefined)
  if (options.checkpoints === undefined && options.publicKey === undefined && isLocal && !existsSync(places.publicKey))
    return undefined
  if (!store) return undefined
  if (keyFile === undefined)
    throw new CommandError('缺少 --public-key', '--public-key is missing: aws kms get-public-key gives it', 2)
  return { store, key: await keyIn(keyFile) }
}

const storeFor = (directory: string | undefined): CheckpointStore | undefined => {
  if (directory !== undefined) return directoryCheckpoints(directory)
  const bucket = process.env.CHECKPOINT_BUCKET
  return bucket ? bucketCheckpoints(new S3Client({}), bucket) : undefined
}

const keyIn = async (file: string): Promise<KeyObject> => {
  const text = await readFile(file)
  try {
    return createPublicKey(text)
  } catch (cause) {
    throw new CommandError(`${file} 不是公钥(PEM)`, `${file} is no public key in PEM`, 2, { cause })
  }
}

/**
 * Holds logs that were verified each by itself against signed checkpoints: what a checkpoint has seen has to be in its log
 * still, and a log that is gone is missed.
 * @param hashesOf the hashes of a log's commits by version.
 */
export const heldAgainst = async (
  findings: readonly VerifyFinding[],
  { store, key }: SignedCheckpoints,
  hashesOf: (log: string) => Promise<ReadonlyMap<number, string>>
): Promise<readonly VerifyFinding[]> => {
  const { count, last, fault, seen } = await verifyCheckpoints(store, key)
  const held = new Map(findings.map(finding => [finding.project, finding]))
  for (const [log, heads] of seen) {
    const hashes = await hashesOf(log)
    const missed = missedHead(heads, version => hashes.get(version))
    if (missed === undefined || held.get(log)?.ok === false) continue
    held.set(log, { project: log, ok: false, version: missed.version, detail: rewrittenText(missed) })
  }
  const own: VerifyFinding = fault
    ? { project: checkpointsName, ok: false, version: fault.number, detail: badCheckpointText(fault) }
    : { project: checkpointsName, ok: true, version: count, detail: checkpointsText(count, last) }
  return [...held.values(), own]
}
