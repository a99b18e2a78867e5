import { type CaseEvent, isCaseEvent } from '../core/case-events.ts'
import type { Delay } from '../core/delay.ts'
import { delayWords } from '../core/delay-words.ts'
import type { FlagCleared, FlagRaised, MilestoneCorrection, MilestoneReport, ProjectEvent } from '../core/events.ts'
import { dateText } from './date-text.ts'
import { type Language, listed, sayIn } from './language.ts'
import { percentText } from './numbers.ts'
import { colourWords, ruleWords } from './words.ts'

/** What an event needs beside itself to be told. */
export interface EventContext {
  readonly lang: Language
  /** The name of a milestone. */
  readonly nameOf: (milestoneId: string) => string
  /** Takes the people out of a reason that somebody typed. */
  readonly withoutPeople: (typed: string) => string
  /** The unit of counted works. */
  readonly unit: string
}

/**
 * An event in one sentence for the public: dates, figures, the class of a reason. Notes of reporters are internal and
 * never told; reasons of decisions are, without the people in them.
 */
export const eventText = (event: Exclude<ProjectEvent, CaseEvent>, context: EventContext): string => {
  const { lang, nameOf, withoutPeople } = context
  const say = sayIn(lang)
  const because = (reason: string) => say(`:${withoutPeople(reason)}`, `: ${withoutPeople(reason)}`)
  switch (event.type) {
    case 'project-registered':
      return say(
        `登记项目,计划含 ${event.project.milestones.length} 个节点`,
        `Project registered with a plan of ${event.project.milestones.length} milestones`
      )
    case 'plan-changed':
      return say('调整计划(基线日期不变)', 'Plan changed, its baseline dates kept') + delayText(event.delay, lang)
    case 'baseline-approved': {
      const count = Object.keys(event.dates).length
      const why = because(event.reason) + delayText(event.delay, lang)
      return say(`批准基线,${count} 个节点${why}`, `Baseline approved for ${count} milestones${why}`)
    }
    case 'progress-reported':
      return say('填报进展:', 'Progress reported: ') + reportedText(event.reports, event.countDone, context)
    case 'no-change-reported':
      return say('填报:无变化', 'Reported: no change')
    case 'report-corrected': {
      const now = reportedText(event.corrections, event.countDone, context)
      return say(
        `更正第 ${event.corrects} 版${because(event.reason)};改为 ${now}`,
        `Version ${event.corrects} corrected${because(event.reason)}; now ${now}`
      )
    }
    case 'project-paused':
      return say(
        `批准暂停${because(event.reason)};${dateText(event.reviewOn, lang)}复核`,
        `Paused with approval${because(event.reason)}; review on ${dateText(event.reviewOn, lang)}`
      )
    case 'project-resumed':
      return say('恢复推进', 'Resumed') + because(event.reason)
    case 'milestone-cancelled':
      return (
        say(`取消节点 ${nameOf(event.milestoneId)}`, `${nameOf(event.milestoneId)} cancelled`) + because(event.reason)
      )
    case 'colour-judged': {
      const { zh, en } = colourWords[event.light]
      const approved = event.relief ? say('(经批准,一期)', ' (approved, for one period)') : ''
      return say(`人工判为${zh}`, `Judged ${en} by a person`) + approved + because(event.reason)
    }
    case 'judgement-withdrawn':
      return say('撤回人工判定', 'Judgement withdrawn') + because(event.reason)
    case 'flag-raised':
    case 'flag-cleared':
      return flagText(event, event.milestoneId === undefined ? [] : [event.milestoneId], context)
  }
}

/**
 * The events of a commit in sentences; one rule raised or cleared on many milestones at once is one sentence. What becomes
 * of flags and cases is internal: that something was done is all that is told, where nothing else was.
 */
export const eventTexts = (all: readonly ProjectEvent[], context: EventContext): readonly string[] => {
  const told = new Set<string>()
  const events = all.filter(event => !isCaseEvent(event))
  if (events.length === 0 && all.length > 0) return [sayIn(context.lang)('内部办理', 'Handled internally')]
  return events.flatMap(event => {
    if (!isFlagEvent(event)) return [eventText(event, context)]
    const kind = `${event.type} ${event.rule}`
    if (told.has(kind)) return []
    told.add(kind)
    const same = events.filter(isFlagEvent).filter(({ type, rule }) => type === event.type && rule === event.rule)
    return [
      flagText(
        event,
        same.flatMap(({ milestoneId }) => milestoneId ?? []),
        context
      )
    ]
  })
}

type FlagEvent = FlagRaised | FlagCleared

const isFlagEvent = (event: ProjectEvent): event is FlagEvent =>
  event.type === 'flag-raised' || event.type === 'flag-cleared'

/** At most so many milestones of one rule are named. */
const namedAtMost = 3

const flagText = (event: FlagEvent, milestoneIds: readonly string[], { lang, nameOf }: EventContext): string => {
  const say = sayIn(lang)
  const rule = `${event.rule} ${ruleWords[event.rule][lang]}`
  const happened =
    event.type === 'flag-cleared'
      ? say(`解除 ${rule}`, `Cleared: ${rule}`)
      : say(`触发 ${rule}(${colourWords[event.severity].zh})`, `Raised: ${rule} (${colourWords[event.severity].en})`)
  if (milestoneIds.length === 0) return happened
  const names = listed(milestoneIds.slice(0, namedAtMost).map(nameOf), lang)
  const more =
    milestoneIds.length > namedAtMost
      ? say(`等 ${milestoneIds.length} 个节点`, ` and others, ${milestoneIds.length} milestones in all`)
      : ''
  return `${happened}${say(':', ', ')}${names}${more}`
}

const delayText = (delay: Delay | undefined, lang: Language): string =>
  delay === undefined
    ? ''
    : sayIn(lang)(`(原因:${delayWords[delay.code].zh})`, ` (reason: ${delayWords[delay.code].en})`)

/** At most so many milestones of one report are told; the table has all their dates. */
const toldAtMost = 8

const reportedText = (
  reports: readonly (MilestoneReport | MilestoneCorrection)[],
  countDone: number | undefined,
  context: EventContext
): string => {
  const { lang, nameOf, unit } = context
  const told = reports
    .slice(0, toldAtMost)
    .map(report => `${nameOf(report.milestoneId)} ${listed(saidOf(report, lang), lang)}`)
  const count = reports.length
  const more = count > toldAtMost ? [sayIn(lang)(`共 ${count} 个节点`, `${count} milestones in all`)] : []
  const counted = countDone === undefined ? [] : [sayIn(lang)(`累计 ${countDone} ${unit}`, `${countDone} done in all`)]
  return [...told, ...more, ...counted].join(lang === 'zh' ? '\uff1b' : '; ')
}

const saidOf = (report: MilestoneReport | MilestoneCorrection, lang: Language): readonly string[] => {
  const say = sayIn(lang)
  const { percentComplete, actualStart, actualFinish, forecastFinish, remainingDuration, delay } = report
  const dated = (date: string | null | undefined, zh: string, en: string): readonly string[] =>
    date === undefined
      ? []
      : [
          date === null
            ? say(`撤回${zh}日期`, `${en} date withdrawn`)
            : say(`${dateText(date, lang)}${zh}`, `${en} ${dateText(date, lang)}`)
        ]
  const said = [
    ...(percentComplete === undefined
      ? []
      : [say(`完成 ${percentText(percentComplete)}`, percentText(percentComplete))]),
    ...dated(actualStart, '开始', 'started'),
    ...dated(actualFinish, '完成', 'finished'),
    ...dated(forecastFinish, '预计完成', 'forecast'),
    ...(typeof remainingDuration === 'number'
      ? [say(`剩余工期 ${remainingDuration}`, `${remainingDuration} left to do`)]
      : [])
  ]
  const reason = delayText(delay, lang)
  return said.length === 0
    ? [say(`有说明${reason}`, `noted${reason}`)]
    : [...said.slice(0, -1), `${said.at(-1)}${reason}`]
}
