import { createHash } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { photoName } from '../../functions/core/photo.ts'
import type { PhotoOffer, PhotoStore, PhotoUpload } from '../../functions/core/ports.ts'

/** A store under test, with the place that takes its uploads. */
export interface PhotosUnderTest {
  readonly photos: PhotoStore
  /** Sends bytes to an address that was offered; true when they were taken. */
  readonly upload: (upload: PhotoUpload, bytes: Uint8Array<ArrayBuffer>) => Promise<boolean>
}

/** The smallest thing that begins as a JPEG does; `mark` tells one from another. */
export const jpeg = (mark = 0): Uint8Array<ArrayBuffer> => new Uint8Array([0xff, 0xd8, 0xff, 0xe0, mark, 0xff, 0xd9])

export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** What is said of bytes before they are uploaded. */
export const offerOf = (bytes: Uint8Array, more: Partial<PhotoOffer> = {}): PhotoOffer => ({
  project: 'school',
  name: photoName(hashOf(bytes), 'photo'),
  sha256: hashOf(bytes),
  bytes: bytes.byteLength,
  contentType: 'image/jpeg',
  ...more
})

/** What every store of photographs does. */
export const photoStoreContract = (name: string, make: () => Promise<PhotosUnderTest>): void => {
  describe(`photo store: ${name}`, () => {
    let under: PhotosUnderTest
    beforeEach(async () => {
      under = await make()
    })

    test('takes the bytes that were offered, and gives them back with what was said of them', async () => {
      const bytes = jpeg()
      const offer = offerOf(bytes, { takenAt: '2021-06-21T08:15:00' })
      expect(await under.photos.read('school', offer.name)).toBeUndefined()
      expect(await under.upload(await under.photos.offer(offer), bytes)).toBe(true)
      expect(await under.photos.read('school', offer.name)).toEqual({
        bytes,
        contentType: 'image/jpeg',
        takenAt: '2021-06-21T08:15:00'
      })
      expect(await under.photos.read('other', offer.name)).toBeUndefined()
    })

    test('takes no other bytes, however long they are', async () => {
      const upload = await under.photos.offer(offerOf(jpeg()))
      expect(await under.upload(upload, jpeg(1))).toBe(false)
      expect(await under.upload(upload, new Uint8Array([...jpeg(), 0]))).toBe(false)
      expect(await under.photos.read('school', offerOf(jpeg()).name)).toBeUndefined()
    })

    test('an upload may be repeated, and so may an offer', async () => {
      const bytes = jpeg()
      for (const upload of [await under.photos.offer(offerOf(bytes)), await under.photos.offer(offerOf(bytes))])
        if (upload) await under.upload(upload, bytes)
      const again = await under.photos.offer(offerOf(bytes))
      expect(await under.upload(again, bytes)).toBe(true)
      expect(await under.upload(again, bytes)).toBe(true)
      expect((await under.photos.read('school', offerOf(bytes).name))?.bytes).toEqual(bytes)
    })

    test('keeps only what it is told to keep', async () => {
      const bytes = jpeg()
      const { name } = offerOf(bytes)
      await under.upload(await under.photos.offer(offerOf(bytes)), bytes)
      expect(await under.photos.isKept('school', name)).toBe(false)
      await under.photos.keep('school', name, { bytes, contentType: 'image/jpeg' })
      expect(await under.photos.isKept('school', name)).toBe(true)
      expect(await under.photos.isKept('other', name)).toBe(false)
    })

    test.each(['../x', 'a/../../x', ''])('has no place for the project %j', async project => {
      await expect(under.photos.offer(offerOf(jpeg(), { project }))).rejects.toThrow('no path')
    })
  })
}
