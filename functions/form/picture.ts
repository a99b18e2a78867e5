import type { Photo } from './photo.ts'
import { takenAt } from './taken-at.ts'

/** The longest side of the picture and of its thumbnail, in pixels. */
const longestSide = { photo: 1600, thumbnail: 320 }
const quality = 0.8
const photoType = 'image/jpeg'

/** Makes a photograph of a file; `undefined` when the file is no picture that this browser can read. */
export const photoFrom = async (file: File): Promise<Photo | undefined> => {
  const image = await createImageBitmap(file).catch(() => undefined)
  if (!image) return undefined
  const [bytes, small] = [await drawn(image, longestSide.photo), await drawn(image, longestSide.thumbnail)]
  image.close()
  const when = takenAt(await file.arrayBuffer())
  return {
    sha256: await hashOf(bytes),
    bytes,
    thumbnail: { sha256: await hashOf(small), bytes: small },
    ...(when === undefined ? {} : { takenAt: when })
  }
}

/** The picture on a canvas of the page: an address of a picture in memory is no address of this site. */
export const previewOf = ({ thumbnail }: Photo): HTMLCanvasElement => {
  const canvas = document.createElement('canvas')
  canvas.role = 'img'
  createImageBitmap(new Blob([thumbnail.bytes], { type: photoType })).then(image => {
    canvas.width = image.width
    canvas.height = image.height
    canvas.getContext('2d')?.drawImage(image, 0, 0)
    image.close()
  })
  return canvas
}

const drawn = async (image: ImageBitmap, longest: number): Promise<ArrayBuffer> => {
  const scale = Math.min(1, longest / Math.max(image.width, image.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(image.width * scale))
  canvas.height = Math.max(1, Math.round(image.height * scale))
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
  const blob = await new Promise<Blob | null>(resolve => canvas.toBlob(resolve, photoType, quality))
  if (!blob) throw new Error('the canvas gave no picture')
  return blob.arrayBuffer()
}

const hashOf = async (bytes: ArrayBuffer): Promise<string> =>
  [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))]
    .map(byte => byte.toString(16).padStart(2, '0'))
    .join('')
