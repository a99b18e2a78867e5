import { S3Client } from '@aws-sdk/client-s3'
import type { PageStore } from '../core/ports.ts'
import { type Environment, EnvironmentError } from './env.ts'
import { bucketPageStore } from './page-store.s3.ts'
import { directoryPageStore } from './page-store.ts'

/**
 * The folder or the bucket that the environment names.
 * @throws EnvironmentError when it names neither.
 */
export const configuredPageStore = ({ SITE_DIR, SITE_BUCKET }: Environment<'SITE_DIR' | 'SITE_BUCKET'>): PageStore => {
  if (SITE_DIR !== undefined) return directoryPageStore(SITE_DIR)
  if (SITE_BUCKET !== undefined) return bucketPageStore(new S3Client({}), SITE_BUCKET)
  throw new EnvironmentError('one of SITE_DIR and SITE_BUCKET must be set')
}
