import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Command } from '../../functions/core/commands.ts'
import { flagChanges } from '../../functions/core/flag-life.ts'
import { type FaultCode, type FieldPath, faultCodes } from '../../functions/core/refusal.ts'
import { runs } from '../properties/runs.ts'
import { anyLife, perform } from './any-life.ts'
import {
  acknowledge,
  approve,
  approved,
  cancel,
  chain,
  close,
  continued,
  count,
  given,
  History,
  judge,
  noChange,
  pause,
  register,
  report,
  resume,
  review,
  rule,
  rules,
  silence,
  withdraw
} from './given.ts'

const day0 = '2021-03-01'
const today = '2021-03-10'
const abc = chain([{ id: 'A' }, { id: 'B' }, { id: 'C' }])
const baseline = approved({
  A: ['2021-03-01', '2021-03-12'],
  B: ['2021-03-15', '2021-03-26'],
  C: ['2021-03-29', '2021-06-30']
})
const counted = chain([{ id: 'A' }, { id: 'B' }, { id: 'C' }], {
  count: { unit: '套', total: 68, plan: [{ date: '2021-06-30', value: 68 }] }
})
const running = (...more: readonly (readonly [date: string, command: Command])[]) =>
  given([day0, register(abc, baseline)], ...more)
const startedA = () => running([today, report('A', { actualStart: day0, percentComplete: 50 })])
const finishedA = () =>
  running([today, report('A', { actualStart: day0, actualFinish: '2021-03-09', percentComplete: 100 })])

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

interface Case {
  readonly code: FaultCode
  readonly what: string
  readonly kind: 'invalid' | 'refused'
  readonly path: FieldPath
  readonly history?: () => History
  readonly command: Command
  readonly params?: Readonly<Record<string, string | number>>
}

const correct = (
  corrections: (Command & { type: 'correct-report' })['corrections'],
  more: { corrects?: number; countDone?: number } = {}
): Command => ({ type: 'correct-report', corrects: 1, reason: '误填', corrections, ...more })

const ofPlans: readonly Case[] = [
  {
    code: 'no-milestones',
    what: 'a plan without milestones',
    kind: 'invalid',
    path: ['milestones'],
    command: register(chain([]))
  },
  {
    code: 'too-far',
    what: 'a chain that ends after 2199',
    kind: 'invalid',
    path: ['milestones'],
    command: register(
      chain(Array.from({ length: 9 }, (_, i) => ({ id: `M${i}`, duration: 10_000, calendar: 'daily' })))
    )
  },
  {
    code: 'duplicate-milestone',
    what: 'a milestone twice',
    kind: 'invalid',
    path: ['milestones', 1, 'id'],
    command: register(chain([{ id: 'A' }, { id: 'A' }])),
    params: { id: 'A' }
  },
  {
    code: 'unknown-predecessor',
    what: 'a predecessor that is not in the plan',
    kind: 'invalid',
    path: ['milestones', 1, 'predecessors', 0, 'milestoneId'],
    command: register(chain([{ id: 'A' }, { id: 'B', predecessors: [{ milestoneId: 'X', type: 'FS', lag: 0 }] }])),
    params: { id: 'X' }
  },
  {
    code: 'cycle',
    what: 'milestones that wait for each other',
    kind: 'invalid',
    path: ['milestones'],
    command: register(chain([{ id: 'A', predecessors: [{ milestoneId: 'B', type: 'FS', lag: 0 }] }, { id: 'B' }])),
    params: { members: 'B → A' }
  },
  {
    code: 'unknown-calendar',
    what: 'a milestone on a calendar that nobody declared',
    kind: 'invalid',
    path: ['milestones', 1, 'calendar'],
    command: register(chain([{ id: 'A' }, { id: 'B', calendar: 'site' }])),
    params: { detail: 'site' }
  },
  {
    code: 'unknown-calendar',
    what: 'a calendar over one that nobody declared',
    kind: 'invalid',
    path: ['calendars'],
    command: register(chain([{ id: 'A' }], { calendars: { site: { base: 'nowhere' } } }))
  },
  {
    code: 'calendar-without-work',
    what: 'a calendar on which no weekday works',
    kind: 'invalid',
    path: ['calendars'],
    command: register(chain([{ id: 'A' }], { calendars: { never: { week: [] } } }))
  },
  {
    code: 'calendar-without-work',
    what: 'a calendar that rests for a lifetime',
    kind: 'invalid',
    path: ['calendars'],
    command: register(
      chain([{ id: 'A' }], {
        calendars: { never: { exceptions: [{ from: '2021-01-01', to: '2190-12-31', working: false }] } }
      })
    )
  },
  {
    code: 'calendar-without-work',
    what: 'a plan that runs into a rest of a lifetime',
    kind: 'invalid',
    path: ['calendars'],
    command: register(
      chain([{ id: 'A', calendar: 'ends', duration: 30 }], {
        calendars: { ends: { exceptions: [{ from: '2021-03-11', to: '2190-12-31', working: false }] } }
      })
    )
  },
  {
    code: 'calendar-without-work',
    what: 'a calendar that ends for good on some later day, when the works may be late',
    kind: 'invalid',
    path: ['calendars'],
    command: register(
      chain([{ id: 'A', calendar: 'ends' }], {
        calendars: { ends: { base: 'cn', exceptions: [{ from: '2022-01-01', to: '2199-12-31', working: false }] } }
      })
    )
  },
  {
    code: 'whole-days-only',
    what: 'half a day on a calendar of days',
    kind: 'invalid',
    path: ['milestones', 0, 'duration'],
    command: register(chain([{ id: 'A', duration: 2.5 }]))
  },
  {
    code: 'whole-days-only',
    what: 'a lag of half a day',
    kind: 'invalid',
    path: ['milestones', 1, 'predecessors', 0, 'lag'],
    command: register(chain([{ id: 'A' }, { id: 'B', predecessors: [{ milestoneId: 'A', type: 'SS', lag: 0.5 }] }]))
  },
  {
    code: 'count-not-ascending',
    what: 'a planned count that falls',
    kind: 'invalid',
    path: ['count', 'plan', 1],
    command: register(
      chain([{ id: 'A' }], {
        count: {
          unit: '套',
          total: 68,
          plan: [
            { date: '2021-06-30', value: 30 },
            { date: '2021-09-30', value: 20 }
          ]
        }
      })
    )
  },
  {
    code: 'count-not-ascending',
    what: 'two planned counts on one date',
    kind: 'invalid',
    path: ['count', 'plan', 1],
    command: register(
      chain([{ id: 'A' }], {
        count: {
          unit: '套',
          total: 68,
          plan: [
            { date: '2021-06-30', value: 30 },
            { date: '2021-06-30', value: 40 }
          ]
        }
      })
    )
  },
  {
    code: 'count-above-total',
    what: 'more planned than there are',
    kind: 'invalid',
    path: ['count', 'plan', 0, 'value'],
    command: register(
      chain([{ id: 'A' }], { count: { unit: '套', total: 68, plan: [{ date: '2021-06-30', value: 69 }] } })
    )
  },
  {
    code: 'date-form',
    what: 'a time of day on a calendar of days',
    kind: 'invalid',
    path: ['milestones', 0, 'baseline', 'finish'],
    command: register(chain([{ id: 'A' }]), approved({ A: ['2021-03-01', '2021-03-12T17:00'] }))
  },
  {
    code: 'date-form',
    what: 'a bare date on a calendar of hours',
    kind: 'invalid',
    path: ['milestones', 0, 'constraint', 'date'],
    command: register(
      chain([{ id: 'A', calendar: 'shift', constraint: { type: 'SNET', date: '2021-03-02' } }], {
        calendars: { shift: { base: 'cn', shifts: [['08:00', '12:00']] } }
      })
    )
  },
  {
    code: 'finish-before-start',
    what: 'an approved finish before its start',
    kind: 'invalid',
    path: ['milestones', 0, 'baseline', 'finish'],
    command: register(chain([{ id: 'A' }]), approved({ A: ['2021-03-12', '2021-03-11'] }))
  }
]

const changedPlan = (id: string, start: string, finish: string, more = {}): Command => ({
  type: 'register-project',
  project: { ...abc, ...more },
  baseline: { ...baseline, [id]: { start, finish } }
})

const ofPlanChanges: readonly Case[] = [
  {
    code: 'milestone-vanished',
    what: 'a plan that leaves out a milestone with approved dates',
    kind: 'refused',
    path: ['milestones'],
    history: running,
    command: register(chain([{ id: 'A' }, { id: 'C' }])),
    params: { id: 'B' }
  },
  {
    code: 'date-locked',
    what: 'a change of a date that falls within the month',
    kind: 'refused',
    path: ['milestones', 1, 'baseline'],
    history: running,
    command: changedPlan('B', '2021-03-15', '2021-03-25'),
    params: { finish: '2021-03-26', days: 30 }
  },
  {
    code: 'delay-reason-required',
    what: 'a later approved date without a reason',
    kind: 'invalid',
    path: ['milestones', 2, 'baseline'],
    history: running,
    command: changedPlan('C', '2021-03-29', '2021-07-01'),
    params: { id: 'C', before: '2021-06-30' }
  },
  {
    code: 'delay-reason-required',
    what: 'a later required date without a reason',
    kind: 'invalid',
    path: ['delay'],
    history: () => given([day0, register({ ...abc, requiredBy: '2021-08-25' }, baseline)]),
    command: register({ ...abc, requiredBy: '2021-08-26' }),
    params: { before: '2021-08-25' }
  },
  {
    code: 'delay-reason-required',
    what: 'a later date in an approval without a reason',
    kind: 'invalid',
    path: ['milestones', 1, 'finish'],
    history: running,
    command: {
      type: 'approve-baseline',
      reason: '调整',
      dates: approved({ A: ['2021-03-01', '2021-03-11'], B: ['2021-03-15', '2021-03-29'] })
    },
    params: { id: 'B', before: '2021-03-26' }
  },
  {
    code: 'delay-reason-required',
    what: 'an approval of computed dates that are later, without a reason',
    kind: 'invalid',
    path: ['delay'],
    history: () => given([day0, register(chain([{ id: 'A' }]), approved({ A: ['2021-03-01', '2021-03-12'] }))]),
    command: approve,
    params: { id: 'A', before: '2021-03-12' }
  },
  {
    code: 'unknown-milestone',
    what: 'an approval of a milestone that is not in the plan',
    kind: 'invalid',
    path: ['milestones', 0, 'id'],
    history: running,
    command: { type: 'approve-baseline', reason: '调整', dates: approved({ X: [day0, day0] }) },
    params: { id: 'X' }
  },
  {
    code: 'date-form',
    what: 'an approval with a time of day',
    kind: 'invalid',
    path: ['milestones', 0, 'start'],
    history: running,
    command: { type: 'approve-baseline', reason: '调整', dates: approved({ A: [`${day0}T08:00`, day0] }) }
  },
  {
    code: 'finish-before-start',
    what: 'an approval whose finish comes before its start',
    kind: 'invalid',
    path: ['milestones', 0, 'finish'],
    history: running,
    command: { type: 'approve-baseline', reason: '调整', dates: approved({ A: ['2021-03-12', day0] }) }
  }
]

const ofReports: readonly Case[] = [
  {
    code: 'unknown-milestone',
    what: 'a report of a milestone that is not in the plan',
    kind: 'invalid',
    path: ['reports', 0, 'milestoneId'],
    history: running,
    command: report('X', { percentComplete: 1 }),
    params: { id: 'X' }
  },
  {
    code: 'reported-twice',
    what: 'one milestone twice in one report',
    kind: 'invalid',
    path: ['reports', 1, 'milestoneId'],
    history: running,
    command: {
      type: 'report-progress',
      reports: [
        { milestoneId: 'A', percentComplete: 1 },
        { milestoneId: 'A', percentComplete: 2 }
      ]
    },
    params: { id: 'A' }
  },
  {
    code: 'milestone-cancelled',
    what: 'a report of a cancelled milestone',
    kind: 'refused',
    path: ['reports', 0, 'milestoneId'],
    history: () => running([day0, cancel('B')]),
    command: report('B', { percentComplete: 1 }),
    params: { id: 'B' }
  },
  {
    code: 'date-form',
    what: 'a report with a time of day',
    kind: 'invalid',
    path: ['reports', 0, 'actualStart'],
    history: running,
    command: report('A', { actualStart: `${day0}T08:00` })
  },
  {
    code: 'date-in-future',
    what: 'a start that is still to come',
    kind: 'invalid',
    path: ['reports', 0, 'actualStart'],
    history: running,
    command: report('A', { actualStart: '2021-03-11' }),
    params: { date: '2021-03-11', today }
  },
  {
    code: 'date-in-future',
    what: 'a finish that is still to come',
    kind: 'invalid',
    path: ['reports', 0, 'actualFinish'],
    history: running,
    command: report('A', { actualFinish: '2021-03-11' }),
    params: { date: '2021-03-11', today }
  },
  {
    code: 'forecast-in-past',
    what: 'a forecast before today',
    kind: 'invalid',
    path: ['reports', 0, 'forecastFinish'],
    history: running,
    command: report('A', { forecastFinish: '2021-03-09' }),
    params: { date: '2021-03-09', today }
  },
  {
    code: 'finish-before-start',
    what: 'a finish before the start',
    kind: 'invalid',
    path: ['reports', 0, 'actualFinish'],
    history: running,
    command: report('A', { actualStart: '2021-03-05', actualFinish: '2021-03-04' }),
    params: { start: '2021-03-05', finish: '2021-03-04' }
  },
  {
    code: 'finish-before-start',
    what: 'a start after the finish that is known',
    kind: 'invalid',
    path: ['reports', 0, 'actualStart'],
    history: () => running([today, report('A', { actualFinish: '2021-03-05' })]),
    command: report('A', { actualStart: '2021-03-06' }),
    params: { start: '2021-03-06', finish: '2021-03-05' }
  },
  {
    code: 'already-started',
    what: 'another start',
    kind: 'refused',
    path: ['reports', 0, 'actualStart'],
    history: startedA,
    command: report('A', { actualStart: '2021-03-02' }),
    params: { start: day0 }
  },
  {
    code: 'already-finished',
    what: 'another finish',
    kind: 'refused',
    path: ['reports', 0, 'actualFinish'],
    history: finishedA,
    command: report('A', { actualFinish: '2021-03-10' }),
    params: { finish: '2021-03-09' }
  },
  {
    code: 'already-finished',
    what: 'a forecast for what is finished',
    kind: 'refused',
    path: ['reports', 0, 'forecastFinish'],
    history: finishedA,
    command: report('A', { forecastFinish: '2021-03-12' }),
    params: { finish: '2021-03-09' }
  },
  {
    code: 'progress-went-back',
    what: 'less than was reported',
    kind: 'refused',
    path: ['reports', 0, 'percentComplete'],
    history: startedA,
    command: report('A', { percentComplete: 49 }),
    params: { before: 50 }
  },
  {
    code: 'progress-went-back',
    what: 'fewer than were counted',
    kind: 'refused',
    path: ['count', 'done'],
    history: () => given([day0, register(counted)], [day0, count(10)]),
    command: count(9)
  },
  {
    code: 'finished-below-hundred',
    what: 'a finish with work undone',
    kind: 'invalid',
    path: ['reports', 0, 'percentComplete'],
    history: running,
    command: report('A', { actualFinish: today, percentComplete: 99 })
  },
  {
    code: 'finished-with-work-left',
    what: 'a finish with a day of work left',
    kind: 'invalid',
    path: ['reports', 0, 'remainingDuration'],
    history: running,
    command: report('A', { actualFinish: today, remainingDuration: 1 })
  },
  {
    code: 'whole-days-only',
    what: 'half a day left',
    kind: 'invalid',
    path: ['reports', 0, 'remainingDuration'],
    history: running,
    command: report('A', { remainingDuration: 0.5 })
  },
  {
    code: 'calendar-without-work',
    what: 'work left for longer than the calendar can place',
    kind: 'invalid',
    path: ['reports', 0, 'remainingDuration'],
    history: () =>
      given([day0, register(chain([{ id: 'A', calendar: 'weekly' }], { calendars: { weekly: { week: [1] } } }))]),
    command: report('A', { remainingDuration: 10_000 })
  },
  {
    code: 'delay-reason-required',
    what: 'a later forecast without a reason',
    kind: 'invalid',
    path: ['reports', 0, 'delay'],
    history: running,
    command: report('A', { forecastFinish: '2021-03-13' }),
    params: { before: '2021-03-12', finish: '2021-03-13' }
  },
  {
    code: 'not-counted',
    what: 'a count for a project without one',
    kind: 'invalid',
    path: ['count', 'done'],
    history: running,
    command: count(1)
  },
  {
    code: 'count-above-total',
    what: 'more done than there are',
    kind: 'invalid',
    path: ['count', 'done'],
    history: () => given([day0, register(counted)]),
    command: count(69),
    params: { total: 68 }
  },
  {
    code: 'unknown-version',
    what: 'a correction of a commit that does not exist',
    kind: 'invalid',
    path: ['corrects'],
    history: running,
    command: correct([{ milestoneId: 'A', percentComplete: 1 }], { corrects: 2 }),
    params: { version: 1 }
  },
  {
    code: 'percent-required',
    what: 'a finish taken back without saying how much is done',
    kind: 'invalid',
    path: ['reports', 0, 'percentComplete'],
    history: finishedA,
    command: correct([{ milestoneId: 'A', actualFinish: null }])
  },
  {
    code: 'milestone-cancelled',
    what: 'a correction of a cancelled milestone',
    kind: 'refused',
    path: ['reports', 0, 'milestoneId'],
    history: () => running([day0, cancel('B')]),
    command: correct([{ milestoneId: 'B', percentComplete: 1 }]),
    params: { id: 'B' }
  }
]

const ofStates: readonly Case[] = [
  ...[
    approve,
    report('A', { percentComplete: 1 }),
    noChange,
    correct([]),
    pause('2021-04-01'),
    resume,
    cancel('A'),
    review
  ].map(command => ({
    code: 'not-registered' as const,
    what: `${command.type} of a project that nobody registered`,
    kind: 'refused' as const,
    path: [],
    command
  })),
  {
    code: 'already-paused',
    what: 'a pause in a pause',
    kind: 'refused',
    path: [],
    history: () => running([day0, pause('2021-04-01')]),
    command: pause('2021-05-01')
  },
  {
    code: 'not-paused',
    what: 'a resumption of what runs',
    kind: 'refused',
    path: [],
    history: running,
    command: resume
  },
  {
    code: 'date-not-in-future',
    what: 'a pause to be reviewed today',
    kind: 'invalid',
    path: ['reviewOn'],
    history: running,
    command: pause(today),
    params: { today }
  },
  {
    code: 'handover-needed',
    what: 'cancelling the hand-over',
    kind: 'refused',
    path: ['milestoneId'],
    history: running,
    command: cancel('C'),
    params: { id: 'C' }
  },
  {
    code: 'handover-needed',
    what: 'a plan that ends with a cancelled milestone',
    kind: 'refused',
    path: ['milestones'],
    history: () => given([day0, register(abc)], [day0, cancel('B')]),
    command: register(chain([{ id: 'A' }, { id: 'C' }, { id: 'B' }])),
    params: { id: 'B' }
  },
  {
    code: 'unknown-milestone',
    what: 'cancelling what is not in the plan',
    kind: 'invalid',
    path: ['milestoneId'],
    history: running,
    command: cancel('X'),
    params: { id: 'X' }
  },
  {
    code: 'milestone-cancelled',
    what: 'cancelling twice',
    kind: 'refused',
    path: ['milestoneId'],
    history: () => running([day0, cancel('B')]),
    command: cancel('B'),
    params: { id: 'B' }
  },
  {
    code: 'already-finished',
    what: 'cancelling what is finished',
    kind: 'refused',
    path: ['milestoneId'],
    history: finishedA,
    command: cancel('A'),
    params: { id: 'A', finish: '2021-03-09' }
  }
]

const redC = () => running([day0, report('C', { forecastFinish: '2021-08-31', delay: { code: 'LAND' } })])

const ofCases: readonly Case[] = [
  {
    code: 'unknown-case',
    what: 'an answer to a case that is not there',
    kind: 'invalid',
    path: ['caseId'],
    history: redC,
    command: acknowledge('school.2', '2021-08-31'),
    params: { id: 'school.2' }
  },
  {
    code: 'case-closed',
    what: 'an answer to a closed case',
    kind: 'refused',
    path: ['caseId'],
    history: () => continued(redC(), [day0, close('school.1')]),
    command: acknowledge('school.1', '2021-08-31'),
    params: { on: day0 }
  },
  {
    code: 'already-acknowledged',
    what: 'an answer while another holds',
    kind: 'refused',
    path: ['caseId'],
    history: () => continued(redC(), ['2021-03-08', acknowledge('school.1', '2021-08-31')]),
    command: acknowledge('school.1', '2021-09-15'),
    params: { until: '2021-03-15' }
  },
  {
    code: 'date-in-past',
    what: 'a promise for yesterday',
    kind: 'invalid',
    path: ['committedFinish'],
    history: redC,
    command: acknowledge('school.1', '2021-03-09'),
    params: { today }
  },
  {
    code: 'no-delay-reason',
    what: 'a ruling where no reason was given',
    kind: 'refused',
    path: ['caseId'],
    history: () => given([day0, register(chain([{ id: 'A' }], { requiredBy: '2021-03-05' }))], [day0, approve]),
    command: rule('school.1', true)
  },
  {
    code: 'silence-too-long',
    what: 'a silence of more than 30 days',
    kind: 'invalid',
    path: ['until'],
    history: redC,
    command: silence('2021-04-10', { rule: 'R1', milestoneId: 'C' }),
    params: { days: 30 }
  },
  {
    code: 'unknown-milestone',
    what: 'a silence over a milestone that is not there',
    kind: 'invalid',
    path: ['milestoneId'],
    history: redC,
    command: silence('2021-04-01', { milestoneId: 'X' })
  }
]

const redToday = () => continued(redC(), [today, noChange])

const ofJudgements: readonly Case[] = [
  {
    code: 'not-coloured',
    what: 'the colour of a paused project',
    kind: 'refused',
    path: ['light'],
    history: () => running([day0, pause('2021-04-01')]),
    command: judge('red')
  },
  {
    code: 'not-coloured',
    what: 'the colour of a project without a baseline',
    kind: 'refused',
    path: ['light'],
    history: () => given([day0, register(abc)]),
    command: judge('red')
  },
  {
    code: 'not-coloured',
    what: 'the colour of a project in use',
    kind: 'refused',
    path: ['light'],
    history: () =>
      given([day0, register(chain([{ id: 'A' }]))], [day0, approve], [day0, report('A', { actualFinish: day0 })]),
    command: judge('red')
  },
  {
    code: 'colour-as-computed',
    what: 'the colour that the rules give',
    kind: 'refused',
    path: ['light'],
    history: redToday,
    command: judge('red')
  },
  {
    code: 'colour-as-computed',
    what: 'the colour that the rules give in place of a worse one, which is to be withdrawn',
    kind: 'refused',
    path: ['light'],
    history: () => running([today, report('A', { actualFinish: today })], [today, judge('red')]),
    command: judge('green', 'director')
  },
  {
    code: 'approver-required',
    what: 'a better colour that nobody approves',
    kind: 'invalid',
    path: ['approvedBy'],
    history: redToday,
    command: judge('yellow')
  },
  {
    code: 'silence-not-better',
    what: 'a better colour of a silent project',
    kind: 'refused',
    path: ['light'],
    history: redC,
    command: judge('yellow', 'director')
  },
  {
    code: 'not-judged',
    what: 'taking back what nobody judged',
    kind: 'refused',
    path: [],
    history: running,
    command: withdraw
  }
]

const cases = [...ofPlans, ...ofPlanChanges, ...ofReports, ...ofStates, ...ofCases, ...ofJudgements]

describe('What is not accepted', () => {
  it.each(cases)('$code: $what', ({ code, kind, path, history = () => new History(), command, params }) => {
    const before = history()
    const decision = before.when(command, today)
    expect(decision).toEqual({
      ok: false,
      refusal: { kind, faults: [expect.objectContaining({ code, path, ...(params ? { params } : {}) })] }
    })
    expect(decision).not.toHaveProperty('events')
  })

  it('every fault that exists is shown above, but those of photographs, which are not the core’s to look at', () => {
    const ofPhotos: readonly FaultCode[] = ['photo-missing', 'no-photo', 'camera-data']
    expect(new Set([...cases.map(({ code }) => code), ...ofPhotos])).toEqual(new Set(faultCodes))
  })

  it('all that is wrong is said at once, and one thing wrong in itself makes the whole invalid', () => {
    const decision = startedA().when(
      {
        type: 'report-progress',
        reports: [
          { milestoneId: 'A', percentComplete: 10, actualStart: '2021-03-02' },
          { milestoneId: 'X', percentComplete: 10 }
        ]
      },
      today
    )
    expect(decision).toMatchObject({
      ok: false,
      refusal: {
        kind: 'invalid',
        faults: [
          { code: 'already-started', path: ['reports', 0, 'actualStart'] },
          { code: 'progress-went-back', path: ['reports', 0, 'percentComplete'] },
          { code: 'unknown-milestone', path: ['reports', 1, 'milestoneId'] }
        ]
      }
    })
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
