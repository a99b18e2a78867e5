import { expect, test } from 'vitest'
import { cellFaultText, conflictText } from '../../functions/http/cell-text.ts'
import { importFaultText } from '../../functions/http/import-fault-text.ts'

test('a conflict is signed with the day and the time in Shanghai, which at night are of another day than in UTC', () => {
  const { zh, en } = conflictText({
    ...{ sheet: '里程碑', ref: 'L7', line: 7, table: 'milestones', column: 'percentComplete' },
    ...{ before: 0, inSheet: 50, now: 85 },
    changedBy: {
      by: { id: 'a8abc34ad14e', role: 'reporter' },
      at: '2021-06-20T20:25:02.402Z',
      date: '2021-06-21',
      version: 2
    }
  })
  expect(zh).toBe('表中为 50,系统中已改为 85(导出时为 0;由项目填报人于 2021-06-21 04:25 更改)')
  expect(en).toMatch(/\(0 when exported; by project reporter, 2021-06-21 04:25\)$/)
})

test('a cell and a file are quoted without what hides in them', () => {
  const place = { sheet: '里程碑', ref: 'L7', line: 7, table: 'milestones', column: 'note' } as const
  const { zh, en } = cellFaultText({ ...place, code: 'control-character', found: '封\0顶\u202E' })
  expect([zh, en]).toEqual([
    '含有控制字符(填的是 封\\u0000顶\\u202e)',
    'It holds a control character (it says 封\\u0000顶\\u202e)'
  ])
  expect(importFaultText({ code: 'not-csv', line: 2, detail: '"\0' }).en).toBe(
    'Line 2: It is no well-formed CSV ("\\u0000)'
  )
})
