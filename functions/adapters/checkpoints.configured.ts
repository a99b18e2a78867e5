import { S3Client } from '@aws-sdk/client-s3'
import type { CheckpointStore, Signer } from '../core/ports.ts'
import { bucketCheckpoints } from './checkpoint-store.s3.ts'
import { directoryCheckpoints } from './checkpoint-store.ts'
import { type Environment, EnvironmentError } from './env.ts'
import { kmsSigner } from './signer.kms.ts'
import { fileSigner } from './signer.ts'

/** What of the environment signing reads. */
export const checkpointVariables = [
  'CHECKPOINT_DIR',
  'CHECKPOINT_KEY_FILE',
  'CHECKPOINT_BUCKET',
  'CHECKPOINT_KEY'
] as const

/**
 * Where checkpoints are and by what they are signed: a folder and a key in a file, or a bucket and a key of KMS.
 * @throws EnvironmentError when the environment names neither.
 */
export const checkpointsOf = ({
  CHECKPOINT_DIR,
  CHECKPOINT_KEY_FILE,
  CHECKPOINT_BUCKET,
  CHECKPOINT_KEY
}: Environment<(typeof checkpointVariables)[number]>): {
  readonly checkpoints: CheckpointStore
  readonly signer: Signer
} => {
  if (CHECKPOINT_DIR !== undefined && CHECKPOINT_KEY_FILE !== undefined)
    return { checkpoints: directoryCheckpoints(CHECKPOINT_DIR), signer: fileSigner(CHECKPOINT_KEY_FILE) }
  if (CHECKPOINT_BUCKET !== undefined && CHECKPOINT_KEY !== undefined)
    return { checkpoints: bucketCheckpoints(new S3Client({}), CHECKPOINT_BUCKET), signer: kmsSigner(CHECKPOINT_KEY) }
  throw new EnvironmentError(
    'CHECKPOINT_DIR and CHECKPOINT_KEY_FILE, or CHECKPOINT_BUCKET and CHECKPOINT_KEY, must be set'
  )
}
