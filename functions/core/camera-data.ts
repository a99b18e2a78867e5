/**
 * Whether an image carries what a camera writes beside the picture: Exif or XMP, with the place where it was taken and the
 * telephone. Looks at the segments of JPEG (Exif 3.0 §4.5.4; XMP part 3 §1.1.3), the chunks of PNG (`eXIf`, and `iTXt` with
 * XMP) and of WebP (RFC 9649 §2.7); an image that breaks off in one of them has none.
 */
export const carriesCameraData = (bytes: Uint8Array): boolean => {
  switch (bytes[0]) {
    case 0xff:
      return jpegSegments(bytes).some(({ marker, from }) => marker === 0xe1 && startsWithOne(bytes, from, inJpeg))
    case 0x89:
      return chunks(bytes, 8, bigEndian).some(({ from }) => startsWithOne(bytes, from, inPng))
    case 0x52:
      return chunks(bytes, 12, littleEndian).some(({ from }) => startsWithOne(bytes, from, inWebp))
    default:
      return false
  }
}

const inJpeg = ['Exif\0', 'http://ns.adobe.com/xap/', 'http://ns.adobe.com/xmp/']
const inPng = ['eXIf', 'iTXtXML:com.adobe.xmp']
const inWebp = ['EXIF', 'XMP ']

const startsWithOne = (bytes: Uint8Array, from: number, texts: readonly string[]): boolean =>
  texts.some(text => [...text].every((character, index) => bytes[from + index] === character.charCodeAt(0)))

/** The segments before the picture itself, each with where its content begins. */
const jpegSegments = (bytes: Uint8Array): readonly { readonly marker: number; readonly from: number }[] => {
  const view = viewOf(bytes)
  const found: { marker: number; from: number }[] = []
  let at = 2
  while (at + 4 <= bytes.byteLength && bytes[at] === 0xff) {
    const marker = view.getUint8(at + 1)
    // Fill bytes may stand before a marker.
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (marker === startOfScan) break
    found.push({ marker, from: at + 4 })
    at += 2 + Math.max(2, view.getUint16(at + 2))
  }
  return found
}

const startOfScan = 0xda

/** How a format writes a chunk: where its name stands, its length, and what follows its content. */
interface ChunkForm {
  readonly name: number
  readonly length: (view: DataView, at: number) => number
  readonly after: (length: number) => number
}

/** PNG: length, name, content, checksum. */
const bigEndian: ChunkForm = { name: 4, length: (view, at) => view.getUint32(at), after: length => length + 4 }

/** WebP: name, length, content, filled up to an even number. */
const littleEndian: ChunkForm = {
  name: 0,
  length: (view, at) => view.getUint32(at + 4, true),
  after: length => length + (length % 2)
}

/** The chunks of an image, each with where its name begins. */
const chunks = (bytes: Uint8Array, start: number, form: ChunkForm): readonly { readonly from: number }[] => {
  const view = viewOf(bytes)
  const found: { from: number }[] = []
  for (let at = start; at + 8 <= bytes.byteLength; at += 8 + form.after(form.length(view, at)))
    found.push({ from: at + form.name })
  return found
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
