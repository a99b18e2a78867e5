import { describe, expect, it } from 'vitest'
import { type Course, courseOf } from '../../functions/core/course.ts'
import { stepsOf } from '../../functions/core/steps.ts'
import { approve, chain, given, type History, register, report, review, rules } from './given.ts'

const school = chain(
  [
    { id: 'C1', name: '开工', duration: 1 },
    { id: 'C3', name: '主体封顶', duration: 20 },
    { id: 'U2', name: '交付启用', duration: 4, phase: 'handover' },
    { id: 'F1', name: '决算', duration: 200, phase: 'closeout' }
  ],
  { start: '2021-03-01' }
)

const life = () => given(['2021-03-01', register(school)], ['2021-03-01', approve])

const course = (history: History, date: string): Course =>
  courseOf(history.tracked, stepsOf(history.commits), date, rules)

describe('the course of a project', () => {
  it('has a point for every day on which something was reported and for the data date, seen with nothing later', () => {
    const history = life()
    history.accept(report('C1', { actualFinish: '2021-03-01' }), '2021-03-02')
    history.accept(
      report('C3', {
        actualStart: '2021-03-02',
        percentComplete: 50,
        forecastFinish: '2021-04-02',
        delay: { code: 'LAND' }
      }),
      '2021-03-16'
    )
    const { points } = course(history, '2021-03-18')
    expect(points.map(({ on, finishes }) => [on, finishes.C3])).toEqual([
      ['2021-03-01', '2021-03-29'],
      ['2021-03-02', '2021-03-29'],
      ['2021-03-16', '2021-04-02'],
      ['2021-03-18', '2021-04-02']
    ])
    expect(points.map(({ percentComplete }) => percentComplete > 30)).toEqual([false, false, true, true])
  })

  it('makes one point of several reports of a day, and none of what a review found', () => {
    const history = life()
    history.accept(report('C1', { percentComplete: 10 }), '2021-03-02')
    history.accept(report('C1', { percentComplete: 20 }), '2021-03-02')
    history.accept(review, '2021-03-25')
    expect(history.commits.at(-1)!.date).toBe('2021-03-25')
    expect(course(history, '2021-03-26').points.map(({ on }) => on)).toEqual(['2021-03-01', '2021-03-02', '2021-03-26'])
  })

  it('takes an even choice of many reports, the first and the last among them', () => {
    const history = life()
    for (let day = 1; day <= 25; day += 1)
      history.accept(report('C3', { percentComplete: day }), `2021-03-${String(day).padStart(2, '0')}`)
    const { points, dates } = course(history, '2021-03-25')
    expect([points.length, dates]).toEqual([20, 25])
    expect([points[0]!.on, points.at(-1)!.on]).toEqual(['2021-03-01', '2021-03-25'])
  })

  it('plans from nothing to everything over the milestones up to hand-over', () => {
    const { planned } = course(life(), '2021-03-01')
    expect(planned[0]).toEqual({ on: '2021-03-01', percent: 0 })
    expect(planned.at(-1)).toEqual({ on: '2021-04-03', percent: 100 })
    expect(planned.map(({ percent }) => percent)).toEqual(
      planned.map(({ percent }) => percent).toSorted((a, b) => a - b)
    )
  })

  it('plans nothing without a baseline', () => {
    expect(course(given(['2021-03-01', register(school)]), '2021-03-01').planned).toEqual([])
  })

  it('knows the make-up days of its dates', () => {
    // 2021-04-25 works, for the days of Labour Day, and so does 2021-02-20; only close-out reaches the one in September.
    const longer = chain(
      [
        { id: 'U2', duration: 45 },
        { id: 'F1', duration: 200, phase: 'closeout' }
      ],
      { start: '2021-02-22' }
    )
    const history = given(['2021-02-22', register(longer)], ['2021-02-22', approve])
    expect(course(history, '2021-02-22').makeUpDays).toEqual(['2021-04-25'])
  })
})

describe('the reasons in the course', () => {
  it('cost the working days by which their report moved the milestone, holidays not among them', () => {
    const history = life()
    history.accept(report('C1', { actualFinish: '2021-03-01' }), '2021-03-02')
    history.accept(report('C3', { actualStart: '2021-03-02', percentComplete: 90 }), '2021-03-09')
    const late = (forecastFinish: string) => report('C3', { forecastFinish, delay: { code: 'LAND' } })
    history.accept(late('2021-04-01'), '2021-03-10')
    // Two days were left from 9 March on. From 1 April to 7 April lie Qingming and a weekend: 3 to 5 April.
    history.accept(late('2021-04-07'), '2021-03-17')
    expect(course(history, '2021-03-18').delays).toEqual([
      { on: '2021-03-10', code: 'LAND', milestoneId: 'C3', workingDays: 16 },
      { on: '2021-03-17', code: 'LAND', milestoneId: 'C3', workingDays: 3 }
    ])
  })

  it('cost nothing where the network expected no less already', () => {
    const history = life()
    history.accept(
      report('C3', { actualStart: '2021-03-02', remainingDuration: 40, delay: { code: 'FUND' } }),
      '2021-03-10'
    )
    history.accept(report('C3', { forecastFinish: '2021-04-12', delay: { code: 'LAND' } }), '2021-03-11')
    expect(course(history, '2021-03-12').delays.map(({ workingDays }) => workingDays > 0)).toEqual([true, false])
  })
})
