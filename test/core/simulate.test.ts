import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Author } from '../../functions/core/author.ts'
import { dateInShanghai } from '../../functions/core/dates.ts'
import type { Commit } from '../../functions/core/events.ts'
import { fold, initialState } from '../../functions/core/evolve.ts'
import { reviewDueOn } from '../../functions/core/review-due.ts'
import { type Step, simulate } from '../../functions/core/simulate.ts'
import { runs } from '../properties/runs.ts'
import { anyLife, type Life, perform } from './any-life.ts'
import { approved, chain, History, noChange, register, report, resume, review, rules } from './given.ts'

const by: Author = { id: 'pm', role: 'reporter' }
const reviewer: Author = { id: 'tracker', role: 'system' }
const day0 = '2021-03-01'
const until = '2021-09-30'
const plan = register(
  chain([{ id: 'A' }, { id: 'B' }]),
  approved({ A: ['2021-03-01', '2021-03-12'], B: ['2021-03-15', '2021-03-26'] })
)

const play = (steps: readonly Step[], last = until) => simulate('school', steps, reviewer, rules, last)

/**
 * Steps on which the daily reviews between them have no say: a correction names a version, which they would move, and what
 * is refused without corrections is left out.
 */
const stepsOf = ({ project, commands }: Life): readonly Step[] => {
  const life = { project, commands: commands.filter(({ command }) => command.type !== 'correct-report') }
  return [...perform(life)].flatMap(({ command, date, decision }) => (decision.ok ? [{ date, by, command }] : []))
}

describe('A life played through', () => {
  it('has the reviews on the days on which they had something to say, before what was reported on that day', () => {
    const commits = play(
      [
        { date: day0, by, command: plan },
        { date: '2021-03-09', by, command: noChange }
      ],
      '2021-03-09'
    )
    expect(commits.map(({ version, date, by: { id } }) => [version, date, id])).toEqual([
      [1, '2021-03-01', 'pm'],
      [2, '2021-03-02', 'tracker'],
      [3, '2021-03-03', 'tracker'],
      [4, '2021-03-04', 'tracker'],
      [5, '2021-03-09', 'tracker'],
      [6, '2021-03-09', 'pm']
    ])
    // What is seen on one day fires on the next.
    expect(commits[3]?.events.map(({ type }) => type)).toEqual(['flag-fired'])
    // Silence is seen in the morning of the 9th, and ends with the report of that day.
    expect(commits[4]?.events).toContainEqual(expect.objectContaining({ type: 'flag-raised', rule: 'S1' }))
    expect(commits[5]?.events).toContainEqual({ type: 'flag-cleared', rule: 'S1' })
  })

  it('is written at times of the day that are the same date in Beijing and in UTC', () => {
    for (const { at, date } of play([{ date: day0, by, command: plan }])) {
      expect(dateInShanghai(at)).toBe(date)
      expect(at.slice(0, 10)).toBe(date)
    }
  })

  it('is reviewed through the last day, and not after it', () => {
    const silent = play([{ date: day0, by, command: plan }], '2021-03-09').flatMap(({ events }) => events)
    expect(silent).toContainEqual(expect.objectContaining({ rule: 'S1' }))
    const before = play([{ date: day0, by, command: plan }], '2021-03-08').flatMap(({ events }) => events)
    expect(before).not.toContainEqual(expect.objectContaining({ rule: 'S1' }))
  })

  it('leaves out what changes nothing', () => {
    const twice = [
      { date: day0, by, command: plan },
      { date: day0, by, command: plan }
    ]
    expect(play(twice, day0)).toHaveLength(1)
  })

  it('names the step that is refused', () => {
    const steps = [
      { date: day0, by, command: plan },
      { date: day0, by, command: resume }
    ]
    expect(() => play(steps)).toThrow('school, resume-project on 2021-03-01: [{"code":"not-paused"')
    expect(() => play([{ date: day0, by, command: report('A', { percentComplete: 1 }) }])).toThrow('not-registered')
  })

  it('of nobody is nothing', () => {
    expect(play([])).toEqual([])
  })

  it('is the same every time, without gaps, in the order of its dates, and folds', () => {
    fc.assert(
      fc.property(anyLife, life => {
        const steps = stepsOf(life)
        const commits = play(steps, '2021-05-31')
        expect(JSON.stringify(play(steps, '2021-05-31'))).toBe(JSON.stringify(commits))
        expect(commits.map(({ version }) => version)).toEqual(commits.map((_, i) => i + 1))
        const instants = commits.map(({ at }) => at)
        expect(instants).toEqual(instants.toSorted())
        for (const { events } of commits) expect(events.length).toBeGreaterThan(0)
        expect(fold(initialState, commits)).toMatchObject({ version: commits.length })
      }),
      { numRuns: runs(25) }
    )
  })

  it('looked at only when a review is due, has the same flags on the same days', () => {
    fc.assert(
      fc.property(anyLife, life => {
        const steps = stepsOf(life)
        const seen = new History()
        const reviewUntil = (from: string, last: string) => {
          if (seen.state.status === 'unregistered') return
          for (
            let due = reviewDueOn(seen.tracked, from, rules);
            due <= last;
            due = reviewDueOn(seen.tracked, due, rules)
          )
            seen.accept(review, due)
        }
        let evaluatedOn = day0
        for (const { date, command } of steps) {
          reviewUntil(evaluatedOn, date)
          seen.accept(command, date)
          evaluatedOn = date
        }
        reviewUntil(evaluatedOn, '2021-05-31')
        const withoutTime = (commits: readonly Commit[]) =>
          commits.map(({ version, date, events }) => ({ version, date, events }))
        expect(withoutTime(seen.commits)).toEqual(withoutTime(play(steps, '2021-05-31')))
      }),
      { numRuns: runs(30) }
    )
  })
})
