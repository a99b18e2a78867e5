import type { Predecessor } from '../core/milestone.ts'
import type { Text } from '../core/text.ts'
import type { Lose } from './imported-plan.ts'
import type { NamedCalendars } from './name-calendars.ts'
import { rounded, type SourceTask } from './source-plan.ts'
import { sameHours } from './working-hours.ts'

/** The tasks of a file that a link can come from, and what names there are. */
export interface LinkContext {
  readonly byId: ReadonlyMap<string, SourceTask>
  /** Ids of milestones by the ids of the file. */
  readonly ids: ReadonlyMap<string, string>
  readonly calendars: NamedCalendars
}

/** The links of a task to the milestones before it, each pair and type once. */
export const placeLinks = (task: SourceTask, context: LinkContext, lose: Lose): readonly Predecessor[] => {
  const { byId, ids, calendars } = context
  const id = ids.get(task.sourceId) ?? task.sourceId
  return mergeLinks(
    task.links.flatMap((link): readonly Predecessor[] => {
      const before = byId.get(link.from)
      const milestoneId = ids.get(link.from)
      if (!before || milestoneId === undefined || before === task) {
        lose(link.path, `${link.type} ${link.from}`, linkWithoutTask, id)
        return []
      }
      const { type, lag, lagCalendar } = link
      const runsElsewhere = lag !== 0 && lagCalendar !== undefined && !sameHours(lagCalendar, before.calendar)
      return [
        {
          milestoneId,
          type,
          lag: rounded(lag),
          ...(runsElsewhere ? { lagCalendar: calendars.nameOf(lagCalendar) } : {})
        }
      ]
    }),
    () => lose(task.path, 'PredecessorLink', sameLinkTwice, id)
  )
}

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
