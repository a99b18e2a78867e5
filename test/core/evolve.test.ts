import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Commit, ProjectEvent } from '../../functions/core/events.ts'
import { BrokenLogError, evolve, evolveEvent, fold, initialState } from '../../functions/core/evolve.ts'
import { runs } from '../properties/runs.ts'
import { anyLife, live } from './any-life.ts'
import { approved, chain } from './given.ts'

const project = chain([{ id: 'A' }, { id: 'B' }])
const registered: ProjectEvent = { type: 'project-registered', project }

const commit = (version: number, date: string, events: readonly ProjectEvent[], key?: string): Commit => ({
  project: 'school',
  version,
  events,
  by: { id: 'test', role: 'admin' },
  at: `${date}T01:00:00Z`,
  date,
  ...(key === undefined ? {} : { request: { key, hash: `hash of ${key}` } })
})

const stateAfter = (...events: readonly ProjectEvent[]) =>
  fold(initialState, [
    commit(1, '2021-03-01', [registered]),
    ...events.map((event, i) => commit(i + 2, `2021-03-0${i + 2}`, [event]))
  ])

describe('Folding a log', () => {
  it('the first commit registers the project', () => {
    expect(stateAfter()).toEqual({
      status: 'active',
      version: 1,
      project,
      registeredOn: '2021-03-01',
      changedOn: '2021-03-01',
      progress: {},
      flags: {},
      requests: []
    })
  })

  it('a commit counts once, however many events it has', () => {
    const state = fold(initialState, [
      commit(1, '2021-03-01', [registered, { type: 'no-change-reported' }, { type: 'no-change-reported' }])
    ])
    expect(state.version).toBe(1)
  })

  it('leaves no key without a value: JSON drops it, and a state read back would list its keys in another order', () => {
    const said = stateAfter({ type: 'progress-reported', reports: [{ milestoneId: 'A', percentComplete: 0 }] })
    expect(Object.keys(said)).not.toContain('lastProgressOn')
    fc.assert(
      fc.property(anyLife, life => {
        const { state } = live(life).history
        const marked = JSON.stringify(state, (_key, value) => (value === undefined ? 'no value' : value))
        expect(JSON.stringify(state)).toBe(marked)
      }),
      { numRuns: runs(50) }
    )
  })

  it('in two parts is folding in one', () => {
    fc.assert(
      fc.property(anyLife, fc.nat({ max: 8 }), (life, cut) => {
        const { history } = live(life)
        const first = fold(initialState, history.commits.slice(0, cut))
        expect(fold(first, history.commits.slice(cut))).toEqual(history.state)
      }),
      { numRuns: runs(50) }
    )
  })

  it('of commits, and of a state, that went through JSON gives the same', () => {
    fc.assert(
      fc.property(anyLife, fc.nat({ max: 8 }), (life, cut) => {
        const { history } = live(life)
        const commits: Commit[] = JSON.parse(JSON.stringify(history.commits))
        const snapshot = JSON.parse(JSON.stringify(fold(initialState, commits.slice(0, cut))))
        const state = fold(snapshot, commits.slice(cut))
        expect(JSON.stringify(state)).toBe(JSON.stringify(history.state))
        expect(fold(initialState, commits)).toEqual(history.state)
      }),
      { numRuns: runs(150) }
    )
  })

  it('changes neither the state before nor the commit', () => {
    const before = stateAfter()
    const frozen = JSON.stringify(before)
    evolve(
      before,
      commit(2, '2021-03-02', [{ type: 'progress-reported', reports: [{ milestoneId: 'A', percentComplete: 5 }] }])
    )
    expect(JSON.stringify(before)).toBe(frozen)
  })

  it('numbers baselines from 1 and keeps the first', () => {
    const one = approved({ A: ['2021-03-01', '2021-03-12'] })
    const two = approved({ A: ['2021-03-01', '2021-03-19'] })
    const state = stateAfter(
      { type: 'baseline-approved', reason: '批复', dates: one },
      { type: 'baseline-approved', reason: '调整', dates: two }
    )
    expect(state).toMatchObject({
      original: { number: 1, approvedOn: '2021-03-02', reason: '批复', dates: one },
      current: { number: 2, approvedOn: '2021-03-03', reason: '调整', dates: two }
    })
  })

  it('a flag has the date of the commit that raised it, until one clears it', () => {
    const raised: ProjectEvent = {
      type: 'flag-raised',
      rule: 'Y1',
      severity: 'yellow',
      milestoneId: 'A',
      facts: { workingDays: 3 }
    }
    const other: ProjectEvent = { type: 'flag-raised', rule: 'S1', severity: 'stale', facts: { days: 8 } }
    expect(stateAfter(raised, other)).toMatchObject({
      flags: { 'Y1:A': { since: '2021-03-02', facts: { workingDays: 3 } }, S1: { since: '2021-03-03' } }
    })
    const cleared = stateAfter(raised, other, { type: 'flag-cleared', rule: 'Y1', milestoneId: 'A' })
    expect(cleared).toHaveProperty('flags.S1')
    expect(cleared).not.toHaveProperty(['flags', 'Y1:A'])
  })

  it('a flag that comes back before it was over keeps its day and the numbers it was first raised with', () => {
    const key = { rule: 'Y1', milestoneId: 'A' } as const
    const raised = (workingDays: number): ProjectEvent => ({
      type: 'flag-raised',
      ...key,
      severity: 'yellow',
      facts: { workingDays }
    })
    const state = stateAfter(raised(9), { type: 'flag-fired', ...key }, { type: 'flag-cleared', ...key }, raised(4))
    expect(state).toMatchObject({ flags: { 'Y1:A': { since: '2021-03-02', facts: { workingDays: 9 } } } })
    expect(state).not.toHaveProperty(['flags', 'Y1:A', 'clearedOn'])
  })

  it('a cancelled milestone keeps its progress', () => {
    const state = stateAfter(
      { type: 'progress-reported', reports: [{ milestoneId: 'A', percentComplete: 30 }] },
      { type: 'milestone-cancelled', milestoneId: 'A', reason: '合并' }
    )
    expect(state).toMatchObject({
      progress: { A: { percentComplete: 30, cancelled: { on: '2021-03-03', reason: '合并' } } }
    })
  })
})

describe('A log that does not make sense', () => {
  it.each([0, 1, 3])('version %i after version 1 is refused', version => {
    const again = commit(version, '2021-03-02', [{ type: 'no-change-reported' }])
    expect(() => evolve(stateAfter(), again)).toThrow(BrokenLogError)
    expect(() => evolve(stateAfter(), again)).toThrow('school')
  })

  it('a log does not begin with version 2', () => {
    expect(() => fold(initialState, [commit(2, '2021-03-01', [registered])])).toThrow(BrokenLogError)
  })

  it('nothing happens to a project before it is registered, and it is registered once', () => {
    expect(() => fold(initialState, [commit(1, '2021-03-01', [{ type: 'no-change-reported' }])])).toThrow(
      'no-change-reported before the project was registered'
    )
    expect(() => stateAfter(registered)).toThrow(BrokenLogError)
    expect(() => fold(initialState, [commit(1, '2021-03-01', [])])).toThrow(BrokenLogError)
  })

  it('an event is only folded, not judged: deciding did that', () => {
    const state = stateAfter({ type: 'progress-reported', reports: [{ milestoneId: 'A', percentComplete: 50 }] })
    const back = evolveEvent(
      state,
      { type: 'progress-reported', reports: [{ milestoneId: 'A', percentComplete: 20 }] },
      '2021-03-05'
    )
    expect(back).toMatchObject({ progress: { A: { percentComplete: 20 } } })
  })
})

describe('Answered requests', () => {
  const keysAfter = (second: string): readonly string[] => {
    const state = fold(initialState, [
      commit(1, '2021-03-01', [registered], 'first'),
      commit(2, second, [{ type: 'no-change-reported' }], 'second')
    ])
    return state.status === 'unregistered' ? [] : state.requests.map(({ key }) => key)
  }

  it('are remembered for seven days', () => {
    expect(keysAfter('2021-03-08')).toEqual(['first', 'second'])
    expect(keysAfter('2021-03-09')).toEqual(['second'])
  })

  it('keep the hash of what was asked and the version that answered', () => {
    const state = fold(initialState, [commit(1, '2021-03-01', [registered], 'first')])
    expect(state).toMatchObject({
      requests: [{ key: 'first', hash: 'hash of first', version: 1, date: '2021-03-01' }]
    })
  })

  it('are not forgotten by commits without a key', () => {
    const state = fold(initialState, [
      commit(1, '2021-03-01', [registered], 'first'),
      commit(2, '2021-03-02', [{ type: 'no-change-reported' }])
    ])
    expect(state).toMatchObject({ requests: [{ key: 'first' }] })
  })
})
