import { readdirSync, readFileSync } from 'node:fs'
import { type Calendar, type CalendarDefinition, layeredCalendar } from '../../functions/core/calendar.ts'
import { toDayNumber } from '../../functions/core/dates.ts'
import type { StatusReport } from '../../functions/core/forecast-series.ts'
import type { LinkType } from '../../functions/core/milestone.ts'
import { outsideData } from '../core/outside-data.ts'

/** One activity of a DSLIB project, as planned. */
export interface DslibActivity {
  readonly id: number
  readonly name: string
  readonly start: string
  readonly end: string
  readonly durationHours: number
  readonly cost: number
  readonly fixedCost: number
  readonly predecessors: readonly { readonly id: number; readonly type: LinkType; readonly lagHours: number }[]
  readonly summary: boolean
}

interface TrackedActivity {
  readonly id: number
  readonly actualStart: string | null
  readonly actualDurationHours: number
  readonly pct: number
  readonly status: 'Not Started' | 'Started' | 'Finished' | null
}

interface DslibFile {
  readonly code: string
  readonly name: string
  readonly agenda: {
    readonly workingHours: readonly number[]
    readonly workingDays: readonly string[]
    readonly holidays: readonly string[]
  }
  readonly activities: readonly DslibActivity[]
  readonly trackingOverview: readonly Readonly<Record<string, string | number>>[]
  readonly trackingPeriods: readonly { readonly statusDate: string; readonly activities: readonly TrackedActivity[] }[]
}

/** One tracking period: what was known at its date, and what the source tool (ProTrack) computed from it. */
export interface DslibPeriod extends StatusReport {
  readonly tool: {
    readonly plannedValue: number
    readonly earnedValue: number
    readonly earnedSchedule: string
  }
  /** Everything is finished at the date. */
  readonly finished: boolean
}

/** A DSLIB project as a plan of CONTRACT and the periods of its tracking. */
export interface DslibProject {
  readonly code: string
  readonly activities: readonly DslibActivity[]
  readonly calendar: Calendar
  readonly document: Record<string, unknown> & { readonly start: string }
  readonly periods: readonly DslibPeriod[]
  /** The last finish that the last period knows. */
  readonly realFinish: string
}

/** The projects of DSLIB (Batselier & Vanhoucke 2015) that lie beside the repository; none, after a printed line, when they do not. */
export const dslibProjects = (): readonly DslibProject[] => {
  const folder = outsideData('dslib')
  if (folder === undefined) return []
  return readdirSync(folder)
    .filter(file => file.endsWith('.json'))
    .sort()
    .map(file => projectOf(JSON.parse(readFileSync(`${folder}/${file}`, 'utf8'))))
}

/** A moment written `YYYY-MM-DDTHH:mm`, in minutes. */
export const instantOf = (clock: string): number =>
  toDayNumber(clock.slice(0, 10)) * 1440 + Number(clock.slice(11, 13)) * 60 + Number(clock.slice(14, 16))

/** The inverse of {@link instantOf}. */
export const clockOf = (instant: number): string => new Date(Math.round(instant) * 60_000).toISOString().slice(0, 16)

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

const agendaOf = ({ workingHours, workingDays, holidays }: DslibFile['agenda']): CalendarDefinition => {
  const shifts: [string, string][] = []
  const clock = (hour: number) => `${String(hour).padStart(2, '0')}:00`
  for (const hour of workingHours) {
    const last = shifts.at(-1)
    if (last && last[1] === clock(hour)) last[1] = clock(hour + 1)
    else shifts.push([clock(hour), clock(hour + 1)])
  }
  return {
    base: 'daily',
    week: workingDays.map(day => weekdays.indexOf(day) + 1),
    shifts,
    exceptions: holidays.map(day => ({ from: day.slice(0, 10), to: day.slice(0, 10), working: false }))
  }
}

const projectOf = (file: DslibFile): DslibProject => {
  const definition = agendaOf(file.agenda)
  const calendar = layeredCalendar(definition)
  const { time } = calendar
  const activities = file.activities.filter(({ summary }) => !summary)
  const finishOf = ({
    actualStart,
    actualDurationHours
  }: Pick<TrackedActivity, 'actualStart' | 'actualDurationHours'>) =>
    actualStart === null ? Number.NEGATIVE_INFINITY : time.offset(instantOf(actualStart), actualDurationHours)
  const leaves = new Set(activities.map(({ id }) => id))
  const last = file.trackingPeriods.at(-1)
  return {
    code: file.code,
    activities,
    calendar,
    document: {
      id: file.code.toLowerCase(),
      name: file.name,
      start: activities.map(({ start }) => start).sort()[0] ?? '',
      calendars: { agenda: definition },
      milestones: activities.map(a => ({
        id: String(a.id),
        name: a.name,
        calendar: 'agenda',
        duration: a.durationHours,
        weight: a.cost,
        predecessors: a.predecessors.map(({ id, type, lagHours }) => ({
          milestoneId: String(id),
          type,
          lag: lagHours
        })),
        baseline: { start: a.start, finish: a.end < a.start ? a.start : a.end }
      }))
    },
    periods: file.trackingPeriods.map((period, i) => {
      const row = file.trackingOverview[i] ?? {}
      const tracked = period.activities.filter(({ id }) => leaves.has(id))
      return {
        date: period.statusDate,
        milestones: tracked.map(({ id, pct, actualStart, actualDurationHours, status }) => ({
          id: String(id),
          percentComplete: Math.round(pct * 1e6) / 1e4,
          ...(actualStart === null || status === 'Not Started' ? {} : { actualStart }),
          ...(status === 'Finished' ? { actualFinish: clockOf(finishOf({ actualStart, actualDurationHours })) } : {})
        })),
        tool: {
          plannedValue: Number(row['Planned Value (PV)']),
          earnedValue: Number(row['Earned Value (EV)']),
          earnedSchedule: String(row['Earned Schedule (ES)'])
        },
        finished: tracked.every(
          activity => activity.status === 'Finished' && finishOf(activity) <= instantOf(period.statusDate)
        )
      }
    }),
    realFinish: clockOf(Math.max(...(last?.activities ?? []).filter(({ id }) => leaves.has(id)).map(finishOf)))
  }
}
