import { type Calendar, CalendarError, type CalendarLookup, calendarsOf } from './calendar.ts'
import { isIsoDate, toDayNumber } from './dates.ts'
import type { BaselineDates, Milestone, Project, ScheduleDate } from './milestone.ts'
import type { Fault, FieldPath } from './refusal.ts'
import { computeSchedule, defaultCalendar, type Schedule } from './schedule.ts'

/** Everything that is wrong with a plan and its baseline in themselves, so that a registered plan can be computed. */
export const checkPlan = (project: Project, baseline: BaselineDates, builtIn: CalendarLookup): readonly Fault[] => {
  if (project.milestones.length === 0) return [{ code: 'no-milestones', path: ['milestones'] }]
  const calendars = checkCalendars(project, builtIn)
  if (!('lookup' in calendars)) return [calendars]
  const faults = [
    ...project.milestones.flatMap((milestone, i) => checkMilestone(milestone, i, project, baseline, calendars.lookup)),
    ...checkCount(project)
  ]
  return faults.length > 0 ? faults : checkNetwork(project, calendars.lookup)
}

/** Whether a date is written as its milestone's calendar writes dates: a day, or a day and a time. */
export const hasFormOf = (calendar: Calendar, date: ScheduleDate): boolean =>
  date.includes('T') === (calendar.unit === 'hour')

const checkCalendars = (project: Project, builtIn: CalendarLookup): Fault | { readonly lookup: CalendarLookup } => {
  const path = ['calendars']
  try {
    const lookup = calendarsOf(project.calendars ?? {}, builtIn)
    const definitions = project.calendars ?? {}
    // Late works may run into any exception: one without an end ("closed for good") would leave no date to compute.
    const rests = Object.values(definitions).flatMap(({ exceptions = [] }) => exceptions.map(({ from }) => from))
    for (const name of Object.keys(definitions))
      for (const date of [project.start.slice(0, 10), ...rests]) lookup(name)?.time.ceil(toDayNumber(date) * 1440)
    return { lookup }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    const code = error instanceof CalendarError ? error.code : 'calendar-without-work'
    return { code, path, params: { detail: error.message } }
  }
}

const checkMilestone = (
  milestone: Milestone,
  i: number,
  { milestones }: Project,
  baseline: BaselineDates,
  calendars: CalendarLookup
): readonly Fault[] => {
  const path = ['milestones', i]
  const { id, duration, predecessors = [] } = milestone
  const calendar = calendars(milestone.calendar ?? defaultCalendar)
  if (!calendar)
    return [{ code: 'unknown-calendar', path: [...path, 'calendar'], params: { detail: milestone.calendar ?? '' } }]
  const faults: Fault[] = []
  if (milestones.findIndex(other => other.id === id) < i)
    faults.push({ code: 'duplicate-milestone', path: [...path, 'id'], params: { id } })
  if (calendar.unit === 'day' && !Number.isInteger(duration))
    faults.push({ code: 'whole-days-only', path: [...path, 'duration'] })
  predecessors.forEach(({ milestoneId, lag, lagCalendar }, j) => {
    const link = [...path, 'predecessors', j]
    const before = milestones.find(other => other.id === milestoneId)
    const lagsOn = calendars(lagCalendar ?? before?.calendar ?? defaultCalendar)
    if (!before)
      faults.push({ code: 'unknown-predecessor', path: [...link, 'milestoneId'], params: { id: milestoneId } })
    else if (lagCalendar !== undefined && !lagsOn)
      faults.push({ code: 'unknown-calendar', path: [...link, 'lagCalendar'], params: { detail: lagCalendar } })
    else if (lagsOn?.unit === 'day' && !Number.isInteger(lag))
      faults.push({ code: 'whole-days-only', path: [...link, 'lag'] })
  })
  for (const [field, date] of imposedDates(milestone))
    if (!hasFormOf(calendar, date)) faults.push({ code: 'date-form', path: [...path, ...field] })
  const span = baseline[id]
  if (span) {
    for (const end of ['start', 'finish'] as const)
      if (!hasFormOf(calendar, span[end])) faults.push({ code: 'date-form', path: [...path, 'baseline', end] })
    if (span.finish < span.start) faults.push({ code: 'finish-before-start', path: [...path, 'baseline', 'finish'] })
  }
  return faults
}

/** The dates that a plan imposes on a milestone, with their places in it. */
const imposedDates = (milestone: Milestone): readonly (readonly [FieldPath, ScheduleDate])[] => [
  ...(['constraint', 'secondaryConstraint'] as const).flatMap(field => {
    const constraint = milestone[field]
    return constraint && 'date' in constraint ? [[[field, 'date'], constraint.date] as const] : []
  }),
  ...(['deadline', 'expectedFinish'] as const).flatMap(field => {
    const date = milestone[field]
    return date === undefined ? [] : [[[field], date] as const]
  })
]

const checkCount = ({ count }: Project): readonly Fault[] =>
  (count?.plan ?? []).flatMap((point, i, plan) => {
    const before = plan[i - 1]
    const path = ['count', 'plan', i]
    const ascending = !before || (before.date < point.date && before.value <= point.value)
    return [
      ...(ascending ? [] : [{ code: 'count-not-ascending' as const, path }]),
      ...(count && point.value > count.total ? [{ code: 'count-above-total' as const, path: [...path, 'value'] }] : [])
    ]
  })

const checkNetwork = (project: Project, calendars: CalendarLookup): readonly Fault[] => {
  try {
    const computed = computeSchedule({ project, progress: {} }, calendars)
    if (computed.ok) return isPlaced(computed.schedule) ? [] : [{ code: 'too-far', path: ['milestones'] }]
    if (computed.code !== 'cycle') return []
    return [{ code: 'cycle', path: ['milestones'], params: { members: computed.members.join(' → ') } }]
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return [{ code: 'calendar-without-work', path: ['calendars'], params: { detail: error.message } }]
  }
}

/** Whether every computed date is one that a plan could name. */
export const isPlaced = ({ dates }: Schedule): boolean =>
  [...dates.values()].every(({ earlyFinish, lateFinish }) =>
    [earlyFinish, lateFinish].every(date => date === undefined || isIsoDate(date.slice(0, 10)))
  )
