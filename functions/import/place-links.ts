import type { Text } from '../core/assessment.ts'
import { toDayNumber } from '../core/dates.ts'
import type { Predecessor, ScheduleDate } from '../core/milestone.ts'
import type { Instant } from '../core/work-time.ts'
import type { Lose } from './imported-plan.ts'
import type { NamedCalendars } from './name-calendars.ts'
import { rounded, type SourceLink, type SourceTask } from './source-plan.ts'
import { sameHours } from './working-hours.ts'

/** The tasks of a file that a link can come from, and what dates and names there are. */
export interface LinkContext {
  readonly byId: ReadonlyMap<string, SourceTask>
  /** Ids of milestones by the ids of the file. */
  readonly ids: ReadonlyMap<string, string>
  readonly calendars: NamedCalendars
  /** Start of the project. */
  readonly start: ScheduleDate
}

/** The links of a task to the milestones before it, each pair and type once. */
export const placeLinks = (task: SourceTask, context: LinkContext, lose: Lose): readonly Predecessor[] => {
  const { byId, ids, calendars, start } = context
  const id = ids.get(task.sourceId) ?? task.sourceId
  return mergeLinks(
    task.links.flatMap((link): readonly Predecessor[] => {
      const before = byId.get(link.from)
      const milestoneId = ids.get(link.from)
      if (!before || milestoneId === undefined || before === task) {
        lose(link.path, `${link.type} ${link.from}`, linkWithoutTask, id)
        return []
      }
      return [{ milestoneId, type: link.type, lag: lagOf(link, before, calendars, start, lose, id) }]
    }),
    () => lose(task.path, 'PredecessorLink', sameLinkTwice, id)
  )
}

/** A lag on another calendar, as hours on the predecessor's that end at the same moment where the file has the predecessor. */
const lagOf = (
  { lag, lagCalendar, type, path }: SourceLink,
  before: SourceTask,
  calendars: NamedCalendars,
  start: ScheduleDate,
  lose: Lose,
  id: string
): number => {
  if (lag === 0 || lagCalendar === undefined || sameHours(lagCalendar, before.calendar)) return rounded(lag)
  const fromStart = type === 'SS' || type === 'SF'
  const { earlyStart, earlyFinish } = before.computed
  const anchor = instantOf(
    (fromStart ? (before.actualStart ?? earlyStart) : (before.actualFinish ?? earlyFinish)) ?? start
  )
  const reached = calendars.timeOf(lagCalendar).offset(anchor, lag)
  const hours = rounded(calendars.timeOf(before.calendar).count(anchor, reached))
  lose(path, `${type} ${lag} h (${lagCalendar.name})`, lagConverted(hours), id)
  return hours
}

const instantOf = (date: ScheduleDate): Instant =>
  toDayNumber(date.slice(0, 10)) * 1440 +
  (date.includes('T') ? Number(date.slice(11, 13)) * 60 + Number(date.slice(14, 16)) : 0)

/** Links of the same two tasks and type are one, with the longer lag. */
const mergeLinks = (links: readonly Predecessor[], lose: () => void): readonly Predecessor[] => {
  const merged = new Map<string, Predecessor>()
  for (const link of links) {
    const key = `${link.type} ${link.milestoneId}`
    const known = merged.get(key)
    if (known) lose()
    if (!known || link.lag > known.lag) merged.set(key, link)
  }
  return [...merged.values()]
}

const linkWithoutTask: Text = {
  zh: '紧前任务不在导入范围内(汇总、投入水平、外部项目或已停用任务),该逻辑关系未导入',
  en: 'the predecessor is not among the tasks imported (a summary, a level of effort, another project, an inactive task)'
}
const sameLinkTwice: Text = {
  zh: '同一对任务之间同类型的关系出现两次,保留延时较长的一条',
  en: 'two links of one type between the same tasks: the one with the longer lag is kept'
}
const lagConverted = (hours: number): Text => ({
  zh: `延时按另一日历计,在源文件的日期上折合为紧前任务日历的 ${hours} 小时;日期变动后为近似值`,
  en: `the lag runs on another calendar; at the dates of the file it is ${hours} h on the predecessor's, approximate once they move`
})
