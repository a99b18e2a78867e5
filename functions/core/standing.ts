import type { Assessment, Check, MilestoneAssessment, OpeningGuard } from './assessment.ts'
import type { IsoDate } from './dates.ts'
import { type Condition, conditionsOf, oneDecimal } from './flags.ts'
import { legalChecks } from './legal-checks.ts'
import { lightOf, rulesOf } from './light.ts'
import { openingGuard } from './opening-guard.ts'
import { type MilestoneOutlook, type Outlook, outlookOf } from './outlook.ts'
import type { Policy } from './policy.ts'
import type { Rules } from './rules.ts'
import { dateOf } from './schedule.ts'
import type { TrackedProject } from './state.ts'

/**
 * Where a project stands: of its assessment what a summary is made from. Nothing in it depends on late dates or floats, so
 * that lists and reviews pay for early dates alone; whoever has the assessment has this as well.
 */
export interface Standing
  extends Pick<
    Assessment,
    | 'dataDate'
    | 'light'
    | 'lastLight'
    | 'rules'
    | 'currentFinish'
    | 'projectedFinish'
    | 'requiredBy'
    | 'marginWorkingDays'
    | 'variance'
    | 'percentComplete'
    | 'plannedPercent'
    | 'provisional'
  > {
  readonly milestones: readonly MilestoneStanding[]
  readonly guard: Omit<OpeningGuard, 'latestStartOfWorks'> | null
  /** Those of law are among them. */
  readonly checks: readonly Check[]
}

/** Where a milestone stands. */
export type MilestoneStanding = Pick<
  MilestoneAssessment,
  'id' | 'status' | 'baselineFinish' | 'projectedFinish' | 'variance'
>

/**
 * Where a project stands on the morning of a date.
 * @throws RangeError when the plan has no schedule; `decide` refuses such plans.
 */
export const standingOn = (state: TrackedProject, dataDate: IsoDate, rules: Rules): Standing => {
  const outlook = outlookOf(state, dataDate, rules)
  return standingOf(outlook, conditionsOf(outlook, rules.policy), rules.policy)
}

/** Where the project of an outlook stands, by the rules that hold. */
export const standingOf = (outlook: Outlook, conditions: readonly Condition[], policy: Policy): Standing => {
  const { state, dataDate, cn, earned, handover, milestones, finished } = outlook
  const { requiredBy } = state.project
  const light = lightOf(conditions, finished)
  const planned = earned.plannedPercent(dataDate)
  const projectedFinish = handover?.projectedFinish ?? null
  const lastDate = milestones.reduce(
    (last, m) => (dateOf(m.projectedFinish) > last ? dateOf(m.projectedFinish) : last),
    dataDate
  )
  return {
    dataDate,
    light,
    ...(light === 'stale'
      ? {
          lastLight: lightOf(
            conditions.filter(({ rule }) => rule !== 'S1'),
            finished
          )
        }
      : {}),
    rules: rulesOf(conditions),
    currentFinish: handover?.baselineFinish ?? null,
    projectedFinish,
    requiredBy: requiredBy ?? null,
    marginWorkingDays:
      requiredBy === undefined || projectedFinish === null ? null : cn.count(dateOf(projectedFinish), requiredBy),
    variance: handover?.variance ?? null,
    percentComplete: oneDecimal(earned.percentComplete),
    plannedPercent: planned === null ? null : oneDecimal(planned),
    provisional: cn.isProvisional(lastDate, lastDate),
    milestones: milestones.map(milestoneStanding),
    guard: openingGuard(outlook, policy),
    checks: legalChecks(outlook)
  }
}

const milestoneStanding = (found: MilestoneOutlook): MilestoneStanding => ({
  id: found.milestone.id,
  status: statusOfMilestone(found),
  baselineFinish: found.baselineFinish ?? null,
  projectedFinish: found.projectedFinish,
  variance: found.variance ?? null
})

/** How far a milestone is that is still owed. */
export const statusOfMilestone = ({ done, progress }: MilestoneOutlook): MilestoneAssessment['status'] =>
  done ? 'done' : progress.actualStart !== undefined || progress.percentComplete > 0 ? 'in-progress' : 'not-started'
