import { describe, expect, it } from 'vitest'
import type { Milestone } from '../../functions/core/milestone.ts'
import { snapshotOf } from '../../functions/core/snapshot.ts'
import { cancel, chain, given, type History, pause, register, report, rules } from './given.ts'

const ids = ['A4', 'A10', 'T1', 'T2', 'T3', 'T4', 'P2', 'C1', 'C2', 'V1', 'V2', 'V3', 'V4', 'V5', 'U2', 'F1']

const project = (more: Partial<Milestone> = {}) =>
  chain(
    ids.map(id => ({
      id,
      duration: 5,
      predecessors: [],
      phase: id === 'F1' ? 'closeout' : 'construction',
      ...(id === 'C2' ? more : {})
    }))
  )

/** A project in which these milestones were reached on these dates. */
const reached = (finishes: Record<string, string>, more?: Partial<Milestone>): History => {
  const steps = Object.entries(finishes).toSorted(([, a], [, b]) => (a < b ? -1 : 1))
  return given(
    ['2021-01-04', register(project(more))],
    ...steps.map(([id, date]) => [date, report(id, { actualFinish: date })] as const)
  )
}

const check = (history: History, id: string, date: string) => history.on(date).checks.find(c => c.id === id)

describe('legal checks', () => {
  it('works begun before the construction permit fail, and say both dates and the article', () => {
    const history = reached({ C1: '2021-03-01', P2: '2021-03-02' })
    expect(check(history, 'permit-before-start', '2021-03-02')).toMatchObject({
      ok: false,
      law: '建筑法 §7',
      text: { zh: expect.stringContaining('P2 2021-03-02, C1 2021-03-01') }
    })
    expect(check(reached({ C1: '2021-03-02', P2: '2021-03-02' }), 'permit-before-start', '2021-03-02')?.ok).toBe(true)
    expect(check(reached({}), 'permit-before-start', '2021-03-02')?.ok).toBe(true)
  })

  it('a permit lapses three months after its day without works', () => {
    const history = reached({ P2: '2021-03-01' })
    expect(check(history, 'permit-term', '2021-06-01')?.ok).toBe(true)
    expect(check(history, 'permit-term', '2021-06-02')?.ok).toBe(false)
    expect(check(reached({}), 'permit-term', '2021-06-02')).toBeUndefined()
  })

  it('acceptance is filed within fifteen days, the fifteenth included', () => {
    expect(check(reached({ V2: '2021-03-01', V3: '2021-03-16' }), 'filing-of-acceptance', '2021-04-01')?.ok).toBe(true)
    expect(check(reached({ V2: '2021-03-01', V3: '2021-03-17' }), 'filing-of-acceptance', '2021-04-01')?.ok).toBe(false)
    expect(check(reached({ V2: '2021-03-01' }), 'filing-of-acceptance', '2021-03-17')?.ok).toBe(false)
  })

  it('no use before acceptance, nor before fire acceptance', () => {
    const history = reached({ V1: '2021-03-01', U2: '2021-03-02' })
    expect(check(history, 'acceptance-before-use', '2021-03-02')?.ok).toBe(false)
    expect(check(history, 'fire-acceptance-before-use', '2021-03-02')?.ok).toBe(true)
    expect(check(reached({ V2: '2021-03-01', U2: '2021-03-02' }), 'fire-acceptance-before-use', '2021-03-02')?.ok).toBe(
      false
    )
  })

  it('final accounts within three months of completion', () => {
    const history = reached({ V2: '2021-03-01' })
    expect(check(history, 'final-accounts', '2021-06-01')?.ok).toBe(true)
    expect(check(history, 'final-accounts', '2021-06-02')?.ok).toBe(false)
  })

  it('twenty days for bids, thirty for the contract', () => {
    expect(check(reached({ T1: '2021-03-01', T2: '2021-03-20' }), 'bidding-period', '2021-04-01')?.ok).toBe(false)
    expect(check(reached({ T1: '2021-03-01', T2: '2021-03-21' }), 'bidding-period', '2021-04-01')?.ok).toBe(true)
    expect(check(reached({ T3: '2021-03-01', T4: '2021-03-31' }), 'contract-term', '2021-04-01')?.ok).toBe(true)
    expect(check(reached({ T3: '2021-03-01', T4: '2021-04-01' }), 'contract-term', '2021-04-01')?.ok).toBe(false)
  })

  it('air is tested with the furniture in, and design follows the approval', () => {
    expect(check(reached({ V5: '2021-03-01' }), 'furniture-before-air-test', '2021-03-02')?.ok).toBe(false)
    expect(check(reached({ V4: '2021-03-01', V5: '2021-03-02' }), 'furniture-before-air-test', '2021-03-02')?.ok).toBe(
      true
    )
    expect(check(reached({ A10: '2021-03-01' }), 'approval-before-design', '2021-03-02')?.ok).toBe(false)
  })

  it('works planned below eighty percent of their typical time are cut too short', () => {
    expect(check(reached({}, { duration: 80, typicalDuration: 100 }), 'compressed-works', '2021-03-01')?.ok).toBe(true)
    expect(check(reached({}, { duration: 79, typicalDuration: 100 }), 'compressed-works', '2021-03-01')?.ok).toBe(false)
    expect(check(reached({}), 'compressed-works', '2021-03-01')).toBeUndefined()
  })

  it('a stop of works is verified after a year', () => {
    const history = reached({ P2: '2021-03-01', C1: '2021-03-02' })
    history.accept(pause('2022-12-01'), '2021-03-03')
    expect(check(history, 'stoppage', '2022-03-03')?.ok).toBe(true)
    expect(check(history, 'stoppage', '2022-03-04')?.ok).toBe(false)
  })

  it('says nothing of milestones that a project does not have or no longer owes', () => {
    const history = reached({ C1: '2021-03-01' })
    history.accept(cancel('P2'), '2021-03-02')
    expect(check(history, 'permit-before-start', '2021-03-02')).toBeUndefined()
    const bare = given(['2021-01-04', register(chain([{ id: 'X' }]))])
    expect(bare.on('2021-03-01').checks.filter(({ law }) => !law.startsWith('DCMA'))).toEqual([])
  })

  it('what is broken stands in the summary, so that the overview shows it', () => {
    const history = reached({ V1: '2021-03-01', U2: '2021-03-02' })
    expect(snapshotOf(history.tracked, '2021-03-02', rules).summary.brokenLaws).toEqual(['建筑法 §61'])
    expect(snapshotOf(reached({}).tracked, '2021-03-02', rules).summary.brokenLaws).toEqual([])
  })
})
