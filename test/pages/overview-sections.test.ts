import { describe, expect, it } from 'vitest'
import type { Summary } from '../../functions/core/ports.ts'
import { scheduleRate, stageRate } from '../../functions/core/rates.ts'
import { gapSection } from '../../functions/pages/gap-section.ts'
import { groupBoard } from '../../functions/pages/group-board.ts'
import { headline } from '../../functions/pages/headline.ts'
import { nextDates } from '../../functions/pages/next-dates.ts'
import { nextSteps } from '../../functions/pages/next-step.ts'
import { ratesSection } from '../../functions/pages/rates-section.ts'
import { weekSection } from '../../functions/pages/week-section.ts'
import { snapshotOf } from '../contract/samples.ts'

const monday = '2021-06-21'

const summary = (more: Partial<Summary>): Summary =>
  snapshotOf(more.id ?? 'p', {}, { name: more.id ?? 'p', ...more }).summary

/** The text of markup as a reader sees it, a space for each tag. */
const textOf = (markup: unknown): string =>
  String(markup)
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')

const stage = (planned: string | null, reached: boolean) => ({ planned, projected: planned, reached })

describe('the four rates', () => {
  const summaries = [
    summary({ stages: { started: stage('2021-01-04', true) }, percentComplete: 50, plannedPercent: 40 }),
    summary({ stages: { started: stage('2021-06-21', false) }, percentComplete: 10, plannedPercent: 20 }),
    summary({ stages: { started: stage('2021-06-22', false) }, percentComplete: 0, plannedPercent: null }),
    summary({ stages: {}, percentComplete: 30, plannedPercent: 0 })
  ]

  it('count among the projects whose plan has the step, and what was planned up to the data date, that day included', () => {
    expect(stageRate(summaries, 'started', monday)).toEqual({ percent: 100 / 3, reached: 1, all: 3, planned: 2 })
  })

  it('have no figure where no plan has the step', () => {
    expect(stageRate(summaries, 'completed', monday).percent).toBeNull()
    expect(textOf(ratesSection([], monday, 'en'))).toContain('Started —')
  })

  it('take progress against plan over the projects that have a plan', () => {
    expect(scheduleRate(summaries)).toBe(150)
    expect(scheduleRate([summaries[2]!])).toBeNull()
  })

  it('say what each of them counts', () => {
    const text = textOf(ratesSection(summaries, monday, 'en'))
    expect(text).toContain('Started 33.3% 1 of 3 have begun, 2 planned by now')
    expect(text).toContain('there is no data on money')
  })
})

describe('what changed since last Monday', () => {
  const week = { since: '2021-06-14', reached: [] }
  const before = { light: 'green', projectedFinish: '2021-08-20', percentComplete: 10 } as const
  const text = (summaries: readonly Summary[]) => textOf(weekSection(summaries, monday, 'en'))

  it('tells colours, dates of opening and milestones of each project', () => {
    const changed = summary({
      id: 'school',
      light: 'red',
      projectedFinish: '2021-08-28',
      week: { ...week, before, reached: [{ id: 'C3', name: '封顶', nameEn: 'Roof on' }] }
    })
    expect(text([changed])).toContain(
      'school turned from green to red; opening moved from 20 August to 28 August, 8 days later; reached Roof on'
    )
  })

  it('puts what turned worse first, then what asks for attention', () => {
    const turned = (id: string, light: Summary['light'], was: Summary['light']) =>
      summary({ id, light, projectedFinish: '2021-08-20', week: { ...week, before: { ...before, light: was } } })
    const order = text([
      turned('better', 'yellow', 'red'),
      turned('worse', 'blue', 'green'),
      turned('worst', 'red', 'green')
    ])
    expect(order).toMatch(/worst .*worse .*better /)
  })

  it('counts those that only moved on, and those of which nothing is new; a change of another week is none', () => {
    const same = { light: 'green', projectedFinish: '2021-08-20' } as const
    const seen = text([
      summary({ ...same, week: { ...week, before } }),
      summary({ ...same, week: { ...week, since: '2021-06-07', before: null } }),
      summary(same)
    ])
    expect(seen).toContain('1 project reported without a change of colour or date; nothing new of 2 projects.')
  })

  it('names a project that is new', () => {
    expect(text([summary({ id: 'new', week: { ...week, before: null } })])).toContain('new newly registered')
  })
})

describe('the next step', () => {
  const next = { id: 'C3', name: '封顶', nameEn: 'Roof on', finish: '2021-07-02' }
  const steps = (more: Partial<Summary>) => nextSteps(summary({ next, ...more }), monday, 'en')

  it('is the next milestone with its date, or how long it is overdue', () => {
    expect(steps({})).toEqual(['Roof on by 2 July'])
    expect(steps({ next: { ...next, finish: '2021-06-01' } })).toEqual(['finish Roof on, due 1 June, 20 days ago'])
    expect(steps({ next: { ...next, finish: monday } })).toEqual(['Roof on by 21 June'])
  })

  it('is what a silent, a bare and a paused project need', () => {
    expect(steps({ light: 'stale' })[0]).toBe('get a report')
    expect(steps({ light: 'no-baseline' })[0]).toBe('have the plan approved')
    expect(steps({ light: 'paused', pausedUntil: '2021-07-05' })).toEqual(['review the stop on 5 July'])
  })

  it('asks for a decision while it can still be made, its last day included', () => {
    const decideBy = { borrowedPremises: '2021-06-20', phasedOpening: monday }
    expect(steps({ decideBy, marginWorkingDays: -2 })).toEqual([
      'decide on opening in parts by 21 June',
      'Roof on by 2 July'
    ])
  })
})

describe('the next four weeks', () => {
  it('list the milestones of all projects by date, the twenty-eighth day included, paused ones left out', () => {
    const due = (finish: string) => [{ id: finish, name: finish, finish }]
    const text = textOf(
      nextDates(
        [
          summary({ id: 'a', due: [...due('2021-07-19'), ...due('2021-07-20')] }),
          summary({ id: 'b', due: due('2021-06-20') }),
          summary({ id: 'c', light: 'paused', due: due('2021-06-22') })
        ],
        monday,
        'en'
      )
    )
    expect(text).toMatch(/20 June 1 day overdue 2021-06-20 b .*19 July 28 days 2021-07-19 a /)
    expect(text).not.toMatch(/20 July|22 June/)
  })
})

describe('the ranking by gap', () => {
  it('puts the furthest behind first and leaves out what has no plan or is in use', () => {
    const text = textOf(
      gapSection(
        [
          summary({ id: 'ahead', percentComplete: 50, plannedPercent: 40 }),
          summary({ id: 'behind', percentComplete: 20, plannedPercent: 33.3 }),
          summary({ id: 'bare', plannedPercent: null }),
          summary({ id: 'used', light: 'done', plannedPercent: 100 })
        ],
        'en'
      )
    )
    expect(text).toMatch(/1 behind 20% 33.3% −13.3 2 ahead 50% 40% \+10 /)
    expect(text).not.toMatch(/bare|used/)
  })
})

describe('the colour board', () => {
  it('counts every project once by programme and once by town', () => {
    const text = textOf(
      groupBoard(
        [
          summary({ programme: '建成', town: '泥沟镇', light: 'red' }),
          summary({ programme: '建成', light: 'green' }),
          summary({ programme: '实施', town: '泥沟镇', light: 'red' })
        ],
        'zh'
      )
    )
    expect(text).toContain('建成 1 – – 1 – – – – 2')
    expect(text).toContain('泥沟镇 2 – – – – – – – 2')
    expect(text).toContain('未注明 – – – 1 – – – – 1')
  })
})

describe('the headline', () => {
  it('tells how the schools stand that must open on the next 1 September', () => {
    const school = { requiredBy: '2021-08-25', marginWorkingDays: 3 } as const
    const text = (date: string) =>
      textOf(
        headline(
          [
            summary(school),
            summary({ ...school, marginWorkingDays: -1 }),
            summary({ ...school, light: 'stale' }),
            summary({ requiredBy: '2021-12-31', marginWorkingDays: -1 }),
            summary({ requiredBy: '2023-08-25' })
          ],
          date,
          'en'
        )
      )
    expect(text(monday)).toContain(
      '3 must be in use before school begins on 1 September: 1 on time, 1 in danger of missing it , 1 cannot be judged.'
    )
    // The day after, the next opening is a year later, and what is due by December belongs to it.
    expect(text('2021-09-02')).toContain('1 must be in use before school begins on 1 September 2022')
  })
})
