import { isCaseEvent } from './case-events.ts'
import { addDays, type IsoDate } from './dates.ts'
import type { Commit, MilestoneCorrection, MilestoneReport, ProjectEvent } from './events.ts'
import { evolveCases } from './evolve-cases.ts'
import { flagId } from './flag.ts'
import {
  type ActiveProject,
  isUnderWay,
  noProgress,
  type Progress,
  type ProjectState,
  progressOf,
  type TrackedProject
} from './state.ts'

/** The state of a project of which nothing is known. */
export const initialState: ProjectState = { status: 'unregistered', version: 0 }

/** A repeated request is recognised for so many days after the first (Stripe's practice is one). */
export const requestMemoryDays = 7

/** So many are remembered at the most, the newest, so that the state of a project cannot grow without end. */
export const mostRequests = 500

/** Raised when a log does not make sense: a commit out of order, or an event of a project that was never registered. */
export class BrokenLogError extends Error {
  override readonly name = 'BrokenLogError'
}

/** The state after commits, which must follow it without a gap. */
export const fold = (state: ProjectState, commits: readonly Commit[]): ProjectState => commits.reduce(evolve, state)

/**
 * The state after one commit.
 * @throws BrokenLogError when the commit's version does not follow the state's.
 */
export const evolve = (state: ProjectState, commit: Commit): ProjectState => {
  if (commit.version !== state.version + 1)
    throw new BrokenLogError(`${commit.project}: commit ${commit.version} cannot follow version ${state.version}`)
  const after = commit.events.reduce((now, event) => evolveEvent(now, event, commit.date), state)
  if (after.status === 'unregistered') throw new BrokenLogError(`${commit.project}: commit 1 registers no project`)
  return { ...after, version: commit.version, changedOn: commit.date, requests: rememberRequest(after, commit) }
}

/** The state after one event of a commit accepted on `date`, for deciding what else belongs into that commit. */
export const evolveEvent = (state: ProjectState, event: ProjectEvent, date: IsoDate): ProjectState => {
  if (state.status === 'unregistered') {
    if (event.type !== 'project-registered') throw new BrokenLogError(`${event.type} before the project was registered`)
    const { project } = event
    return {
      status: 'active',
      version: 0,
      project,
      registeredOn: date,
      changedOn: date,
      progress: {},
      flags: {},
      requests: []
    }
  }
  if (isCaseEvent(event)) return evolveCases(state, event, date)
  switch (event.type) {
    case 'project-registered':
      throw new BrokenLogError('the project was registered twice')
    case 'plan-changed':
      return { ...state, project: event.project }
    case 'baseline-approved': {
      const baseline = {
        number: (state.current?.number ?? 0) + 1,
        approvedOn: date,
        reason: event.reason,
        dates: event.dates
      }
      return { ...state, original: state.original ?? baseline, current: baseline }
    }
    case 'progress-reported':
      return {
        ...withProgress(state, event.reports, date),
        ...(event.countDone === undefined ? {} : { countDone: event.countDone }),
        lastReportOn: date,
        // Never a key without a value: JSON would drop it, and a state read back would list its keys in another order.
        ...(showsProgress(state, event.reports, event.countDone) ? { lastProgressOn: date } : {})
      }
    case 'no-change-reported':
      return { ...state, progress: mapValues(state.progress, known => confirmed(known, date)), lastReportOn: date }
    case 'report-corrected':
      return {
        ...withProgress(state, event.corrections, date),
        ...(event.countDone === undefined ? {} : { countDone: event.countDone }),
        lastReportOn: date
      }
    case 'project-paused':
      return { ...state, status: 'paused', pause: { since: date, reason: event.reason, reviewOn: event.reviewOn } }
    case 'project-resumed': {
      const { pause: _ended, ...rest } = { pause: undefined, ...state }
      // What did not hold during the pause may hold again; only from now on does it count as clean.
      const flags = mapValues(rest.flags, flag => (flag.clearedOn === undefined ? flag : { ...flag, clearedOn: date }))
      const active: ActiveProject = { ...rest, status: 'active', flags, resumedOn: date }
      return active
    }
    case 'milestone-cancelled': {
      const cancelled = { on: date, reason: event.reason }
      return setProgress(state, event.milestoneId, { ...progressOf(state, event.milestoneId), cancelled })
    }
    case 'colour-judged': {
      const { light, reason, relief } = event
      return { ...state, judgement: { light, reason, since: date, ...(relief === undefined ? {} : { relief }) } }
    }
    case 'judgement-withdrawn': {
      const { judgement: _withdrawn, ...rest } = state
      return rest
    }
    case 'flag-raised': {
      const { rule, severity, milestoneId, facts } = event
      const known = state.flags[flagId(event)]
      const raised = { rule, severity, ...(milestoneId === undefined ? {} : { milestoneId }), facts }
      // What comes back before it was over is the same flag, since when and with the numbers it was raised with: R4 compares
      // with those, and must say the same before and after this event.
      const { clearedOn: _back, ...flag } = known ?? { status: 'pending' as const, since: date, ...raised }
      return { ...state, flags: { ...state.flags, [flagId(event)]: flag } }
    }
    case 'flag-cleared': {
      const { [flagId(event)]: cleared, ...others } = state.flags
      // What was never told is gone at once; what was told is over when a second evaluation finds it clean too.
      if (cleared === undefined || cleared.status === 'pending') return { ...state, flags: others }
      return { ...state, flags: { ...state.flags, [flagId(event)]: { ...cleared, clearedOn: date } } }
    }
  }
}

/** "No change" says of work under way that as much is left on that day as before. */
const confirmed = (known: Progress, date: IsoDate): Progress =>
  isUnderWay(known) ? { ...known, reportedOn: date } : known

const mapValues = <Value>(record: Readonly<Record<string, Value>>, map: (value: Value) => Value) =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]))

const setProgress = <State extends TrackedProject>(state: State, id: string, progress: Progress): State => ({
  ...state,
  progress: { ...state.progress, [id]: progress }
})

/** Takes over what reports say; a `null` of a correction takes a value back. */
const withProgress = (
  state: TrackedProject,
  reports: readonly (MilestoneReport | MilestoneCorrection)[],
  date: IsoDate
): TrackedProject => {
  // One record for all reports: a contractor's file reports on thousands of tasks at once.
  const progress: Record<string, Progress> = { ...state.progress }
  for (const { milestoneId, ...said } of reports) progress[milestoneId] = after(progress[milestoneId], said, date)
  return { ...state, progress }
}

const after = (
  before: Progress = noProgress,
  said: Omit<MilestoneReport | MilestoneCorrection, 'milestoneId'>,
  date: IsoDate
): Progress => {
  // A new percentage says what is left; a number of days said before it no longer does.
  const { remainingDuration: left, ...known } = before
  const stillLeft = left === undefined || said.percentComplete !== undefined ? {} : { remainingDuration: left }
  const saysHowFar = [said.percentComplete, said.remainingDuration, said.actualStart].some(value => value !== undefined)
  const reported = saysHowFar ? { reportedOn: date } : {}
  const values = Object.entries({ ...known, ...stillLeft, ...defined(said), ...reported })
  const kept = values.filter(([, value]) => value !== null && value !== undefined)
  const progress: Progress = { percentComplete: 0, ...Object.fromEntries(kept) }
  return progress.actualFinish ? { ...progress, percentComplete: 100 } : progress
}

const defined = (said: object): object =>
  Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined))

const showsProgress = (
  state: TrackedProject,
  reports: readonly MilestoneReport[],
  countDone: number | undefined
): boolean =>
  (countDone ?? 0) > (state.countDone ?? 0) ||
  reports.some(report => {
    const known = progressOf(state, report.milestoneId)
    return (
      (report.percentComplete ?? 0) > known.percentComplete ||
      (report.actualStart !== undefined && known.actualStart === undefined) ||
      (report.actualFinish !== undefined && known.actualFinish === undefined)
    )
  })

const rememberRequest = (state: TrackedProject, { request, version, date }: Commit): TrackedProject['requests'] => {
  if (!request) return state.requests
  const remembered = state.requests.filter(known => known.date >= addDays(date, -requestMemoryDays))
  return [...remembered.slice(1 - mostRequests), { key: request.key, hash: request.hash, version, date }]
}
