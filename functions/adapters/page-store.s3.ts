import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  type HeadObjectCommandOutput,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  type S3Client
} from '@aws-sdk/client-s3'
import { pageCacheControl } from '../core/page-cache.ts'
import type { PageStore } from '../core/ports.ts'
import { sha256 } from './digest.ts'
import { request } from './dynamo.ts'
import { bytesOf, checkedPath } from './page-store.ts'

/**
 * The site in a bucket. What is there already is told by a hash in the object's metadata (an ETag is none when the
 * bucket encrypts with a key of its own). The reader of the bucket needs `s3:ListBucket`, or S3 says 403, not 404, of a
 * page that is not there yet.
 */
export const bucketPageStore = (client: S3Client, bucket: string): PageStore => ({
  put: async file => {
    const Key = checkedPath(file.path)
    const bytes = bytesOf(file)
    const digest = sha256(bytes)
    const known = await headOf(client, bucket, Key)
    if (known?.Metadata?.sha256 === digest && known.ContentType === file.contentType) return 'unchanged'
    await request(`write of page ${Key}`, () =>
      client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key,
          Body: bytes,
          ContentType: file.contentType,
          CacheControl: pageCacheControl,
          Metadata: { sha256: digest }
        })
      )
    )
    return 'written'
  },

  read: async path => {
    const Key = checkedPath(path)
    try {
      const { Body } = await request(
        `read of page ${Key}`,
        () => client.send(new GetObjectCommand({ Bucket: bucket, Key })),
        error => error instanceof NoSuchKey
      )
      return await Body?.transformToString('utf-8')
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined
      throw error
    }
  },

  remove: async path => {
    const Key = checkedPath(path)
    await request(`removal of page ${Key}`, () => client.send(new DeleteObjectCommand({ Bucket: bucket, Key })))
  }
})

const headOf = async (client: S3Client, Bucket: string, Key: string): Promise<HeadObjectCommandOutput | undefined> => {
  try {
    return await request(
      `look at page ${Key}`,
      () => client.send(new HeadObjectCommand({ Bucket, Key })),
      error => error instanceof NotFound
    )
  } catch (error) {
    if (error instanceof NotFound) return undefined
    throw error
  }
}
