import { describe, expect, it } from 'vitest'
import { approved, chain, given, type History, register, report } from './given.ts'
import { day0, delay, has, roof, roofDates, rulesOn } from './roof.ts'

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
