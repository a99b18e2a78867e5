import type { MilestoneReport } from '../core/events.ts'
import { rounded, type SourceTask } from './source-plan.ts'

/** What a file says has happened to a task, as a report; none where nothing has. */
export const progressOf = (task: SourceTask, milestoneId: string): readonly MilestoneReport[] => {
  const { actualStart, actualFinish, remaining, percentComplete, duration } = task
  if (actualFinish !== undefined)
    return [{ milestoneId, percentComplete: 100, ...(actualStart === undefined ? {} : { actualStart }), actualFinish }]
  const rescheduled = remaining !== undefined && rounded(remaining) !== rounded(duration)
  if (actualStart === undefined && !rescheduled && percentComplete === 0) return []
  return [
    {
      milestoneId,
      percentComplete,
      ...(actualStart === undefined ? {} : { actualStart }),
      ...(remaining === undefined ? {} : { remainingDuration: rounded(remaining) })
    }
  ]
}
