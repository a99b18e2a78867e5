import type { LinkType } from '../core/milestone.ts'
import { Unreadable } from './imported-plan.ts'
import type { SourceLink } from './source-plan.ts'
import type { WorkingHours } from './working-hours.ts'
import { rowsOf, type XerTables } from './xer-tables.ts'

/** The links of a project by the activity that waits; `lagCalendarOf` says on which calendar its lags run. */
export const readLinks = (
  tables: XerTables,
  projectId: string,
  lagCalendarOf: (successorId: string) => WorkingHours | undefined
): ReadonlyMap<string, readonly SourceLink[]> => {
  const links = new Map<string, SourceLink[]>()
  for (const row of rowsOf(tables, 'TASKPRED')) {
    if (row.text('proj_id') !== '' && row.text('proj_id') !== projectId) continue
    const to = row.needed('task_id')
    const type = Object.hasOwn(linkTypes, row.text('pred_type')) ? linkTypes[row.text('pred_type')] : undefined
    if (type === undefined) throw new Unreadable('not-xer', `TASKPRED.pred_type: ${row.text('pred_type')}`, row.line)
    const lag = row.number('lag_hr_cnt') ?? 0
    const lagCalendar = lag === 0 ? undefined : lagCalendarOf(to)
    const link: SourceLink = {
      from: row.needed('pred_task_id'),
      type,
      lag,
      ...(lagCalendar ? { lagCalendar } : {}),
      path: `TASKPRED ${row.text('task_pred_id')}`
    }
    const known = links.get(to)
    if (known) known.push(link)
    else links.set(to, [link])
  }
  return links
}

const linkTypes: Readonly<Record<string, LinkType>> = { PR_FS: 'FS', PR_SS: 'SS', PR_FF: 'FF', PR_SF: 'SF' }
