import { approve, cancel, chain, correct, given, noChange, pause, register, report, resume, review } from '../given.ts'
import { abc, day0, finishedA, running, today } from '../three-milestones.ts'
import type { RefusalCase } from './refusal-case.ts'

/** What the state of a project refuses. */
export const ofStates: readonly RefusalCase[] = [
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
