import { describe, expect, it } from 'vitest'
import { approved, cancel, chain, given, type History, register, report } from './given.ts'
import { day0, delay, has, roof, type Steps, withRoof } from './roof.ts'

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
