import { describe, expect, it } from 'vitest'
import type { Delay } from '../../functions/core/delay.ts'
import { type DigestEntry, type DigestSpan, digests } from '../../functions/core/digest.ts'
import type { Commit } from '../../functions/core/events.ts'
import type { Project } from '../../functions/core/milestone.ts'
import { instantNotices, messagesOf, type NoticeContext } from '../../functions/core/notices.ts'
import type { Person } from '../../functions/core/people.ts'
import {
  acknowledge,
  approved,
  chain,
  close,
  continued,
  given,
  type History,
  pause,
  register,
  report,
  review,
  rules,
  silence
} from './given.ts'

const day0 = '2021-03-01'
const delay: Delay = { code: 'CONTRACTOR' }
const named: Partial<Project> = { manager: { name: '张校长' }, responsibleUnit: '计财股' }

/** Far from any date, so that only what a test does is told. */
const plan = (more: Partial<Project> = {}) =>
  chain(
    [
      { id: 'A', name: '基础完工' },
      { id: 'B', name: '主体封顶' },
      { id: 'C', name: '启用' }
    ],
    {
      start: '2021-06-01',
      ...named,
      ...more
    }
  )
const dates = approved({
  A: ['2021-06-01', '2021-06-15'],
  B: ['2021-07-01', '2021-07-14'],
  C: ['2021-08-02', '2021-08-13']
})
const running = (more: Partial<Project> = {}) => given([day0, register(plan(more), dates)])
const forecast = (id: string, forecastFinish: string) => report(id, { forecastFinish, delay })

const director: Person = { id: 'director', name: '示例局长', position: 'director' }
const context = (people: readonly Person[] = []): NoticeContext => ({
  directory: Object.fromEntries(people.map(person => [person.id, person])),
  numbers: { 'school.1': { year: 2021, serial: 7 } },
  rules
})

const lastCommit = (history: History): Commit => {
  const commit = history.commits.at(-1)
  if (!commit) throw new Error('no commit')
  return commit
}
const atOnce = (history: History, people: readonly Person[] = [], today = lastCommit(history).date, time = '10:00') =>
  instantNotices(lastCommit(history), history.tracked, { today, time }, context(people)).map(
    ({ recipient, line }) => `${recipient.id}: ${line}`
  )

const entry = (history: History, date: string): DigestEntry => ({
  state: history.tracked,
  assessment: history.on(date)
})
/** Texts of the digests by recipient. */
const digestOf = (history: History, span: DigestSpan, people: readonly Person[] = []) =>
  Object.fromEntries(
    digests([entry(history, span.today)], span, context(people)).map(({ recipient, text }) => [
      recipient,
      text.split('\n')
    ])
  )

describe('At once', () => {
  it('a red goes to those in charge in one line: project, milestone, dates, working days, rule, case', () => {
    const history = continued(running(), [day0, forecast('B', '2021-09-10')])
    const line =
      '示例学校 | 主体封顶 | 计划7月14日 预计9月10日 | 滞后42个工作日 | 另有1个里程碑随之滞后 | R1 | 督办〔2021〕第7号'
    expect(atOnce(history)).toEqual([`张校长: ${line}`, `计财股: ${line}`])
    expect(atOnce(history, [director])).toContain(`director: ${line}`)
  })

  it('nothing else does: no yellow, no red that stands, no red that is muted', () => {
    const history = continued(running(), [day0, forecast('B', '2021-07-16')])
    expect(atOnce(history)).toEqual([])
    history.accept(forecast('B', '2021-09-30'), day0)
    expect(atOnce(history)).not.toEqual([])
    history.accept(forecast('B', '2021-10-15'), day0)
    expect(atOnce(history)).toEqual([])
    expect(atOnce(continued(running(), [day0, silence('2021-03-20')], [day0, forecast('B', '2021-09-30')]))).toEqual([])
  })

  it('a red that was muted goes out on the day on which it is told again', () => {
    const history = continued(running(), [day0, silence('2021-03-03')], [day0, forecast('B', '2021-09-30')])
    history.accept(review, '2021-03-04')
    expect(atOnce(history)).toHaveLength(2)
  })

  it('a case without an answer goes to the PM and whoever it has reached', () => {
    const history = continued(running(), [day0, forecast('B', '2021-09-30')], ['2021-03-04', review])
    expect(atOnce(history)).toEqual(
      ['张校长', '分管副局长'].map(
        who =>
          `${who}: 示例学校 | 主体封顶 | 3月1日督办 | 未答复或答复已失效,现由分管副局长督办 | R1 | 督办〔2021〕第7号`
      )
    )
  })

  it('nothing of more than three days ago, and nothing into quiet hours', () => {
    const history = continued(running(), [day0, forecast('B', '2021-09-30')])
    expect(atOnce(history, [], '2021-03-04')).toHaveLength(2)
    expect(atOnce(history, [], '2021-03-05')).toEqual([])
    const asleep = { ...director, quietHours: { from: '22:00', to: '07:00' } }
    expect(atOnce(history, [asleep], day0, '23:00').join()).not.toContain('director')
    expect(atOnce(history, [asleep], day0, '08:00').join()).toContain('director')
  })
})

describe('A message', () => {
  it('has every line of a person once, and says how many more there are than it may have', () => {
    const notices = Array.from({ length: 300 }, (_, i) => ({ recipient: { id: '甲' }, line: `第${i % 250}项` }))
    const [message, ...others] = messagesOf(notices, n => `${n}项`, 'x', 200)
    expect(others).toEqual([])
    expect(message?.subject).toBe('250项')
    expect(message?.text.split('\n')).toHaveLength(201)
    expect(message?.text).toMatch(/另有50项,见内部页面$/)
  })
})

// 1 March 2021 is a Monday.
describe('The digest', () => {
  it('is not sent empty', () => {
    expect(digests([entry(running(), '2021-03-03')], { since: '2021-03-02', today: '2021-03-03' }, context())).toEqual(
      []
    )
  })

  it('on the first working day of a week says that the tracker runs, to everybody', () => {
    const monday = digestOf(running(), { since: '2021-03-05', today: '2021-03-08' }, [director])
    for (const who of ['张校长', '计财股', 'director']) expect(monday[who]).toContain('系统运行正常,共 1 个项目')
    // Of the week of 3 May the first working day is Thursday the 6th.
    const holiday = digestOf(running(), { since: '2021-04-30', today: '2021-05-06' })
    expect(holiday.张校长?.slice(0, 2)).toEqual(['【系统】', '系统运行正常,共 1 个项目'])
  })

  it('tells the leaders the week, and on the first working day of a month the month: colours, four rates, changes, rankings', () => {
    const history = running({ town: '运河街道' })
    const text = digestOf(history, { since: '2021-03-31', today: '2021-04-06' }, [director]).director ?? []
    expect(text.filter(line => line.startsWith('【'))).toEqual(['【系统】', '【周调度】', '【月通报】'])
    expect(text).toContain('3月29日至4月4日,共1个项目:绿1')
    expect(text).toContain('3月1日至3月31日,共1个项目:绿1')
    expect(text.some(line => line.startsWith('四率:开工率'))).toBe(true)
    expect(text).toContain('街镇1. 运河街道:红0 黄0 / 1个,序时差0.0')
    expect(digestOf(history, { since: '2021-03-31', today: '2021-04-06' }).张校长?.join()).not.toContain('周调度')
  })

  it('brings a date to the mind of the PM 10, 5, 1 and 0 working days before it, and on no other day', () => {
    const told: string[] = []
    const cn = rules.calendars('cn')
    const days = cn?.range('2021-05-25', '2021-06-15') ?? []
    days.forEach((today, i) => {
      const digest = digestOf(running(), { since: days[i - 1] ?? '2021-05-24', today })
      const at = digest.张校长?.indexOf('【到期提醒】') ?? -1
      if (at >= 0) told.push(`${today} ${digest.张校长?.[at + 1]}`)
      expect(digest.计财股?.join() ?? '').not.toContain('到期提醒')
    })
    // 12 to 14 June are the Dragon Boat Festival.
    expect(told).toEqual([
      '2021-05-31 示例学校 | 基础完工 | 应于6月15日完成 | 还有10个工作日',
      '2021-06-07 示例学校 | 基础完工 | 应于6月15日完成 | 还有5个工作日',
      '2021-06-11 示例学校 | 基础完工 | 应于6月15日完成 | 还有1个工作日',
      '2021-06-15 示例学校 | 基础完工 | 应于6月15日完成 | 最后1个工作日'
    ])
  })

  it('makes up for the reminders of days on which none went out, once', () => {
    const late = digestOf(running(), { since: '2021-05-28', today: '2021-06-08' }).张校长?.join('\n') ?? ''
    expect(late.match(/应于6月15日完成/g)).toHaveLength(1)
    expect(late).toContain('还有4个工作日')
  })

  it('asks of a date that passed for one of two answers, and again every three working days, until there is one', () => {
    const asked = (history: History, since: string, today: string) =>
      digestOf(history, { since, today }).张校长?.some(line => line.includes('请填报:已完成,或新的日期与原因')) ?? false
    expect(asked(running(), '2021-06-11', '2021-06-15')).toBe(false)
    expect(asked(running(), '2021-06-15', '2021-06-16')).toBe(true)
    expect(asked(running(), '2021-06-16', '2021-06-17')).toBe(false)
    expect(asked(running(), '2021-06-18', '2021-06-21')).toBe(true)
    const answered = continued(running(), ['2021-06-15', forecast('A', '2021-07-30')])
    expect(asked(answered, '2021-06-15', '2021-06-16')).toBe(false)
  })

  it('tells yellow when it has fired, then every five working days', () => {
    const history = continued(running(), [day0, forecast('C', '2021-08-18')])
    history.reviewDaily(day0, '2021-03-05')
    const yellow = (since: string, today: string) =>
      digestOf(history, { since, today }).计财股?.filter(line => line.endsWith('| Y1')) ?? []
    expect(yellow('2021-03-01', '2021-03-02')).toEqual([
      '示例学校 | 启用 | 计划8月13日 预计8月18日 | 滞后3个工作日 | Y1'
    ])
    expect(yellow('2021-03-02', '2021-03-03')).toEqual([])
    expect(yellow('2021-03-08', '2021-03-09')).toHaveLength(1)
    expect(yellow('2021-03-09', '2021-03-10')).toEqual([])
    expect(yellow('2021-03-15', '2021-03-16')).toHaveLength(1)
  })

  it('tells a red that stands every three working days, as far up as its case has gone, and is quiet while it is answered', () => {
    const history = continued(running(), [day0, forecast('C', '2021-09-30')])
    history.reviewDaily(day0, '2021-03-04')
    const red = (since: string, today: string, who = 'director') =>
      digestOf(history, { since, today }, [director])[who]?.some(line => line.includes('| R1')) ?? false
    expect(red('2021-03-02', '2021-03-03', '张校长')).toBe(false)
    expect(red('2021-03-03', '2021-03-04', '张校长')).toBe(true)
    expect(red('2021-03-03', '2021-03-04')).toBe(false)
    history.reviewDaily('2021-03-04', '2021-03-09')
    expect(red('2021-03-08', '2021-03-09')).toBe(true)
    history.accept(acknowledge('school.1', '2021-09-30'), '2021-03-09')
    expect(red('2021-03-11', '2021-03-12', '张校长')).toBe(false)
  })

  it('does not tell a new red again, which went out at once, except to who had quiet hours', () => {
    const history = continued(running(), [day0, forecast('C', '2021-09-30')])
    const asleep = { ...director, quietHours: { from: '18:00', to: '08:00' } }
    const span = { since: '2021-02-26', today: day0 }
    expect(digestOf(history, span, [director]).director?.join()).not.toContain('| R1')
    expect(digestOf(history, span, [asleep]).director?.join()).toContain('| R1')
  })

  it('asks for the evidence of a case whose flag is over', () => {
    const history = continued(
      running(),
      [day0, forecast('C', '2021-09-30')],
      ['2021-03-03', forecast('C', '2021-08-13')]
    )
    history.reviewDaily('2021-03-03', '2021-03-08')
    const asks = (today: string) => digestOf(history, { since: '2021-03-05', today }).张校长?.join() ?? ''
    expect(asks('2021-03-08')).toContain('示例学校 | 启用 | 已不再触发,请提交佐证销号 | R1 | 督办〔2021〕第7号')
    history.accept(close('school.1'), '2021-03-08')
    expect(asks('2021-03-08')).not.toContain('佐证')
  })

  it('of a paused project says that it is paused, once, and nothing else', () => {
    const history = continued(running(), [day0, forecast('C', '2021-09-30')], [day0, pause('2021-06-01')])
    history.reviewDaily(day0, '2021-03-15')
    expect(digestOf(history, { since: day0, today: '2021-03-02' }).张校长).toEqual([
      '【新增】',
      '示例学校 | 项目 | 自 2021-03-01 起批准暂停:汛期;2021-06-01 复核 | P1'
    ])
    for (const [since, today] of [
      ['2021-03-02', '2021-03-03'],
      ['2021-03-08', '2021-03-09']
    ] as const)
      expect(digestOf(history, { since, today }).张校长).toBeUndefined()
  })

  it('is the same in whatever order the projects come, and one message a person', () => {
    const histories = ['a', 'b'].map(id => continued(running({ id, name: id }), [day0, forecast('C', '2021-08-18')]))
    for (const history of histories) history.accept(review, '2021-03-02')
    const span = { since: day0, today: '2021-03-02' }
    const entries = histories.map(history => entry(history, span.today))
    const messages = digests(entries, span, context())
    expect(messages).toEqual(digests(entries.toReversed(), span, context()))
    expect(messages.map(({ recipient }) => recipient)).toEqual(['张校长', '计财股'].toSorted())
  })
})
