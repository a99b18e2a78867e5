import { describe, expect, it } from 'vitest'
import { lightOf, rulesOf } from '../../functions/core/assess.ts'
import type { Command } from '../../functions/core/commands.ts'
import type { Delay } from '../../functions/core/delay.ts'
import { flagText } from '../../functions/core/flag-text.ts'
import type { Project } from '../../functions/core/milestone.ts'
import { type RuleId, ruleIds } from '../../functions/core/policy.ts'
import {
  approved,
  cancel,
  chain,
  count,
  given,
  type History,
  noChange,
  pause,
  register,
  report,
  resume,
  review
} from './given.ts'

type Steps = readonly (readonly [date: string, command: Command])[]

const day0 = '2021-03-01'
const delay: Delay = { code: 'CONTRACTOR' }

/** One milestone, 主体封顶, approved for 1 to 12 March. */
const roof = (more: Partial<Project> = {}) => chain([{ id: 'C3', name: '主体封顶', nameEn: 'Topping out' }], more)
const roofDates = approved({ C3: ['2021-03-01', '2021-03-12'] })
const withRoof = (...more: Steps) => given([day0, register(roof(), roofDates)], ...more)

const rulesOn = (history: History, date: string): readonly string[] => history.on(date).rules
const has = (history: History, rule: RuleId, date: string): boolean => rulesOn(history, date).includes(rule)

describe('G, on track', () => {
  it('is the absence of every other rule, and no flag', () => {
    const history = given([
      day0,
      register(
        chain([{ id: 'C3', constraint: { type: 'SNET', date: '2021-06-01' } }]),
        approved({ C3: ['2021-06-01', '2021-06-15'] })
      )
    ])
    expect(history.on(day0)).toMatchObject({ light: 'green', rules: ['G'], flags: [] })
    expect(history.milestone('C3', day0).light).toBe('green')
  })
})

describe('B1, due soon', () => {
  // Between 23 April and 10 May 2021: the make-up days Sunday 25 April and Saturday 8 May work, 1 to 5 May do not.
  const history = () =>
    given([
      '2021-04-20',
      register(
        chain([{ id: 'C3', name: '主体封顶', nameEn: 'Topping out' }], { start: '2021-04-25' }),
        approved({ C3: ['2021-04-25', '2021-05-10'] })
      )
    ])

  it('holds from 10 working days before, counted over make-up days and the May holidays', () => {
    expect(has(history(), 'B1', '2021-04-22')).toBe(false)
    expect(has(history(), 'B1', '2021-04-23')).toBe(true)
    expect(history().flag('B1', '2021-04-23')).toEqual({
      rule: 'B1',
      severity: 'blue',
      milestoneId: 'C3',
      since: '2021-04-23',
      facts: { due: '2021-05-10', workingDays: 10, within: 10 },
      text: {
        zh: '主体封顶应于 2021-05-10 完成,还有 10 个工作日(≤ 10)',
        en: 'Topping out is due on 2021-05-10, in 10 working days (≤ 10)'
      }
    })
  })

  it('holds on the day itself, and not after it', () => {
    expect(history().flag('B1', '2021-05-10')?.facts.workingDays).toBe(0)
    expect(has(history(), 'B1', '2021-05-11')).toBe(false)
  })

  it('is of the next milestone alone, and passes on when it is reached', () => {
    const two = given([
      day0,
      register(
        chain([{ id: 'A' }, { id: 'B' }]),
        approved({ A: ['2021-03-01', '2021-03-05'], B: ['2021-03-08', '2021-03-12'] })
      )
    ])
    expect(two.on(day0).flags.filter(({ rule }) => rule === 'B1')).toMatchObject([{ milestoneId: 'A' }])
    two.accept(report('A', { actualFinish: day0 }), day0)
    expect(two.on(day0).flags.filter(({ rule }) => rule === 'B1')).toMatchObject([{ milestoneId: 'B' }])
  })
})

describe('Y1 and R1, a slip', () => {
  const forecast = (date: string) => withRoof([day0, report('C3', { forecastFinish: date, delay })])
  const rule = (date: string) =>
    forecast(date)
      .on(day0)
      .rules.find(r => r === 'Y1' || r === 'R1')

  it('begins with one working day: a Saturday and a Sunday after a Friday are none', () => {
    expect(rule('2021-03-13')).toBeUndefined()
    expect(rule('2021-03-14')).toBeUndefined()
    expect(rule('2021-03-15')).toBe('Y1')
  })

  it('is yellow at 15 working days and red at 16; Tomb-Sweeping (3 to 5 April) lies between', () => {
    expect(rule('2021-04-02')).toBe('Y1')
    expect(rule('2021-04-05')).toBe('Y1')
    expect(rule('2021-04-06')).toBe('R1')
    expect(forecast('2021-04-05').on(day0).variance).toEqual({ workingDays: 15, calendarDays: 24 })
    expect(forecast('2021-04-06').on(day0).variance).toEqual({ workingDays: 16, calendarDays: 25 })
  })

  it('counts a make-up Sunday as the working day that it is', () => {
    const before = given([
      '2021-04-12',
      register(roof({ start: '2021-04-12' }), approved({ C3: ['2021-04-12', '2021-04-23'] }))
    ])
    const slipTo = (forecastFinish: string) => {
      const decision = before.when(report('C3', { forecastFinish, delay }), '2021-04-12')
      return decision.ok && decision.events.some(event => event.type === 'flag-raised' && event.rule === 'Y1')
    }
    expect(slipTo('2021-04-24')).toBe(false)
    expect(slipTo('2021-04-25')).toBe(true)
  })

  it('says by how much, from which date to which', () => {
    expect(forecast('2021-04-05').flag('Y1', day0)).toEqual({
      rule: 'Y1',
      severity: 'yellow',
      milestoneId: 'C3',
      since: day0,
      facts: {
        baselineFinish: '2021-03-12',
        projectedFinish: '2021-04-05',
        workingDays: 15,
        calendarDays: 24,
        basis: 'forecast',
        limit: 1
      },
      text: {
        zh: '主体封顶计划 2021-03-12,预计 2021-04-05,滞后 15 个工作日(≥ 1)',
        en: 'Topping out was planned for 2021-03-12 and is expected on 2021-04-05, 15 working days late (≥ 1)'
      }
    })
    expect(forecast('2021-04-06').flag('R1', day0)).toMatchObject({
      severity: 'red',
      facts: { workingDays: 16, limit: 15 },
      text: { zh: '主体封顶计划 2021-03-12,预计 2021-04-06,滞后 16 个工作日(> 15)' }
    })
  })

  const pair = (...more: Steps) =>
    given(
      [
        day0,
        register(
          chain([{ id: 'A' }, { id: 'B' }]),
          approved({ A: ['2021-03-01', '2021-03-12'], B: ['2021-03-15', '2021-03-26'] })
        )
      ],
      ...more
    )
  const slipped = (history: History, date: string) =>
    history.on(date).flags.flatMap(({ rule: r, milestoneId }) => (r === 'Y1' || r === 'R1' ? [milestoneId] : []))

  it('of a finish that came late stands while it pushes what comes next, and ends when that has caught up', () => {
    const history = pair(['2021-03-17', report('A', { actualFinish: '2021-03-17', delay })])
    expect(slipped(history, '2021-03-17')).toEqual(['A', 'B'])
    expect(history.flag('Y1', '2021-03-17')).toMatchObject({
      facts: { basis: 'actual' },
      text: { zh: expect.stringContaining('实际 2021-03-17') }
    })
    history.accept(report('B', { percentComplete: 50, actualStart: '2021-03-18' }), '2021-03-19')
    expect(slipped(history, '2021-03-19')).toEqual([])
  })

  it('of a finish that came late stands no longer when what comes next is finished too', () => {
    const history = pair(
      ['2021-03-17', report('A', { actualFinish: '2021-03-17', delay })],
      ['2021-03-30', report('B', { actualFinish: '2021-03-30', delay })]
    )
    expect(history.on('2021-03-30')).toMatchObject({ light: 'done' })
    expect(slipped(history, '2021-03-30')).toEqual([])
  })

  it('of a late finish after which nothing comes stands until the project is in use', () => {
    const history = given(
      [
        day0,
        register(
          chain([{ id: 'A' }, { id: 'B', predecessors: [] }]),
          approved({ A: ['2021-03-01', '2021-03-12'], B: ['2021-03-15', '2021-03-31'] })
        )
      ],
      ['2021-03-17', report('A', { actualFinish: '2021-03-17', delay })]
    )
    expect(slipped(history, '2021-03-17')).toEqual(['A'])
    history.accept(report('B', { actualFinish: '2021-03-18' }), '2021-03-18')
    expect(slipped(history, '2021-03-18')).toEqual([])
  })

  it('of a late finish passes over a cancelled milestone to the one behind it', () => {
    const history = given(
      [
        day0,
        register(
          chain([{ id: 'A' }, { id: 'B' }, { id: 'C' }]),
          approved({
            A: ['2021-03-01', '2021-03-12'],
            B: ['2021-03-15', '2021-03-26'],
            C: ['2021-03-29', '2021-04-12']
          })
        )
      ],
      ['2021-03-17', report('A', { actualFinish: '2021-03-17', delay })]
    )
    expect(slipped(history, '2021-03-17')).toEqual(['A', 'B', 'C'])
    // Without B there is time enough for C, so that A's delay pushes nothing any more.
    history.accept(cancel('B'), '2021-03-17')
    expect(slipped(history, '2021-03-17')).toEqual([])
  })
})

describe('Y2 and R2, the gap to the planned percentage (序时)', () => {
  /** 400 of 1000 were due by the end of March; `done` are. */
  const gapOf = (done: number, date = '2021-04-01') => {
    const plan = roof({ count: { unit: '套', total: 1000, plan: [{ date: '2021-03-31', value: 400 }] } })
    const history = given(
      [day0, register(plan, approved({ C3: ['2021-03-01', '2021-12-31'] }))],
      ['2021-03-31', count(done)]
    )
    const flag = history.flag('Y2', date) ?? history.flag('R2', date)
    return { rule: flag?.rule, points: flag?.facts.points, text: flag?.text }
  }

  it('is yellow from 10.0 points to 30.0, red above', () => {
    expect(gapOf(301).rule).toBeUndefined()
    expect(gapOf(300)).toMatchObject({ rule: 'Y2', points: 10 })
    expect(gapOf(100)).toMatchObject({ rule: 'Y2', points: 30 })
    expect(gapOf(99)).toMatchObject({ rule: 'R2', points: 30.1 })
  })

  it('opens on the morning after the work was due', () => {
    expect(gapOf(0, '2021-03-31').rule).toBeUndefined()
    expect(gapOf(0, '2021-04-01').rule).toBe('R2')
  })

  it('says its numbers', () => {
    expect(gapOf(300).text).toEqual({
      zh: '序时进度应完成 40%,实际完成 30%,相差 10 个百分点(≥ 10)',
      en: '40 % should be done and 30 % is, a gap of 10 points (≥ 10)'
    })
    expect(gapOf(99).text?.zh).toBe('序时进度应完成 40%,实际完成 9.9%,相差 30.1 个百分点(> 30)')
  })
})

describe('Y3 and R3, the date by which the school must be in use', () => {
  /** From 12 March to 1 April 2021 there are 14 working days. */
  const expected = (forecastFinish: string, requiredBy = '2021-04-01') =>
    given([day0, register(roof({ requiredBy }), roofDates)], [day0, report('C3', { forecastFinish, delay })])

  it('Y3: exactly half of the float may be used, not more', () => {
    expect(has(expected('2021-03-23'), 'Y3', day0)).toBe(false)
    expect(has(expected('2021-03-24'), 'Y3', day0)).toBe(true)
    expect(expected('2021-03-24').flag('Y3', day0)).toMatchObject({
      milestoneId: 'C3',
      facts: {
        requiredBy: '2021-04-01',
        baselineFinish: '2021-03-12',
        projectedFinish: '2021-03-24',
        floatWorkingDays: 14,
        usedWorkingDays: 8,
        usedPercent: 57.1,
        limit: 50
      },
      text: {
        zh: '计划 2021-03-12 启用,距要求日期 2021-04-01 原有 14 个工作日余量,现预计 2021-03-24,已用去 8 个(57.1% > 50%)',
        en: 'In use was planned for 2021-03-12, 14 working days before the required 2021-04-01; now 2021-03-24, so 8 of them are used (57.1 % > 50 %)'
      }
    })
  })

  it('Y3 has nothing to use up where the baseline left no float', () => {
    const history = given(
      [day0, register(roof({ requiredBy: '2021-03-12' }), roofDates)],
      [day0, report('C3', { percentComplete: 10 })]
    )
    expect(has(history, 'Y3', day0)).toBe(false)
  })

  it('R3: the last day is in time, the next is not', () => {
    expect(has(expected('2021-04-01'), 'R3', day0)).toBe(false)
    expect(rulesOn(expected('2021-04-02'), day0)).toContain('R3')
    expect(has(expected('2021-04-02'), 'Y3', day0)).toBe(false)
    expect(expected('2021-04-02').flag('R3', day0)).toMatchObject({
      facts: { requiredBy: '2021-04-01', projectedFinish: '2021-04-02', workingDays: 1, calendarDays: 1 },
      text: {
        zh: '按网络计划推算 2021-04-02 才能启用,晚于要求日期 2021-04-01,超出 1 天(1 个工作日)',
        en: 'The network puts the school in use on 2021-04-02, after the required 2021-04-01, by 1 days (1 of them working days)'
      }
    })
  })

  it('the margin counts the same working days', () => {
    expect(expected('2021-03-24').on(day0).marginWorkingDays).toBe(6)
    expect(expected('2021-04-02').on(day0).marginWorkingDays).toBe(-1)
  })
})

describe('Y4 and R6, a start of works (开工) that does not come', () => {
  const startPlanned = (date: string, id = 'C1', name = '开工') =>
    given([
      day0,
      register(
        chain(
          [
            { id, name, duration: 0 },
            { id: 'U2', name: '启用' }
          ],
          { start: '2020-06-01' }
        ),
        approved({ [id]: [date, date] })
      )
    ])
  const rule = (history: History, date: string) => rulesOn(history, date).find(r => r === 'Y4' || r === 'R6')

  it('Y4: the planned month has to pass', () => {
    const history = startPlanned('2021-03-15')
    expect(rule(history, '2021-03-31')).toBeUndefined()
    expect(rule(history, '2021-04-01')).toBe('Y4')
  })

  it('R6: three months to the day are still yellow, a day more is red', () => {
    const history = startPlanned('2021-03-15')
    expect(rule(history, '2021-06-15')).toBe('Y4')
    expect(rule(history, '2021-06-16')).toBe('R6')
  })

  it('R6: where the third month has no such day, its last one is the limit', () => {
    const history = startPlanned('2020-11-30')
    expect(rule(history, '2021-02-28')).toBe('Y4')
    expect(rule(history, '2021-03-01')).toBe('R6')
  })

  it('passes with the end of the year too', () => {
    expect(rule(startPlanned('2021-12-15'), '2021-12-31')).toBeUndefined()
    expect(rule(startPlanned('2021-12-15'), '2022-01-01')).toBe('Y4')
  })

  it('knows 开工 by its code or by its name, and no other milestone', () => {
    expect(rule(startPlanned('2021-03-15', 'X', '主体工程开工'), '2021-04-01')).toBe('Y4')
    expect(rule(startPlanned('2021-03-15', 'X', '主体封顶'), '2021-04-01')).toBeUndefined()
  })

  it('ends with 开工', () => {
    const history = startPlanned('2021-03-15')
    history.accept(report('C1', { actualFinish: '2021-04-06', delay }), '2021-04-06')
    expect(rule(history, '2021-04-06')).toBeUndefined()
  })

  it('both say until when', () => {
    const history = startPlanned('2021-03-15')
    expect(history.flag('Y4', '2021-04-01')).toMatchObject({
      milestoneId: 'C1',
      facts: { planned: '2021-03-15', months: 3, limitDate: '2021-06-15' },
      text: {
        zh: '计划 2021-03-15 开工,计划月份已过仍未开工(至 2021-06-15 转红)',
        en: '开工 was planned for 2021-03-15; its month has passed without it (red after 2021-06-15)'
      }
    })
    expect(history.flag('R6', '2021-06-16')).toMatchObject({
      facts: { planned: '2021-03-15', months: 3, limitDate: '2021-06-15' },
      text: {
        zh: '计划 2021-03-15 开工,超过 3 个月(2021-06-15)仍未开工',
        en: '开工 was planned for 2021-03-15; 3 months later (2021-06-15) it has not come'
      }
    })
  })
})

describe('R4, two yellow periods without improvement', () => {
  const far = (...more: Steps) =>
    given([day0, register(chain([{ id: 'C3' }]), approved({ C3: ['2021-11-15', '2021-11-30'] }))], ...more)
  const promised = (forecastFinish: string) => report('C3', { forecastFinish, delay })

  it('is red two months after the flag went up, not a day before', () => {
    const history = far(['2021-03-20', promised('2021-12-03')])
    expect(has(history, 'R4', '2021-05-19')).toBe(false)
    expect(has(history, 'R4', '2021-05-20')).toBe(true)
    expect(history.flag('R4', '2021-05-20')).toMatchObject({
      severity: 'red',
      milestoneId: 'C3',
      facts: { yellow: 'Y1', since: '2021-03-20', periods: 2, before: 3, now: 3 },
      text: {
        zh: 'Y1 自 2021-03-20 起连续 2 期未改善(起始 3,现为 3)',
        en: 'Y1 has stood since 2021-03-20, 2 periods without improvement (then 3, now 3)'
      }
    })
  })

  it('does not hold when the slip has shrunk, and does when it has grown', () => {
    const better = far(['2021-03-20', promised('2021-12-03')], ['2021-05-10', promised('2021-12-02')])
    expect(rulesOn(better, '2021-05-20')).toContain('Y1')
    expect(has(better, 'R4', '2021-05-20')).toBe(false)
    const worse = far(['2021-03-20', promised('2021-12-03')], ['2021-05-10', promised('2021-12-06')])
    expect(has(worse, 'R4', '2021-05-20')).toBe(true)
  })

  it('is said once of a milestone, however many of its yellows have stood', () => {
    const history = given(
      [
        day0,
        register(chain([{ id: 'C3' }], { requiredBy: '2021-12-03' }), approved({ C3: ['2021-11-15', '2021-11-30'] }))
      ],
      ['2021-03-20', promised('2021-12-02')]
    )
    expect(rulesOn(history, '2021-05-20')).toEqual(expect.arrayContaining(['Y1', 'Y3']))
    expect(history.on('2021-05-20').flags.filter(({ rule }) => rule === 'R4')).toHaveLength(1)
  })

  it('a flag that was cleared in between begins anew', () => {
    const history = far(
      ['2021-03-20', promised('2021-12-03')],
      ['2021-04-20', promised('2021-11-30')],
      ['2021-04-21', promised('2021-12-03')]
    )
    expect(has(history, 'R4', '2021-06-16')).toBe(false)
    expect(has(history, 'R4', '2021-06-21')).toBe(true)
  })

  it('Y4 cannot improve but by 开工', () => {
    const history = given(
      [
        '2021-03-31',
        register(chain([{ id: 'C1', name: '开工', duration: 0 }]), approved({ C1: ['2021-03-31', '2021-03-31'] }))
      ],
      ['2021-04-01', review]
    )
    expect(rulesOn(history, '2021-05-31')).not.toContain('R4')
    expect(history.on('2021-06-01').flags.filter(({ rule }) => rule === 'R4')).toMatchObject([
      { facts: { yellow: expect.stringMatching(/Y[14]/), since: '2021-04-01' } }
    ])
  })
})

describe('R5, two months without report or progress', () => {
  it('two months of silence to the day are red', () => {
    const history = withRoof(['2021-03-20', report('C3', { percentComplete: 50, actualStart: day0 })])
    expect(has(history, 'R5', '2021-05-19')).toBe(false)
    expect(has(history, 'R5', '2021-05-20')).toBe(true)
    expect(history.flag('R5', '2021-05-20')).toMatchObject({
      severity: 'red',
      facts: { lastReportOn: '2021-03-20', lastProgressOn: '2021-03-20', days: 61, months: 2 },
      text: {
        zh: '2 个月无报告或无可见进展(最近报告 2021-03-20,最近进展 2021-03-20,已 61 天)',
        en: 'No report or no visible progress for 2 months (last report 2021-03-20, last progress 2021-03-20, 61 days)'
      }
    })
  })

  it('reporting "no change" every week is not progress', () => {
    const history = withRoof(['2021-03-20', report('C3', { percentComplete: 50 })], ['2021-05-18', noChange])
    expect(has(history, 'R5', '2021-05-19')).toBe(false)
    expect(has(history, 'R5', '2021-05-20')).toBe(true)
    expect(has(history, 'S1', '2021-05-20')).toBe(false)
  })

  it('a report with progress ends it', () => {
    const history = withRoof(['2021-05-20', report('C3', { percentComplete: 50 })])
    expect(has(history, 'R5', '2021-07-19')).toBe(false)
  })

  it('does not begin before the project does, nor count a pause', () => {
    const early = given(['2020-12-01', register(roof(), roofDates)])
    expect(has(early, 'R5', '2021-02-28')).toBe(false)
    expect(has(early, 'R5', '2021-04-30')).toBe(false)
    expect(has(early, 'R5', '2021-05-01')).toBe(true)
    const paused = withRoof(['2021-03-10', pause('2021-06-01')], ['2021-06-01', resume])
    expect(has(paused, 'R5', '2021-07-31')).toBe(false)
    expect(has(paused, 'R5', '2021-08-01')).toBe(true)
  })
})

describe('S1, silence', () => {
  const inPhase = (phase: string, ...more: Steps) =>
    given(
      [day0, register(chain([{ id: 'A', phase }, { id: 'U2' }]), approved({ A: ['2021-03-01', '2021-12-31'] }))],
      ...more
    )

  it('in construction seven days are agreed, the eighth is stale', () => {
    const history = inPhase('construction', ['2021-03-10', noChange])
    expect(has(history, 'S1', '2021-03-17')).toBe(false)
    expect(has(history, 'S1', '2021-03-18')).toBe(true)
    expect(history.flag('S1', '2021-03-18')).toMatchObject({
      severity: 'stale',
      facts: { lastReportOn: '2021-03-10', days: 8, allowedDays: 7, awaited: 'report' },
      text: {
        zh: '自 2021-03-10 起 8 天没有报告(约定 7 天内一报)',
        en: 'No report since 2021-03-10, 8 days (one is agreed every 7 days)'
      }
    })
  })

  it.each(['approval', 'tender', 'permit'])(
    'in the phase %s fourteen days are agreed, the fifteenth is stale',
    phase => {
      const history = inPhase(phase, ['2021-03-10', noChange])
      expect(has(history, 'S1', '2021-03-24')).toBe(false)
      expect(has(history, 'S1', '2021-03-25')).toBe(true)
    }
  )

  it('goes by the phase of what comes next, not of what is done', () => {
    const history = given(
      [
        day0,
        register(
          chain([{ id: 'A', phase: 'approval' }, { id: 'C' }]),
          approved({ A: ['2021-03-01', '2021-03-12'], C: ['2021-03-15', '2021-12-31'] })
        )
      ],
      ['2021-03-10', report('A', { actualFinish: '2021-03-10' })]
    )
    expect(has(history, 'S1', '2021-03-17')).toBe(false)
    expect(has(history, 'S1', '2021-03-18')).toBe(true)
  })

  it('counts from the registration, but not before the project begins', () => {
    const early = given(['2021-01-04', register(roof(), approved({ C3: ['2021-03-01', '2021-12-31'] }))])
    expect(has(early, 'S1', '2021-02-28')).toBe(false)
    expect(has(early, 'S1', '2021-03-08')).toBe(false)
    expect(has(early, 'S1', '2021-03-09')).toBe(true)
    expect(has(withRoof(), 'S1', '2021-03-08')).toBe(false)
    expect(has(withRoof(), 'S1', '2021-03-09')).toBe(true)
  })

  it('shows the last colour hatched: silence is never green, and never hides a red', () => {
    const history = inPhase('construction', ['2021-03-10', report('A', { percentComplete: 50 })])
    expect(history.on('2021-03-17').light).toBe('green')
    expect(history.on('2021-03-18')).toMatchObject({ light: 'stale', lastLight: 'green' })
    expect(history.milestone('A', '2021-03-18').light).toBe('stale')
    const red = withRoof([day0, report('C3', { forecastFinish: '2021-04-30', delay })])
    expect(red.on('2021-03-20')).toMatchObject({ light: 'red' })
    expect(rulesOn(red, '2021-03-20')).toContain('S1')
    expect(red.on('2021-03-20')).not.toHaveProperty('lastLight')
  })
})

describe('P1, an approved pause', () => {
  const late = () =>
    withRoof([day0, report('C3', { forecastFinish: '2021-04-30', delay })], ['2021-03-10', pause('2021-05-10')])

  it('speaks alone: it mutes every other rule of the project', () => {
    expect(late().on('2021-05-10')).toMatchObject({
      light: 'paused',
      rules: ['P1'],
      flags: [
        {
          rule: 'P1',
          severity: 'paused',
          since: '2021-03-10',
          facts: { since: '2021-03-10', reviewOn: '2021-05-10', reason: '汛期' },
          text: {
            zh: '自 2021-03-10 起批准暂停:汛期;2021-05-10 复核',
            en: 'Paused with approval since 2021-03-10: 汛期; to be reviewed on 2021-05-10'
          }
        }
      ]
    })
    expect(late().milestone('C3', '2021-04-01').light).toBe('paused')
  })

  it('turns stale when its review is overdue by a day', () => {
    expect(rulesOn(late(), '2021-05-10')).toEqual(['P1'])
    expect(late().on('2021-05-11')).toMatchObject({ light: 'stale', lastLight: 'paused' })
    expect(rulesOn(late(), '2021-05-11')).toEqual(['P1', 'S1'])
    expect(late().flag('S1', '2021-05-11')).toMatchObject({
      facts: { lastReportOn: '2021-05-10', days: 1, awaited: 'pause-review' },
      text: { zh: '暂停应于 2021-05-10 复核,已逾期 1 天', en: 'The pause was to be reviewed on 2021-05-10, 1 days ago' }
    })
  })

  it('clears the other flags in the commit of the pause; resuming raises again what holds', () => {
    const history = withRoof([day0, report('C3', { forecastFinish: '2021-04-30', delay })])
    expect(history.accept(pause('2021-05-10'), '2021-03-10').slice(1)).toMatchObject([
      { type: 'flag-cleared', rule: 'B1' },
      { type: 'flag-cleared', rule: 'R1' },
      { type: 'flag-raised', rule: 'P1' },
      { type: 'flag-suppressed', rule: 'R1', by: 'pause' }
    ])
    const resumed = history.accept(resume, '2021-03-20')
    expect(resumed).toContainEqual({ type: 'flag-cleared', rule: 'P1' })
    expect(resumed).toContainEqual(expect.objectContaining({ type: 'flag-raised', rule: 'R1' }))
  })

  it('is no silence: that begins with the resumption', () => {
    const history = withRoof(['2021-03-05', pause('2021-05-10')], ['2021-04-19', resume])
    expect(has(history, 'S1', '2021-04-26')).toBe(false)
    expect(has(history, 'S1', '2021-04-27')).toBe(true)
  })
})

describe('N1, no approved baseline', () => {
  const history = () => given([day0, register(roof({ requiredBy: '2021-03-31' }))])

  it('is never green and never late, only silent or not', () => {
    expect(history().on(day0)).toMatchObject({ light: 'no-baseline', rules: ['N1'] })
    expect(history().on('2021-12-01')).toMatchObject({ light: 'no-baseline', rules: ['N1', 'S1'], variance: null })
    expect(history().milestone('C3', day0).light).toBe('no-baseline')
    expect(history().flag('N1', day0)?.text).toEqual({
      zh: '没有批准的基线计划,无从判断快慢',
      en: 'No baseline has been approved, so it is neither early nor late'
    })
  })

  it('ends with the first approval', () => {
    const events = history().accept({ type: 'approve-baseline', reason: '批复' }, day0)
    expect(events).toContainEqual({ type: 'flag-cleared', rule: 'N1' })
  })

  it('a milestone without dates is judged by nobody, the others are', () => {
    const part = given([
      day0,
      register(chain([{ id: 'A' }, { id: 'B' }]), approved({ A: ['2021-03-01', '2021-03-12'] }))
    ])
    expect(part.milestone('B', day0).light).toBe('no-baseline')
    expect(part.milestone('A', day0).light).toBe('blue')
  })
})

describe('A project that is in use', () => {
  const plan = chain([
    { id: 'V2', name: '竣工验收' },
    { id: 'U2', name: '启用' },
    { id: 'F1', name: '决算', phase: 'closeout', predecessors: [{ milestoneId: 'V2', type: 'FS', lag: 0 }] }
  ])
  const history = () =>
    given(
      [
        day0,
        register(
          { ...plan, requiredBy: '2021-03-20' },
          approved({
            V2: ['2021-03-01', '2021-03-12'],
            U2: ['2021-03-15', '2021-03-26'],
            F1: ['2021-04-01', '2021-06-30']
          })
        )
      ],
      ['2021-03-26', report('V2', { actualFinish: '2021-03-26', delay })],
      ['2021-03-31', report('U2', { actualFinish: '2021-03-31', delay })]
    )

  it('is done, however late it came and however long nobody reports', () => {
    expect(history().on('2021-03-31').light).toBe('done')
    expect(history().on('2021-06-16').light).toBe('done')
    expect(rulesOn(history(), '2021-06-16')).toEqual(['B1'])
  })

  it('has only its close-out left to be late with', () => {
    expect(history().on('2021-07-02')).toMatchObject({ light: 'yellow', flags: [{ rule: 'Y1', milestoneId: 'F1' }] })
    expect(history().on('2021-07-22')).toMatchObject({ light: 'red', flags: [{ rule: 'R1', milestoneId: 'F1' }] })
  })
})

describe('The light', () => {
  const light = (...rules: readonly RuleId[]) =>
    lightOf(
      rules.map(rule => ({ rule })),
      false
    )

  it('is that of the gravest rule; silence mutes yellow and blue, not red', () => {
    expect(light()).toBe('green')
    expect(light('B1')).toBe('blue')
    expect(light('B1', 'Y2')).toBe('yellow')
    expect(light('B1', 'Y1', 'S1')).toBe('stale')
    expect(light('S1')).toBe('stale')
    for (const red of ['R1', 'R2', 'R3', 'R4', 'R5', 'R6'] as const) expect(light('B1', 'Y1', 'S1', red)).toBe('red')
    expect(light('S1', 'N1')).toBe('no-baseline')
    expect(light('P1')).toBe('paused')
    expect(light('P1', 'S1')).toBe('stale')
  })

  it('of a finished project is done, but for a late close-out', () => {
    expect(lightOf([{ rule: 'B1' }], true)).toBe('done')
    expect(lightOf([{ rule: 'Y1' }], true)).toBe('yellow')
    expect(lightOf([{ rule: 'Y1' }, { rule: 'R1' }], true)).toBe('red')
  })

  it('of a milestone is that of its own rules', () => {
    const history = given(
      [
        day0,
        register(
          chain([{ id: 'A' }, { id: 'B' }]),
          approved({ A: ['2021-03-01', '2021-03-31'], B: ['2021-04-01', '2021-12-31'] })
        )
      ],
      [day0, report('B', { forecastFinish: '2022-01-04', delay })]
    )
    expect(history.on(day0).light).toBe('yellow')
    expect(history.milestone('A', day0).light).toBe('green')
    expect(history.milestone('B', day0).light).toBe('yellow')
  })

  it('the rules come gravest first, each once, and G only alone', () => {
    expect(rulesOf([{ rule: 'B1' }, { rule: 'Y1' }, { rule: 'Y1' }, { rule: 'S1' }, { rule: 'R3' }])).toEqual([
      'R3',
      'S1',
      'Y1',
      'B1'
    ])
    expect(rulesOf([])).toEqual(['G'])
  })
})

describe('Since when', () => {
  it('a flag keeps the day it went up, whatever its numbers do', () => {
    const history = withRoof(
      [day0, report('C3', { forecastFinish: '2021-03-16', delay })],
      ['2021-03-04', report('C3', { forecastFinish: '2021-03-19', delay })]
    )
    expect(history.flag('Y1', '2021-03-05')).toMatchObject({ since: day0, facts: { workingDays: 5 } })
    expect(history.tracked.flags['Y1:C3']).toMatchObject({ since: day0, facts: { workingDays: 2 } })
  })

  it('before a review has seen it, a flag dates from the day that is looked at', () => {
    expect(withRoof().flag('S1', '2021-03-12')?.since).toBe('2021-03-12')
    expect(withRoof(['2021-03-09', review]).flag('S1', '2021-03-12')?.since).toBe('2021-03-09')
  })

  it('a flag that comes again begins anew', () => {
    const history = withRoof(['2021-03-09', review], ['2021-03-10', noChange], ['2021-03-18', review])
    expect(history.flag('S1', '2021-03-20')?.since).toBe('2021-03-18')
  })
})

describe('The text of a flag', () => {
  it('has no hole in either language, for every rule', () => {
    const facts = {
      B1: withRoof().flag('B1', day0)?.facts,
      N1: {}
    }
    const name = { zh: '主体封顶', en: 'Topping out' }
    for (const rule of ruleIds) {
      const { zh, en } = flagText({ rule, facts: { before: '', ...(rule === 'B1' ? facts.B1 : {}) } }, name)
      expect(zh.length).toBeGreaterThan(5)
      expect(en.length).toBeGreaterThan(5)
    }
    expect(flagText({ rule: 'B1', facts: facts.B1 ?? {} }, name).zh).not.toContain('undefined')
  })

  it('of a project without an English name uses the Chinese one', () => {
    const history = given([
      day0,
      register(chain([{ id: 'A', name: '基础' }]), approved({ A: ['2021-03-01', '2021-03-12'] }))
    ])
    expect(history.flag('B1', day0)?.text.en).toBe('基础 is due on 2021-03-12, in 9 working days (≤ 10)')
  })
})
