import { expect, test } from 'vitest'
import { headingLine, textWithin } from '../../functions/core/notice-lines.ts'

test('a message that is too long says how many matters it leaves out, and counts no heading among them', () => {
  const lines = [headingLine('新增'), '甲 | R1', '乙 | R1', headingLine('仍在'), '丙 | Y1', '丁 | Y1']
  expect(textWithin(lines, 6)).toBe(lines.join('\n'))
  expect(textWithin(lines, 3)).toBe('【新增】\n甲 | R1\n乙 | R1\n另有2项,见内部页面')
  expect(textWithin(lines.slice(0, 4), 3)).toBe('【新增】\n甲 | R1\n乙 | R1')
})
