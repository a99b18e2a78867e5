import { describe, expect, test } from 'vitest'
import {
  baselineSchema,
  cancelSchema,
  correctionSchema,
  pauseSchema,
  reportSchema,
  resumeSchema,
  tokenSchema
} from '../../functions/schema/report.ts'
import { issuesOf } from './issues.ts'

const full = {
  milestoneId: 'C3',
  percentComplete: 80,
  actualStart: '2021-01-04',
  actualFinish: '2021-06-01',
  forecastFinish: '2021-06-20',
  remainingDuration: 12,
  delay: { code: 'WEATHER', note: '冬季停工' },
  note: '四层\n梁板',
  photos: ['https://example.org/1.jpg']
}
const reportOf = (report: object) => ({ reports: [{ milestoneId: 'C3', ...report }] })

describe('a report', () => {
  test('of the contract decodes into a command', () => {
    expect(reportSchema.parse({ reports: [full], count: { done: 12 }, note: '正常' })).toEqual({
      type: 'report-progress',
      reports: [full],
      countDone: 12,
      note: '正常'
    })
    expect(reportSchema.parse({ count: { done: 0 } })).toEqual({ type: 'report-progress', reports: [], countDone: 0 })
    expect(reportSchema.parse({ noChange: false, reports: [full] })).toEqual({
      type: 'report-progress',
      reports: [full]
    })
  })

  test('may say that nothing has changed', () => {
    expect(reportSchema.parse({ noChange: true })).toEqual({ type: 'report-no-change' })
    expect(reportSchema.parse({ noChange: true, note: '等待' })).toEqual({ type: 'report-no-change', note: '等待' })
  })

  test.each([
    [{}, '/reports', 'nothing-reported'],
    [{ reports: [] }, '/reports', 'nothing-reported'],
    [{ note: 'x' }, '/reports', 'nothing-reported'],
    [reportOf({}), '/reports/0', 'nothing-reported'],
    [{ noChange: true, reports: [full] }, '/reports', 'unrecognized_keys'],
    [{ noChange: 'yes' }, '/noChange', 'invalid_union'],
    [reportOf({ percentComplete: 101 }), '/reports/0/percentComplete', 'too_big'],
    [reportOf({ percentComplete: -0.1 }), '/reports/0/percentComplete', 'too_small'],
    [reportOf({ percentComplete: null }), '/reports/0/percentComplete', 'invalid_type'],
    [reportOf({ percentageComplete: 80 }), '/reports/0/percentageComplete', 'unrecognized_keys'],
    [reportOf({ actualFinish: '2021-6-1' }), '/reports/0/actualFinish', 'not-a-date'],
    [reportOf({ delay: { code: 'RAIN' } }), '/reports/0/delay/code', 'invalid_value'],
    [reportOf({ delay: { code: 'OTHER' } }), '/reports/0/delay/note', 'note-required'],
    [reportOf({ delay: { code: 'OTHER', note: ' ' } }), '/reports/0/delay/note', 'too_small'],
    [reportOf({ note: 'x'.repeat(2001) }), '/reports/0/note', 'too_big'],
    [reportOf({ photos: ['javascript:alert(1)'] }), '/reports/0/photos/0', 'invalid_union'],
    [reportOf({ photos: Array.from({ length: 21 }, () => 'https://example.org/') }), '/reports/0/photos', 'too_big'],
    [{ reports: [full, full] }, '/reports/1/milestoneId', 'duplicate-milestone'],
    [{ reports: [{ ...full, milestoneId: 'constructor' }] }, '/reports/0/milestoneId', 'reserved-name'],
    [{ count: { done: -1 } }, '/count/done', 'too_small']
  ])('%j is refused', (body, pointer, code) => {
    expect(issuesOf(reportSchema, body)).toContainEqual({ pointer, code })
  })
})

describe('a correction', () => {
  test('takes values back with null', () => {
    const reports = [{ milestoneId: 'C3', actualFinish: null, percentComplete: 50 }]
    expect(correctionSchema.parse({ corrects: 3, reason: '误报', reports, count: { done: 1 } })).toEqual({
      type: 'correct-report',
      corrects: 3,
      reason: '误报',
      corrections: reports,
      countDone: 1
    })
  })

  test.each([
    [{ corrects: 0, reason: 'x', reports: [{ milestoneId: 'a', actualStart: null }] }, '/corrects', 'too_small'],
    [{ corrects: 1, reports: [{ milestoneId: 'a', actualStart: null }] }, '/reason', 'invalid_type'],
    [{ corrects: 1, reason: 'x' }, '/reports', 'nothing-reported'],
    [{ corrects: 1, reason: 'x', reports: [{ milestoneId: 'a' }] }, '/reports/0', 'nothing-reported'],
    [
      { corrects: 1, reason: 'x', reports: [{ milestoneId: 'a', percentComplete: null }] },
      '/reports/0/percentComplete',
      'invalid_type'
    ]
  ])('%j is refused', (body, pointer, code) => {
    expect(issuesOf(correctionSchema, body)).toContainEqual({ pointer, code })
  })
})

test('an approval of dates decodes, with dates or without', () => {
  const milestones = [{ id: 'C3', start: '2021-01-04', finish: '2021-05-05' }]
  expect(baselineSchema.parse({ reason: '批复', delay: { code: 'LAND' }, milestones })).toEqual({
    type: 'approve-baseline',
    reason: '批复',
    delay: { code: 'LAND' },
    dates: { C3: { start: '2021-01-04', finish: '2021-05-05' } }
  })
  expect(baselineSchema.parse({ reason: '批复' })).toEqual({ type: 'approve-baseline', reason: '批复' })
  const reversed = { reason: 'x', milestones: [{ id: 'C3', start: '2021-05-05', finish: '2021-01-04' }] }
  expect(issuesOf(baselineSchema, reversed)).toEqual([{ pointer: '/milestones/0/finish', code: 'finish-before-start' }])
})

test('a pause, a resumption and a cancelling need a reason', () => {
  expect(pauseSchema.parse({ reason: '环保', reviewOn: '2021-07-01' })).toMatchObject({ type: 'pause-project' })
  expect(resumeSchema.parse({ reason: '解除' })).toEqual({ type: 'resume-project', reason: '解除' })
  expect(cancelSchema.parse({ reason: '合并' })).toEqual({ reason: '合并' })
  for (const schema of [pauseSchema, resumeSchema, cancelSchema])
    expect(issuesOf(schema, { reason: '', reviewOn: '2021-07-01' })).toContainEqual({
      pointer: '/reason',
      code: 'too_small'
    })
})

test('a token of a reporter needs projects, that of another must have none', () => {
  expect(tokenSchema.parse({ role: 'viewer', name: '公示屏' })).toEqual({
    role: 'viewer',
    name: '公示屏',
    projects: []
  })
  expect(tokenSchema.parse({ role: 'reporter', name: '王校长', projects: ['p'] })).toMatchObject({ projects: ['p'] })
  expect(issuesOf(tokenSchema, { role: 'reporter', name: 'x' })).toEqual([
    { pointer: '/projects', code: 'projects-required' }
  ])
  expect(issuesOf(tokenSchema, { role: 'leader', name: 'x', projects: ['p'] })).toEqual([
    { pointer: '/projects', code: 'projects-not-allowed' }
  ])
  expect(issuesOf(tokenSchema, { role: 'root', name: 'x' })).toContainEqual({ pointer: '/role', code: 'invalid_value' })
})
