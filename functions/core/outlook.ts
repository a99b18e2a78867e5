import type { Variance } from './assessment.ts'
import type { Calendar, CalendarLookup } from './calendar.ts'
import type { IsoDate } from './dates.ts'
import { type Earned, earnedOf } from './earned.ts'
import { closeoutPhase, handoverOf, type Milestone, type ScheduleDate } from './milestone.ts'
import type { Rules } from './rules.ts'
import {
  computeEarlySchedule,
  type EarlyMilestoneDates,
  type EarlySchedule,
  projectCalendars,
  type ScheduleInput
} from './schedule.ts'
import { statusOf } from './silence.ts'
import { type Progress, progressOf, type TrackedProject } from './state.ts'
import { varianceOf } from './variance.ts'

/** A milestone that is still owed, with everything that rules ask of it. */
export interface MilestoneOutlook {
  readonly milestone: Milestone
  readonly progress: Progress
  readonly done: boolean
  readonly dates: EarlyMilestoneDates
  /** The actual finish, else the later of the promised one and what the network gives. */
  readonly projectedFinish: ScheduleDate
  readonly baselineFinish?: ScheduleDate | undefined
  readonly variance?: Variance | undefined
}

/** A project as it looks on the morning of a data date: the ground of rules, pages and forecasts. */
export interface Outlook {
  readonly state: TrackedProject
  readonly dataDate: IsoDate
  readonly cn: Calendar
  readonly calendars: CalendarLookup
  readonly schedule: EarlySchedule
  readonly earned: Earned
  /** Milestones not cancelled, in the order of the plan. */
  readonly milestones: readonly MilestoneOutlook[]
  /** 交付启用, the end of the project. */
  readonly handover: MilestoneOutlook | undefined
  /** Every milestone up to hand-over is reached, and every counted work is done. */
  readonly finished: boolean
}

/**
 * Computes the outlook of a registered project.
 * @throws RangeError when the plan has no schedule (a cycle, an unknown calendar); `decide` refuses such plans.
 */
export const outlookOf = (state: TrackedProject, dataDate: IsoDate, rules: Rules): Outlook => {
  const { project, progress, countDone } = state
  const calendars = projectCalendars(project, rules.calendars)
  const baseline = state.current?.dates
  const computed = computeEarlySchedule(scheduleInputOf(state, dataDate, rules), calendars)
  if (!computed.ok) throw new RangeError(`the plan of ${project.id} has no schedule: ${computed.code}`)
  const cn = rules.calendars('cn')
  if (!cn) throw new RangeError('no calendar cn')
  const milestones: MilestoneOutlook[] = []
  for (const milestone of project.milestones) {
    const dates = computed.schedule.dates.get(milestone.id)
    if (!dates) continue
    const known = progressOf(state, milestone.id)
    const projectedFinish = dates.earlyFinish
    const done = known.actualFinish !== undefined
    const baselineFinish = baseline?.[milestone.id]?.finish
    const own = { milestone, progress: known, done, dates, projectedFinish }
    milestones.push(
      baselineFinish === undefined
        ? own
        : { ...own, baselineFinish, variance: varianceOf(baselineFinish, projectedFinish, cn) }
    )
  }
  const last = handoverOf(project)
  const beforeCloseout = milestones.filter(({ milestone }) => milestone.phase !== closeoutPhase)
  const owed = beforeCloseout.length > 0 ? beforeCloseout : milestones
  return {
    state,
    dataDate,
    cn,
    calendars,
    schedule: computed.schedule,
    earned: earnedOf({ project, progress, countDone, baseline }, calendars),
    milestones,
    handover: milestones.find(({ milestone }) => milestone.id === last?.id),
    finished: owed.every(({ done }) => done) && (project.count === undefined || (countDone ?? 0) >= project.count.total)
  }
}

const scheduleInputOf = (state: TrackedProject, dataDate: IsoDate, { policy }: Rules): ScheduleInput => {
  const { statusDate, countedOn } = statusOf(state, dataDate, policy)
  return {
    project: state.project,
    progress: state.progress,
    baseline: state.current?.dates,
    dataDate,
    statusDate,
    countedOn
  }
}
