/**
 * When a photograph was taken by the clock of its camera, `YYYY-MM-DDTHH:mm:ss`, from the Exif block of a JPEG
 * (CIPA DC-008: DateTimeOriginal, else DateTime); `undefined` where there is none. It is all that is taken from the
 * block: place, device and the rest stay behind when the picture is drawn anew.
 */
export const takenAt = (file: ArrayBuffer): string | undefined => {
  try {
    const tiff = exifBlock(new DataView(file))
    return tiff && dateTimeIn(tiff)
  } catch (error) {
    // A block that leads out of the file says nothing.
    if (error instanceof RangeError) return undefined
    throw error
  }
}

const startOfImage = 0xffd8
const applicationSegment = 0xffe1
const startOfScan = 0xffda
const exifMark = 0x45786966
const tags = { dateTime: 0x0132, exif: 0x8769, dateTimeOriginal: 0x9003 }

/** The TIFF structure in the segment APP1. */
const exifBlock = (file: DataView): DataView | undefined => {
  if (file.getUint16(0) !== startOfImage) return undefined
  for (let at = 2; at + 4 < file.byteLength; at += 2 + file.getUint16(at + 2)) {
    const marker = file.getUint16(at)
    if (marker === startOfScan || marker < 0xff00) return undefined
    if (marker === applicationSegment && file.getUint32(at + 4) === exifMark)
      return new DataView(file.buffer, at + 10, file.getUint16(at + 2) - 8)
  }
  return undefined
}

const dateTimeIn = (tiff: DataView): string | undefined => {
  const little = tiff.getUint16(0) === 0x4949
  const directory = tiff.getUint32(4, little)
  const exif = fieldIn(tiff, directory, tags.exif, little)
  const place =
    (exif === undefined ? undefined : fieldIn(tiff, exif, tags.dateTimeOriginal, little)) ??
    fieldIn(tiff, directory, tags.dateTime, little)
  if (place === undefined) return undefined
  const text = String.fromCharCode(...new Uint8Array(tiff.buffer, tiff.byteOffset + place, 19))
  const [, year, month, day, time] = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)$/.exec(text) ?? []
  const isDate = Number(year) >= 1990 && Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1
  return isDate ? `${year}-${month}-${day}T${time}` : undefined
}

/** The value of a tag in a directory, which for what is longer than four bytes is its place. */
const fieldIn = (tiff: DataView, directory: number, tag: number, little: boolean): number | undefined => {
  const count = tiff.getUint16(directory, little)
  for (let entry = 0; entry < count; entry += 1) {
    const at = directory + 2 + entry * 12
    if (tiff.getUint16(at, little) === tag) return tiff.getUint32(at + 8, little)
  }
  return undefined
}
