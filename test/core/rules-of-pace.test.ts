import { describe, expect, it } from 'vitest'
import { approved, chain, count, given, noChange, pause, register, report, resume, review } from './given.ts'
import { day0, delay, has, roof, roofDates, rulesOn, type Steps, withRoof } from './roof.ts'

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
