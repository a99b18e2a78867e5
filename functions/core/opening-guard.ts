import type { OpeningGuard } from './assessment.ts'
import { startOfWorksOf } from './milestone.ts'
import type { Outlook } from './outlook.ts'
import type { Policy } from './policy.ts'
import { dateOf } from './schedule.ts'

/**
 * Planning backwards (倒排) from the required opening: the last dates that still keep it, and the last working days on
 * which the bureau can decide for another way to open. Null without a required date, and once the school is in use.
 */
export const openingGuard = (outlook: Outlook, policy: Policy): OpeningGuard | null => {
  const { state, handover, milestones, finished, cn, dataDate } = outlook
  const { requiredBy } = state.project
  if (requiredBy === undefined || !handover || finished) return null
  const works = startOfWorksOf(state.project)
  const start = milestones.find(({ milestone }) => milestone.id === works?.id)
  const projectedFinish = dateOf(handover.projectedFinish)
  const decision = (workingDays: number, floor = cn.floor(requiredBy)) => {
    const decideBy = cn.offset(floor, -workingDays)
    return { decideBy, workingDays, passed: dataDate > decideBy }
  }
  return {
    requiredBy,
    projectedFinish,
    endangered: projectedFinish > requiredBy,
    latestStartOfWorks:
      start && !start.done && start.dates.lateFinish !== undefined ? dateOf(start.dates.lateFinish) : null,
    borrowedPremises: decision(policy.borrowedPremisesWorkingDays),
    phasedOpening: decision(policy.phasedOpeningWorkingDays)
  }
}
