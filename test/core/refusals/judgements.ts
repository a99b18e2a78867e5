import { approve, chain, continued, given, judge, noChange, pause, register, report, withdraw } from '../given.ts'
import { abc, day0, redC, running, today } from '../three-milestones.ts'
import type { RefusalCase } from './refusal-case.ts'

const redToday = () => continued(redC(), [today, noChange])

/** Judgements of a colour that are refused. */
export const ofJudgements: readonly RefusalCase[] = [
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
