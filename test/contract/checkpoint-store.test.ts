import { mkdtemp, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
  S3ServiceException
} from '@aws-sdk/client-s3'
import { mockClient } from 'aws-sdk-client-mock'
import { beforeEach, expect, test } from 'vitest'
import { memoryCheckpoints } from '../../functions/adapters/checkpoint-store.memory.ts'
import { bucketCheckpoints } from '../../functions/adapters/checkpoint-store.s3.ts'
import { directoryCheckpoints } from '../../functions/adapters/checkpoint-store.ts'
import { checkpointStoreContract } from './checkpoint-store.contract.ts'

const bucket = mockClient(S3Client)
beforeEach(() => bucket.reset())

const newDirectory = () => mkdtemp(join(tmpdir(), 'checkpoints-'))

checkpointStoreContract('memory', async () => memoryCheckpoints())

checkpointStoreContract('directory', async () => directoryCheckpoints(join(await newDirectory(), 'not there yet')))

checkpointStoreContract('S3', async () => {
  const objects = new Map<string, string>()
  const refuse = (name: string) => new S3ServiceException({ name, $fault: 'client', $metadata: {} })
  bucket.on(PutObjectCommand).callsFake(({ Key, Body, IfNoneMatch }) => {
    if (IfNoneMatch === '*' && objects.has(Key)) throw refuse('PreconditionFailed')
    objects.set(Key, Body)
    return {}
  })
  bucket.on(GetObjectCommand).callsFake(({ Key }) => {
    const body = objects.get(Key)
    if (body === undefined) throw new NoSuchKey({ $metadata: {}, message: 'none' })
    return { Body: { transformToString: async () => body } }
  })
  // A page holds one name.
  bucket.on(ListObjectsV2Command).callsFake(({ ContinuationToken }) => {
    const at = Number(ContinuationToken ?? 0)
    const names = [...objects.keys()].toSorted()
    return {
      Contents: names.slice(at, at + 1).map(Key => ({ Key })),
      ...(at + 1 < names.length ? { NextContinuationToken: String(at + 1) } : {})
    }
  })
  return bucketCheckpoints(new S3Client({ region: 'cn-north-1' }), 'checkpoints')
})

test('a directory holds nothing but checkpoints afterwards, and passes over what else is in it', async () => {
  const directory = await newDirectory()
  const store = directoryCheckpoints(directory)
  await Promise.all(Array.from({ length: 5 }, () => store.add(1, 'a note')))
  expect(await readdir(directory)).toEqual(['00000001.txt'])
})
