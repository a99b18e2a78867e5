const centralHeader = 0x02014b50
const endOfDirectory = 0x06054b50
const endLength = 22
/** 1 January 1980, midnight, as ZIP writes it: there is nothing earlier. */
const firstMoment = 0x0021_0000

/**
 * A ZIP archive without comment, with the first moment there is in place of when its files were packed (APPNOTE.TXT 6.3,
 * §4.3): the same files give the same bytes. Packing them anew with a fixed stamp took as long as making them.
 * @throws RangeError when it is no such archive.
 */
export const withoutStamps = (archive: Uint8Array): Uint8Array => {
  const bytes = archive.slice()
  const view = new DataView(bytes.buffer)
  const end = bytes.length - endLength
  const expect = (at: number, signature: number) => {
    if (view.getUint32(at, true) !== signature) throw new RangeError('no plain ZIP archive')
  }
  expect(end, endOfDirectory)
  let at = view.getUint32(end + 16, true)
  for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
    expect(at, centralHeader)
    view.setUint32(at + 12, firstMoment, true)
    view.setUint32(view.getUint32(at + 42, true) + 10, firstMoment, true)
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return bytes
}
