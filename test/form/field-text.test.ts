import { expect, test } from 'vitest'
import { fieldText } from '../../functions/form/field-text.ts'

test.each([
  ['/reports/0/milestoneId', '里程碑', 'Milestone'],
  ['/reports/0/percentComplete', '进度', 'Percent'],
  ['/reports/0/actualStart', '实际开始', 'Started on'],
  ['/reports/0/actualFinish', '完成于', 'Reached on'],
  ['/reports/0/forecastFinish', '预计完成', 'Expected'],
  ['/reports/0/delay/code', '原因', 'Reason'],
  ['/reports/0/photos/1', '照片 2', 'Photograph 2'],
  ['/reports/0/note', '备注', 'Note'],
  ['/note', '备注', 'Note'],
  ['/count/done', '数量', 'Number done'],
  ['', '', '']
])('the form calls %j %j', (pointer, zh, en) => {
  expect([fieldText(pointer, 'zh'), fieldText(pointer, 'en')]).toEqual([zh, en])
})
