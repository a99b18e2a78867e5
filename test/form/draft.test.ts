import { describe, expect, it, test } from 'vitest'
import type { AgendaMilestone } from '../../functions/core/agenda.ts'
import {
  atLeast,
  bodyOf,
  type Draft,
  laterDates,
  missingIn,
  needsReason,
  onDay,
  reportsOf
} from '../../functions/form/draft.ts'
import { placeIn, placeOf } from '../../functions/form/place.ts'
import { reportSchema } from '../../functions/schema/report.ts'

const milestone: AgendaMilestone = {
  id: 'C3',
  name: '主体封顶',
  light: 'green',
  percentComplete: 40,
  actualStart: null,
  baselineFinish: '2021-07-01',
  projectedFinish: '2021-07-05',
  promisedFinish: '2021-07-02',
  reportedOn: null,
  unit: 'day'
}
const subject = { type: 'milestone', project: 'school', milestone: 'C3' } as const
const draft = (more: Partial<Draft>): Draft => ({ subject, ...more })

describe('what is missing in a draft', () => {
  test.each([
    [{}, 'choice'],
    [{ note: '已复工' }, undefined],
    [{ said: { type: 'percent', percent: 50 } }, undefined],
    [{ said: { type: 'date' } }, 'date'],
    [{ said: { type: 'date', finish: '2021-07-02' } }, 'date-in-past'],
    [{ said: { type: 'date', finish: '2021-07-03' } }, 'reason'],
    [{ said: { type: 'done', on: '2021-07-02' } }, undefined],
    [{ said: { type: 'done', on: '2021-07-04T08:00' } }, 'done-in-future'],
    [{ said: { type: 'done', on: '2021-07-03' } }, 'reason'],
    [{ said: { type: 'done', on: '2021-07-03' }, delay: { code: 'WEATHER' } }, undefined],
    [{ said: { type: 'done', on: '2021-07-03' }, delay: { code: 'OTHER' } }, 'reason-note'],
    [{ said: { type: 'percent', percent: 50 }, start: '2021-07-03' }, undefined],
    [{ said: { type: 'percent', percent: 50 }, start: '2021-07-04' }, 'start-in-future'],
    [{ said: { type: 'done', on: '2021-07-01' }, start: '2021-07-02' }, 'start-after-finish'],
    [{ said: { type: 'date', finish: '2021-07-03' }, delay: { code: 'LAND' }, start: '2021-07-04' }, undefined],
    [{ said: { type: 'count' } }, 'count'],
    [{ said: { type: 'no-change' } }, undefined]
  ] as const)('%j: %s', (more, missing) => {
    expect(missingIn(draft(more), milestone, '2021-07-03')).toBe(missing)
  })

  it('no reason is asked for where nothing was promised', () => {
    expect(needsReason({ type: 'done', on: '2021-09-01' }, { ...milestone, promisedFinish: null })).toBe(false)
  })
})

describe('the body of a report', () => {
  test.each([
    [draft({ said: { type: 'done', on: '2021-07-01' } }), { milestoneId: 'C3', actualFinish: '2021-07-01' }],
    [draft({ said: { type: 'percent', percent: 50 }, note: '二层' }), { percentComplete: 50, note: '二层' }],
    [draft({ said: { type: 'date', finish: '2021-08-01' }, delay: { code: 'LAND' } }), { delay: { code: 'LAND' } }]
  ])('%j says %j', (filled, report) => {
    expect(reportSchema.parse(bodyOf(filled, milestone))).toMatchObject({ type: 'report-progress', reports: [report] })
  })

  it('says when it began with how far it is, and only where that is not known', () => {
    const filled = draft({ said: { type: 'percent', percent: 0 }, start: '2021-06-28' })
    expect(bodyOf(filled, milestone)).toEqual({
      reports: [{ milestoneId: 'C3', percentComplete: 0, actualStart: '2021-06-28' }]
    })
    expect(bodyOf(filled, { ...milestone, actualStart: '2021-06-27' })).toEqual({
      reports: [{ milestoneId: 'C3', percentComplete: 0 }]
    })
  })

  it('keeps a reason to itself that is no longer asked for', () => {
    const filled = draft({ said: { type: 'date', finish: '2021-06-30' }, delay: { code: 'LAND' } })
    expect(bodyOf(filled, milestone)).toEqual({ reports: [{ milestoneId: 'C3', forecastFinish: '2021-06-30' }] })
  })

  it('keeps the note of "other" to itself under another reason', () => {
    const filled = (code: 'OTHER' | 'WEATHER') =>
      draft({ said: { type: 'date', finish: '2021-08-01' }, delay: { code, note: '道路中断' } })
    expect(bodyOf(filled('OTHER'), milestone)).toMatchObject({
      reports: [{ delay: { code: 'OTHER', note: '道路中断' } }]
    })
    expect(bodyOf(filled('WEATHER'), milestone)).toMatchObject({ reports: [{ delay: { code: 'WEATHER' } }] })
    expect(JSON.stringify(bodyOf(filled('WEATHER'), milestone))).not.toContain('note')
  })

  it('of a count or of no change names no milestone', () => {
    expect(bodyOf(draft({ said: { type: 'count', done: 3 } }), undefined)).toEqual({ count: { done: 3 } })
    expect(bodyOf(draft({ said: { type: 'no-change' } }), undefined)).toEqual({ noChange: true })
  })
})

it('no change at a milestone confirms the project, and its photographs are a report of the milestone', () => {
  const photo = { sha256: 'a', bytes: new ArrayBuffer(1), thumbnail: { sha256: 'b', bytes: new ArrayBuffer(1) } }
  const said = { type: 'no-change' } as const
  expect(reportsOf(draft({ said, photos: [photo], note: '停工' })).map(each => bodyOf(each, milestone))).toEqual([
    { reports: [{ milestoneId: 'C3', photos: ['a'] }] },
    { noChange: true, note: '停工' }
  ])
  expect(reportsOf(draft({ said }))).toMatchObject([{ subject: { type: 'project' } }])
})

it('what is said starts from what is recorded, to its last decimal', () => {
  expect(atLeast({ type: 'percent', percent: 33 }, { percent: 33.4 })).toEqual({ type: 'percent', percent: 33.4 })
  expect(atLeast({ type: 'percent', percent: 90 }, { percent: 33.4 })).toEqual({ type: 'percent', percent: 90 })
  expect(atLeast({ type: 'count', done: 3 }, { count: 5 })).toEqual({ type: 'count', done: 5 })
})

it('a day is a date of the milestone, with an hour where its dates have one', () => {
  expect(onDay('2021-07-01', milestone)).toBe('2021-07-01')
  expect(onDay('2021-07-01', { unit: 'hour' })).toBe('2021-07-01T17:00')
})

it('later dates are counted from what is expected, and none is offered that has passed', () => {
  expect(laterDates(milestone, '2021-06-21')).toEqual(['2021-07-12', '2021-07-19', '2021-08-02'])
  expect(laterDates(milestone, '2021-07-20')[0]).toBe('2021-07-27')
})

it.each([subject, { type: 'count', project: 'a b' }, { type: 'project', project: 'x' }] as const)(
  'the address of %j leads there again',
  about => {
    expect(placeIn(placeOf(about))).toEqual({ type: 'report', subject: about })
  }
)

it.each(['', '#', '#main', '#nowhere/x', '#%E0%A4%A'])('an address that names nothing is home: %j', fragment => {
  expect(placeIn(fragment)).toEqual({ type: 'home' })
})
