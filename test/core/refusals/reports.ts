import { cancel, chain, correct, count, given, register, report } from '../given.ts'
import { counted, day0, finishedA, running, startedA, today } from '../three-milestones.ts'
import type { RefusalCase } from './refusal-case.ts'

/** Reports and corrections that are refused. */
export const ofReports: readonly RefusalCase[] = [
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
