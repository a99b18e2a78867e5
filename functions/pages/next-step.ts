import { daysBetween, type IsoDate } from '../core/dates.ts'
import type { Summary } from '../core/ports.ts'
import { prospectOf } from '../core/prospect.ts'
import { dateOf } from '../core/schedule.ts'
import { dayTextNear } from './date-text.ts'
import { type Language, nameText, sayIn } from './language.ts'

/**
 * 下步措施: what has to happen next as the data have it, the most pressing first: silence ended, a plan approved, a stop
 * reviewed, another way to open decided, the next milestone reached. What people have promised is internal.
 */
export const nextSteps = (summary: Summary, dataDate: IsoDate, lang: Language): readonly string[] => {
  const say = sayIn(lang)
  const write = dayTextNear(dataDate)
  const { light, decideBy, pausedUntil } = summary
  const decisions = [
    decideBy && decideBy.borrowedPremises >= dataDate
      ? say(
          `${write(decideBy.borrowedPremises, lang)}前决定是否借址办学`,
          `decide on borrowed rooms by ${write(decideBy.borrowedPremises, lang)}`
        )
      : '',
    decideBy && decideBy.phasedOpening >= dataDate
      ? say(
          `${write(decideBy.phasedOpening, lang)}前决定是否分批启用`,
          `decide on opening in parts by ${write(decideBy.phasedOpening, lang)}`
        )
      : ''
  ]
  return [
    light === 'stale' ? say('督促报送进展', 'get a report') : '',
    light === 'no-baseline' ? say('报批基线计划', 'have the plan approved') : '',
    pausedUntil === undefined
      ? ''
      : say(`${write(pausedUntil, lang)}复核是否恢复`, `review the stop on ${write(pausedUntil, lang)}`),
    ...(prospectOf(summary) === 'endangered' ? decisions : []),
    light === 'paused' ? '' : milestoneStep(summary, dataDate, lang)
  ].filter(step => step !== '')
}

const milestoneStep = ({ next }: Summary, dataDate: IsoDate, lang: Language): string => {
  if (!next) return ''
  const say = sayIn(lang)
  const name = nameText(next, lang)
  const date = dayTextNear(dataDate)(next.finish, lang)
  const overdue = daysBetween(dateOf(next.finish), dataDate)
  if (overdue > 0)
    return say(
      `尽快完成${name}(应于 ${date},已过 ${overdue} 天)`,
      `finish ${name}, due ${date}, ${overdue} ${overdue === 1 ? 'day' : 'days'} ago`
    )
  return say(`${date}前完成${name}`, `${name} by ${date}`)
}
