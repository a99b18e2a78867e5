import { describe, expect, it, test } from 'vitest'
import { memoryPhotoStore } from '../../functions/adapters/photo-store.memory.ts'
import type { ReportProgress } from '../../functions/core/commands.ts'
import { mostThumbnailBytes, photoName, photoTypeOf } from '../../functions/core/photo.ts'
import type { StoredPhoto } from '../../functions/core/ports.ts'
import { checkPhotos } from '../../functions/flows/photos.ts'
import { publishProjects } from '../../functions/flows/publish.ts'
import { hashOf, jpeg, offerOf } from '../contract/photo-store.contract.ts'
import { begun, school, startWorld } from './world.ts'

const uploaded = async (kept = new Map<string, StoredPhoto>()) => {
  const photos = memoryPhotoStore(kept)
  const put = async (bytes: Uint8Array<ArrayBuffer>, more: Partial<ReturnType<typeof offerOf>> = {}) =>
    expect(photos.upload((await photos.offer(offerOf(bytes, more))).url, bytes)).toBe(true)
  return { photos, put, kept }
}

const naming = (...photos: readonly string[]): ReportProgress => ({
  type: 'report-progress',
  reports: [{ milestoneId: 'C1' }, { milestoneId: 'C3', photos }]
})

describe('a report that names photographs', () => {
  it('is let through with the time that each was taken; other strings are nobody’s business', async () => {
    const { photos, put } = await uploaded()
    await put(jpeg(), { takenAt: '2021-06-21T08:15' })
    const command = naming('https://example.cn/a.jpg', hashOf(jpeg()))
    expect(await checkPhotos('school', command, photos)).toEqual({
      command: { ...command, photosTaken: { [hashOf(jpeg())]: '2021-06-21T08:15' } }
    })
  })

  it('is refused at the name of one that was not uploaded, or for another project', async () => {
    const { photos, put } = await uploaded()
    await put(jpeg(), { project: 'other' })
    expect(await checkPhotos('school', naming('https://example.cn/a.jpg', hashOf(jpeg())), photos)).toEqual({
      faults: [{ code: 'photo-missing', path: ['reports', 1, 'photos', 1] }]
    })
    expect(await checkPhotos('school', naming(hashOf(jpeg())), undefined)).toMatchObject({ faults: [{}] })
  })

  const text = new TextEncoder().encode('<script>')
  test.each([
    ['text that was said to be an image', text, {}],
    ['an image of another type', jpeg(), { contentType: 'image/png' as const }]
  ])('is refused for %s', async (_what, bytes, more) => {
    const { photos, put } = await uploaded()
    await put(bytes, more)
    expect(await checkPhotos('school', naming(hashOf(bytes)), photos)).toMatchObject({ faults: [{ code: 'no-photo' }] })
  })

  it('is refused for an image that says where and with what it was taken', async () => {
    const { photos, put } = await uploaded()
    const taken = Uint8Array.from([
      0xff,
      0xd8,
      0xff,
      0xe1,
      0,
      8,
      ...[...'Exif\0\0'].map(c => c.charCodeAt(0)),
      0xff,
      0xd9
    ])
    await put(taken)
    expect(await checkPhotos('school', naming(hashOf(taken)), photos)).toMatchObject({
      faults: [{ code: 'camera-data', path: ['reports', 1, 'photos', 0] }]
    })
  })

  it('is refused for bytes under another name, and for a thumbnail that is none', async () => {
    const { photos, put } = await uploaded()
    await put(jpeg(), { name: photoName(hashOf(jpeg(1)), 'photo') })
    expect(await checkPhotos('school', naming(hashOf(jpeg(1))), photos)).toMatchObject({
      faults: [{ code: 'no-photo' }]
    })
    await put(jpeg(2))
    const large = new Uint8Array(mostThumbnailBytes + 1)
    large.set(jpeg())
    await put(large, { name: photoName(hashOf(jpeg(2)), 'thumbnail') })
    expect(await checkPhotos('school', naming(hashOf(jpeg(2))), photos)).toMatchObject({
      faults: [{ code: 'no-photo' }]
    })
  })
})

describe('publishing a project', () => {
  it('keeps the photographs that its reports name, once, and shows them', async () => {
    const world = startWorld()
    const { photos, put, kept } = await uploaded()
    await world.accept('school', school('school'))
    await world.accept('school', begun)
    await put(jpeg(), { takenAt: '2021-06-01T08:15:30' })
    await put(jpeg(9), { name: photoName(hashOf(jpeg()), 'thumbnail') })
    const checked = await checkPhotos(
      'school',
      { ...naming(hashOf(jpeg())), reports: naming(hashOf(jpeg())).reports.slice(1) },
      photos
    )
    if (!('command' in checked)) throw new Error('refused')
    await world.accept('school', checked.command)
    expect(await publishProjects(['school'], { ...world, photos })).toMatchObject({ failures: [], lostPhotos: [] })
    expect(new Map([...kept].map(([path, { bytes }]) => [path, bytes[4]]))).toEqual(
      new Map([
        [`photos/school/${hashOf(jpeg())}`, 0],
        [`photos/school/${hashOf(jpeg())}-thumbnail`, 9]
      ])
    )
    const page = String(world.pagesStored.get('projects/school/index.html')?.body)
    expect(page).toContain(
      `<a href="../../photos/school/${hashOf(jpeg())}"><img src="../../photos/school/${hashOf(jpeg())}-thumbnail"`
    )
    expect(page).toContain('摄于 2021年6月1日 08:15')
  })

  it('says which photographs are lost, and publishes all the same', async () => {
    const world = startWorld()
    const { photos } = await uploaded()
    await world.accept('school', school('school'))
    await world.accept('school', begun)
    await world.accept('school', {
      type: 'report-progress',
      reports: [{ milestoneId: 'C3', photos: [hashOf(jpeg())] }]
    })
    expect(await publishProjects(['school'], { ...world, photos })).toMatchObject({
      failures: [],
      lostPhotos: [hashOf(jpeg())]
    })
  })
})

test.each([
  [[0xff, 0xd8, 0xff, 0xdb], 'image/jpeg'],
  [[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0], 'image/png'],
  [[0x52, 0x49, 0x46, 0x46, 1, 2, 3, 4, 0x57, 0x45, 0x42, 0x50], 'image/webp'],
  [[0x47, 0x49, 0x46, 0x38], undefined],
  [[0xff, 0xd8], undefined],
  [[], undefined]
])('bytes that begin with %j are %s', (bytes, type) => {
  expect(photoTypeOf(new Uint8Array(bytes))).toBe(type)
})
