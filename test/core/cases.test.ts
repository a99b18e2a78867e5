import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { colourOfCase } from '../../functions/core/cases.ts'
import type { Delay } from '../../functions/core/delay.ts'
import type { ProjectEvent } from '../../functions/core/events.ts'
import { defaultPolicy } from '../../functions/core/policy.ts'
import { runs } from '../properties/runs.ts'
import { anyLife, live } from './any-life.ts'
import {
  acknowledge,
  approve,
  approved,
  chain,
  close,
  continued,
  given,
  type History,
  pause,
  register,
  report,
  resume,
  rule,
  rules,
  silence
} from './given.ts'

const day0 = '2021-03-01'

const abc = chain([{ id: 'A' }, { id: 'B' }, { id: 'C' }])
const dates = approved({
  A: ['2021-03-01', '2021-03-12'],
  B: ['2021-03-15', '2021-03-26'],
  C: ['2021-03-29', '2021-06-30']
})
const late = (id: string, forecastFinish: string, delay: Delay = { code: 'CONTRACTOR' }) =>
  report(id, { forecastFinish, delay })
/** A red slip of C, since the Monday of the plan. */
const red = (delay?: Delay) => given([day0, register(abc, dates)], [day0, late('C', '2021-08-31', delay)])

const theCase = (history: History, id = 'school.1') => {
  const known = history.tracked.cases?.[id]
  if (!known) throw new Error(`no case ${id}`)
  return known
}
/** What became of the first case; time brings further ones, since nobody reports. */
const ofCases = (found: readonly (readonly [string, ProjectEvent])[]) =>
  found.flatMap(([date, event]) =>
    'caseId' in event && event.caseId === 'school.1' ? [[date, event.type, 'level' in event ? event.level : null]] : []
  )

describe('A case is opened', () => {
  it('by a red that fires, with the number of the case in its project', () => {
    expect(theCase(red())).toMatchObject({
      id: 'school.1',
      rule: 'R1',
      milestoneId: 'C',
      status: 'open',
      openedOn: day0,
      level: 0
    })
  })

  it('not by yellow, nor by a red that is muted; that opens it once it is told', () => {
    expect(given([day0, register(abc, dates)], [day0, late('C', '2021-07-05')]).tracked.cases).toBeUndefined()
    const silenced = given([day0, register(abc, dates)], [day0, silence('2021-03-03')], [day0, late('C', '2021-08-31')])
    expect(silenced.tracked.cases).toBeUndefined()
    expect(ofCases(silenced.reviewDaily(day0, '2021-03-05'))).toEqual([['2021-03-04', 'case-opened', null]])
  })

  it('once for one matter: slips that only pass on another red slip are the same one', () => {
    const history = given([day0, register(abc, dates)], [day0, late('A', '2021-06-30')])
    const reds = Object.values(history.tracked.flags).filter(({ rule: r }) => r === 'R1')
    expect(reds.map(({ milestoneId }) => milestoneId)).toEqual(['A', 'B', 'C'])
    expect(Object.values(history.tracked.cases ?? {}).map(({ milestoneId }) => milestoneId)).toEqual(['A'])
  })

  it('a second time for a slip of its own making further down', () => {
    const history = given(
      [day0, register(abc, dates)],
      [day0, late('A', '2021-06-30')],
      [day0, late('B', '2021-09-30')]
    )
    expect(Object.values(history.tracked.cases ?? {}).map(({ milestoneId }) => milestoneId)).toEqual(['A', 'B'])
  })
})

describe('Nobody answers', () => {
  it('and after 2, 3 and 5 working days the case is with the section, the deputy director, the director', () => {
    expect(ofCases(red().reviewDaily(day0, '2021-03-31'))).toEqual([
      ['2021-03-03', 'case-escalated', 1],
      ['2021-03-04', 'case-escalated', 2],
      ['2021-03-08', 'case-escalated', 3]
    ])
  })

  it('counts make-up days and leaves out holidays', () => {
    // Friday 23 April: Sunday 25 April works, 1 to 5 May do not.
    const history = given([day0, register(abc, dates)], ['2021-04-23', late('C', '2021-08-31')])
    expect(ofCases(history.reviewDaily('2021-04-23', '2021-05-10'))).toContainEqual(['2021-04-26', 'case-escalated', 1])
    const may = given([day0, register(abc, dates)], ['2021-04-30', late('C', '2021-08-31')])
    const c = ofCases(may.reviewDaily('2021-04-30', '2021-05-11')).filter(([, type]) => type === 'case-escalated')
    expect(c).toContainEqual(['2021-05-07', 'case-escalated', 1])
    expect(c).toContainEqual(['2021-05-08', 'case-escalated', 2])
  })

  it('goes no further while the flag is muted, and days of muting do not count', () => {
    const history = continued(red(), ['2021-03-02', silence('2021-03-12', { rule: 'R1' })])
    expect(ofCases(history.reviewDaily('2021-03-02', '2021-03-17'))).toEqual([
      ['2021-03-16', 'case-escalated', 1],
      ['2021-03-17', 'case-escalated', 2]
    ])
  })

  it('nor during a pause and the two quiet days after it', () => {
    const history = continued(red(), ['2021-03-02', pause('2021-05-10')])
    expect(ofCases(history.reviewDaily('2021-03-02', '2021-03-12'))).toEqual([])
    history.accept(resume, '2021-03-12')
    expect(ofCases(history.reviewDaily('2021-03-12', '2021-03-18'))).toEqual([['2021-03-18', 'case-escalated', 1]])
  })

  it('of a delay that is excusable, it stays with the project manager, with its colour and date', () => {
    const history = red({ code: 'LAND' })
    expect(ofCases(history.reviewDaily(day0, '2021-03-31'))).toEqual([])
    expect(history.milestone('C', '2021-03-31')).toMatchObject({ light: 'red', projectedFinish: '2021-08-31' })
  })

  it('of a doubtful delay, it goes up until a reviewer rules, and by the ruling after', () => {
    const history = red({ code: 'DESIGN' })
    history.reviewDaily(day0, '2021-03-03')
    expect(theCase(history).level).toBe(1)
    history.accept(rule('school.1', true), '2021-03-03')
    expect(ofCases(history.reviewDaily('2021-03-03', '2021-03-12'))).toEqual([])
    // Another reason has not been ruled on.
    history.accept(late('C', '2021-09-30', { code: 'TENDER' }), '2021-03-12')
    expect(theCase(history).level).toBe(3)
  })

  it('an excusable code that a reviewer rules out goes up as a fault', () => {
    const history = continued(red({ code: 'WEATHER' }), [day0, rule('school.1', false)])
    expect(ofCases(history.reviewDaily(day0, '2021-03-03'))).toEqual([['2021-03-03', 'case-escalated', 1]])
  })
})

describe('An answer', () => {
  it('quiets the flag, and runs out after five working days, firing again one level up', () => {
    const history = continued(red(), ['2021-03-02', acknowledge('school.1', '2021-08-31')])
    expect(theCase(history)).toMatchObject({
      status: 'acknowledged',
      acknowledgement: {
        on: '2021-03-02',
        committedFinish: '2021-08-31',
        expiresOn: '2021-03-09',
        measure: '增加两个班组'
      }
    })
    expect(history.tracked.flags['R1:C']?.status).toBe('acknowledged')
    expect(ofCases(history.reviewDaily('2021-03-02', '2021-03-09'))).toEqual([
      ['2021-03-09', 'acknowledgement-expired', 1]
    ])
    expect(history.tracked.flags['R1:C']).toMatchObject({ status: 'firing', firedOn: day0, toldFrom: '2021-03-09' })
  })

  it('goes on from the level where it ran out: one working day to the deputy director, three to the director', () => {
    const history = continued(red(), ['2021-03-02', acknowledge('school.1', '2021-08-31')])
    history.reviewDaily('2021-03-02', '2021-03-09')
    expect(ofCases(history.reviewDaily('2021-03-09', '2021-03-31'))).toEqual([
      ['2021-03-10', 'case-escalated', 2],
      ['2021-03-12', 'case-escalated', 3]
    ])
  })

  it('runs out the day after the committed date where that is sooner: on the day itself it can still be kept', () => {
    const history = continued(red(), ['2021-03-02', acknowledge('school.1', '2021-03-04')])
    expect(ofCases(history.reviewDaily('2021-03-02', '2021-03-05'))).toEqual([
      ['2021-03-05', 'acknowledgement-expired', 1]
    ])
  })

  it('to an excusable delay runs out without going up', () => {
    const history = continued(red({ code: 'FUND' }), ['2021-03-02', acknowledge('school.1', '2021-08-31')])
    expect(ofCases(history.reviewDaily('2021-03-02', '2021-03-31'))).toEqual([
      ['2021-03-09', 'acknowledgement-expired', 0]
    ])
  })

  it('does not run out when the flag is over', () => {
    const history = continued(
      red(),
      ['2021-03-02', acknowledge('school.1', '2021-08-31')],
      ['2021-03-03', late('C', '2021-06-30')]
    )
    expect(ofCases(history.reviewDaily('2021-03-03', '2021-03-31'))).toEqual([])
    expect(theCase(history).status).toBe('acknowledged')
  })
})

describe('A case is closed', () => {
  it('with evidence and by nobody else: a flag that is over leaves it open', () => {
    const history = continued(red(), ['2021-03-02', late('C', '2021-06-30')])
    history.reviewDaily('2021-03-02', '2021-03-31')
    expect(history.tracked.flags['R1:C']).toBeUndefined()
    expect(theCase(history).status).toBe('open')
    history.accept(close('school.1'), '2021-03-31')
    expect(theCase(history)).toMatchObject({
      status: 'closed',
      closing: { on: '2021-03-31', evidence: '验收记录', author: '王局长' }
    })
  })

  it('and reopened, under its own number, if the flag fires again', () => {
    const history = continued(red(), ['2021-03-02', late('C', '2021-06-30')], ['2021-03-02', close('school.1')])
    history.reviewDaily('2021-03-02', '2021-03-05')
    const events = history.accept(late('C', '2021-09-30'), '2021-03-08')
    expect(events).toContainEqual({ type: 'case-reopened', caseId: 'school.1' })
    expect(theCase(history)).toMatchObject({ status: 'open', openedOn: day0, waitingSince: '2021-03-08', level: 0 })
  })

  it('not reopened by a flag that was never over', () => {
    const history = continued(red(), ['2021-03-02', close('school.1')])
    expect(ofCases(history.reviewDaily('2021-03-02', '2021-03-31'))).toEqual([])
    expect(theCase(history).status).toBe('closed')
  })
})

describe('The colour of a case', () => {
  const colour = (history: History, date: string) =>
    colourOfCase(theCase(history), rules.calendars('cn') ?? fail(), date, defaultPolicy)
  const fail = () => {
    throw new Error('no calendar cn')
  }

  it('is blue until two working days before its deadline, then yellow, and red once that has passed', () => {
    const answered = continued(red(), ['2021-03-02', acknowledge('school.1', '2021-03-19')])
    const on = (date: string) => colour(answered, date)
    expect(['2021-03-16', '2021-03-17', '2021-03-19', '2021-03-20'].map(on)).toEqual([
      'blue',
      'yellow',
      'yellow',
      'red'
    ])
  })

  it('counts from the five working days for an answer while there is none', () => {
    const on = (date: string) => colour(red(), date)
    expect([day0, '2021-03-03', '2021-03-04', '2021-03-08', '2021-03-09'].map(on)).toEqual([
      'blue',
      'blue',
      'yellow',
      'yellow',
      'red'
    ])
  })

  it('is none when it is closed', () => {
    expect(colour(continued(red(), [day0, close('school.1')]), day0)).toBeNull()
  })
})

describe('Cases of any life', () => {
  it('are numbered without a gap, one for a flag, and every firing red that is told has one', () => {
    fc.assert(
      fc.property(anyLife, life => {
        const { history } = live(life)
        const cases = Object.values(history.tracked.cases ?? {})
        expect(cases.map(({ id }) => id)).toEqual(cases.map((_, i) => `school.${i + 1}`))
        const flags = cases.map(({ rule: r, milestoneId }) => `${r}:${milestoneId}`)
        expect(new Set(flags).size).toBe(flags.length)
        for (const known of cases)
          if (known.status === 'open') expect(known.level).toBeGreaterThanOrEqual(known.waitingLevel)
      }),
      { numRuns: runs(100) }
    )
  })
})

it('A required date missed from the start opens a case of its own', () => {
  const history = given([day0, register(chain([{ id: 'A' }], { requiredBy: '2021-03-05' }))], [day0, approve])
  expect(theCase(history)).toMatchObject({ rule: 'R3', milestoneId: 'A' })
})
