import { describe, expect, it } from 'vitest'
import type { Milestone } from '../../functions/core/milestone.ts'
import { approve, chain, given, type History, register, report } from './given.ts'

const plan = (milestones: readonly (Partial<Milestone> & { id: string })[], requiredBy?: string): History =>
  given(['2021-03-01', register(chain(milestones, { requiredBy }))], ['2021-03-01', approve])

const check = (history: History, id: string, date = '2021-03-01') => history.on(date).checks.find(c => c.id === id)

const three = [{ id: 'A' }, { id: 'B' }, { id: 'C' }]

describe('schedule quality checks', () => {
  it('a sound chain passes every point, each with its source', () => {
    const { checks } = plan(three, '2021-12-31').on('2021-03-01')
    expect(checks.filter(({ ok }) => !ok)).toEqual([])
    expect(checks.map(({ law }) => law)).toContain('DCMA 14-point 1')
  })

  it('names milestones that hang loose', () => {
    const loose = check(plan([...three, { id: 'D', predecessors: [] }]), 'missing-logic')
    expect(loose).toMatchObject({ ok: false, text: { en: expect.stringContaining('(C D)') } })
  })

  it('names leads and hard constraints', () => {
    const lead = [{ milestoneId: 'A', type: 'FS' as const, lag: -1 }]
    expect(check(plan([{ id: 'A' }, { id: 'B', predecessors: lead }]), 'leads')).toMatchObject({ ok: false })
    const hard = { type: 'FNLT' as const, date: '2021-12-31' }
    expect(check(plan([{ id: 'A' }, { id: 'B', constraint: hard }]), 'hard-constraints')?.ok).toBe(false)
    const soft = { type: 'SNET' as const, date: '2021-03-01' }
    expect(check(plan([{ id: 'A' }, { id: 'B', constraint: soft }]), 'hard-constraints')?.ok).toBe(true)
  })

  it('negative float and a path too long for what is left', () => {
    // Thirty working days from 1 March 2021 end on 12 April, after Qingming.
    expect(plan(three, '2021-04-12').on('2021-03-01').projectedFinish).toBe('2021-04-12')
    expect(check(plan(three, '2021-04-12'), 'negative-float')?.ok).toBe(true)
    expect(check(plan(three, '2021-04-09'), 'negative-float')?.ok).toBe(false)
    expect(check(plan(three, '2021-04-09'), 'critical-path-length')).toMatchObject({
      ok: true,
      text: { en: expect.stringContaining('CPLI 0.97') }
    })
    expect(check(plan(three, '2021-04-08'), 'critical-path-length')?.ok).toBe(false)
  })

  it('a forecast that has passed is none', () => {
    const history = plan(three)
    history.accept(report('A', { forecastFinish: '2021-03-12' }), '2021-03-02')
    expect(check(history, 'invalid-dates', '2021-03-12')?.ok).toBe(true)
    expect(check(history, 'invalid-dates', '2021-03-15')?.ok).toBe(false)
  })

  it('counts what fell due and what of it was reached', () => {
    const history = plan(three)
    expect(check(history, 'baseline-execution', '2021-03-12')).toBeUndefined()
    expect(check(history, 'baseline-execution', '2021-03-13')).toMatchObject({
      ok: false,
      text: { en: expect.stringContaining('BEI 0.00 = 0/1') }
    })
    history.accept(report('A', { actualFinish: '2021-03-12' }), '2021-03-12')
    expect(check(history, 'baseline-execution', '2021-03-13')?.ok).toBe(true)
    expect(check(history, 'missed-milestones', '2021-03-13')?.ok).toBe(true)
  })
})
