import {
  GetObjectCommand,
  HeadObjectCommand,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  S3Client
} from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import type { PhotoStore } from '../core/ports.ts'
import { systemClock } from './clock.ts'
import { request } from './dynamo.ts'
import { keptKey, offerEnd, offerMinutes, uploadHeaders, uploadKey } from './photo-store.shared.ts'

/** Browsers keep a photograph for good: its name says what is in it. */
const cacheControl = 'public, max-age=31536000, immutable'

/**
 * Photographs in a bucket of their own: uploads below `uploads/`, which a rule of the bucket deletes, and those that are kept
 * below `photos/`. An upload is a PUT with a signature over type, length and SHA-256, which S3 compares with the bytes. It
 * goes over the site's own address, behind which the bucket takes it.
 */
export const bucketPhotoStore = (bucket: string, client = new S3Client({})): PhotoStore => ({
  offer: async offer => {
    const Key = uploadKey(offer)
    const headers = uploadHeaders(offer)
    const command = new PutObjectCommand({
      Bucket: bucket,
      Key,
      ContentType: offer.contentType,
      ContentLength: offer.bytes,
      ChecksumSHA256: headers['x-amz-checksum-sha256'],
      ...(offer.takenAt === undefined ? {} : { Metadata: { 'taken-at': offer.takenAt } })
    })
    const metadata: Readonly<Record<string, string>> =
      offer.takenAt === undefined ? {} : { 'x-amz-meta-taken-at': offer.takenAt }
    const signed = new Set(['content-length', ...Object.keys(headers), ...Object.keys(metadata)])
    const address = await request(`offer of upload ${Key}`, () =>
      getSignedUrl(client, command, {
        expiresIn: offerMinutes * 60,
        signableHeaders: signed,
        unhoistableHeaders: signed
      })
    )
    const { pathname, search } = new URL(address)
    return {
      method: 'PUT',
      url: pathname + search,
      headers: { ...headers, ...metadata },
      expiresAt: offerEnd(systemClock.now())
    }
  },

  read: async (project, name) => {
    const Key = uploadKey({ project, name })
    try {
      const { Body, ContentType, Metadata } = await request(
        `read of upload ${Key}`,
        () => client.send(new GetObjectCommand({ Bucket: bucket, Key })),
        error => error instanceof NoSuchKey
      )
      const bytes = new Uint8Array((await Body?.transformToByteArray()) ?? [])
      return { bytes, contentType: ContentType ?? '', takenAt: Metadata?.['taken-at'] }
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined
      throw error
    }
  },

  isKept: async (project, name) => {
    const Key = keptKey({ project, name })
    try {
      await request(
        `look at photograph ${Key}`,
        () => client.send(new HeadObjectCommand({ Bucket: bucket, Key })),
        error => error instanceof NotFound
      )
      return true
    } catch (error) {
      if (error instanceof NotFound) return false
      throw error
    }
  },

  keep: async (project, name, { bytes, contentType }) => {
    const Key = keptKey({ project, name })
    await request(`write of photograph ${Key}`, () =>
      client.send(
        new PutObjectCommand({ Bucket: bucket, Key, Body: bytes, ContentType: contentType, CacheControl: cacheControl })
      )
    )
  }
})
