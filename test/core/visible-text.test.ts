import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hiddenCharacter, visibleText } from '../../functions/core/visible-text.ts'

test.each([
  ['主体封顶 42%', '主体封顶 42%'],
  ['a\0b', 'a\\u0000b'],
  ['第一行\n第二行\t', '第一行\\u000a第二行\\u0009'],
  ['\x1b[31m', '\\u001b[31m'],
  ['gnp.\u202Eexe', 'gnp.\\u202eexe'],
  ['\ud83d', '\\ud83d'],
  ['\u{1f3eb}', '\u{1f3eb}']
])('%j is quoted as %s', (text, expected) => {
  expect(visibleText(text)).toBe(expected)
})

test('whatever is quoted hides nothing', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), text => !hiddenCharacter.test(visibleText(text))))
})
