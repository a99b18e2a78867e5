import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Command } from '../../functions/core/commands.ts'
import { flagChanges } from '../../functions/core/flag-life.ts'
import { runs } from '../properties/runs.ts'
import { anyLife, perform } from './any-life.ts'
import { cancel, chain, given, History, noChange, pause, register, report, resume, review, rules } from './given.ts'
import { abc, baseline, day0, running, startedA, today } from './three-milestones.ts'

describe('What is accepted', () => {
  it('a plan is registered, with its approved dates in the same commit', () => {
    expect(new History().when(register(abc, baseline), day0)).toEqual({
      ok: true,
      events: [
        { type: 'project-registered', project: abc },
        { type: 'baseline-approved', reason: expect.stringContaining('随计划登记'), dates: baseline },
        {
          type: 'flag-raised',
          rule: 'B1',
          severity: 'blue',
          milestoneId: 'A',
          facts: { due: '2021-03-12', workingDays: 9, within: 10 }
        }
      ]
    })
  })

  it('a plan without dates is registered without a baseline, and says so with a flag', () => {
    expect(new History().accept(register(abc), day0)).toEqual([
      { type: 'project-registered', project: abc },
      { type: 'flag-raised', rule: 'N1', severity: 'no-baseline', facts: {} }
    ])
  })

  it('a planned count may rest, and reach its total before the end', () => {
    const plan = [
      { date: '2021-06-30', value: 68 },
      { date: '2021-09-30', value: 68 }
    ]
    const resting = chain([{ id: 'A' }], { count: { unit: '套', total: 68, plan } })
    expect(new History().when(register(resting), day0)).toMatchObject({ ok: true })
  })

  it('a report is recorded with only what it says', () => {
    const events = running().accept(report('A', { percentComplete: 70, note: '主体施工' }), today)
    expect(events[0]).toStrictEqual({
      type: 'progress-reported',
      reports: [{ milestoneId: 'A', percentComplete: 70, note: '主体施工' }]
    })
  })

  it('several milestones are reported at once', () => {
    const history = running()
    history.accept(
      {
        type: 'report-progress',
        reports: [
          { milestoneId: 'A', actualStart: day0, actualFinish: '2021-03-10' },
          { milestoneId: 'B', percentComplete: 20, actualStart: '2021-03-10' }
        ]
      },
      today
    )
    expect(history.tracked.progress.A).toMatchObject({ actualFinish: '2021-03-10', percentComplete: 100 })
    expect(history.tracked.progress.B).toMatchObject({ actualStart: '2021-03-10', percentComplete: 20 })
  })

  it('"no change" is recorded, with its note when there is one', () => {
    expect(running().accept(noChange, today)[0]).toStrictEqual({ type: 'no-change-reported' })
    expect(running().accept({ type: 'report-no-change', note: '停工待料' }, today)[0]).toStrictEqual({
      type: 'no-change-reported',
      note: '停工待料'
    })
  })

  it('a correction names the commit that was wrong, and why', () => {
    const correction: Command = {
      type: 'correct-report',
      corrects: 2,
      reason: '误填',
      corrections: [{ milestoneId: 'A', percentComplete: 30, actualStart: null }]
    }
    expect(startedA().accept(correction, today)[0]).toStrictEqual({
      type: 'report-corrected',
      corrects: 2,
      reason: '误填',
      corrections: [{ milestoneId: 'A', percentComplete: 30, actualStart: null }]
    })
  })

  it('a project is paused until a review, and resumed', () => {
    const history = running()
    expect(history.accept(pause('2021-04-01'), today)[0]).toEqual({
      type: 'project-paused',
      reason: '汛期',
      reviewOn: '2021-04-01'
    })
    expect(history.tracked).toMatchObject({ status: 'paused', pause: { since: today, reviewOn: '2021-04-01' } })
    expect(history.accept(resume, '2021-03-20')[0]).toEqual({ type: 'project-resumed', reason: '汛期已过' })
    expect(history.tracked).toMatchObject({ status: 'active', resumedOn: '2021-03-20' })
    expect(history.tracked).not.toHaveProperty('pause')
  })

  it('a paused project can be reported on and stays paused', () => {
    const history = running([today, pause('2021-04-01')])
    history.accept(report('A', { percentComplete: 60 }), '2021-03-15')
    expect(history.tracked).toMatchObject({ status: 'paused', progress: { A: { percentComplete: 60 } } })
  })

  it('the successors of a cancelled milestone wait for its predecessors instead', () => {
    const history = running()
    expect(history.milestone('C', day0)).toMatchObject({ drivenBy: { kind: 'predecessor', ref: 'B' } })
    expect(history.accept(cancel('B'), day0)[0]).toEqual({
      type: 'milestone-cancelled',
      milestoneId: 'B',
      reason: '不再需要'
    })
    expect(history.milestone('C', day0)).toMatchObject({
      drivenBy: { kind: 'predecessor', ref: 'A' },
      earlyStart: '2021-03-15'
    })
  })

  it('a chain of cancelled milestones is passed over as a whole', () => {
    const history = given(
      [day0, register(chain([{ id: 'A' }, { id: 'B' }, { id: 'C' }, { id: 'D' }]))],
      [day0, cancel('B')],
      [day0, cancel('C')]
    )
    expect(history.milestone('D', day0)).toMatchObject({ drivenBy: { kind: 'predecessor', ref: 'A' } })
  })

  it('a review on which nothing changed records nothing', () => {
    expect(running().accept(review, day0)).toEqual([])
  })

  it('a review records what the passing of time has changed, and nothing else', () => {
    const events = running().accept(review, '2021-03-09')
    // 8 days of silence; 6 of A's 10 working days are gone, a fifth of the whole.
    expect(events.map(event => ('rule' in event ? [event.type, event.rule, event.milestoneId] : event.type))).toEqual([
      ['flag-raised', 'Y1', 'A'],
      ['flag-raised', 'Y1', 'B'],
      ['flag-raised', 'Y2', undefined],
      ['flag-raised', 'S1', undefined],
      // B1 has held since the day of the plan; silence keeps it from being told.
      ['flag-fired', 'B1', 'A'],
      ['flag-suppressed', 'B1', 'A']
    ])
  })
})

describe('A report and its flags are one commit', () => {
  it('a late forecast and the flag it raises stand in one commit', () => {
    const history = running()
    history.accept(report('C', { forecastFinish: '2021-07-01', delay: { code: 'LAND' } }), day0)
    expect(history.commits).toHaveLength(2)
    expect(history.commits[1]?.events.map(({ type }) => type)).toEqual(['progress-reported', 'flag-raised'])
    expect(history.commits[1]?.events[1]).toMatchObject({ rule: 'Y1', milestoneId: 'C' })
  })

  it('a flag that the report ends is cleared in the same commit, and a graver one takes its place', () => {
    const history = running([day0, report('C', { forecastFinish: '2021-07-01', delay: { code: 'LAND' } })])
    const events = history.accept(report('C', { forecastFinish: '2021-08-31', delay: { code: 'LAND' } }), day0)
    expect(events.slice(1)).toEqual([
      { type: 'flag-cleared', rule: 'Y1', milestoneId: 'C' },
      expect.objectContaining({ type: 'flag-raised', rule: 'R1', severity: 'red', milestoneId: 'C' }),
      { type: 'flag-fired', rule: 'R1', milestoneId: 'C' },
      { type: 'case-opened', caseId: 'school.1', rule: 'R1', milestoneId: 'C' }
    ])
  })

  it('right after any command a review on the same day finds nothing to add', () => {
    fc.assert(
      fc.property(anyLife, life => {
        for (const { history, decision, date } of perform(life))
          if (decision.ok) expect(flagChanges(history.tracked, rules, date)).toEqual([])
      }),
      { numRuns: runs(200) }
    )
  })
})

describe('Any plan and any commands, right or wrong', () => {
  it('are decided without an exception; what is refused says why and brings no event', () => {
    fc.assert(
      fc.property(anyLife, life => {
        for (const { decision } of perform(life)) {
          if (decision.ok) continue
          expect(decision.refusal.faults.length).toBeGreaterThan(0)
          expect(Object.keys(decision)).toEqual(['ok', 'refusal'])
        }
      }),
      { numRuns: runs(300) }
    )
  })

  it('a plan registered twice on one day changes nothing the second time', () => {
    fc.assert(
      fc.property(anyLife, ({ project }) => {
        const history = given([day0, register(project)])
        expect(history.accept(register(project), day0)).toEqual([])
        expect(history.commits).toHaveLength(1)
      }),
      { numRuns: runs(50) }
    )
  })
})
