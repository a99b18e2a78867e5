import type { Assessment } from './assessment.ts'
import { type CaseNumber, caseNumberText } from './bureau.ts'
import type { IsoDate } from './dates.ts'
import { shortDate } from './notice-lines.ts'
import type { Light } from './policy.ts'
import type { Summary } from './ports.ts'
import { scheduleRate, stageRate } from './rates.ts'
import { dateOf } from './schedule.ts'
import type { TrackedProject } from './state.ts'
import { summaryOf } from './summary.ts'

interface Entry {
  readonly state: TrackedProject
  readonly assessment: Assessment
}

/** A stretch of days, both inclusive. */
interface Period {
  readonly from: IsoDate
  readonly to: IsoDate
}

/**
 * What the leaders read of a week (周调度) or a month (月通报): the colours of today, the four rates, what changed in the
 * period, and towns and units in the order in which they need them.
 */
export const bulletinLines = (
  entries: readonly Entry[],
  period: Period,
  today: IsoDate,
  numbers: Readonly<Record<string, CaseNumber>>
): readonly string[] => {
  const summaries = entries.map(({ state, assessment }) => summaryOf(state, assessment))
  return [
    `${shortDate(period.from, today)}至${shortDate(period.to, today)},共${summaries.length}个项目:${lightsText(summaries)}`,
    ratesText(summaries, today),
    ...changesOf(entries, period, today, numbers),
    ...ranking('街镇', summaries, ({ town }) => town),
    ...ranking('单位', summaries, ({ responsibleUnit }) => responsibleUnit)
  ]
}

const lightNames: readonly (readonly [Light, string])[] = [
  ['red', '红'],
  ['yellow', '黄'],
  ['stale', '灰'],
  ['blue', '蓝'],
  ['green', '绿'],
  ['paused', '暂停'],
  ['no-baseline', '无基线'],
  ['done', '完成']
]

const lightsText = (summaries: readonly Summary[]): string =>
  lightNames
    .flatMap(([light, name]) => {
      const count = summaries.filter(summary => summary.light === light).length
      return count === 0 ? [] : [`${name}${count}`]
    })
    .join(' ')

const ratesText = (summaries: readonly Summary[], today: IsoDate): string => {
  const stage = (name: string, step: 'started' | 'completed' | 'inUse') => {
    const { reached, all, percent } = stageRate(summaries, step, today)
    return `${name}${percentText(percent)}(${reached}/${all})`
  }
  const schedule = `序时完成率${percentText(scheduleRate(summaries))}`
  return `四率:${stage('开工率', 'started')} ${stage('竣工率', 'completed')} ${stage('启用率', 'inUse')} ${schedule}`
}

const percentText = (percent: number | null): string => (percent === null ? '—' : `${percent.toFixed(1)}%`)

/** What happened in a period: milestones reached, reds that began, cases opened and closed. */
const changesOf = (
  entries: readonly Entry[],
  { from, to }: Period,
  today: IsoDate,
  numbers: Readonly<Record<string, CaseNumber>>
): readonly string[] => {
  const within = (date: IsoDate | undefined) => date !== undefined && from <= date && date <= to
  const lines = entries.flatMap(({ state }) => {
    const { project, progress, flags, cases = {} } = state
    const nameOf = (id: string | undefined) => project.milestones.find(m => m.id === id)?.name ?? '项目'
    const numberOf = (id: string) => (numbers[id] ? caseNumberText(numbers[id]) : '')
    return [
      ...project.milestones.flatMap(({ id, name }) => {
        const finish = progress[id]?.actualFinish
        return finish !== undefined && within(dateOf(finish))
          ? [`完成:${project.name} | ${name} | ${shortDate(dateOf(finish), today)}`]
          : []
      }),
      ...Object.values(flags).flatMap(flag =>
        flag.severity === 'red' && within(flag.firedOn)
          ? [`转红:${project.name} | ${nameOf(flag.milestoneId)} | ${flag.rule}`]
          : []
      ),
      ...Object.values(cases).flatMap(known => [
        ...(within(known.openedOn)
          ? [`立督办:${project.name} | ${nameOf(known.milestoneId)} | ${numberOf(known.id)}`]
          : []),
        ...(known.status === 'closed' && within(known.closing.on)
          ? [`销号:${project.name} | ${nameOf(known.milestoneId)} | ${numberOf(known.id)}`]
          : [])
      ])
    ]
  })
  return lines.length === 0 ? ['本期无变化'] : lines
}

/** Groups by what most needs looking at: reds, then yellows, then how far behind the plan they are on average. */
const ranking = (
  title: string,
  summaries: readonly Summary[],
  groupOf: (summary: Summary) => string | undefined
): readonly string[] => {
  const groups = Map.groupBy(
    summaries.filter(summary => groupOf(summary) !== undefined),
    summary => groupOf(summary) ?? ''
  )
  const rows = [...groups].map(([name, own]) => ({
    name,
    all: own.length,
    red: own.filter(({ light, lastLight }) => light === 'red' || lastLight === 'red').length,
    yellow: own.filter(({ light }) => light === 'yellow').length,
    gap:
      own.reduce(
        (sum, { plannedPercent, percentComplete }) => sum + ((plannedPercent ?? percentComplete) - percentComplete),
        0
      ) / own.length
  }))
  return rows
    .toSorted((a, b) => b.red - a.red || b.yellow - a.yellow || b.gap - a.gap || (a.name < b.name ? -1 : 1))
    .map(
      ({ name, all, red, yellow, gap }, i) =>
        `${title}${i + 1}. ${name}:红${red} 黄${yellow} / ${all}个,序时差${gap.toFixed(1)}`
    )
}
