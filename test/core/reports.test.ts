import { describe, expect, it } from 'vitest'
import type { Command } from '../../functions/core/commands.ts'
import type { MilestoneCorrection } from '../../functions/core/events.ts'
import { approved, chain, count, given, type History, noChange, register, report } from './given.ts'

const day0 = '2021-03-01'
const today = '2021-03-10'
const plan = chain([{ id: 'A' }, { id: 'B' }])
const dates = approved({ A: ['2021-03-01', '2021-03-12'], B: ['2021-03-15', '2021-03-26'] })
const late = { delay: { code: 'WEATHER' as const } }

const running = (...more: readonly (readonly [date: string, command: Command])[]) =>
  given([day0, register(plan, dates)], ...more)

const correction = (said: Omit<MilestoneCorrection, 'milestoneId'>, corrects = 2): Command => ({
  type: 'correct-report',
  corrects,
  reason: '误填',
  corrections: [{ milestoneId: 'A', ...said }]
})

const outcome = (history: History, command: Command, date = today): string => {
  const decision = history.when(command, date)
  return decision.ok ? 'accepted' : decision.refusal.faults.map(({ code }) => code).join(' ')
}

describe('What a report says and leaves unsaid', () => {
  it('fields that are absent take nothing back', () => {
    const history = running(
      [today, report('A', { actualStart: day0, percentComplete: 40, note: '基坑', photos: ['/1.jpg'] })],
      [today, report('A', { percentComplete: 60 })]
    )
    expect(history.tracked.progress.A).toEqual({
      actualStart: day0,
      percentComplete: 60,
      note: '基坑',
      photos: ['/1.jpg'],
      reportedOn: today
    })
  })

  it('a finish means a hundred percent; a hundred percent is no finish', () => {
    const finished = running([today, report('A', { actualFinish: today })])
    expect(finished.milestone('A', today)).toMatchObject({ status: 'done', percentComplete: 100 })
    const allDone = running([today, report('A', { percentComplete: 100 })])
    expect(allDone.milestone('A', today)).toMatchObject({ status: 'in-progress', percentComplete: 100 })
  })

  it('the same percentage, start and finish may be said again', () => {
    const history = running([
      today,
      report('A', { actualStart: day0, percentComplete: 100, actualFinish: '2021-03-09' })
    ])
    expect(outcome(history, report('A', { actualStart: day0, percentComplete: 100, actualFinish: '2021-03-09' }))).toBe(
      'accepted'
    )
  })

  it('today counts as past for a start and a finish, and as future for a forecast', () => {
    expect(outcome(running(), report('A', { actualStart: today, actualFinish: today }))).toBe('accepted')
    expect(outcome(running(), report('A', { forecastFinish: today }))).toBe('accepted')
  })

  it('a finish on the day of the start is a day of work', () => {
    expect(outcome(running(), report('A', { actualStart: '2021-03-05', actualFinish: '2021-03-05' }))).toBe('accepted')
  })

  it('progress goes forward or stays, never back', () => {
    const history = running([today, report('A', { percentComplete: 50 })])
    expect(outcome(history, report('A', { percentComplete: 50 }))).toBe('accepted')
    expect(outcome(history, report('A', { percentComplete: 49.9 }))).toBe('progress-went-back')
  })

  it('a finish with no work left is a finish', () => {
    expect(outcome(running(), report('A', { actualFinish: today, remainingDuration: 0, percentComplete: 100 }))).toBe(
      'accepted'
    )
  })
})

describe('Every later date has a reason (DOMAIN §5)', () => {
  it('a forecast on the approved day needs none, a day later it does', () => {
    expect(outcome(running(), report('A', { forecastFinish: '2021-03-12' }))).toBe('accepted')
    expect(outcome(running(), report('A', { forecastFinish: '2021-03-13' }))).toBe('delay-reason-required')
    expect(outcome(running(), report('A', { forecastFinish: '2021-03-13', ...late }))).toBe('accepted')
  })

  it('a date that was promised once with a reason needs no second one, a later one does', () => {
    const history = running([today, report('A', { forecastFinish: '2021-03-20', ...late })])
    expect(outcome(history, report('A', { forecastFinish: '2021-03-20' }))).toBe('accepted')
    expect(outcome(history, report('A', { forecastFinish: '2021-03-21' }))).toBe('delay-reason-required')
    expect(outcome(history, report('A', { actualFinish: '2021-03-19' }), '2021-03-19')).toBe('accepted')
    expect(outcome(history, report('A', { actualFinish: '2021-03-21' }), '2021-03-22')).toBe('delay-reason-required')
  })

  it('a late finish needs one, and said again with it does not need it again', () => {
    expect(outcome(running(), report('A', { actualFinish: '2021-03-13' }), '2021-03-15')).toBe('delay-reason-required')
    const history = running(['2021-03-15', report('A', { actualFinish: '2021-03-13', ...late })])
    expect(outcome(history, report('A', { actualFinish: '2021-03-13', note: '验收' }), '2021-03-16')).toBe('accepted')
  })

  it('work left that cannot be done by then needs one, as much as a date would', () => {
    // From Wednesday 10 March the third working day is Friday the 12th.
    expect(outcome(running(), report('A', { remainingDuration: 3 }))).toBe('accepted')
    expect(outcome(running(), report('A', { remainingDuration: 4 }))).toBe('delay-reason-required')
    expect(outcome(running(), report('A', { remainingDuration: 4, ...late }))).toBe('accepted')
  })

  it('without approved dates nothing is late', () => {
    const history = given([day0, register(plan)])
    expect(outcome(history, report('A', { forecastFinish: '2021-12-31' }))).toBe('accepted')
  })

  it('a finish in time needs none, whatever was forecast', () => {
    const history = running([today, report('A', { forecastFinish: '2021-03-30', ...late })])
    expect(outcome(history, report('A', { actualFinish: today }))).toBe('accepted')
  })
})

describe('A correction', () => {
  const finished = () =>
    running([today, report('A', { actualStart: '2021-03-02', actualFinish: '2021-03-09', percentComplete: 100 })])

  it('takes a value back with null', () => {
    const history = finished()
    history.accept(correction({ actualFinish: null, actualStart: null, percentComplete: 60 }), today)
    expect(history.tracked.progress.A).toStrictEqual({ percentComplete: 60, reportedOn: today })
    expect(history.milestone('A', today).status).toBe('in-progress')
  })

  it('takes back a forecast and work left', () => {
    const history = running([today, report('A', { forecastFinish: '2021-04-30', remainingDuration: 30, ...late })])
    history.accept(correction({ forecastFinish: null, remainingDuration: null }), today)
    expect(history.tracked.progress.A).not.toHaveProperty('forecastFinish')
    expect(history.tracked.progress.A).not.toHaveProperty('remainingDuration')
  })

  it('goes behind what was reported: another start, another finish, a lower percentage and count', () => {
    const history = finished()
    history.accept(correction({ actualStart: '2021-03-01', actualFinish: '2021-03-08' }), today)
    expect(history.tracked.progress.A).toMatchObject({ actualStart: '2021-03-01', actualFinish: '2021-03-08' })
    const part = running([today, report('A', { percentComplete: 70 })])
    part.accept(correction({ percentComplete: 20 }), today)
    expect(part.tracked.progress.A).toMatchObject({ percentComplete: 20 })
  })

  it('must still make sense', () => {
    expect(outcome(finished(), correction({ actualFinish: '2021-03-01' }))).toBe('finish-before-start')
    expect(outcome(finished(), correction({ actualStart: '2021-03-10' }))).toBe('finish-before-start')
    expect(outcome(finished(), correction({ actualFinish: '2021-03-11' }))).toBe('date-in-future')
    expect(outcome(finished(), correction({ percentComplete: 90 }))).toBe('finished-below-hundred')
    expect(outcome(finished(), correction({ actualFinish: null, percentComplete: 90 }))).toBe('accepted')
    expect(
      outcome(finished(), correction({ actualFinish: null, percentComplete: 90, forecastFinish: '2021-03-12' }))
    ).toBe('accepted')
  })

  it('to a later date has a reason too', () => {
    const history = running(['2021-03-12', report('A', { actualFinish: '2021-03-12' })])
    expect(outcome(history, correction({ actualFinish: '2021-03-15' }), '2021-03-15')).toBe('delay-reason-required')
    expect(outcome(history, correction({ actualFinish: '2021-03-15', ...late }), '2021-03-15')).toBe('accepted')
  })

  it('to an earlier date has none, even if it is late still', () => {
    const history = running(['2021-03-19', report('A', { actualFinish: '2021-03-19', ...late })])
    expect(outcome(history, correction({ actualFinish: '2021-03-16' }), '2021-03-22')).toBe('accepted')
  })

  it('names any commit from the first to the last', () => {
    expect(outcome(finished(), correction({ percentComplete: 100 }, 1))).toBe('accepted')
    expect(outcome(finished(), correction({ percentComplete: 100 }, 2))).toBe('accepted')
    expect(outcome(finished(), correction({ percentComplete: 100 }, 0))).toBe('unknown-version')
    expect(outcome(finished(), correction({ percentComplete: 100 }, 3))).toBe('unknown-version')
  })

  it('ends silence, but is no progress', () => {
    const history = running([today, report('A', { percentComplete: 50 })])
    history.accept(correction({ percentComplete: 80 }), '2021-03-12')
    expect(history.tracked).toMatchObject({ lastReportOn: '2021-03-12', lastProgressOn: today })
  })
})

describe('Counted works (68 套)', () => {
  const flats = chain([{ id: 'A' }], {
    count: {
      unit: '套',
      total: 68,
      plan: [
        { date: '2021-03-31', value: 17 },
        { date: '2021-06-30', value: 68 }
      ]
    }
  })
  const counted = (...more: readonly (readonly [date: string, command: Command])[]) =>
    given([day0, register(flats, approved({ A: ['2021-03-01', '2021-06-30'] }))], ...more)

  it('go by their number: 17 of 68 are 25 %, whatever the milestones say', () => {
    const history = counted([today, report('A', { percentComplete: 90 })], [today, count(17)])
    expect(history.on(today)).toMatchObject({ percentComplete: 25, plannedPercent: 0 })
    // What is due by the end of a day is due on the morning after.
    expect(history.on('2021-03-31').plannedPercent).toBe(0)
    expect(history.on('2021-04-01').plannedPercent).toBe(25)
    expect(history.on('2021-07-01').plannedPercent).toBe(100)
  })

  it('are reported up to the last one, and not fewer than before', () => {
    const history = counted([today, count(67)])
    expect(outcome(history, count(68))).toBe('accepted')
    expect(outcome(history, count(67))).toBe('accepted')
    expect(outcome(history, count(66))).toBe('progress-went-back')
    expect(outcome(history, count(69))).toBe('count-above-total')
  })

  it('can be corrected downwards', () => {
    const history = counted([today, count(20)])
    history.accept({ type: 'correct-report', corrects: 2, reason: '重复计数', corrections: [], countDone: 12 }, today)
    expect(history.tracked.countDone).toBe(12)
  })

  it('are done when every one is, and every milestone is reached', () => {
    const history = counted([today, report('A', { actualFinish: today })])
    expect(history.on(today).light).not.toBe('done')
    history.accept(count(68), today)
    expect(history.on(today).light).toBe('done')
  })
})

describe('What counts as progress', () => {
  const progressOn = (...more: readonly (readonly [date: string, command: Command])[]) =>
    running(...more).tracked.lastProgressOn

  it('a higher percentage, a start and a finish do', () => {
    expect(progressOn([today, report('A', { percentComplete: 1 })])).toBe(today)
    expect(progressOn([today, report('A', { actualStart: day0 })])).toBe(today)
    expect(progressOn([today, report('A', { actualFinish: today })])).toBe(today)
  })

  it('the same again, a forecast, a note and "no change" do not', () => {
    const known = [day0, report('A', { percentComplete: 10, actualStart: day0 })] as const
    for (const command of [
      report('A', { percentComplete: 10, actualStart: day0 }),
      report('A', { forecastFinish: '2021-03-12' }),
      report('A', { note: '照常' }),
      noChange
    ]) {
      const history = running(known, [today, command])
      expect(history.tracked).toMatchObject({ lastProgressOn: day0, lastReportOn: today })
    }
  })

  it('one more flat does', () => {
    const flats = chain([{ id: 'A' }], { count: { unit: '套', total: 68, plan: [] } })
    const history = given([day0, register(flats)], [today, count(1)], ['2021-03-11', count(1)])
    expect(history.tracked.lastProgressOn).toBe(today)
  })
})
