import { describe, expect, it } from 'vitest'
import { initialState } from '../../functions/core/evolve.ts'
import { mondayBefore, weekChangeOf } from '../../functions/core/week.ts'
import { approve, chain, given, register, report, rules } from './given.ts'

describe('the Monday before', () => {
  it.each([
    ['a Monday', '2021-06-21', '2021-06-14'],
    ['a Tuesday', '2021-06-22', '2021-06-21'],
    ['a Sunday', '2021-06-27', '2021-06-21'],
    ['the first Monday of a year', '2024-01-01', '2023-12-25']
  ])('%s', (_day, date, monday) => {
    expect(mondayBefore(date)).toBe(monday)
  })
})

describe('what changed in a week', () => {
  const school = chain(
    [
      { id: 'C1', name: '开工', duration: 0 },
      { id: 'C3', name: '主体封顶', duration: 20 },
      { id: 'U2', name: '交付启用', duration: 5 }
    ],
    { start: '2021-06-07' }
  )
  const history = () => {
    const life = given(['2021-06-07', register(school)], ['2021-06-07', approve])
    life.accept(report('C1', { actualFinish: '2021-06-07' }), '2021-06-14')
    return life
  }

  it('is the standing of that Monday evening beside the milestones reached after it', () => {
    const life = history()
    const monday = life.tracked
    life.accept(
      report('C3', {
        actualStart: '2021-06-08',
        percentComplete: 90,
        forecastFinish: '2021-07-30',
        delay: { code: 'LAND' }
      }),
      '2021-06-16'
    )
    life.accept(report('C3', { actualFinish: '2021-06-18' }), '2021-06-18')
    const change = weekChangeOf(life.tracked, monday, '2021-06-14', rules)
    expect(change.before).toMatchObject({ light: 'yellow', percentComplete: 0 })
    expect(change.reached).toEqual([{ id: 'C3', name: '主体封顶', nameEn: undefined }])
  })

  it('has no standing before of a project that was not there, and no news of what was reached before', () => {
    const change = weekChangeOf(history().tracked, initialState, '2021-06-07', rules)
    expect(change).toEqual({ since: '2021-06-07', before: null, reached: [] })
  })
})
