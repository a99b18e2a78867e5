import { daysBetween, type IsoDate, latest } from './dates.ts'
import { closeoutPhase } from './milestone.ts'
import type { Policy } from './policy.ts'
import { dateOf } from './schedule.ts'
import type { Progress, TrackedProject } from './state.ts'

/** The date from which silence counts: the last report, else the registration or the start, never before a resumption. */
export const silentSince = (state: TrackedProject): IsoDate =>
  latest(state.lastReportOn ?? latest(state.registeredOn, dateOf(state.project.start)), state.resumedOn) ??
  state.registeredOn

/** Longest silence agreed now, in calendar days: by the phase of the milestone that is to be reached next. */
export const reportIntervalOf = (state: TrackedProject, policy: Policy): number => {
  const { project, progress, current } = state
  const unreached = project.milestones.filter(
    ({ id }) => !progress[id]?.cancelled && progress[id]?.actualFinish === undefined
  )
  const owed = unreached.filter(({ phase }) => phase !== closeoutPhase)
  const open = owed.length > 0 ? owed : unreached
  // What has no approved date is not what comes next while something else has one.
  const finishOf = (id: string) => current?.dates[id]?.finish ?? '9999'
  const next = open.reduce(
    (first, m) => (finishOf(m.id) < finishOf(first.id) ? m : first),
    open[0] ?? { id: '', phase: undefined }
  )
  return next.phase !== undefined && policy.approvalPhases.includes(next.phase)
    ? policy.approvalReportIntervalDays
    : policy.reportIntervalDays
}

/**
 * The day as of which something reported still counts on a data date: the day of the report while it is within the agreed
 * interval, so that nothing slips merely because the next report is not due yet. Beyond the interval the work is taken not
 * to have moved, and the day is the data date. A pause does not count.
 */
const countedAsOf = (
  reportedOn: IsoDate | undefined,
  { resumedOn }: TrackedProject,
  dataDate: IsoDate,
  intervalDays: number
): IsoDate => {
  const reported = latest(reportedOn, resumedOn)
  if (reportedOn === undefined || reported === undefined || reported >= dataDate) return dataDate
  return daysBetween(reported, dataDate) <= intervalDays ? reported : dataDate
}

/** From when the work of a project that is still to do goes on. */
export interface ProjectStatus {
  /** The day as of which the project was last heard of: what had not begun then begins on it at the earliest. */
  readonly statusDate: IsoDate
  /** The day on which the work left of a milestone under way was counted: a report on another one says nothing of it. */
  readonly countedOn: (progress: Progress) => IsoDate
}

/** The status of a project on a data date; the agreed interval, which takes a look at every milestone, is found once. */
export const statusOf = (state: TrackedProject, dataDate: IsoDate, policy: Policy): ProjectStatus => {
  const intervalDays = reportIntervalOf(state, policy)
  const asOf = (reportedOn: IsoDate | undefined) => countedAsOf(reportedOn, state, dataDate, intervalDays)
  return { statusDate: asOf(state.lastReportOn), countedOn: ({ reportedOn }) => asOf(reportedOn) }
}
