import { expect, it } from 'vitest'
import { agendaOf } from '../../functions/core/agenda.ts'
import type { Command } from '../../functions/core/commands.ts'
import { approved, cancel, chain, given, register, report, rules } from './given.ts'

const school = chain([
  { id: 'A', duration: 5 },
  { id: 'B', duration: 5, predecessors: [] },
  { id: 'C', duration: 40, predecessors: [] },
  { id: 'D', duration: 5, predecessors: [{ milestoneId: 'C', type: 'FS', lag: 0 }] },
  { id: 'E', duration: 5, predecessors: [] }
])

const dates = approved({
  A: ['2021-03-01', '2021-03-05'],
  B: ['2021-03-15', '2021-03-19'],
  C: ['2021-03-01', '2021-04-23'],
  D: ['2021-04-26', '2021-04-30'],
  E: ['2021-03-08', '2021-03-12']
})

const ids = (on: string, ...more: readonly (readonly [on: string, command: Command])[]) =>
  agendaOf(given(['2021-03-01', register(school, dates)], ...more).tracked, on, rules).milestones.map(({ id }) => id)

it('what is under way or overdue comes first, then what begins soon, then the rest', () => {
  expect(ids('2021-03-01', ['2021-03-01', report('C', { percentComplete: 10 })])).toEqual(['C', 'A', 'E', 'B', 'D'])
  expect(ids('2021-03-08')[0]).toBe('A')
})

it('what is reached or cancelled is not asked for again', () => {
  const left = ids(
    '2021-03-05',
    ['2021-03-05', report('A', { actualFinish: '2021-03-05' })],
    ['2021-03-05', cancel('B')]
  )
  expect(left).toEqual(['E', 'C', 'D'])
})

it('tells after which date a reason is asked for: the approved finish, or a later one that was promised', () => {
  const history = given(['2021-03-01', register(school, dates)])
  const promised = () => agendaOf(history.tracked, '2021-03-02', rules).milestones.find(({ id }) => id === 'A')
  expect(promised()).toMatchObject({ promisedFinish: '2021-03-05', baselineFinish: '2021-03-05', reportedOn: null })
  history.accept(report('A', { forecastFinish: '2021-03-10', delay: { code: 'WEATHER' } }), '2021-03-02')
  expect(promised()).toMatchObject({ promisedFinish: '2021-03-10', projectedFinish: '2021-03-10', unit: 'day' })
})

it('of a project without a baseline any date is news', () => {
  const { tracked } = given([
    '2021-03-01',
    register(chain([{ id: 'A' }], { count: { unit: '套', total: 68, plan: [] } }))
  ])
  const agenda = agendaOf(tracked, '2021-03-01', rules)
  expect(agenda.milestones[0]).toMatchObject({ promisedFinish: null, baselineFinish: null, actualStart: null })
  expect(agenda).toMatchObject({ light: 'no-baseline', lastReportOn: null, count: { unit: '套', total: 68, done: 0 } })
})
