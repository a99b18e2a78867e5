import { approved, chain, register } from '../given.ts'
import type { RefusalCase } from './refusal-case.ts'

/** Plans and approvals that are refused. */
export const ofPlans: readonly RefusalCase[] = [
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
