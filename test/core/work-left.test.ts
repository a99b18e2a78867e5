import { describe, expect, it } from 'vitest'
import { chain, given, type History, noChange, register, report } from './given.ts'

// Two milestones side by side, ten and fifteen working days from Monday 1 March 2021, then hand-over.
const school = () =>
  chain(
    [
      { id: 'A', duration: 10, predecessors: [] },
      { id: 'B', duration: 15, predecessors: [] },
      { id: 'U2', duration: 0, phase: 'handover' }
    ],
    {}
  )

const begun = (): History =>
  given(
    ['2021-03-01', register(school())],
    ['2021-03-01', { type: 'approve-baseline', reason: '批准' }],
    ['2021-03-01', report('A', { actualStart: '2021-03-01' })],
    ['2021-03-03', report('A', { remainingDuration: 8 })]
  )

describe('work left', () => {
  it('counts from the day on which it was reported while that is within the agreed interval', () => {
    const history = begun()
    expect(history.milestone('A', '2021-03-03').projectedFinish).toBe('2021-03-12')
    expect(history.milestone('A', '2021-03-10').projectedFinish).toBe('2021-03-12')
  })

  it('counts from the data date once the interval of seven days is over', () => {
    expect(begun().milestone('A', '2021-03-11').projectedFinish).toBe('2021-03-22')
  })

  it('is not counted anew by a report on another milestone', () => {
    const history = begun()
    history.accept(report('B', { actualStart: '2021-03-01', percentComplete: 40 }), '2021-03-08')
    expect(history.milestone('A', '2021-03-08').projectedFinish).toBe('2021-03-12')
  })

  it('is as much as before on the day of a report of no change', () => {
    const history = begun()
    history.accept(noChange, '2021-03-08')
    expect(history.milestone('A', '2021-03-08').projectedFinish).toBe('2021-03-17')
  })

  it('follows from a later percentage and no longer from days said before it', () => {
    const history = begun()
    history.accept(report('A', { percentComplete: 90 }), '2021-03-08')
    expect(history.milestone('A', '2021-03-08').projectedFinish).toBe('2021-03-08')
  })

  it('begins at once where a percentage was reported without a start, whatever its approved start', () => {
    const later = chain([{ id: 'A', duration: 10, predecessors: [] }])
    const history = given(
      [
        '2021-03-01',
        { type: 'register-project', project: later, baseline: { A: { start: '2021-03-15', finish: '2021-03-26' } } }
      ],
      ['2021-03-05', report('A', { percentComplete: 50 })]
    )
    expect(history.milestone('A', '2021-03-05').projectedFinish).toBe('2021-03-11')
  })
})

describe('Work left on a calendar of hours', () => {
  it('that ends within a minute is dated by the minute after it', () => {
    const hours = chain([{ id: 'A', duration: 9, calendar: 'shift' }], {
      calendars: {
        shift: {
          base: 'daily',
          shifts: [
            ['08:00', '12:00'],
            ['13:00', '17:00']
          ]
        }
      }
    })
    const history = given(['2021-03-01', register(hours)], ['2021-03-01', report('A', { percentComplete: 1 })])
    // 8 h 54.6 min of work from 08:00: eight hours on the first day, the rest on the second.
    expect(history.milestone('A', '2021-03-01').earlyFinish).toBe('2021-03-02T08:55')
  })
})
