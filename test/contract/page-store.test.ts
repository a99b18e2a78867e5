import { mkdtemp, readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  S3Client
} from '@aws-sdk/client-s3'
import { mockClient } from 'aws-sdk-client-mock'
import { beforeEach, expect, test } from 'vitest'
import { memoryPageStore } from '../../functions/adapters/page-store.memory.ts'
import { bucketPageStore } from '../../functions/adapters/page-store.s3.ts'
import { directoryPageStore } from '../../functions/adapters/page-store.ts'
import type { SiteFile } from '../../functions/core/ports.ts'
import { pageStoreContract } from './page-store.contract.ts'

const newDirectory = () => mkdtemp(join(tmpdir(), 'site-'))
const bucket = mockClient(S3Client)
beforeEach(() => bucket.reset())

pageStoreContract('memory', async () => {
  const files = new Map<string, SiteFile>()
  return { site: memoryPageStore(files), read: async path => String(files.get(path)?.body) }
})

pageStoreContract('directory', async () => {
  const directory = await newDirectory()
  return { site: directoryPageStore(directory), read: path => readFile(join(directory, path), 'utf8') }
})

pageStoreContract('S3', async () => {
  const objects = new Map<string, { readonly body: Uint8Array; readonly head: object }>()
  bucket.on(HeadObjectCommand).callsFake(({ Key }) => {
    const known = objects.get(Key)
    if (!known) throw new NotFound({ $metadata: {}, message: 'no such page' })
    return known.head
  })
  bucket.on(PutObjectCommand).callsFake(({ Key, Body, Metadata, ContentType }) => {
    objects.set(Key, { body: Body, head: { Metadata, ContentType } })
    return {}
  })
  bucket.on(DeleteObjectCommand).callsFake(({ Key }) => {
    objects.delete(Key)
    return {}
  })
  bucket.on(GetObjectCommand).callsFake(({ Key }) => {
    const known = objects.get(Key)
    if (!known) throw new NoSuchKey({ $metadata: {}, message: 'no such page' })
    return { Body: { transformToString: async () => Buffer.from(known.body).toString('utf8') } }
  })
  return {
    site: bucketPageStore(new S3Client({ region: 'cn-north-1' }), 'site'),
    read: async path => Buffer.from(objects.get(path)?.body ?? []).toString('utf8')
  }
})

test('a directory holds nothing but pages afterwards', async () => {
  const directory = await newDirectory()
  const site = directoryPageStore(directory)
  await Promise.all(
    Array.from({ length: 20 }, (_, i) => site.put({ path: 'index.html', body: `${i}`, contentType: 'text/html' }))
  )
  expect(await readdir(directory)).toEqual(['index.html'])
})

test('a bucket is told the type, the age and the hash of a page', async () => {
  bucket.on(HeadObjectCommand).rejects(new NotFound({ $metadata: {}, message: 'no such page' }))
  bucket.on(PutObjectCommand).resolves({})
  const site = bucketPageStore(new S3Client({ region: 'cn-north-1' }), 'site')
  await site.put({ path: 'feed.atom', body: '', contentType: 'application/atom+xml' })
  expect(bucket.commandCalls(PutObjectCommand)[0]?.args[0].input).toMatchObject({
    Bucket: 'site',
    Key: 'feed.atom',
    ContentType: 'application/atom+xml',
    CacheControl: 'no-cache',
    Metadata: { sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' }
  })
})

test('a bucket that refuses is named, with what it said as the cause', async () => {
  const refusal = new Error('AccessDenied')
  bucket.on(HeadObjectCommand).rejects(refusal)
  const site = bucketPageStore(new S3Client({ region: 'cn-north-1' }), 'site')
  const put = site.put({ path: 'index.html', body: '', contentType: 'text/html' })
  await expect(put).rejects.toMatchObject({
    name: 'StorageError',
    message: 'look at page index.html failed',
    cause: refusal
  })
})
