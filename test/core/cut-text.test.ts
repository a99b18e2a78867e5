import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bytesOf, cutText, jsonBytesOf } from '../../functions/core/cut-text.ts'

const text = fc
  .array(fc.string({ unit: 'grapheme', maxLength: 30 }), { maxLength: 30 })
  .map(lines => lines.map(line => line.replaceAll('\n', '')).join('\n'))
const size = fc.constantFrom(bytesOf, jsonBytesOf)

describe('cutting a text', () => {
  test.each([
    ['fits whole', 'a\nbb', 4, ['a\nbb']],
    ['is one byte too long', 'a\nbb', 3, ['a', 'bb']],
    ['takes as many lines as fit', 'a\nb\nc\nd', 3, ['a\nb', 'c\nd']],
    ['cuts a line that is too long by itself', 'abcdefg\nh', 3, ['abc', 'def', 'g\nh']],
    ['counts bytes: a Chinese character has three', '滞后天', 7, ['滞后', '天']],
    ['keeps an emoji with its modifiers whole', 'ab👩‍👩‍👧cd', 18, ['ab', '👩‍👩‍👧', 'cd']],
    ['keeps empty lines inside a piece', 'a\n\nb', 4, ['a\n\nb']],
    ['of nothing is one empty piece', '', 3, ['']]
  ] as const)('%s', (_what, whole, limit, pieces) => {
    expect(cutText(whole, limit, bytesOf)).toEqual(pieces)
  })

  test('every piece fits, nothing is lost, and no line is cut that fits by itself', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 8, max: 200 }), size, (whole, limit, sizeOf) => {
        const pieces = cutText(whole, limit, sizeOf)
        for (const piece of pieces) {
          expect(sizeOf(piece)).toBeLessThanOrEqual(limit)
          expect(piece.isWellFormed()).toBe(true)
        }
        expect(pieces.join('').replaceAll('\n', '')).toBe(whole.replaceAll('\n', ''))
        const lines = new Set(pieces.flatMap(piece => piece.split('\n')))
        for (const line of whole.split('\n')) if (sizeOf(line) <= limit) expect(lines).toContain(line)
      })
    )
  })

  test('sizes add up, as cutting needs', () => {
    fc.assert(
      fc.property(text, text, size, (a, b, sizeOf) => {
        expect(sizeOf(a + b)).toBe(sizeOf(a) + sizeOf(b))
      })
    )
  })
})
