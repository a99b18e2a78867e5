import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { carriesCameraData } from '../../functions/core/camera-data.ts'
import { runs } from '../properties/runs.ts'

const ascii = (text: string) => [...text].map(character => character.charCodeAt(0))

const segment = (marker: number, content: readonly number[]) => {
  const length = content.length + 2
  return [0xff, marker, length >> 8, length & 255, ...content]
}
const jpegOf = (...segments: readonly (readonly number[])[]) =>
  Uint8Array.from([0xff, 0xd8, ...segments.flat(), ...segment(0xda, [0]), 0x45, 0xff, 0xd9])

const big = (length: number) => [0, 0, length >> 8, length & 255]
const chunk = (name: string, content: readonly number[]) => [
  ...big(content.length),
  ...ascii(name),
  ...content,
  0,
  0,
  0,
  0
]
const pngOf = (...parts: readonly (readonly number[])[]) =>
  Uint8Array.from([0x89, ...ascii('PNG\r\n'), 0x1a, 0x0a, ...parts.flat(), ...chunk('IEND', [])])

const riff = (name: string, content: readonly number[]) => [
  ...ascii(name),
  ...big(content.length).toReversed(),
  ...content,
  ...(content.length % 2 === 1 ? [0] : [])
]
const webpOf = (...parts: readonly (readonly number[])[]) =>
  Uint8Array.from([...ascii('RIFF'), 0, 0, 0, 0, ...ascii('WEBP'), ...parts.flat()])

const exif = ascii('Exif\0\0II*\0')
const xmp = ascii('http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>')
const plain = segment(0xe0, ascii('JFIF\0'))

describe('what a camera writes beside a picture', () => {
  it.each([
    ['Exif in a JPEG', jpegOf(segment(0xe1, exif))],
    ['Exif after other segments', jpegOf(plain, segment(0xe2, ascii('ICC_PROFILE')), segment(0xe1, exif))],
    ['Exif after fill bytes', jpegOf(plain, [0xff], segment(0xe1, exif))],
    ['XMP in a JPEG', jpegOf(plain, segment(0xe1, xmp))],
    ['Exif in a PNG', pngOf(chunk('IHDR', [1, 2, 3]), chunk('eXIf', exif))],
    ['XMP in a PNG', pngOf(chunk('IHDR', [1, 2, 3]), chunk('iTXt', ascii('XML:com.adobe.xmp\0')))],
    ['Exif in a WebP', webpOf(riff('VP8 ', [1, 2, 3]), riff('EXIF', exif))],
    ['XMP in a WebP', webpOf(riff('VP8 ', [1, 2]), riff('XMP ', ascii('<x:xmpmeta/>')))]
  ])('is found: %s', (_what, bytes) => {
    expect(carriesCameraData(bytes)).toBe(true)
  })

  it.each([
    ['a JPEG of a canvas', jpegOf(plain, segment(0xe2, ascii('ICC_PROFILE')))],
    ['the word in the picture itself', Uint8Array.from([...jpegOf(plain), ...segment(0xe1, exif)])],
    ['the word in a comment', jpegOf(segment(0xfe, exif))],
    ['a PNG with another text', pngOf(chunk('IHDR', [1, 2, 3]), chunk('iTXt', ascii('Comment\0eXIf')))],
    ['a WebP', webpOf(riff('VP8 ', ascii('EXIF')))],
    ['nothing', new Uint8Array()]
  ])('is not found in %s', (_what, bytes) => {
    expect(carriesCameraData(bytes)).toBe(false)
  })

  it('is looked for in any bytes without a fault and with an end', () => {
    const start = fc.constantFrom(
      [0xff, 0xd8, 0xff],
      [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10],
      ascii('RIFF\0\0\0\0WEBP')
    )
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 200 }), (head, rest) => {
        expect(typeof carriesCameraData(Uint8Array.from([...head, ...rest]))).toBe('boolean')
      }),
      { numRuns: runs(2000) }
    )
  })
})
