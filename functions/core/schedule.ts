import type { Activity, ActivityDates, Link, Network, TimedConstraint } from './activity.ts'
import { type Calendar, type CalendarDefinition, type CalendarLookup, calendarsOf } from './calendar.ts'
import { fromDayNumber, type IsoDate, toDayNumber } from './dates.ts'
import type { BaselineDates } from './milestone.ts'
import {
  type Constraint,
  constraintsOf,
  handoverOf,
  type Milestone,
  type Predecessor,
  type Project,
  type ScheduleDate
} from './milestone.ts'
import { computeEarly, computeLate, type EarlyNetwork } from './network.ts'
import type { EarlyDates } from './network-forward.ts'
import type { NetworkFault } from './network-order.ts'
import { type FloatPath, type FloatPathMethod, floatPaths, longestPath } from './network-paths.ts'
import { defaultSchedulingRules } from './scheduling-rules.ts'
import { isUnderWay, noProgress, type Progress } from './state.ts'
import type { Instant, WorkTime } from './work-time.ts'

/** The calendar of a milestone that names none. */
export const defaultCalendar = 'cn'

/** When a milestone comes at the earliest, as civil dates (or `YYYY-MM-DDTHH:mm` on a calendar of hours), and why then. */
export interface EarlyMilestoneDates extends Pick<ActivityDates, 'drivenBy'> {
  readonly earlyStart: ScheduleDate
  readonly earlyFinish: ScheduleDate
}

/** The computed dates of one milestone. */
export interface MilestoneDates extends EarlyMilestoneDates, Pick<ActivityDates, 'totalFloat' | 'freeFloat'> {
  readonly lateStart?: ScheduleDate
  readonly lateFinish?: ScheduleDate
}

/** The schedule of a project at a data date. */
export interface Schedule {
  readonly dates: ReadonlyMap<string, MilestoneDates>
  /** Unfinished milestones on the longest path to hand-over, in the order of the network. */
  readonly criticalPath: readonly string[]
  /** The float paths to hand-over, computed when asked. */
  readonly floatPaths: (method: FloatPathMethod) => readonly FloatPath[]
}

/** The early part of a schedule: all that colours, lists and reviews depend on, at less than half of its cost. */
export interface EarlySchedule {
  readonly dates: ReadonlyMap<string, EarlyMilestoneDates>
  /** The schedule with late dates, floats and paths, computed when asked. */
  readonly whole: () => Schedule
}

/** What the schedule is computed from. */
export interface ScheduleInput {
  readonly project: Project
  readonly progress: Readonly<Record<string, Progress>>
  readonly baseline?: BaselineDates | undefined
  /** Nothing unfinished ends before this day (a finish on it is possible). Absent for the plan itself. */
  readonly dataDate?: ScheduleDate | undefined
  /** What has not begun begins on the morning of this day at the earliest; on that of the data date where absent. */
  readonly statusDate?: ScheduleDate | undefined
  /** The day from whose morning the work left of a milestone under way goes on; the status date where absent. */
  readonly countedOn?: ((progress: Progress) => ScheduleDate) | undefined
}

/** A computed schedule, or why the plan has none. */
export type ScheduleResult = { readonly ok: true; readonly schedule: Schedule } | NetworkFault

/** The calendar of each milestone of a project, by its name. */
export const projectCalendars = ({ calendars }: Project, builtIn: CalendarLookup): CalendarLookup => {
  if (!calendars) return builtIn
  if (last?.calendars !== calendars || last.builtIn !== builtIn)
    last = { calendars, builtIn, lookup: calendarsLike(JSON.stringify(calendars), calendars, builtIn) }
  return last.lookup
}

/** Those of the last project, which are asked for many times before the next one. */
let last: { readonly calendars: object; readonly builtIn: CalendarLookup; readonly lookup: CalendarLookup } | undefined

/**
 * The calendars of other objects with the same text: every decoding of a project makes new objects, and counting the years
 * of their calendars anew took a third of an assessment.
 */
const calendarsLike = (
  text: string,
  calendars: Readonly<Record<string, CalendarDefinition>>,
  builtIn: CalendarLookup
): CalendarLookup => {
  const known = likes.get(builtIn) ?? new Map<string, CalendarLookup>()
  const lookup = known.get(text) ?? calendarsOf(calendars, builtIn)
  // Plans of one bureau share their calendars; whoever has more different ones counts them again.
  if (known.size >= mostAlike) known.clear()
  likes.set(builtIn, known.set(text, lookup))
  return lookup
}

const mostAlike = 200
const likes = new WeakMap<CalendarLookup, Map<string, CalendarLookup>>()

/**
 * The calendar of a milestone.
 * @throws RangeError when it names none that exists; a registered plan has been checked for that.
 */
export const calendarOfMilestone = (milestone: Milestone, calendars: CalendarLookup): Calendar => {
  const name = milestone.calendar ?? defaultCalendar
  const calendar = calendars(name)
  if (!calendar) throw new RangeError(`milestone ${milestone.id} names no known calendar: ${name}`)
  return calendar
}

/** Computes the dates of all milestones; `calendars` are those of {@link projectCalendars}. */
export const computeSchedule = (input: ScheduleInput, calendars: CalendarLookup): ScheduleResult => {
  const computed = computeEarlySchedule(input, calendars)
  return computed.ok ? { ok: true, schedule: computed.schedule.whole() } : computed
}

/** Computes the early dates of all milestones, and the rest when asked. */
export const computeEarlySchedule = (
  input: ScheduleInput,
  calendars: CalendarLookup
): { readonly ok: true; readonly schedule: EarlySchedule } | NetworkFault => {
  const computed = computeEarly(networkOf(input, calendars))
  if (!computed.ok) return computed
  const dates = new Map<string, EarlyMilestoneDates>()
  for (const [place, { id, time }] of computed.sorted.network.activities.entries()) {
    const own = computed.early[place]
    if (own) dates.set(id, writtenEarly(own, time.unit))
  }
  return { ok: true, schedule: { dates, whole: () => wholeSchedule(computed, dates, input.project) } }
}

const wholeSchedule = (
  early: EarlyNetwork,
  written: ReadonlyMap<string, EarlyMilestoneDates>,
  project: Project
): Schedule => {
  const computed = computeLate(early)
  const dates = new Map<string, MilestoneDates>()
  for (const [place, { id, time }] of early.sorted.network.activities.entries()) {
    const known = written.get(id)
    const own = computed.dates[place]
    if (known && own) dates.set(id, withLate(known, own, time.unit))
  }
  const handover = handoverOf(project)
  const criticalPath = handover ? longestPath(computed, handover.id) : []
  const paths = (method: FloatPathMethod) => (handover ? floatPaths(computed, handover.id, method) : [])
  return { dates, criticalPath, floatPaths: paths }
}

const writtenEarly = ({ start, finish, drivenBy }: EarlyDates, unit: WorkTime['unit']): EarlyMilestoneDates => ({
  earlyStart: writeMoment(start, unit),
  earlyFinish: writeMoment(finish, unit),
  drivenBy
})

const withLate = (
  early: EarlyMilestoneDates,
  { lateStart, lateFinish, totalFloat, freeFloat }: ActivityDates,
  unit: WorkTime['unit']
): MilestoneDates =>
  lateStart === undefined || lateFinish === undefined || totalFloat === undefined || freeFloat === undefined
    ? early
    : {
        ...early,
        lateStart: writeMoment(lateStart, unit),
        lateFinish: writeMoment(lateFinish, unit),
        totalFloat,
        freeFloat
      }

/** The civil date of a schedule date, whichever calendar wrote it. */
export const dateOf = (date: ScheduleDate): IsoDate => date.slice(0, 10)

const networkOf = (input: ScheduleInput, calendars: CalendarLookup): Network => {
  const { project, progress, dataDate, statusDate } = input
  const handover = handoverOf(project)
  const isCancelled = (id: string) => progress[id]?.cancelled !== undefined
  const owed = project.milestones.filter(({ id }) => !isCancelled(id))
  return {
    activities: owed.map(milestone =>
      activityOf(milestone, input, linksAround(milestone, project, isCancelled, calendars), calendars)
    ),
    rules: project.schedulingRules ?? defaultSchedulingRules,
    start: startOfDate(project.start),
    dataDate: dataDate === undefined ? undefined : startOfDate(dataDate),
    statusDate: statusDate === undefined ? undefined : startOfDate(statusDate),
    requiredFinish:
      handover && project.requiredBy !== undefined ? new Map([[handover.id, endOfDate(project.requiredBy)]]) : undefined
  }
}

/** The predecessors of a milestone; a cancelled one hands on its own instead. */
export const predecessorsAround = (
  milestone: Milestone,
  project: Project,
  isCancelled: (milestoneId: string) => boolean
): readonly Predecessor[] => {
  const own = milestone.predecessors ?? []
  // As good as always; the search below takes a tenth of a schedule.
  if (!own.some(({ milestoneId }) => isCancelled(milestoneId))) return own
  const seen = new Set<string>()
  const around = (m: Milestone): readonly Predecessor[] =>
    (m.predecessors ?? []).flatMap(predecessor => {
      const { milestoneId } = predecessor
      if (!isCancelled(milestoneId)) return [predecessor]
      const passed = project.milestones.find(({ id }) => id === milestoneId)
      if (!passed || seen.has(milestoneId)) return []
      seen.add(milestoneId)
      return around(passed)
    })
  return around(milestone)
}

/** The same as links of a network. */
export const linksAround = (
  milestone: Milestone,
  project: Project,
  isCancelled: (milestoneId: string) => boolean,
  calendars: CalendarLookup
): readonly Link[] =>
  predecessorsAround(milestone, project, isCancelled).map(({ milestoneId, type, lag, lagCalendar }) => ({
    from: milestoneId,
    type,
    lag,
    time: lagCalendar === undefined ? undefined : calendars(lagCalendar)?.time
  }))

const activityOf = (
  milestone: Milestone,
  { progress, baseline, countedOn }: ScheduleInput,
  links: readonly Link[],
  calendars: CalendarLookup
): Activity => {
  const { time } = calendarOfMilestone(milestone, calendars)
  const known = progress[milestone.id] ?? noProgress
  const { percentComplete, actualStart, actualFinish, forecastFinish, remainingDuration } = known
  const underWay = isUnderWay(known)
  const undone = milestone.duration * (1 - percentComplete / 100)
  const byPercent = time.unit === 'day' ? Math.ceil(round(undone)) : round(undone)
  const approved = baseline?.[milestone.id]
  return {
    id: milestone.id,
    time,
    duration: milestone.duration,
    marksStart: milestone.marks === 'start' && milestone.duration === 0,
    links,
    constraints: [
      ...constraintsOf(milestone).map(timedConstraint),
      // Nothing else holds an activity without predecessors; its approved start does.
      ...(milestone.predecessors?.length || !approved
        ? []
        : [{ type: 'SNET' as const, at: startOfDate(approved.start) }])
    ],
    actualStart: actualStart === undefined ? undefined : startOfDate(actualStart),
    actualFinish: actualFinish === undefined ? undefined : endOfDate(actualFinish),
    remaining: underWay ? (remainingDuration ?? byPercent) : undefined,
    done: milestone.duration - byPercent,
    deadline: milestone.deadline === undefined ? undefined : endOfDate(milestone.deadline),
    expectedFinish: milestone.expectedFinish === undefined ? undefined : endOfDate(milestone.expectedFinish),
    countedFrom: underWay && countedOn ? startOfDate(countedOn(known)) : undefined,
    promisedFinish: forecastFinish === undefined ? undefined : endOfDate(forecastFinish)
  }
}

/** A constraint on a start holds for the start of its day, one on a finish for the end of it. */
export const timedConstraint = (constraint: Constraint): TimedConstraint => {
  switch (constraint.type) {
    case 'ALAP':
    case 'ASAP':
      return { type: constraint.type }
    case 'SNET':
    case 'SNLT':
    case 'SO':
    case 'MSO':
    case 'MANUAL':
      return { type: constraint.type, at: startOfDate(constraint.date) }
    case 'FNET':
    case 'FNLT':
    case 'FO':
    case 'MFO':
      return { type: constraint.type, at: endOfDate(constraint.date) }
  }
}

/** Percentages are decimal fractions: 30 × (1 − 0.9) must be 3, not 2.9999999999999996. */
const round = (value: number): number => Math.round(value * 1e6) / 1e6

const clockPattern = /T(\d{2}):(\d{2})$/

/** The first moment of a schedule date; with a time of day, that moment. */
export const startOfDate = (date: ScheduleDate): Instant => {
  if (!hasClock(date)) return toDayNumber(date) * 1440
  const clock = clockPattern.exec(date)
  return toDayNumber(dateOf(date)) * 1440 + (clock ? Number(clock[1]) * 60 + Number(clock[2]) : 0)
}

/** The last moment of a schedule date; with a time of day, that moment. */
export const endOfDate = (date: ScheduleDate): Instant =>
  hasClock(date) ? startOfDate(date) : toDayNumber(date) * 1440 + 1439

/** Decided by its length: a schedule reads a hundred dates, and as good as none of them has a time of day. */
const hasClock = (date: ScheduleDate): boolean => date.length > 'YYYY-MM-DD'.length

/**
 * A moment as a calendar of that unit writes its dates. Nine hours less one percent end within a minute: a date names the
 * minute by whose beginning it has come.
 */
export const writeMoment = (t: Instant, unit: WorkTime['unit']): ScheduleDate => {
  if (unit === 'day') return fromDayNumber(Math.floor(t / 1440))
  const whole = Math.ceil(round(t))
  const day = Math.floor(whole / 1440)
  const minute = whole - day * 1440
  return `${fromDayNumber(day)}T${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}
