import {
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  type S3Client,
  S3ServiceException
} from '@aws-sdk/client-s3'
import type { CheckpointStore } from '../core/ports.ts'
import { checkpointName, numbersIn } from './checkpoint-store.ts'
import { request } from './dynamo.ts'

/** Checkpoints in a bucket of their own, whose lock keeps what was written once. */
export const bucketCheckpoints = (client: S3Client, Bucket: string): CheckpointStore => ({
  numbers: async () => {
    const names: string[] = []
    let ContinuationToken: string | undefined
    do {
      const page = await request('list of the checkpoints', () =>
        client.send(new ListObjectsV2Command({ Bucket, ContinuationToken }))
      )
      names.push(...(page.Contents ?? []).flatMap(({ Key }) => Key ?? []))
      ContinuationToken = page.NextContinuationToken
    } while (ContinuationToken !== undefined)
    return numbersIn(names)
  },

  read: async number => {
    try {
      const { Body } = await request(
        'read of a checkpoint',
        () => client.send(new GetObjectCommand({ Bucket, Key: checkpointName(number) })),
        error => error instanceof NoSuchKey
      )
      return await Body?.transformToString('utf-8')
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined
      throw error
    }
  },

  add: async (number, note) => {
    try {
      await request(
        'write of a checkpoint',
        () =>
          client.send(
            new PutObjectCommand({
              Bucket,
              Key: checkpointName(number),
              Body: note,
              ContentType: 'text/plain; charset=utf-8',
              IfNoneMatch: '*'
            })
          ),
        isTaken
      )
      return 'added'
    } catch (error) {
      if (isTaken(error)) return 'exists'
      throw error
    }
  }
})

/** Somebody has written the object, or is just writing it. */
const isTaken = (error: unknown): boolean =>
  error instanceof S3ServiceException &&
  (error.name === 'PreconditionFailed' || error.name === 'ConditionalRequestConflict')
