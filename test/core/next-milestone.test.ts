import { expect, it } from 'vitest'
import { snapshotOf } from '../../functions/core/snapshot.ts'
import { approve, chain, given, register, report, rules } from './given.ts'

// 决算 falls before hand-over in the plan, and is still not what a school waits for.
const school = chain([
  { id: 'V2', duration: 5 },
  { id: 'F1', duration: 5, phase: 'closeout' },
  { id: 'U2', duration: 30, phase: 'handover', predecessors: [{ milestoneId: 'V2', type: 'FS', lag: 0 }] }
])

it('close-out is the next milestone of a project only when hand-over is reached', () => {
  const history = given(['2021-03-01', register(school)], ['2021-03-01', approve])
  history.accept(report('V2', { actualFinish: '2021-03-05' }), '2021-03-05')
  expect(snapshotOf(history.tracked, '2021-03-05', rules).summary.next?.id).toBe('U2')
  history.accept(report('U2', { actualFinish: '2021-04-16' }), '2021-04-16')
  expect(snapshotOf(history.tracked, '2021-04-16', rules).summary.next?.id).toBe('F1')
})
