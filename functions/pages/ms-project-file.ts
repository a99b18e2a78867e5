import { XMLBuilder } from 'fast-xml-parser'
import type { Assessment, MilestoneAssessment } from '../core/assessment.ts'
import type { CalendarLookup } from '../core/calendar.ts'
import { type IsoDate, toDayNumber } from '../core/dates.ts'
import { type Constraint, handoverOf, type LinkType, type Milestone, type ScheduleDate } from '../core/milestone.ts'
import type { PageFile } from '../core/ports.ts'
import { calendarOfMilestone, dateOf, defaultCalendar, projectCalendars } from '../core/schedule.ts'
import { progressOf, type TrackedProject } from '../core/state.ts'
import { demonstrationMark } from './layout.ts'
import { calendarNames, type DaySpan, hoursPerDay, msProjectCalendar } from './ms-project-calendars.ts'

/** A project to be written, with what is said of it on the day of the file. */
export interface ExportedProject {
  readonly state: TrackedProject
  readonly assessment: Assessment
}

/**
 * The plan of a project as an XML file of Microsoft Project (MSPDI): tasks with durations in hours of eight-hour days,
 * links, constraints, the approved dates as baseline 0, what has happened, and the computed dates. Importing it again
 * gives the same plan, with hours where it had days.
 */
export const msProjectFile = ({ state, assessment }: ExportedProject, builtIn: CalendarLookup): PageFile => {
  const { project } = state
  const calendars = projectCalendars(project, builtIn)
  const names = calendarNames(
    project.milestones.map(milestone => milestone.calendar ?? defaultCalendar),
    calendars
  )
  const span = spanOf(project.start, assessment)
  const content = {
    '?xml': { '@version': '1.0', '@encoding': 'UTF-8', '@standalone': 'yes' },
    Project: {
      '@xmlns': 'http://schemas.microsoft.com/project',
      SaveVersion: 14,
      Name: `${project.id}.xml`,
      Title: project.name,
      ...(project.demonstration ? { Subject: demonstrationMark('zh') } : {}),
      ScheduleFromStart: 1,
      StartDate: morningOf(project.start),
      CalendarUID: 1,
      DefaultStartTime: '08:00:00',
      DefaultFinishTime: '17:00:00',
      MinutesPerDay: hoursPerDay * 60,
      MinutesPerWeek: hoursPerDay * 5 * 60,
      DaysPerMonth: 20,
      StatusDate: morningOf(assessment.dataDate),
      Calendars: {
        Calendar: names.flatMap((name, index) => {
          const calendar = calendars(name)
          return calendar ? [msProjectCalendar(index + 1, name, calendar, project.calendars?.[name], span)] : []
        })
      },
      Tasks: { Task: tasksOf(state, assessment, calendars, names) }
    }
  }
  const builder = new XMLBuilder({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    format: true,
    suppressEmptyNode: true
  })
  return { path: `${project.id}.xml`, body: builder.build(content), contentType: 'application/xml; charset=utf-8' }
}

const tasksOf = (
  state: TrackedProject,
  assessment: Assessment,
  calendars: CalendarLookup,
  names: readonly string[]
): readonly object[] => {
  const { project } = state
  const assessed = new Map(assessment.milestones.map(milestone => [milestone.id, milestone]))
  const kept = project.milestones.filter(({ id }) => assessed.get(id)?.status !== 'cancelled')
  const last = handoverOf(project)?.id
  return kept.map((milestone, index) => {
    const { id, name, duration, constraint } = milestone
    const at = assessed.get(id)
    const hours = hoursOf(milestone, calendars)
    const { percentComplete, actualStart, actualFinish, remainingDuration } = progressOf(state, id)
    const span = state.current?.dates[id]
    const left = remainingDuration === undefined ? duration * (1 - percentComplete / 100) : remainingDuration
    return {
      UID: index + 1,
      ID: index + 1,
      Name: name,
      Active: 1,
      Manual: constraint?.type === 'MANUAL' ? 1 : 0,
      Type: 1,
      IsNull: 0,
      WBS: id,
      OutlineNumber: String(index + 1),
      OutlineLevel: 1,
      ...dated('Start', at?.earlyStart, morningOf),
      ...dated('Finish', at?.earlyFinish, eveningOf),
      Duration: durationText(duration * hours),
      DurationFormat: hours === 1 ? 5 : 7,
      Milestone: duration === 0 ? 1 : 0,
      Summary: 0,
      Critical: at?.critical ? 1 : 0,
      ...computedDates(at),
      PercentComplete: Math.round(percentComplete),
      ...dated('ActualStart', actualStart, morningOf),
      ...dated('ActualFinish', actualFinish, eveningOf),
      RemainingDuration: durationText(actualFinish === undefined ? left * hours : 0),
      ...constraintOf(constraint),
      CalendarUID: names.indexOf(milestone.calendar ?? defaultCalendar) + 1,
      ...dated('Deadline', milestone.deadline ?? (id === last ? project.requiredBy : undefined), eveningOf),
      PredecessorLink: linksOf(milestone, kept, calendars),
      ...(span === undefined
        ? {}
        : {
            Baseline: {
              Number: 0,
              Start: morningOf(span.start),
              Finish: eveningOf(span.finish),
              Duration: durationText(duration * hours)
            }
          })
    }
  })
}

/** Links by the place of the predecessor among the tasks; `LinkLag` is in tenths of minutes. */
const linksOf = (milestone: Milestone, tasks: readonly Milestone[], calendars: CalendarLookup): readonly object[] =>
  (milestone.predecessors ?? []).flatMap(({ milestoneId, type, lag, lagCalendar }) => {
    const at = tasks.findIndex(({ id }) => id === milestoneId)
    const before = tasks[at]
    if (!before) return []
    const runsOn = calendars(lagCalendar ?? before.calendar ?? defaultCalendar)
    const elapsed = runsOn === calendars('daily')
    const hours = elapsed ? 24 : runsOn?.unit === 'hour' ? 1 : hoursPerDay
    return [
      {
        PredecessorUID: at + 1,
        Type: linkTypes[type],
        CrossProject: 0,
        LinkLag: Math.round(lag * hours * 600),
        LagFormat: elapsed ? lagInElapsedDays : lagInDays
      }
    ]
  })

/** How a lag is shown; an elapsed one also runs round the clock, where any other runs on the successor's calendar. */
const lagInDays = 7
const lagInElapsedDays = 8

const computedDates = (at: MilestoneAssessment | undefined) => ({
  ...dated('EarlyStart', at?.earlyStart, morningOf),
  ...dated('EarlyFinish', at?.earlyFinish, eveningOf),
  ...dated('LateStart', at?.lateStart, morningOf),
  ...dated('LateFinish', at?.lateFinish, eveningOf)
})

/** Hours in the unit of a milestone's calendar. */
const hoursOf = (milestone: Milestone, calendars: CalendarLookup): number =>
  calendarOfMilestone(milestone, calendars).unit === 'hour' ? 1 : hoursPerDay

const linkTypes: Readonly<Record<LinkType, number>> = { FF: 0, FS: 1, SF: 2, SS: 3 }

/** "Start on" and "finish on" of P6 have no type of their own there: the ones that must be on a date come nearest. */
const constraintTypes: Readonly<Record<Constraint['type'], number>> = {
  ASAP: 0,
  ALAP: 1,
  MSO: 2,
  SO: 2,
  MFO: 3,
  FO: 3,
  SNET: 4,
  SNLT: 5,
  FNET: 6,
  FNLT: 7,
  // Its start says it.
  MANUAL: 0
}

const finishTypes: ReadonlySet<Constraint['type']> = new Set(['MFO', 'FO', 'FNET', 'FNLT'])

const constraintOf = (constraint: Constraint | undefined) => ({
  ConstraintType: constraintTypes[constraint?.type ?? 'ASAP'],
  ...(constraint && 'date' in constraint && constraint.type !== 'MANUAL'
    ? { ConstraintDate: (finishTypes.has(constraint.type) ? eveningOf : morningOf)(constraint.date) }
    : {})
})

const dated = (name: string, date: ScheduleDate | null | undefined, write: (date: ScheduleDate) => string) =>
  date === null || date === undefined ? {} : { [name]: write(date) }

/** A start is the first working minute of its day, unless the plan counts hours. */
const morningOf = (date: ScheduleDate): string => `${date.length > 10 ? date : `${date}T08:00`}:00`

/** A finish is the last working minute of its day, unless the plan counts hours. */
const eveningOf = (date: ScheduleDate): string => `${date.length > 10 ? date : `${date}T17:00`}:00`

const durationText = (hours: number): string => {
  const minutes = Math.max(0, Math.round(hours * 60))
  return `PT${Math.floor(minutes / 60)}H${minutes % 60}M0S`
}

/** From a month before the start to a year after the last date that is known. */
const spanOf = (start: ScheduleDate, { dataDate, milestones }: Assessment): DaySpan => {
  const dates = milestones.flatMap(({ baselineFinish, projectedFinish, lateFinish }) =>
    [baselineFinish, projectedFinish, lateFinish].flatMap(date => (date === null ? [] : [dateOf(date)]))
  )
  const last = [dataDate, ...dates].reduce<IsoDate>((a, b) => (b > a ? b : a), dateOf(start))
  return { from: toDayNumber(dateOf(start)) - 31, to: toDayNumber(last) + 366 }
}
