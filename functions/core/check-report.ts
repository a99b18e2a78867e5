import type { Calendar } from './calendar.ts'
import { hasFormOf } from './check-plan.ts'
import type { CorrectReport, ReportProgress } from './commands.ts'
import { fromDayNumber, type IsoDate, latest, toDayNumber } from './dates.ts'
import type { MilestoneCorrection, MilestoneReport } from './events.ts'
import type { ScheduleDate } from './milestone.ts'
import type { Fault, FieldPath } from './refusal.ts'
import type { Rules } from './rules.ts'
import { calendarOfMilestone, dateOf, projectCalendars } from './schedule.ts'
import { type Progress, progressOf, type TrackedProject } from './state.ts'

/** Everything that is wrong with a report: in itself, or because it contradicts what was reported before. */
export const checkReport = (
  { reports, countDone }: ReportProgress,
  state: TrackedProject,
  rules: Rules,
  today: IsoDate
): readonly Fault[] => [
  ...checkEach(reports, state, rules, (report, known, calendar, path) => {
    const contradictions = checkAgainstKnown(report, known, path)
    return [
      ...checkDates(report, known, calendar, path, today),
      // A date that cannot be is not asked why it is late.
      ...(contradictions.length > 0 ? contradictions : checkReason(report, known, calendar, state, path, today))
    ]
  }),
  ...checkCount(countDone, state, countDone !== undefined && countDone < (state.countDone ?? 0))
]

/** Everything that is wrong with a correction. It may go back behind what was reported; it must still make sense. */
export const checkCorrection = (
  { corrects, corrections, countDone }: CorrectReport,
  state: TrackedProject,
  rules: Rules,
  today: IsoDate
): readonly Fault[] => [
  ...(corrects >= 1 && corrects <= state.version
    ? []
    : [{ code: 'unknown-version' as const, path: ['corrects'], params: { version: state.version } }]),
  ...checkEach(corrections, state, rules, (correction, known, calendar, path) => {
    const kept = remaining(known, correction)
    const said = withoutNulls(correction)
    const reopened = known.actualFinish !== undefined && correction.actualFinish === null
    return [
      ...(reopened && correction.percentComplete === undefined
        ? [{ code: 'percent-required' as const, path: [...path, 'percentComplete'] }]
        : []),
      ...checkDates(said, kept, calendar, path, today),
      ...checkReason(said, kept, calendar, state, path, today)
    ]
  }),
  ...checkCount(countDone, state, false)
]

/** The later of the approved finish and the last one that was promised: after it, a finish needs a reason. */
export const promisedFinish = (
  { current }: TrackedProject,
  milestoneId: string,
  { forecastFinish }: Progress
): ScheduleDate | undefined => latest(current?.dates[milestoneId]?.finish, forecastFinish)

const checkEach = <Report extends { readonly milestoneId: string }>(
  reports: readonly Report[],
  state: TrackedProject,
  rules: Rules,
  check: (report: Report, known: Progress, calendar: Calendar, path: FieldPath) => readonly Fault[]
): readonly Fault[] => {
  const calendars = projectCalendars(state.project, rules.calendars)
  return reports.flatMap((report, i): readonly Fault[] => {
    const path = ['reports', i]
    const id = report.milestoneId
    const here = { path: [...path, 'milestoneId'], params: { id } }
    const milestone = state.project.milestones.find(m => m.id === id)
    if (!milestone) return [{ code: 'unknown-milestone', ...here }]
    if (reports.findIndex(other => other.milestoneId === id) < i) return [{ code: 'reported-twice', ...here }]
    const known = progressOf(state, id)
    if (known.cancelled) return [{ code: 'milestone-cancelled', ...here }]
    return check(report, known, calendarOfMilestone(milestone, calendars), path)
  })
}

const dateFields = ['actualStart', 'actualFinish', 'forecastFinish'] as const

const checkDates = (
  report: MilestoneReport,
  known: Progress,
  calendar: Calendar,
  path: FieldPath,
  today: IsoDate
): readonly Fault[] => {
  const wrongForm = dateFields.filter(field => {
    const date = report[field]
    return date !== undefined && !hasFormOf(calendar, date)
  })
  if (wrongForm.length > 0) return wrongForm.map(field => ({ code: 'date-form' as const, path: [...path, field] }))
  const faults: Fault[] = []
  const { percentComplete, actualFinish, forecastFinish, remainingDuration } = report
  for (const field of ['actualStart', 'actualFinish'] as const) {
    const date = report[field]
    if (date !== undefined && dateOf(date) > today)
      faults.push({ code: 'date-in-future', path: [...path, field], params: { date, today } })
  }
  const start = report.actualStart ?? known.actualStart
  const finish = actualFinish ?? known.actualFinish
  if (start !== undefined && finish !== undefined && finish < start) {
    const field = actualFinish === undefined ? 'actualStart' : 'actualFinish'
    faults.push({ code: 'finish-before-start', path: [...path, field], params: { start, finish } })
  }
  if (forecastFinish !== undefined && finish === undefined && dateOf(forecastFinish) < today)
    faults.push({
      code: 'forecast-in-past',
      path: [...path, 'forecastFinish'],
      params: { date: forecastFinish, today }
    })
  if (finish !== undefined && percentComplete !== undefined && percentComplete < 100)
    faults.push({ code: 'finished-below-hundred', path: [...path, 'percentComplete'] })
  if (finish !== undefined && (remainingDuration ?? 0) > 0)
    faults.push({ code: 'finished-with-work-left', path: [...path, 'remainingDuration'] })
  if (calendar.unit === 'day' && remainingDuration !== undefined && !Number.isInteger(remainingDuration))
    faults.push({ code: 'whole-days-only', path: [...path, 'remainingDuration'] })
  else if (remainingDuration !== undefined && !canPlace(remainingDuration, calendar, today))
    faults.push({ code: 'calendar-without-work', path: [...path, 'remainingDuration'] })
  return faults
}

/** A report goes forward only; going back is a correction, which says so. */
const checkAgainstKnown = (report: MilestoneReport, known: Progress, path: FieldPath): readonly Fault[] => {
  const faults: Fault[] = []
  const { percentComplete, actualStart, actualFinish, forecastFinish } = report
  if (known.actualFinish !== undefined && actualFinish !== undefined && actualFinish !== known.actualFinish)
    faults.push({ code: 'already-finished', path: [...path, 'actualFinish'], params: { finish: known.actualFinish } })
  if (known.actualFinish !== undefined && forecastFinish !== undefined)
    faults.push({ code: 'already-finished', path: [...path, 'forecastFinish'], params: { finish: known.actualFinish } })
  if (known.actualStart !== undefined && actualStart !== undefined && actualStart !== known.actualStart)
    faults.push({ code: 'already-started', path: [...path, 'actualStart'], params: { start: known.actualStart } })
  if (known.actualFinish === undefined && percentComplete !== undefined && percentComplete < known.percentComplete)
    faults.push({
      code: 'progress-went-back',
      path: [...path, 'percentComplete'],
      params: { before: known.percentComplete }
    })
  return faults
}

/**
 * Every later date has a reason (DOMAIN §5): a finish reported, promised or implied by the work left, when it is later
 * than the later of the approved finish, the last one promised and the one reported already (said again, it is no news).
 */
const checkReason = (
  report: MilestoneReport,
  known: Progress,
  calendar: Calendar,
  state: TrackedProject,
  path: FieldPath,
  today: IsoDate
): readonly Fault[] => {
  const promised = promisedFinish(state, report.milestoneId, known)
  const before = promised === undefined ? undefined : latest(promised, known.actualFinish)
  const finish = report.actualFinish ?? latest(report.forecastFinish, impliedFinish(report, calendar, today))
  if (report.delay !== undefined || before === undefined || finish === undefined || finish <= before) return []
  return [{ code: 'delay-reason-required', path: [...path, 'delay'], params: { before, finish } }]
}

/** False when a calendar of few working days holds no such amount of work in a lifetime, so that no finish could be computed. */
const canPlace = (work: number, { time }: Calendar, today: IsoDate): boolean => {
  try {
    time.offset(time.startOf(toDayNumber(today)), work)
    return true
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return false
  }
}

/** When the work left would end, begun this morning. */
const impliedFinish = (
  { remainingDuration }: MilestoneReport,
  calendar: Calendar,
  today: IsoDate
): string | undefined => {
  if (remainingDuration === undefined || calendar.unit === 'hour') return undefined
  if (!canPlace(remainingDuration, calendar, today)) return undefined
  const { time } = calendar
  const morning = time.ceil(time.startOf(toDayNumber(today)))
  return remainingDuration === 0 ? today : fromDayNumber(time.dayOf(time.offset(morning, remainingDuration)))
}

const checkCount = (
  countDone: number | undefined,
  { project }: TrackedProject,
  wentBack: boolean
): readonly Fault[] => {
  if (countDone === undefined) return []
  const path = ['count', 'done']
  if (!project.count) return [{ code: 'not-counted', path }]
  if (countDone > project.count.total)
    return [{ code: 'count-above-total', path, params: { total: project.count.total } }]
  return wentBack ? [{ code: 'progress-went-back', path }] : []
}

/** What stays known after a correction has taken values back. */
const remaining = (known: Progress, correction: MilestoneCorrection): Progress => ({
  ...known,
  ...(correction.actualStart === null ? { actualStart: undefined } : {}),
  ...(correction.actualFinish === null ? { actualFinish: undefined } : {}),
  ...(correction.forecastFinish === null ? { forecastFinish: undefined } : {})
})

const withoutNulls = (correction: MilestoneCorrection): MilestoneReport => ({
  milestoneId: correction.milestoneId,
  percentComplete: correction.percentComplete,
  actualStart: correction.actualStart ?? undefined,
  actualFinish: correction.actualFinish ?? undefined,
  forecastFinish: correction.forecastFinish ?? undefined,
  remainingDuration: correction.remainingDuration ?? undefined,
  delay: correction.delay
})
