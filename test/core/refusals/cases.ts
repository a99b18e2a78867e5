import { acknowledge, approve, chain, close, continued, given, register, rule, silence } from '../given.ts'
import { day0, redC, today } from '../three-milestones.ts'
import type { RefusalCase } from './refusal-case.ts'

/** What is refused of cases and silences. */
export const ofCases: readonly RefusalCase[] = [
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
