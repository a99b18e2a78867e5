import { describe, expect, it } from 'vitest'
import { flagText } from '../../functions/core/flag-text.ts'
import { lightOf, rulesOf } from '../../functions/core/light.ts'
import { type RuleId, ruleIds } from '../../functions/core/policy.ts'
import { approved, chain, given, noChange, register, report, review } from './given.ts'
import { day0, delay, withRoof } from './roof.ts'

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
