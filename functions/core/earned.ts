import type { Calendar, CalendarLookup } from './calendar.ts'
import { addDays, fromDayNumber, type IsoDate, toDayNumber } from './dates.ts'
import { type BaselineDates, closeoutPhase, type Milestone, type Project } from './milestone.ts'
import { weightOf } from './planned-value.ts'
import { calendarOfMilestone, dateOf } from './schedule.ts'
import type { Progress } from './state.ts'

/** How much of a project is done and how much was to be done, in percent of its weighted work or of its count. */
export interface Earned {
  /** Percent done, 0 to 100. */
  readonly percentComplete: number
  /** 序时进度: percent that the current baseline plans to be done before the morning of a date; null without baseline. */
  readonly plannedPercent: (date: IsoDate) => number | null
}

/** What {@link earnedOf} needs of a state. */
export interface EarnedInput {
  readonly project: Project
  readonly progress: Readonly<Record<string, Progress>>
  readonly countDone?: number | undefined
  readonly baseline?: BaselineDates | undefined
}

/**
 * Earned and planned percent. Work accrues evenly over the working days of a milestone's baseline; close-out does not
 * count, since the project is finished when the school is in use. Counted works (68 套) go by their number alone.
 */
export const earnedOf = (input: EarnedInput, calendars: CalendarLookup): Earned =>
  input.project.count ? earnedByCount(input) : earnedByWeight(input, calendars)

/**
 * Earned schedule (Lipke 2003): the date by which the work done now should have been done, and SPI(t), the share of the
 * elapsed working days that this is worth. Null before the planned start or without baseline.
 * @param span the first planned day, and the morning by which everything is due: no work is worth more than that.
 */
export const earnedSchedule = (
  earned: Earned,
  span: { readonly start: IsoDate; readonly finish: IsoDate },
  dataDate: IsoDate,
  cn: Calendar
): { readonly date: IsoDate; readonly spiT: number | null } => {
  let low = toDayNumber(span.start)
  let high = toDayNumber(span.finish)
  // The planned percent never falls, so the last morning by which no more than the work done was due can be bisected.
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((earned.plannedPercent(fromDayNumber(middle)) ?? 0) <= earned.percentComplete + tolerance) low = middle
    else high = middle - 1
  }
  const morningBefore = addDays(span.start, -1)
  const date = fromDayNumber(low)
  const elapsed = cn.count(morningBefore, addDays(dataDate, -1))
  return { date, spiT: elapsed > 0 ? cn.count(morningBefore, addDays(date, -1)) / elapsed : null }
}

const tolerance = 1e-9

const earnedByCount = ({ project, countDone }: EarnedInput): Earned => {
  const { total, plan } = project.count ?? { total: 0, plan: [] }
  return {
    percentComplete: percentOf(countDone ?? 0, total),
    plannedPercent: date => percentOf(plan.findLast(point => point.date < date)?.value ?? 0, total)
  }
}

const earnedByWeight = (input: EarnedInput, calendars: CalendarLookup): Earned => {
  const { shares, plannedPercent } = plannedWorkOf(input, calendars)
  let percentComplete = 0
  for (const [id, share] of shares) percentComplete += share * (input.progress[id]?.percentComplete ?? 0)
  return { percentComplete, plannedPercent }
}

/** What is owed and when it was planned, whatever has been reported of it. */
interface PlannedWork extends Pick<Earned, 'plannedPercent'> {
  /** The part of the whole that each milestone is, by id. */
  readonly shares: ReadonlyMap<string, number>
}

/** Made once for a plan and its baseline: the history of a project asks for it at twenty dates. */
const plannedWorkOf = ({ project, progress, baseline }: EarnedInput, calendars: CalendarLookup): PlannedWork => {
  const isCancelled = ({ id }: Milestone) => progress[id]?.cancelled !== undefined
  const cancelled = project.milestones
    .filter(isCancelled)
    .map(({ id }) => id)
    .join('\n')
  if (
    last?.project === project &&
    last.baseline === baseline &&
    last.calendars === calendars &&
    last.cancelled === cancelled
  )
    return last.work
  const owed = project.milestones.filter(each => each.phase !== closeoutPhase && !isCancelled(each))
  const work = plannedWork(owed, baseline, calendars)
  last = { project, baseline, calendars, cancelled, work }
  return work
}

/** That of the last plan alone, as in `last-known.ts`. */
let last:
  | (Pick<EarnedInput, 'project' | 'baseline'> & {
      readonly calendars: CalendarLookup
      readonly cancelled: string
      readonly work: PlannedWork
    })
  | undefined

const plannedWork = (
  owed: readonly Milestone[],
  baseline: BaselineDates | undefined,
  calendars: CalendarLookup
): PlannedWork => {
  const weights = owed.map(milestone => weightOf(milestone, calendarOfMilestone(milestone, calendars)))
  const sum = weights.reduce((a, b) => a + b, 0)
  // A plan of bare events weighs them all alike.
  const shareOf = (index: number) => (sum > 0 ? (weights[index] ?? 0) / sum : 1 / owed.length)
  const lines = owed.flatMap((milestone, index) => {
    const approved = baseline?.[milestone.id]
    if (!approved) return []
    const calendar = calendarOfMilestone(milestone, calendars)
    const finish = dateOf(approved.finish)
    return [{ share: shareOf(index), calendar, before: addDays(dateOf(approved.start), -1), finish }]
  })
  const byCalendar = [...Map.groupBy(lines, ({ calendar }) => calendar)].map(accrualOn)
  return {
    shares: new Map(owed.map(({ id }, index) => [id, shareOf(index)])),
    plannedPercent: date => (lines.length === 0 ? null : byCalendar.reduce((all, accrued) => all + accrued(date), 0))
  }
}

/** Work that accrues evenly over the days of a calendar, after `before` until `finish`. */
interface Line {
  readonly share: number
  readonly before: IsoDate
  readonly finish: IsoDate
}

/** Percent that lines on one calendar plan to be done before a date; the days are counted once for all of them. */
const accrualOn = ([calendar, lines]: readonly [Calendar, readonly Line[]]): ((date: IsoDate) => number) => {
  const first = lines.reduce((least, { before }) => (before < least ? before : least), lines[0]?.before ?? '')
  const counted = lines.map(line => {
    const from = calendar.count(first, line.before)
    return { ...line, from, total: calendar.count(first, line.finish) - from }
  })
  return date => {
    const now = calendar.count(first, addDays(date, -1))
    let planned = 0
    for (const { share, before, finish, from, total } of counted)
      if (finish < date) planned += share * 100
      else if (total > 0 && date > before) planned += share * percentOf(now - from, total)
    return planned
  }
}

const percentOf = (part: number, whole: number): number => (whole > 0 ? Math.min(100, (100 * part) / whole) : 0)
