import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ProjectEvent } from '../../functions/core/events.ts'
import { flagId } from '../../functions/core/flag.ts'
import { runs } from '../properties/runs.ts'
import { anyLife, live } from './any-life.ts'
import {
  approved,
  cancel,
  chain,
  continued,
  given,
  type History,
  pause,
  register,
  report,
  resume,
  review,
  silence
} from './given.ts'

const day0 = '2021-03-01'
const delay = { code: 'CONTRACTOR' } as const

/** 基础 → 主体 → 启用, approved far enough from each other that only what a test does moves anything. */
const abc = chain([{ id: 'A' }, { id: 'B' }, { id: 'C' }])
const dates = approved({
  A: ['2021-03-01', '2021-03-12'],
  B: ['2021-03-15', '2021-03-26'],
  C: ['2021-03-29', '2021-06-30']
})
const running = () => given([day0, register(abc, dates)])
const forecast = (id: string, forecastFinish: string) => report(id, { forecastFinish, delay })

const lifeOf = (history: History, id: string) => history.tracked.flags[id]
const kinds = (events: readonly ProjectEvent[], rule: string, milestoneId?: string) =>
  events.flatMap(event =>
    'rule' in event && event.rule === rule && (milestoneId === undefined || event.milestoneId === milestoneId)
      ? [event.type]
      : []
  )

describe('A flag', () => {
  it('is pending at its first evaluation and fires at the second, the next day', () => {
    const history = running()
    expect(kinds(history.accept(forecast('C', '2021-07-05'), day0), 'Y1')).toEqual(['flag-raised'])
    expect(lifeOf(history, 'Y1:C')).toMatchObject({ status: 'pending', since: day0 })
    expect(kinds(history.accept(review, '2021-03-02'), 'Y1')).toEqual(['flag-fired'])
    expect(lifeOf(history, 'Y1:C')).toMatchObject({ status: 'firing', since: day0, firedOn: '2021-03-02' })
  })

  it('shows its colour at once, while it is pending', () => {
    const history = running()
    history.accept(forecast('C', '2021-07-05'), day0)
    expect(history.milestone('C', day0).light).toBe('yellow')
  })

  it('is not evaluated twice on one day, by reports or reviews', () => {
    const history = running()
    history.accept(forecast('C', '2021-07-05'), day0)
    expect(history.accept(review, day0)).toEqual([])
    expect(kinds(history.accept(forecast('C', '2021-07-06'), day0), 'Y1')).toEqual([])
    expect(lifeOf(history, 'Y1:C')?.status).toBe('pending')
  })

  it('R1 and R3 fire at once', () => {
    const history = given([day0, register({ ...abc, requiredBy: '2021-07-01' }, dates)])
    const events = history.accept(forecast('C', '2021-08-31'), day0)
    expect(kinds(events, 'R1')).toEqual(['flag-raised', 'flag-fired', 'case-opened'])
    expect(kinds(events, 'R3')).toEqual(['flag-raised', 'flag-fired', 'case-opened'])
  })

  it('that never fired is gone as soon as its rule does not hold', () => {
    const history = running()
    history.accept(forecast('C', '2021-07-05'), day0)
    history.accept(forecast('C', '2021-06-30'), day0)
    expect(lifeOf(history, 'Y1:C')).toBeUndefined()
  })

  it('that fired is resolved by two clean evaluations, the second on another day', () => {
    const history = continued(running(), [day0, forecast('C', '2021-08-31')])
    expect(kinds(history.accept(forecast('C', '2021-06-30'), '2021-03-03'), 'R1')).toEqual(['flag-cleared'])
    expect(lifeOf(history, 'R1:C')).toMatchObject({ status: 'firing', clearedOn: '2021-03-03' })
    expect(history.on('2021-03-03').flags.map(({ rule }) => rule)).not.toContain('R1')
    expect(kinds(history.accept(review, '2021-03-03'), 'R1')).toEqual([])
    expect(kinds(history.accept(review, '2021-03-04'), 'R1')).toEqual(['flag-resolved'])
    expect(lifeOf(history, 'R1:C')).toBeUndefined()
  })

  it('that comes back before the second clean evaluation has never been away', () => {
    const history = continued(
      running(),
      [day0, forecast('C', '2021-08-31')],
      ['2021-03-03', forecast('C', '2021-06-30')]
    )
    expect(kinds(history.accept(forecast('C', '2021-09-10'), '2021-03-03'), 'R1')).toEqual(['flag-raised'])
    expect(lifeOf(history, 'R1:C')).toMatchObject({ status: 'firing', since: day0, firedOn: day0 })
    expect(lifeOf(history, 'R1:C')).not.toHaveProperty('clearedOn')
    expect(kinds(history.accept(review, '2021-03-04'), 'R1')).toEqual([])
  })
})

describe('A flag is suppressed', () => {
  const suppressedBy = (history: History, id: string) => lifeOf(history, id)?.suppressedBy

  it('by a slip upstream: the yellow slip of everything behind it, near and far, and through what is cancelled', () => {
    const history = continued(running(), [day0, forecast('A', '2021-03-16')], ['2021-03-02', review])
    expect([suppressedBy(history, 'Y1:A'), suppressedBy(history, 'Y1:B')]).toEqual([undefined, 'upstream'])
    const through = continued(
      running(),
      [day0, forecast('A', '2021-06-18')],
      [day0, cancel('B')],
      ['2021-03-02', review]
    )
    expect(suppressedBy(through, 'Y1:C')).toBe('upstream')
  })

  it('by red: the yellow of the same milestone, and no red by anything of the kind', () => {
    const history = given(
      [day0, register({ ...abc, requiredBy: '2021-07-20' }, dates)],
      [day0, forecast('C', '2021-08-31')]
    )
    history.reviewDaily(day0, '2021-03-02')
    expect(suppressedBy(history, 'R1:C')).toBeUndefined()
    expect(suppressedBy(history, 'R3:C')).toBeUndefined()
  })

  it('by silence of the project: yellow and blue, not red', () => {
    const history = continued(running(), [day0, forecast('C', '2021-08-31')])
    history.reviewDaily(day0, '2021-03-10')
    expect(suppressedBy(history, 'B1:A')).toBe('stale')
    expect(suppressedBy(history, 'R1:C')).toBeUndefined()
  })

  it('by a silence, until its last day, and is told again on the day after', () => {
    const history = continued(running(), [day0, forecast('C', '2021-08-31')])
    const events = history.accept(silence('2021-03-04', { rule: 'R1', milestoneId: 'C' }), day0)
    expect(events).toEqual([
      expect.objectContaining({
        type: 'flags-silenced',
        until: '2021-03-04',
        reason: '专家评审期间',
        author: '王局长'
      }),
      { type: 'flag-suppressed', rule: 'R1', milestoneId: 'C', by: 'silence' }
    ])
    const released = history.reviewDaily(day0, '2021-03-06').filter(([, { type }]) => type === 'flag-released')
    expect(released).toEqual([['2021-03-05', { type: 'flag-released', rule: 'R1', milestoneId: 'C' }]])
  })

  it('not by a silence over another rule or milestone; by one over the whole project it is', () => {
    const history = continued(running(), [day0, forecast('C', '2021-08-31')])
    history.accept(silence('2021-03-04', { rule: 'R3' }), day0)
    history.accept(silence('2021-03-04', { milestoneId: 'A' }), day0)
    expect(suppressedBy(history, 'R1:C')).toBeUndefined()
    history.accept(silence('2021-03-04'), day0)
    expect(suppressedBy(history, 'R1:C')).toBe('silence')
  })

  it('by a pause, without being over, and for two quiet working days after it', () => {
    const history = continued(running(), [day0, forecast('C', '2021-08-31')], ['2021-03-05', pause('2021-05-10')])
    expect(lifeOf(history, 'R1:C')).toMatchObject({ status: 'firing', firedOn: day0, suppressedBy: 'pause' })
    history.reviewDaily('2021-03-05', '2021-03-19')
    expect(lifeOf(history, 'R1:C')).toMatchObject({ status: 'firing', suppressedBy: 'pause' })
    // Resumed on a Friday: Monday and Tuesday are quiet.
    history.accept(resume, '2021-03-19')
    expect(lifeOf(history, 'R1:C')).toMatchObject({ status: 'firing', firedOn: day0, suppressedBy: 'resume' })
    const released = history.reviewDaily('2021-03-19', '2021-03-26').filter(([, e]) => kinds([e], 'R1').length > 0)
    expect(released).toEqual([['2021-03-24', { type: 'flag-released', rule: 'R1', milestoneId: 'C' }]])
  })

  it('and when what it was about is over after a pause, it takes two evaluations to say so', () => {
    const history = continued(running(), [day0, forecast('C', '2021-08-31')], ['2021-03-05', pause('2021-05-10')])
    history.accept(forecast('C', '2021-06-30'), '2021-03-15')
    expect(kinds(history.accept(resume, '2021-03-19'), 'R1')).toEqual([])
    expect(lifeOf(history, 'R1:C')).toMatchObject({ clearedOn: '2021-03-19' })
    expect(kinds(history.accept(review, '2021-03-20'), 'R1')).toEqual(['flag-resolved'])
  })
})

describe('The life of any flag', () => {
  it('follows its rule: what holds is up and not cleared, what is up and does not hold is being cleared', () => {
    fc.assert(
      fc.property(anyLife, life => {
        const { history, today } = live(life)
        history.accept(review, today)
        const holding = new Set(history.on(today).flags.map(flagId))
        const up = Object.entries(history.tracked.flags)
        expect(new Set(up.flatMap(([id, flag]) => (flag.clearedOn === undefined ? [id] : [])))).toEqual(holding)
        for (const [id, flag] of up) {
          expect(flag.status === 'pending', id).toBe(flag.firedOn === undefined)
          if (flag.status === 'pending') expect(flag, id).toMatchObject({ since: today })
        }
      }),
      { numRuns: runs(150) }
    )
  })
})
