import type { PhotoOffer, PhotoStore, StoredPhoto } from '../core/ports.ts'
import { systemClock } from './clock.ts'
import { sha256 } from './digest.ts'
import { keptKey, offerEnd, uploadHeaders, uploadKey } from './photo-store.shared.ts'

/** Photographs in memory, with the place that takes uploads: true when these are the bytes that were offered. */
export const memoryPhotoStore = (
  kept: Map<string, StoredPhoto> = new Map()
): PhotoStore & { readonly upload: (url: string, bytes: Uint8Array<ArrayBuffer>) => boolean } => {
  const offers = new Map<string, PhotoOffer>()
  const uploads = new Map<string, StoredPhoto>()
  return {
    offer: async offer => {
      const key = uploadKey(offer)
      offers.set(`/${key}`, offer)
      return { method: 'PUT', url: `/${key}`, headers: uploadHeaders(offer), expiresAt: offerEnd(systemClock.now()) }
    },
    upload: (url, bytes) => {
      const offer = offers.get(url)
      if (!offer || sha256(bytes) !== offer.sha256 || bytes.byteLength !== offer.bytes) return false
      const { contentType, takenAt } = offer
      uploads.set(uploadKey(offer), { bytes, contentType, takenAt })
      return true
    },
    read: async (project, name) => uploads.get(uploadKey({ project, name })),
    isKept: async (project, name) => kept.has(keptKey({ project, name })),
    keep: async (project, name, photo) => {
      kept.set(keptKey({ project, name }), photo)
    }
  }
}
