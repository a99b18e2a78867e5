import type { MilestoneReport } from '../core/events.ts'
import type { Progress } from '../core/state.ts'
import { said } from './said.ts'

/** What the file says that the tracker does not know yet. */
export const newsOf = (
  progress: readonly MilestoneReport[],
  known: Readonly<Record<string, Progress>>,
  inFile: ReadonlySet<string>
): readonly MilestoneReport[] =>
  progress.flatMap(report => {
    if (!inFile.has(report.milestoneId)) return []
    const before = known[report.milestoneId]
    if (!before) return [report]
    const { milestoneId, percentComplete, actualStart, actualFinish, remainingDuration } = report
    const isDone = before.actualFinish !== undefined && before.actualFinish === actualFinish
    const news = {
      actualStart: actualStart === before.actualStart ? undefined : actualStart,
      actualFinish: actualFinish === before.actualFinish ? undefined : actualFinish,
      percentComplete: percentComplete === before.percentComplete || isDone ? undefined : percentComplete,
      remainingDuration: remainingDuration === before.remainingDuration ? undefined : remainingDuration
    }
    if (Object.values(news).every(value => value === undefined)) return []
    // A percentage says anew what is left, so the work left goes with it.
    const withLeft = news.percentComplete === undefined ? news : { ...news, remainingDuration }
    return [{ milestoneId, ...said(withLeft) }]
  })
