import { largestFile, Unreadable } from './imported-plan.ts'

/** A file as text, and the encoding in which it was written. */
export interface DecodedText {
  readonly text: string
  readonly encoding: string
}

/**
 * The text of a file, without its byte order mark. The mark decides; else `label` (from the user, or from an XML
 * declaration); else UTF-8 where the bytes are valid UTF-8, and otherwise {@link guessLegacy}.
 * @throws Unreadable for a file larger than {@link largestFile}, a label that is none, or bytes that are not in the encoding
 * it names.
 */
export const decodeText = (bytes: Uint8Array, label?: string): DecodedText => {
  if (bytes.length > largestFile) throw new Unreadable('too-large', `${bytes.length} bytes, at most ${largestFile}`)
  const { text, encoding } = decoded(bytes, label)
  return { text: text.replace(/^\uFEFF/, ''), encoding }
}

const decoded = (bytes: Uint8Array, label: string | undefined): DecodedText => {
  const marked = byteOrderMark(bytes)
  if (marked) return decodeAs(bytes, marked)
  if (label !== undefined) return decodeAs(bytes, label)
  return tryDecode(bytes, 'utf-8') ?? guessLegacy(bytes)
}

const byteOrderMark = ([a, b, c]: Uint8Array): string | undefined => {
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8'
  if (a === 0xff && b === 0xfe) return 'utf-16le'
  if (a === 0xfe && b === 0xff) return 'utf-16be'
  return undefined
}

const decodeAs = (bytes: Uint8Array, label: string): DecodedText => {
  const found = tryDecode(bytes, label)
  if (!found) throw new Unreadable('unknown-encoding', `the bytes are not ${label}`)
  return found
}

const tryDecode = (bytes: Uint8Array, label: string): DecodedText | undefined => {
  try {
    return { text: new TextDecoder(label, { fatal: true }).decode(bytes), encoding: label.toLowerCase() }
  } catch (error) {
    // TypeError: not in this encoding; RangeError: no such encoding.
    if (error instanceof TypeError || error instanceof RangeError) return undefined
    throw error
  }
}

/**
 * Windows writes XER in the code page of the machine: GB18030 in China, Windows-1252 in the west, and nothing in the file
 * says which. Chinese text is pairs of bytes of which both are high; a western accent stands alone among ASCII letters.
 */
const guessLegacy = (bytes: Uint8Array): DecodedText => {
  let chinese = 0
  let western = 0
  for (let i = 0; i < bytes.length; i += 1) {
    const lead = bytes[i] ?? 0
    if (lead < 0x80) continue
    const trail = bytes[i + 1] ?? 0
    if (lead >= 0xa1 && lead <= 0xf7 && trail >= 0xa1) {
      chinese += 1
      i += 1
    } else western += 1
  }
  const gb = chinese > western ? tryDecode(bytes, 'gb18030') : undefined
  return gb ?? { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'windows-1252' }
}
