import { delayWords } from '../core/delay-words.ts'
import { handoverOf } from '../core/milestone.ts'
import { isInUse } from '../core/prospect.ts'
import { dateText } from './date-text.ts'
import { listed } from './language.ts'
import { percentText, workingDaysText } from './numbers.ts'
import type { ProjectView } from './project-view.ts'
import { colourWords } from './words.ts'

/** How a project stands, in one sentence for someone who reads nothing else. */
export const stateSentence = (view: ProjectView): string => {
  const { assessment, say } = view
  const clauses = [lead(view), assessment.light === 'done' ? '' : progressClause(view), reasonClause(view)]
  return clauses.filter(clause => clause !== '').join(say(';', '; ')) + say('。', '.')
}

const lead = (view: ProjectView): string => {
  const { assessment, state, lang, say } = view
  switch (assessment.light) {
    case 'done': {
      const finish = actualHandover(view) ?? assessment.projectedFinish
      if (finish === null) return say('已完成', 'Done')
      return (
        say(`已于 ${dateText(finish, lang)} 交付启用`, `In use since ${dateText(finish, lang)}`) + againstRequired(view)
      )
    }
    case 'paused':
      return state.status === 'paused'
        ? say(
            `自 ${dateText(state.pause.since, lang)} 起经批准暂停,${dateText(state.pause.reviewOn, lang)} 复核`,
            `Paused with approval since ${dateText(state.pause.since, lang)}, to be reviewed on ${dateText(state.pause.reviewOn, lang)}`
          )
        : say('经批准暂停', 'Paused with approval')
    case 'no-baseline':
      return (
        say('尚无批准的基线,不判快慢', 'No baseline is approved, so it is neither early nor late') +
        say(',', '; ') +
        expectation(view)
      )
    case 'stale': {
      const last = state.lastReportOn
      const since =
        last === undefined
          ? say('登记以来未收到填报', 'No report since it was registered')
          : say(`自 ${dateText(last, lang)} 起未收到填报`, `No report since ${dateText(last, lang)}`)
      const colour =
        assessment.lastLight === undefined
          ? ''
          : say(`(上次为${colourWords[assessment.lastLight].zh})`, ` (last ${colourWords[assessment.lastLight].en})`)
      return `${since}${colour}${say(',按已知情况', '; as far as known, ')}${expectation(view)}`
    }
    case 'green':
    case 'blue':
    case 'yellow':
    case 'red':
      return expectation(view)
  }
}

const actualHandover = ({ project, state }: ProjectView): string | undefined => {
  const handover = handoverOf(project)
  return handover && state.progress[handover.id]?.actualFinish
}

const expectation = (view: ProjectView): string => {
  const { assessment, lang, say } = view
  const { projectedFinish } = assessment
  if (projectedFinish === null) return say('启用日期尚不能推算', 'the date of use cannot be told yet')
  const date = dateText(projectedFinish, lang)
  const opening = isInUse(assessment)
    ? say(`已于 ${date} 启用`, `in use since ${date}`)
    : say(`预计 ${date} 启用`, `expected in use on ${date}`)
  return opening + againstRequired(view)
}

const againstRequired = ({ assessment, lang, say }: ProjectView): string => {
  const { requiredBy, marginWorkingDays: margin, variance } = assessment
  if (requiredBy !== null && margin !== null) {
    const days = workingDaysText(Math.abs(margin), lang)
    const required = dateText(requiredBy, lang)
    if (margin === 0) return say(`,正是要求的日期`, `, the required date itself`)
    return margin < 0
      ? say(`,比要求的 ${required} 晚 ${days}`, `, ${days} after the required ${required}`)
      : say(`,比要求的 ${required} 早 ${days}`, `, ${days} before the required ${required}`)
  }
  if (variance === null) return ''
  const days = workingDaysText(Math.abs(variance.workingDays), lang)
  if (variance.workingDays === 0) return say(',与计划一致', ', as planned')
  return variance.workingDays > 0
    ? say(`,比计划晚 ${days}`, `, ${days} later than planned`)
    : say(`,比计划早 ${days}`, `, ${days} earlier than planned`)
}

const progressClause = ({ assessment, say }: ProjectView): string => {
  const done = percentText(assessment.percentComplete)
  const planned = assessment.plannedPercent
  return planned === null
    ? say(`已完成 ${done}`, `${done} done`)
    : say(`已完成 ${done},序时应为 ${percentText(planned)}`, `${done} done where ${percentText(planned)} was planned`)
}

/** The reasons given for milestones that are late. */
const reasonClause = ({ assessment, state, lang, say }: ProjectView): string => {
  const late = assessment.milestones.filter(({ variance }) => variance !== null && variance.workingDays > 0)
  const reasons = late.flatMap(({ id }) => {
    const delay = state.progress[id]?.delay
    return delay ? [delayWords[delay.code][lang]] : []
  })
  const told = listed([...new Set(reasons)], lang)
  return told === '' ? '' : say(`滞后原因:${told}`, `reason for the delay: ${told}`)
}
