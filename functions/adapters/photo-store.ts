import { randomBytes, timingSafeEqual } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import * as z from 'zod'
import { uploadDays } from '../core/photo.ts'
import type { Clock, PhotoOffer, PhotoStore, StoredPhoto } from '../core/ports.ts'
import { systemClock } from './clock.ts'
import { sha256 } from './digest.ts'
import { keptKey, offerEnd, uploadHeaders, uploadKey } from './photo-store.shared.ts'

/** An offer as it is written down until its upload comes. */
const offerSchema = z.object({
  secret: z.string(),
  bytes: z.number(),
  headers: z.record(z.string(), z.string()),
  contentType: z.string(),
  takenAt: z.string().optional(),
  expiresAt: z.string()
})

/** Photographs in a folder, as the bucket has them; beside each upload lies the offer that it follows. */
export const directoryPhotoStore = (directory: string, clock: Clock = systemClock): PhotoStore => ({
  offer: async offer => {
    const key = uploadKey(offer)
    const secret = randomBytes(16).toString('hex')
    const headers = uploadHeaders(offer)
    const { bytes, contentType, takenAt } = offer
    const expiresAt = offerEnd(clock.now())
    const written = JSON.stringify({ secret, bytes, headers, contentType, takenAt, expiresAt })
    await write(join(directory, `${key}.offer`), written)
    return { method: 'PUT', url: `/${key}?signature=${secret}`, headers, expiresAt }
  },

  read: (project, name) => photoIn(directory, uploadKey({ project, name })),

  isKept: async (project, name) => (await contentOf(join(directory, keptKey({ project, name })))) !== undefined,

  keep: (project, name, { bytes }) => write(join(directory, keptKey({ project, name })), bytes)
})

/** What came of an upload; the words are those of S3. */
export type Received = 'stored' | 'AccessDenied' | 'BadDigest'

/** Takes an upload as S3 does: from whoever has the address of its offer, in time, and only the bytes that were offered. */
export const receiveUpload = async (
  directory: string,
  { project, name }: Pick<PhotoOffer, 'project' | 'name'>,
  upload: {
    readonly signature: string
    readonly headers: Readonly<Record<string, string | undefined>>
    readonly bytes: Uint8Array
  },
  clock: Clock = systemClock
): Promise<Received> => {
  const place = join(directory, uploadKey({ project, name }))
  const text = await contentOf(`${place}.offer`)
  if (text === undefined) return 'AccessDenied'
  const offer = offerSchema.parse(JSON.parse(text.toString('utf8')))
  const { signature, headers, bytes } = upload
  const isSame =
    signature.length === offer.secret.length && timingSafeEqual(Buffer.from(signature), Buffer.from(offer.secret))
  const saysSame = Object.entries(offer.headers).every(([header, value]) => headers[header] === value)
  if (!isSame || !saysSame || clock.now() >= offer.expiresAt || bytes.byteLength !== offer.bytes) return 'AccessDenied'
  const digest = Buffer.from(sha256(bytes), 'hex').toString('base64')
  if (digest !== offer.headers['x-amz-checksum-sha256']) return 'BadDigest'
  await write(place, bytes)
  return 'stored'
}

/** The bytes of a photograph that is kept. */
export const keptPhoto = (directory: string, project: string, name: string): Promise<Buffer | undefined> =>
  contentOf(join(directory, keptKey({ project, name })))

/** Deletes uploads and offers of `uploadDays` ago, as the rule of the bucket does. */
export const sweepUploads = async (directory: string, clock: Clock = systemClock): Promise<void> => {
  const before = new Date(Date.parse(clock.now()) - uploadDays * 86_400_000)
  const uploads = join(directory, 'uploads')
  const files = await readdir(uploads, { recursive: true, withFileTypes: true }).catch(missing)
  for (const file of files ?? []) {
    const path = join(file.parentPath, file.name)
    if (file.isFile() && (await stat(path)).mtime < before) await rm(path, { force: true })
  }
}

const photoIn = async (directory: string, key: string): Promise<StoredPhoto | undefined> => {
  const [bytes, offer] = await Promise.all([
    contentOf(join(directory, key)),
    contentOf(join(directory, `${key}.offer`))
  ])
  if (!bytes || !offer) return undefined
  const { contentType, takenAt } = offerSchema.parse(JSON.parse(offer.toString('utf8')))
  return { bytes: new Uint8Array(bytes), contentType, takenAt }
}

const write = async (target: string, content: string | Uint8Array): Promise<void> => {
  await mkdir(dirname(target), { recursive: true })
  const draft = `${target}.${randomBytes(6).toString('hex')}.tmp`
  try {
    await writeFile(draft, content, { flag: 'wx' })
    await rename(draft, target)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}

const contentOf = (path: string): Promise<Buffer | undefined> => readFile(path).catch(missing)

const missing = (error: unknown): undefined => {
  if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
    return undefined
  throw error
}
