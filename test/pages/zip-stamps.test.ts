import { strToU8, unzipSync, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { withoutStamps } from '../../functions/pages/zip-stamps.ts'

const packed = (year: number) =>
  zipSync({ 'a.xml': strToU8('<a/>'), 'b/c.xml': strToU8('x'.repeat(5000)) }, { mtime: new Date(year, 5, 1) })

test('the same files give the same bytes, whenever they were packed', () => {
  expect(withoutStamps(packed(1999))).toEqual(withoutStamps(packed(2031)))
  expect(unzipSync(withoutStamps(packed(1999)))).toEqual(unzipSync(packed(1999)))
})

test('what is no archive is refused', () => {
  expect(() => withoutStamps(new Uint8Array(40))).toThrow(RangeError)
})
