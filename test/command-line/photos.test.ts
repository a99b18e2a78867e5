import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { mostPhotoBytes } from '../../functions/core/photo.ts'
import { readPhotos } from '../../lib/command-line/photos.ts'
import { plainJpeg, withExif } from '../form/exif.ts'

const folder = mkdtempSync(join(tmpdir(), 'tracker-photos-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const file = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

it('a photograph is named by what is in it, and goes out as it is', async () => {
  expect(await readPhotos([file('现场.jpg', plainJpeg)])).toMatchObject([
    { contentType: 'image/jpeg', bytes: plainJpeg, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }
  ])
})

it.each([
  ['with the place where it was taken', withExif(plainJpeg, { taken: '2021:06:21 08:15:30' }), /相机信息.*camera/],
  ['that is none', '文字', /不是所称的照片.*not the image/],
  ['that is too large', Buffer.concat([plainJpeg, Buffer.alloc(mostPhotoBytes)]), /至多 2097152 字节.*at most 2097152/]
])('a photograph %s is refused by its name, in both languages', async (_what, content, said) => {
  const path = file('another.jpg', content)
  const refused = readPhotos([file('现场.jpg', plainJpeg), path])
  await expect(refused).rejects.toThrow(said)
  await expect(refused).rejects.toThrow(path)
})

it('a photograph that is not there is said to be so', async () => {
  await expect(readPhotos([join(folder, 'none.jpg')])).rejects.toThrow(/无法读取文件.*cannot read/)
})
