import { zlibSync } from 'fflate'
import { crc32 } from '../core/crc32.ts'

/** Red, green and blue, 0 to 255. */
export type Colour = readonly [red: number, green: number, blue: number]

/** A square picture as PNG (ISO/IEC 15948): eight bits a channel, no transparency, the colour of each pixel as asked for. */
export const squarePng = (side: number, colourAt: (x: number, y: number) => Colour): Uint8Array => {
  const rows = new Uint8Array(side * (1 + 3 * side))
  for (let y = 0; y < side; y += 1) {
    // The first byte of a row names its filter: none.
    const row = y * (1 + 3 * side) + 1
    for (let x = 0; x < side; x += 1) rows.set(colourAt(x, y), row + 3 * x)
  }
  return joined([
    signature,
    chunk('IHDR', joined([numberOf(side), numberOf(side), trueColour])),
    chunk('IDAT', zlibSync(rows, { level: 9 })),
    chunk('IEND', new Uint8Array(0))
  ])
}

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)

/** Bits a channel, kind of colour, then compression, filter and interlacing as there is but one of. */
const trueColour = Uint8Array.of(8, 2, 0, 0, 0)

const chunk = (type: string, data: Uint8Array): Uint8Array => {
  const named = joined([new TextEncoder().encode(type), data])
  const checksum = crc32()
  checksum.add(named)
  return joined([numberOf(data.length), named, numberOf(checksum.value())])
}

/** Four bytes, the highest first. */
const numberOf = (value: number): Uint8Array => {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value)
  return bytes
}

const joined = (parts: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
