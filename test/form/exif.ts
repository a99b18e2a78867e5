/** The smallest file that is a JPEG: its beginning, a table, a scan, its end. */
export const plainJpeg = new Uint8Array([0xff, 0xd8, 0xff, 0xdb, 0, 4, 1, 2, 0xff, 0xda, 0, 2, 0xff, 0xd9])

/** A JPEG with an Exif block (CIPA DC-008) that says when it was taken, and something that must not get out. */
export const withExif = (
  jpeg: Uint8Array,
  { taken, changed, little = false }: { readonly taken?: string; readonly changed?: string; readonly little?: boolean }
): Uint8Array<ArrayBuffer> => {
  const tiff = Buffer.alloc(160)
  const u16 = (value: number, at: number) => (little ? tiff.writeUInt16LE(value, at) : tiff.writeUInt16BE(value, at))
  const u32 = (value: number, at: number) => (little ? tiff.writeUInt32LE(value, at) : tiff.writeUInt32BE(value, at))
  const entry = (at: number, tag: number, type: number, count: number, value: number) => {
    u16(tag, at)
    u16(type, at + 2)
    u32(count, at + 4)
    u32(value, at + 8)
  }
  tiff.write(little ? 'II' : 'MM', 0, 'latin1')
  u16(42, 2)
  u32(8, 4)
  u16(2, 8)
  if (changed !== undefined) entry(10, 0x0132, 2, 20, 60)
  entry(22, 0x8769, 4, 1, 40)
  u16(1, 40)
  if (taken !== undefined) entry(42, 0x9003, 2, 20, 90)
  tiff.write(`${changed ?? ''}\0`, 60, 'latin1')
  tiff.write(`${taken ?? ''}\0`, 90, 'latin1')
  tiff.write('GPS 34.56N 117.73E', 120, 'latin1')
  const head = Buffer.from([0xff, 0xe1, 0, tiff.length + 8, 0x45, 0x78, 0x69, 0x66, 0, 0])
  return new Uint8Array(Buffer.concat([jpeg.subarray(0, 2), head, tiff, jpeg.subarray(2)]))
}
