import { Inflate } from 'fflate'
import { crc32 } from '../core/crc32.ts'
import { Unreadable } from './imported-plan.ts'

/** An archive whose entries are read piece by piece, so that what they unpack to is never larger than what is allowed. */
export interface ZipArchive {
  readonly has: (name: string) => boolean
  /**
   * Hands out an entry as it is unpacked.
   * @throws Unreadable for an entry that is missing, damaged, or unpacks to more than is allowed.
   */
  readonly read: (name: string, take: (bytes: Uint8Array) => void) => void
}

/** How much may come out of an archive, over all its entries that are read, in bytes. */
const mostUnpacked = 64 * 1024 * 1024

/** A workbook has a dozen; pictures make it more. */
const mostEntries = 1000

/** Small pieces, since a thousand times as much may come out of one. */
const pieceLength = 16 * 1024

interface Entry {
  readonly name: string
  readonly isEncrypted: boolean
  /** 0 as it is, 8 deflated. */
  readonly method: number
  readonly checksum: number
  readonly packedLength: number
  readonly length: number
  /** Where its own head begins. */
  readonly offset: number
}

/**
 * The entries of a ZIP archive by its central directory (APPNOTE 4.3.12), which is what Office reads as well. The
 * lengths that it states are added up before anything is unpacked, and an entry that turns out longer is cut off there.
 * @throws Unreadable when it is none, or damaged.
 */
export const openZip = (bytes: Uint8Array): ZipArchive => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const entries = new Map(directoryOf(view).map(entry => [entry.name, entry]))
  let unpacked = 0
  return {
    has: name => entries.has(name),
    read: (name, take) => {
      const entry = entries.get(name)
      if (!entry) throw new Unreadable('broken-archive', `${name} is missing`)
      unpacked += entry.length
      if (unpacked > mostUnpacked) throw new Unreadable('too-large', `it unpacks to more than ${mostUnpacked} bytes`)
      const sum = crc32()
      let left = entry.length
      unpack(packedOf(entry, view), entry, piece => {
        left -= piece.length
        if (left < 0) throw new Unreadable('broken-archive', `${name} is longer than it says`)
        sum.add(piece)
        take(piece)
      })
      if (left !== 0 || sum.value() !== entry.checksum) throw new Unreadable('broken-archive', `${name} is damaged`)
    }
  }
}

const endSignature = 0x06054b50
const endLength = 22
const directorySignature = 0x02014b50
const directoryHeadLength = 46
const localSignature = 0x04034b50
const localHeadLength = 30

const directoryOf = (view: DataView): readonly Entry[] => {
  const end = endOf(view)
  const count = view.getUint16(end + 10, true)
  if (count > mostEntries) throw new Unreadable('too-large', `it has ${count} entries, at most ${mostEntries}`)
  const entries: Entry[] = []
  let at = view.getUint32(end + 16, true)
  for (let i = 0; i < count; i += 1) {
    if (at + directoryHeadLength > view.byteLength || view.getUint32(at, true) !== directorySignature)
      throw new Unreadable('broken-archive', 'its directory is damaged')
    const nameLength = view.getUint16(at + 28, true)
    const next = at + directoryHeadLength + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
    if (next > view.byteLength) throw new Unreadable('broken-archive', 'its directory is cut off')
    entries.push({
      name: new TextDecoder().decode(bytesAt(view, at + directoryHeadLength, nameLength)),
      isEncrypted: (view.getUint16(at + 8, true) & 1) === 1,
      method: view.getUint16(at + 10, true),
      checksum: view.getUint32(at + 16, true),
      packedLength: view.getUint32(at + 20, true),
      length: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true)
    })
    at = next
  }
  return entries
}

/** The end of the directory stands last, before a comment of at most 64 kB. */
const endOf = (view: DataView): number => {
  const last = view.byteLength - endLength
  for (let at = last; at >= Math.max(0, last - 0xffff); at -= 1)
    if (view.getUint32(at, true) === endSignature) return at
  throw new Unreadable('broken-archive', 'its end is missing')
}

const packedOf = ({ name, offset, packedLength, isEncrypted }: Entry, view: DataView): Uint8Array => {
  if (isEncrypted) throw new Unreadable('encrypted', `${name} is encrypted`)
  if (offset + localHeadLength > view.byteLength || view.getUint32(offset, true) !== localSignature)
    throw new Unreadable('broken-archive', `${name} is not where the directory says`)
  const start = offset + localHeadLength + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true)
  if (start + packedLength > view.byteLength) throw new Unreadable('broken-archive', `${name} is cut off`)
  return bytesAt(view, start, packedLength)
}

const bytesAt = (view: DataView, start: number, length: number): Uint8Array =>
  new Uint8Array(view.buffer, view.byteOffset + start, length)

const unpack = (packed: Uint8Array, { name, method }: Entry, take: (piece: Uint8Array) => void): void => {
  if (method === 0) {
    take(packed)
    return
  }
  if (method !== 8) throw new Unreadable('broken-archive', `${name} is packed by method ${method}`)
  const inflate = new Inflate(take)
  try {
    for (let at = 0; at === 0 || at < packed.length; at += pieceLength)
      inflate.push(packed.subarray(at, at + pieceLength), at + pieceLength >= packed.length)
  } catch (error) {
    // The library's own errors are plain ones with a code.
    if (error instanceof Error && 'code' in error) throw new Unreadable('broken-archive', `${name} is damaged`)
    throw error
  }
}
