import { describe, expect, it } from 'vitest'
import type { Commit, Delay } from '../../functions/core/events.ts'
import type { Project } from '../../functions/core/milestone.ts'
import { type DigestEntry, digests, instantNotices } from '../../functions/core/notices.ts'
import { defaultPolicy } from '../../functions/core/policy.ts'
import { approved, chain, given, type History, pause, register, report, review } from './given.ts'

const day0 = '2021-03-01'
const delay: Delay = { code: 'CONTRACTOR' }
const people: Partial<Project> = { manager: { name: '张校长', contact: '138' }, responsibleUnit: '计财股' }

const project = (more: Partial<Project> = {}) =>
  chain(
    [
      { id: 'A', name: '基础完工' },
      { id: 'B', name: '主体封顶' },
      { id: 'C', name: '启用' }
    ],
    { ...people, ...more }
  )
const dates = approved({
  A: ['2021-03-01', '2021-03-12'],
  B: ['2021-03-15', '2021-03-26'],
  C: ['2021-03-29', '2021-04-12']
})
const running = (more: Partial<Project> = {}) => given([day0, register(project(more), dates)])
const forecast = (id: string, forecastFinish: string) => report(id, { forecastFinish, delay })

const lastCommit = (history: History): Commit => {
  const commit = history.commits.at(-1)
  if (!commit) throw new Error('no commit')
  return commit
}

const noticesOf = (history: History, today = day0) =>
  instantNotices(lastCommit(history), history.tracked, history.on(lastCommit(history).date), today, defaultPolicy)

/** A project in the digest of a date: reviewed that morning, so that what was seen the day before has fired. */
const entry = (history: History, date = '2021-03-02'): DigestEntry => {
  history.accept(review, date)
  return { state: history.tracked, assessment: history.on(date) }
}

describe('An instant notice', () => {
  it('tells a new red at once to the project manager and the responsible unit, all of it in one message', () => {
    const history = running()
    history.accept(forecast('B', '2021-04-30'), day0)
    const text =
      'R1 | 示例学校 | 主体封顶计划 2021-03-26,预计 2021-04-30,滞后 25 个工作日(> 15)\n' +
      'R1 | 示例学校 | 启用计划 2021-04-12,预计 2021-05-18,滞后 25 个工作日(> 15)'
    expect(noticesOf(history)).toEqual([
      { recipient: '张校长', subject: '红色预警:示例学校', text },
      { recipient: '计财股', subject: '红色预警:示例学校', text }
    ])
  })

  it('goes once to one who is both', () => {
    const history = running({ manager: { name: '计财股' } })
    history.accept(forecast('B', '2021-04-30'), day0)
    expect(noticesOf(history).map(({ recipient }) => recipient)).toEqual(['计财股'])
  })

  it('goes to the section that keeps the plans where nobody is named', () => {
    const history = running({ manager: undefined, responsibleUnit: undefined })
    history.accept(forecast('B', '2021-04-30'), day0)
    expect(noticesOf(history).map(({ recipient }) => recipient)).toEqual(['责任股室'])
  })

  it('is not sent for yellow, nor again for a red that stands', () => {
    const history = running()
    history.accept(forecast('B', '2021-03-30'), day0)
    expect(noticesOf(history)).toEqual([])
    history.accept(forecast('B', '2021-04-30'), day0)
    expect(noticesOf(history)).toHaveLength(2)
    history.accept(forecast('B', '2021-05-07'), day0)
    expect(noticesOf(history)).toEqual([])
  })

  it('leaves news of more than three days ago to the digest', () => {
    const history = running()
    history.accept(forecast('B', '2021-04-30'), day0)
    expect(noticesOf(history, '2021-03-04')).toHaveLength(2)
    expect(noticesOf(history, '2021-03-05')).toEqual([])
  })

  it('does not tell of a red that is gone meanwhile', () => {
    const history = running()
    history.accept(forecast('B', '2021-04-30'), day0)
    const commit = lastCommit(history)
    history.accept(forecast('B', '2021-03-26'), day0)
    expect(instantNotices(commit, history.tracked, history.on(day0), day0, defaultPolicy)).toEqual([])
  })
})

describe('The digest', () => {
  it('is one message a person over all their projects, reds first, with the number of matters', () => {
    const red = running({ id: 'b', name: '乙校' })
    red.accept(forecast('C', '2021-06-30'), day0)
    const blue = running({ id: 'a', name: '甲校', manager: { name: '李园长' } })
    expect(digests([entry(red), entry(blue)], '2021-03-02')).toEqual([
      {
        recipient: '李园长',
        subject: '2021-03-02 项目日报:1 项',
        text: 'B1 | 甲校 | 基础完工应于 2021-03-12 完成,还有 8 个工作日(≤ 10)'
      },
      {
        recipient: '计财股',
        subject: '2021-03-02 项目日报:3 项',
        text: [
          'R1 | 乙校 | 启用计划 2021-04-12,预计 2021-06-30,滞后 55 个工作日(> 15)',
          'B1 | 甲校 | 基础完工应于 2021-03-12 完成,还有 8 个工作日(≤ 10)',
          'B1 | 乙校 | 基础完工应于 2021-03-12 完成,还有 8 个工作日(≤ 10)'
        ].join('\n')
      },
      {
        recipient: '张校长',
        subject: '2021-03-02 项目日报:2 项',
        text: [
          'R1 | 乙校 | 启用计划 2021-04-12,预计 2021-06-30,滞后 55 个工作日(> 15)',
          'B1 | 乙校 | 基础完工应于 2021-03-12 完成,还有 8 个工作日(≤ 10)'
        ].join('\n')
      }
    ])
  })

  it('is the same in whatever order the projects come', () => {
    const one = entry(running({ id: 'a', name: '甲校' }))
    const two = entry(running({ id: 'b', name: '乙校' }))
    expect(digests([one, two], day0)).toEqual(digests([two, one], day0))
  })

  it('of a silent project says its reds and its silence, and not what may have changed meanwhile', () => {
    const history = running()
    history.accept(forecast('C', '2021-06-30'), day0)
    history.reviewDaily(day0, '2021-03-10')
    const text = digests([entry(history, '2021-03-10')], '2021-03-10')[0]?.text ?? ''
    expect(text.split('\n').map(line => line.slice(0, 2))).toEqual(['R1', 'S1'])
  })

  it('is not sent empty', () => {
    const quiet = given([
      day0,
      register(
        project(),
        approved({ A: ['2021-06-01', '2021-06-15'], B: ['2021-07-01', '2021-07-14'], C: ['2021-08-02', '2021-08-13'] })
      )
    ])
    expect(quiet.on(day0).flags).toEqual([])
    expect(digests([entry(quiet)], day0)).toEqual([])
    expect(digests([], day0)).toEqual([])
  })

  it('of a paused project says only that it is paused', () => {
    const history = running()
    history.accept(forecast('C', '2021-06-30'), day0)
    history.accept(pause('2021-06-01'), day0)
    expect(digests([entry(history)], day0)[0]).toMatchObject({
      subject: '2021-03-01 项目日报:1 项',
      text: 'P1 | 示例学校 | 自 2021-03-01 起批准暂停:汛期;2021-06-01 复核'
    })
  })
})
