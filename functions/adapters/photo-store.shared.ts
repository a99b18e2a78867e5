import type { PhotoOffer } from '../core/ports.ts'
import { checkedPath } from './page-store.ts'

/** Long enough for a photograph over a weak network, and for a retry. */
export const offerMinutes = 60

/** The place of an upload, in a bucket and in the address that takes it. */
export const uploadKey = ({ project, name }: Pick<PhotoOffer, 'project' | 'name'>): string =>
  checkedPath(`uploads/${project}/${name}`)

/** The place of a photograph that is kept. */
export const keptKey = ({ project, name }: Pick<PhotoOffer, 'project' | 'name'>): string =>
  checkedPath(`photos/${project}/${name}`)

/** When an offer ends. */
export const offerEnd = (now: string): string => new Date(Date.parse(now) + offerMinutes * 60_000).toISOString()

/** What an upload says of itself; where it is taken, all of it is compared with the bytes and the offer. */
export const uploadHeaders = ({ contentType, sha256 }: PhotoOffer): Readonly<Record<string, string>> => ({
  'content-type': contentType,
  'x-amz-checksum-sha256': Buffer.from(sha256, 'hex').toString('base64')
})
