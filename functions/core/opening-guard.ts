import type { OpeningGuard } from './assessment.ts'
import type { IsoDate } from './dates.ts'
import { startOfWorksOf } from './milestone.ts'
import type { Outlook } from './outlook.ts'
import type { Policy } from './policy.ts'
import { dateOf, type Schedule } from './schedule.ts'

/**
 * Planning backwards (倒排) from the required opening: the last dates that still keep it, and the last working days on
 * which the bureau can decide for another way to open. Null without a required date, and once the school is in use.
 */
export const openingGuard = (
  { state, handover, finished, cn, dataDate }: Outlook,
  policy: Policy
): Omit<OpeningGuard, 'latestStartOfWorks'> | null => {
  const { requiredBy } = state.project
  if (requiredBy === undefined || !handover || finished) return null
  const projectedFinish = dateOf(handover.projectedFinish)
  const decision = (workingDays: number, floor = cn.floor(requiredBy)) => {
    const decideBy = cn.offset(floor, -workingDays)
    return { decideBy, workingDays, passed: dataDate > decideBy }
  }
  return {
    requiredBy,
    projectedFinish,
    endangered: projectedFinish > requiredBy,
    borrowedPremises: decision(policy.borrowedPremisesWorkingDays),
    phasedOpening: decision(policy.phasedOpeningWorkingDays)
  }
}

/** The last date of 开工 that the network allows; null once the works have begun or where there are none. */
export const latestStartOfWorks = ({ state, milestones }: Outlook, { dates }: Schedule): IsoDate | null => {
  const works = startOfWorksOf(state.project)
  const start = milestones.find(({ milestone }) => milestone.id === works?.id)
  const latest = start && !start.done ? dates.get(start.milestone.id)?.lateFinish : undefined
  return latest === undefined ? null : dateOf(latest)
}
