import type { Command } from '../../../functions/core/commands.ts'
import { approve, approved, chain, given, register } from '../given.ts'
import { abc, baseline, day0, running } from '../three-milestones.ts'
import type { RefusalCase } from './refusal-case.ts'

const changedPlan = (id: string, start: string, finish: string, more = {}): Command => ({
  type: 'register-project',
  project: { ...abc, ...more },
  baseline: { ...baseline, [id]: { start, finish } }
})

/** Changes of a plan and of its approved dates that are refused. */
export const ofPlanChanges: readonly RefusalCase[] = [
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
