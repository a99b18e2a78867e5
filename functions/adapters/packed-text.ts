import { gunzipSync, gzipSync } from 'node:zlib'
import * as z from 'zod'

/** Text in an attribute: as it is while it is short, gzipped bytes when it is long; the type of the attribute tells. */
export type PackedText = string | Uint8Array

// An item holds 400 KB at most and every KB of a write is paid for. Below this size a person can read the item in the
// console, which is worth more than what compression would save.
const longestPlainBytes = 32 * 1024

/** Packs a text for storage. */
export const packText = (text: string): PackedText =>
  Buffer.byteLength(text) <= longestPlainBytes ? text : new Uint8Array(gzipSync(text))

/** Bytes that a packed text takes up in an item. */
export const sizeOfPacked = (packed: PackedText): number =>
  typeof packed === 'string' ? Buffer.byteLength(packed) : packed.byteLength

/** Decodes a packed text; bytes that are no gzip are an issue `not-gzip`. */
export const packedTextSchema = z.union([z.string(), z.instanceof(Uint8Array)]).transform((packed, context): string => {
  if (typeof packed === 'string') return packed
  try {
    return gunzipSync(packed).toString('utf8')
  } catch {
    context.issues.push({ code: 'custom', input: packed, params: { code: 'not-gzip' }, message: 'is no gzip' })
    return z.NEVER
  }
})
