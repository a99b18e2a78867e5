import { crc32, inflateSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { touchIconFile, touchIconSide } from '../../functions/pages/site-icon.ts'

const png = Buffer.from(touchIconFile().body)

/** The chunks of a PNG, each with whether its checksum is right. */
const chunks = (): readonly { readonly type: string; readonly data: Buffer; readonly sound: boolean }[] => {
  const found = []
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    const end = at + 8 + png.readUInt32BE(at)
    const sound = png.readUInt32BE(end) === crc32(png.subarray(at + 4, end))
    found.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, end), sound })
  }
  return found
}

it('the icon of telephones is a PNG of its size, without transparency, that anybody can check', () => {
  expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n')
  expect(chunks().map(({ type, sound }) => [type, sound])).toEqual([
    ['IHDR', true],
    ['IDAT', true],
    ['IEND', true]
  ])
  const [header] = chunks()
  expect([header?.data.readUInt32BE(0), header?.data.readUInt32BE(4)]).toEqual([touchIconSide, touchIconSide])
  expect([...(header?.data.subarray(8) ?? [])]).toEqual([8, 2, 0, 0, 0])
  expect(png.length).toBeLessThan(4_000)
})

it.each([
  ['the ground in a corner', 0, 0, [11, 79, 138]],
  ['the line on its left', 40, 90, [255, 255, 255]],
  ['the milestone in its middle', 101, 90, [255, 206, 61]],
  ['the ground above the line', 40, 60, [11, 79, 138]]
])('it shows %s', (_what, x, y, colour) => {
  const rows = inflateSync(chunks()[1]?.data ?? Buffer.alloc(0))
  const at = y * (1 + 3 * touchIconSide) + 1 + 3 * x
  expect([...rows.subarray(at, at + 3)]).toEqual(colour)
})
