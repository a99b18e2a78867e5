/** The checksum of ZIP archives and PNG images (CRC-32 of ISO 3309), over bytes as they come. */
export const crc32 = () => {
  let register = 0xffffffff
  return {
    add: (bytes: Uint8Array): void => {
      // Over an index: an iterator is what this loop would spend its time on.
      for (let i = 0; i < bytes.length; i += 1)
        register = (table[(register ^ (bytes[i] ?? 0)) & 0xff] ?? 0) ^ (register >>> 8)
    },
    value: (): number => (register ^ 0xffffffff) >>> 0
  }
}

const table = Int32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte
  for (let bit = 0; bit < 8; bit += 1) remainder = remainder & 1 ? (remainder >>> 1) ^ 0xedb88320 : remainder >>> 1
  return remainder
})
