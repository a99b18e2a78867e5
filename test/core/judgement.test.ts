import { describe, expect, it } from 'vitest'
import type { Command } from '../../functions/core/commands.ts'
import { addDays } from '../../functions/core/dates.ts'
import { reviewDueOn } from '../../functions/core/review-due.ts'
import {
  approve,
  chain,
  given,
  type History,
  judge,
  noChange,
  register,
  report,
  review,
  rules,
  withdraw
} from './given.ts'

const day0 = '2021-03-01'
const plan = register(chain([{ id: 'A' }, { id: 'B', duration: 60 }]))

/** Green: nothing is late yet. */
const onTrack = (...more: readonly (readonly [string, Command])[]): History =>
  given([day0, plan], [day0, approve], ...more)

/** Red by R1: B is expected a month late. */
const late: Command = report('B', { forecastFinish: '2021-07-07', delay: { code: 'WEATHER' } })
const behind = (...more: readonly (readonly [string, Command])[]): History =>
  given([day0, plan], [day0, approve], [day0, late], ...more)

describe('A person makes a colour worse', () => {
  it('at once, with the reason among the flags', () => {
    const history = onTrack([day0, judge('red')])
    expect(history.on(day0)).toMatchObject({
      light: 'red',
      rules: ['R7', 'B1'],
      flags: [{ rule: 'B1' }, { rule: 'R7', severity: 'red', since: day0, facts: { reason: '现场核实' } }]
    })
    expect(onTrack([day0, judge('yellow')]).on(day0).light).toBe('yellow')
  })

  it('and a red opens a case like any other', () => {
    const events = onTrack().accept(judge('red'), day0)
    expect(events.map(({ type }) => type)).toEqual(['colour-judged', 'flag-raised', 'flag-fired', 'case-opened'])
  })

  it('until it is taken back, whatever is reported', () => {
    const history = onTrack([day0, judge('red')], ['2021-03-04', report('A', { percentComplete: 50 })])
    expect(history.on('2021-03-05').light).toBe('red')
    expect(history.accept(withdraw, '2021-03-05')[0]).toEqual({ type: 'judgement-withdrawn', reason: '已核实' })
    expect(history.on('2021-03-05')).toMatchObject({ light: 'blue', rules: ['B1'] })
  })

  it('also of a silent project, whose grey would hide it', () => {
    const history = onTrack(['2021-03-09', judge('red')])
    expect(history.on('2021-03-09').light).toBe('red')
    expect(history.on('2021-03-09').rules).toContain('S1')
  })
})

describe('A person makes a colour better', () => {
  it('only with an approver, for one period, and the rules stay in sight', () => {
    const history = behind([day0, judge('yellow', 'director')])
    const { light, rules: holding, flags } = history.on(day0)
    expect({ light, holding }).toEqual({ light: 'yellow', holding: ['Y5', 'R1', 'B1'] })
    expect(flags.find(({ rule }) => rule === 'Y5')?.facts).toEqual({
      judgedOn: day0,
      reason: '现场核实',
      approvedBy: 'director',
      instead: 'red',
      until: '2021-04-01'
    })
    expect(behind([day0, judge('green', 'director')]).on(day0)).toMatchObject({
      light: 'blue',
      rules: ['G1', 'R1', 'B1']
    })
  })

  it('the period ends by itself on the first day after it, and the review of that day writes it', () => {
    const history = behind([day0, judge('yellow', 'director')])
    for (let date = day0; date < '2021-03-30'; date = addDays(date, 5)) history.accept(noChange, date)
    history.accept(noChange, '2021-03-31')
    expect(history.on('2021-03-31').light).toBe('yellow')
    expect(history.on('2021-04-01').light).toBe('red')
    expect(reviewDueOn(history.tracked, '2021-03-31', rules) <= '2021-04-01').toBe(true)
    expect(history.accept(review, '2021-04-01')).toContainEqual({ type: 'flag-cleared', rule: 'Y5' })
  })

  it('never covers more than what was approved', () => {
    const slight = report('B', { forecastFinish: '2021-06-10', delay: { code: 'WEATHER' } })
    const history = given([day0, plan], [day0, approve], [day0, slight], [day0, judge('green', 'deputy-director')])
    expect(history.on(day0)).toMatchObject({ light: 'blue', rules: ['G1', 'Y1', 'B1'] })
    history.accept(late, '2021-03-02')
    expect(history.on('2021-03-02')).toMatchObject({ light: 'red' })
    expect(history.on('2021-03-02').rules).not.toContain('G1')
  })

  it('never covers silence', () => {
    const history = behind([day0, judge('yellow', 'director')])
    expect(history.on('2021-03-08').light).toBe('yellow')
    expect(history.on('2021-03-09')).toMatchObject({ light: 'red' })
  })

  it('gives way at once to whoever says worse than it, without approval', () => {
    const history = behind([day0, judge('green', 'director')])
    expect(history.accept(judge('yellow'), day0)[0]).toMatchObject({
      type: 'colour-judged',
      light: 'yellow',
      relief: { approvedBy: 'director', instead: 'red', until: '2021-04-01' }
    })
    expect(history.on(day0).light).toBe('yellow')
    expect(history.accept(judge('red'), day0)[0]).toEqual({ type: 'judgement-withdrawn', reason: '现场核实' })
    expect(history.on(day0)).toMatchObject({ light: 'red', rules: ['R1', 'B1'] })
  })

  it('leaves the colours of milestones alone', () => {
    expect(behind([day0, judge('green', 'director')]).milestone('B', day0).light).toBe('red')
  })
})
