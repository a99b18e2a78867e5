import { mkdtemp, readdir, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  GetObjectCommand,
  HeadObjectCommand,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  S3Client
} from '@aws-sdk/client-s3'
import { mockClient } from 'aws-sdk-client-mock'
import { beforeEach, expect, test } from 'vitest'
import { memoryPhotoStore } from '../../functions/adapters/photo-store.memory.ts'
import { bucketPhotoStore } from '../../functions/adapters/photo-store.s3.ts'
import { directoryPhotoStore, keptPhoto, receiveUpload, sweepUploads } from '../../functions/adapters/photo-store.ts'
import type { PhotoUpload } from '../../functions/core/ports.ts'
import { hashOf, jpeg, offerOf, photoStoreContract } from './photo-store.contract.ts'

const bucket = mockClient(S3Client)
beforeEach(() => bucket.reset())

photoStoreContract('memory', async () => {
  const photos = memoryPhotoStore()
  return { photos, upload: async ({ url }, bytes) => photos.upload(url, bytes) }
})

const newDirectory = () => mkdtemp(join(tmpdir(), 'photos-'))

/** Sends an upload to the folder as the local server does. */
const sendTo = async (directory: string, { url, headers }: PhotoUpload, bytes: Uint8Array, now?: string) => {
  const { pathname, searchParams } = new URL(url, 'http://site')
  const [, , project = '', name = ''] = pathname.split('/')
  const upload = { signature: searchParams.get('signature') ?? '', headers, bytes }
  return receiveUpload(directory, { project, name }, upload, now === undefined ? undefined : { now: () => now })
}

photoStoreContract('directory', async () => {
  const directory = await newDirectory()
  return {
    photos: directoryPhotoStore(directory),
    upload: async (upload, bytes) => (await sendTo(directory, upload, bytes)) === 'stored'
  }
})

const client = () =>
  new S3Client({ region: 'cn-north-1', credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' } })

/** S3 as far as a store meets it: what a signed upload is compared with is what was signed. */
photoStoreContract('S3', async () => {
  const objects = new Map<
    string,
    { readonly bytes: Uint8Array; readonly ContentType?: string; readonly taken?: string }
  >()
  bucket.on(GetObjectCommand).callsFake(({ Key }) => {
    const known = objects.get(Key)
    if (!known) throw new NoSuchKey({ $metadata: {}, message: 'none' })
    const { bytes, ContentType, taken } = known
    return {
      Body: { transformToByteArray: async () => bytes },
      ContentType,
      Metadata: taken === undefined ? {} : { 'taken-at': taken }
    }
  })
  bucket.on(HeadObjectCommand).callsFake(({ Key }) => {
    if (!objects.has(Key)) throw new NotFound({ $metadata: {}, message: 'none' })
    return {}
  })
  bucket.on(PutObjectCommand).callsFake(({ Key, Body, ContentType }) => {
    objects.set(Key, { bytes: Body, ContentType })
    return {}
  })
  return {
    photos: bucketPhotoStore('photos', client()),
    upload: async ({ url, headers }, bytes) => {
      const checksum = Buffer.from(hashOf(bytes), 'hex').toString('base64')
      if (headers['x-amz-checksum-sha256'] !== checksum) return false
      objects.set(new URL(url, 'http://site').pathname.slice(1), {
        bytes,
        ContentType: headers['content-type'] ?? '',
        ...(headers['x-amz-meta-taken-at'] === undefined ? {} : { taken: headers['x-amz-meta-taken-at'] })
      })
      return true
    }
  }
})

test('S3 signs type, length, checksum and time taken, for an hour, at an address below the site', async () => {
  const { url, headers } = await bucketPhotoStore('photos', client()).offer(
    offerOf(jpeg(), { takenAt: '2021-06-21T08:15' })
  )
  const { pathname, searchParams } = new URL(url, 'http://site')
  expect(url.startsWith(`/uploads/school/${hashOf(jpeg())}?`)).toBe(true)
  expect(pathname).toBe(`/uploads/school/${hashOf(jpeg())}`)
  expect(searchParams.get('X-Amz-SignedHeaders')?.split(';').toSorted()).toEqual([
    'content-length',
    'content-type',
    'host',
    'x-amz-checksum-sha256',
    'x-amz-meta-taken-at'
  ])
  expect(searchParams.get('X-Amz-Expires')).toBe('3600')
  expect(headers).toEqual({
    'content-type': 'image/jpeg',
    'x-amz-checksum-sha256': Buffer.from(hashOf(jpeg()), 'hex').toString('base64'),
    'x-amz-meta-taken-at': '2021-06-21T08:15'
  })
})

test('a folder takes an upload only from whoever has its address, and only in time', async () => {
  const directory = await newDirectory()
  const upload = await directoryPhotoStore(directory).offer(offerOf(jpeg()))
  expect(
    await sendTo(directory, { ...upload, url: upload.url.replace(/signature=.*/, 'signature=guess') }, jpeg())
  ).toBe('AccessDenied')
  expect(await sendTo(directory, { ...upload, headers: {} }, jpeg())).toBe('AccessDenied')
  expect(await sendTo(directory, upload, jpeg(), upload.expiresAt)).toBe('AccessDenied')
  expect(await sendTo(directory, upload, jpeg(1))).toBe('BadDigest')
  expect(await sendTo(directory, upload, jpeg())).toBe('stored')
})

test('uploads of a fortnight ago are swept from a folder, and what is kept stays', async () => {
  const directory = await newDirectory()
  const photos = directoryPhotoStore(directory)
  for (const mark of [1, 2]) await sendTo(directory, await photos.offer(offerOf(jpeg(mark))), jpeg(mark))
  const [old, fresh] = [offerOf(jpeg(1)).name, offerOf(jpeg(2)).name]
  await photos.keep('school', old, { bytes: jpeg(1), contentType: 'image/jpeg' })
  const files = join(directory, 'uploads', 'school')
  for (const file of [old, `${old}.offer`]) await utimes(join(files, file), 0, Date.now() / 1000 - 14.1 * 86_400)
  await sweepUploads(directory)
  expect((await readdir(files)).toSorted()).toEqual([fresh, `${fresh}.offer`].toSorted())
  expect(await keptPhoto(directory, 'school', old)).toBeDefined()
})
