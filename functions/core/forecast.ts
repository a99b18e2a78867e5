import type { CalendarLookup } from './calendar.ts'
import type { IsoDate } from './dates.ts'
import { type SimulatedActivity, simulate } from './forecast-simulation.ts'
import {
  type BaselineDates,
  constraintsOf,
  handoverOf,
  type Milestone,
  type Project,
  type ScheduleDate
} from './milestone.ts'
import {
  type DurationEvidence,
  dslibPrior,
  evidenceOf,
  type KindEvidence,
  type OverrunPrior,
  shrinkTowards
} from './overrun-prior.ts'
import { earnedSchedule, earnedValue, type PlannedCurve, plannedCurve, plannedWorks } from './planned-value.ts'
import type { Rules } from './rules.ts'
import {
  calendarOfMilestone,
  endOfDate,
  linksAround,
  projectCalendars,
  startOfDate,
  timedConstraint,
  writeMoment
} from './schedule.ts'
import { statusOf } from './silence.ts'
import { isUnderWay, noProgress, type Progress, type TrackedProject } from './state.ts'
import { hoursPerDay, type Instant, type WorkTime } from './work-time.ts'

/** When a project will be done: even odds by `p50`, four in five by `p80` (CONTRACT, "The assessment"). */
export interface FinishForecast {
  /** `simulated-network+earned-schedule`; `simulated-network` without a baseline; `actual` of what is done. */
  readonly method: 'simulated-network+earned-schedule' | 'simulated-network' | 'actual'
  readonly p50: ScheduleDate
  readonly p80: ScheduleDate
  /** The chance to be done by the required date; null where none is required. */
  readonly onTimeProbability: number | null
  /** How many finished activities the durations rest on, and whose. */
  readonly sample: ForecastSample
}

/** What the durations of a forecast rest on: `own` and `kind` are in `n`, the others are of the reference class. */
export interface ForecastSample {
  readonly n: number
  readonly source: string
  /** Finished works of the project itself. */
  readonly own: number
  /** Finished works of its kind. */
  readonly kind: number
}

/** How much longer the rest of a project took than earned schedule said, as a lognormal over projects. */
export interface PacePrior {
  readonly logMedian: number
  readonly logSpread: number
  readonly n: number
}

/** The reference class of a forecast. */
export interface ReferenceClass {
  readonly durations: OverrunPrior
  readonly pace: PacePrior
}

/**
 * DSLIB, computed as {@link dslibPrior}: over the 69 status dates of its eight projects before their finish, each project
 * with the same weight, the logarithm of (real finish − date) ÷ (planned duration − earned schedule) has a root mean
 * square of 0.30. Its median is 0.07, which eight projects do not tell from 0: taken from seven of them it makes the
 * forecast of the eighth worse, so earned schedule is left as Lipke's PF = 1 gives it.
 */
export const dslibClass: ReferenceClass = { durations: dslibPrior, pace: { logMedian: 0, logSpread: 0.3, n: 8 } }

/** What a forecast is made from: nothing in it may be later than its date. */
export interface ForecastInput {
  readonly project: Project
  readonly baseline: BaselineDates | undefined
  readonly progress: Readonly<Record<string, Progress>>
  readonly countDone?: number | undefined
  /** The calendars of the project. */
  readonly calendars: CalendarLookup
  /** Nothing unfinished ends before this moment. */
  readonly dataDate: Instant
  /** The moment as of which progress was reported: what has not begun begins then at the earliest. */
  readonly statusDate?: Instant | undefined
  /** The moment from which the work left of a milestone goes on, where it is another. */
  readonly countedFrom?: ((progress: Progress) => Instant) | undefined
  /** The milestones whose last finish ends the project. */
  readonly targets: ReadonlySet<string>
  /** The last moment that is on time. */
  readonly deadline?: Instant | undefined
  readonly runs?: number | undefined
  readonly reference?: ReferenceClass | undefined
  /** What finished works of its kind say. */
  readonly kind?: KindEvidence | undefined
}

/** Earned value at a date, against the baseline. */
export interface EarnedStatus {
  /** The first planned start, from which earned schedule counts. */
  readonly plannedStart: Instant
  readonly plannedPercent: number
  readonly percentComplete: number
  readonly earnedSchedule: Instant
  /** Earned schedule ÷ elapsed working time since the planned start; null before it. */
  readonly spiT: number | null
}

const defaultRuns = 1000
/** How often the network of a project in the tracker is played. */
export const assessmentRuns = 512
/**
 * The network and earned schedule err in different projects, and at the start neither has earned more trust than the
 * other. Earned schedule rests on the work that is done: its share grows with it, and the network keeps this share of the
 * rest. Over the eight projects of DSLIB the mean error hardly depends on the number (0.4 to 0.7: 6.3 to 6.4 percent);
 * a share that does not fall with the work done gives 6.6.
 */
const networkShare = 0.5
/** How far a project's own pace counts when all of its work is done; before, in proportion to the work done. */
const ownPaceShare = 0.4
const fastestPace = Math.log(2)

/**
 * The forecast of a project in the tracker on the morning of `dataDate`, for its hand-over. `undefined` of a project
 * without milestones. Works of its kind are those of its category in the policy.
 * @throws RangeError when the plan has no schedule; `decide` refuses such plans.
 */
export const forecastOf = (state: TrackedProject, dataDate: IsoDate, rules: Rules): FinishForecast | undefined => {
  const { project, progress, countDone } = state
  const handover = handoverOf(project)
  if (!handover) return undefined
  const { kinds } = rules.policy
  const { category = '' } = project
  const { statusDate, countedOn } = statusOf(state, dataDate, rules.policy)
  return forecastFinish({
    project,
    baseline: state.current?.dates,
    progress,
    countDone,
    calendars: projectCalendars(project, rules.calendars),
    dataDate: startOfDate(dataDate),
    statusDate: startOfDate(statusDate),
    countedFrom: known => startOfDate(countedOn(known)),
    targets: new Set([handover.id]),
    deadline: project.requiredBy === undefined ? undefined : endOfDate(project.requiredBy),
    runs: assessmentRuns,
    kind: Object.hasOwn(kinds, category) ? kinds[category] : undefined
  })
}

/**
 * The finish of a project by simulation. In each run the network of what is left is played with overrunning durations,
 * and beside it earned schedule with the overrun of whole projects; the finish of the run lies between the two, halfway
 * at the start and nearer to earned schedule the more is done, and a bad run is bad for both. Durations follow the reference class, moved by the kind and then by the project's own
 * finished work; the pace follows the class, moved by the project's own SPI(t) as its work gets done.
 * `undefined` when none of the targets is in the plan.
 */
export const forecastFinish = (input: ForecastInput): FinishForecast | undefined => {
  const { project, progress, calendars, dataDate, targets, runs = defaultRuns, reference = dslibClass } = input
  const { statusDate = dataDate } = input
  const milestones = project.milestones.filter(({ id }) => !progress[id]?.cancelled)
  const owed = milestones.filter(({ id }) => targets.has(id))
  const last = owed.at(-1)
  if (!last) return undefined
  const write = writerOf(project, calendars)
  const own = evidenceOf(finishedRatios(milestones, progress, calendars))
  const prior = priorFor(own, input)
  const sample = { n: prior.n, source: prior.source, own: own.n, kind: input.kind?.n ?? 0 }
  if (owed.every(({ id }) => progress[id]?.actualFinish !== undefined)) {
    const finish = owed.reduce((latest, { id }) => Math.max(latest, endOfDate(progress[id]?.actualFinish ?? '')), 0)
    const onTimeProbability = input.deadline === undefined ? null : Number(finish <= input.deadline)
    return { method: 'actual', p50: write(finish), p80: write(finish), onTimeProbability, sample }
  }

  const axis = axisOf(project, calendars)
  const origin = startOfDate(project.start)
  const activities = milestones.map(milestone => simulatedActivity(milestone, input))
  const { finishes, common } = simulate(activities, { runs, targets, axis, origin, prior })
  const earned = earnedParts(input)
  if (earned) {
    const now = axis.count(origin, statusDate)
    const left = axis.count(earned.schedule, earned.curve.finish)
    // A pause that was planned is waited out, it does not overrun: what overruns is the work after it and before it.
    const atRisk = axis.count(earned.first, earned.curve.finish)
    const { logMedian, logSpread } = paceFor(earned, reference.pace, axis.count(earned.curve.start, statusDate), axis)
    const promised = promisedFinish(activities, input, { axis, origin })
    const byNetwork = networkShare * (1 - earned.value / earned.curve.total)
    for (let run = 0; run < runs; run += 1) {
      const byPace = now + Math.max(0, left + atRisk * Math.expm1(logMedian + logSpread * (common[run] ?? 0)))
      finishes[run] = byNetwork * (finishes[run] ?? 0) + (1 - byNetwork) * Math.max(byPace, promised)
    }
  }
  finishes.sort()
  const momentOf = (share: number): Instant => {
    const work = finishes[Math.ceil(share * runs) - 1] ?? 0
    const moment = axis.offset(origin, axis.unit === 'day' ? Math.ceil(work - 1e-6) : Math.ceil(work * 60 - 1e-6) / 60)
    return Math.max(moment, dataDate)
  }
  const { deadline } = input
  return {
    method: earned ? 'simulated-network+earned-schedule' : 'simulated-network',
    p50: write(momentOf(0.5)),
    p80: write(momentOf(0.8)),
    onTimeProbability: deadline === undefined ? null : chanceBy(finishes, axis.count(origin, deadline)),
    sample
  }
}

/** Planned and earned value, earned schedule and SPI(t) at the status date; `undefined` without a baseline. */
export const earnedStatus = (input: ForecastInput): EarnedStatus | undefined => {
  const parts = earnedParts(input)
  if (!parts) return undefined
  const { curve, value, schedule } = parts
  const axis = axisOf(input.project, input.calendars)
  const now = input.statusDate ?? input.dataDate
  const elapsed = axis.count(curve.start, now)
  return {
    plannedStart: curve.start,
    plannedPercent: (100 * curve.valueAt(now)) / curve.total,
    percentComplete: (100 * value) / curve.total,
    earnedSchedule: schedule,
    spiT: elapsed > 0 ? axis.count(curve.start, schedule) / elapsed : null
  }
}

/** The working time on which the project as a whole is measured: that of most of its planned work. */
export const axisOf = (project: Project, calendars: CalendarLookup): WorkTime => {
  const work = new Map<WorkTime, number>()
  for (const milestone of project.milestones) {
    const { time, unit } = calendarOfMilestone(milestone, calendars)
    work.set(time, (work.get(time) ?? 0) + milestone.duration / (unit === 'hour' ? hoursPerDay : 1))
  }
  const [most] = [...work].sort((a, b) => b[1] - a[1])
  if (!most) throw new RangeError('the project has no milestones')
  return most[0]
}

/** Writes a moment as the calendar of the hand-over writes its dates. */
export const writerOf = (project: Project, calendars: CalendarLookup): ((moment: Instant) => ScheduleDate) => {
  const handover = handoverOf(project)
  const isHours = handover !== undefined && calendarOfMilestone(handover, calendars).unit === 'hour'
  return moment => writeMoment(moment, isHours ? 'hour' : 'day')
}

const simulatedActivity = (milestone: Milestone, input: ForecastInput): SimulatedActivity => {
  const { project, progress, baseline, calendars, dataDate } = input
  const { statusDate = dataDate, countedFrom } = input
  const { id, duration } = milestone
  const { time } = calendarOfMilestone(milestone, calendars)
  const known = progress[id] ?? noProgress
  const { actualStart, actualFinish, remainingDuration, percentComplete, forecastFinish } = known
  const underWay = isUnderWay(known)
  const approved = baseline?.[id]
  const promised = forecastFinish === undefined ? dataDate : endOfDate(forecastFinish)
  const { from, until } = boundsOf(milestone)
  return {
    id,
    time,
    links: linksAround(milestone, project, other => progress[other]?.cancelled !== undefined, calendars),
    begun: actualStart === undefined ? undefined : startOfDate(actualStart),
    done: actualFinish === undefined ? undefined : endOfDate(actualFinish),
    // Work is hardly ever begun before its planned start: in DSLIB 6 of the 38 activities that could be were.
    from: underWay
      ? (countedFrom?.(known) ?? statusDate)
      : Math.max(statusDate, startOfDate(project.start), from, approved ? startOfDate(approved.start) : 0),
    work: underWay ? (remainingDuration ?? duration * (1 - percentComplete / 100)) : duration,
    notFinishedBefore: Math.max(dataDate, promised, until)
  }
}

/**
 * The finish to which later dates that were promised lead, with planned durations after them. Earned schedule knows
 * nothing of promises, and no forecast is better than what those who do the work say.
 */
const promisedFinish = (
  activities: readonly SimulatedActivity[],
  { progress, targets }: ForecastInput,
  { axis, origin }: { readonly axis: WorkTime; readonly origin: Instant }
): number => {
  const promiseOf = (id: string) => progress[id]?.forecastFinish
  if (activities.every(({ id, done }) => done !== undefined || promiseOf(id) === undefined))
    return Number.NEGATIVE_INFINITY
  const freed = activities.map(activity => {
    const promise = promiseOf(activity.id)
    return { ...activity, from: origin, notFinishedBefore: promise === undefined ? origin : endOfDate(promise) }
  })
  const prior = { ...dslibPrior, onTime: 1 }
  return simulate(freed, { runs: 1, targets, axis, origin, prior }).finishes[0] ?? Number.NEGATIVE_INFINITY
}

/** The moments before which a milestone may not start and not end. A date imposed does not undo a late predecessor. */
const boundsOf = (milestone: Milestone): { readonly from: Instant; readonly until: Instant } => {
  let [from, until] = [0, 0]
  for (const constraint of constraintsOf(milestone).map(timedConstraint))
    switch (constraint.type) {
      case 'SNET':
      case 'SO':
      case 'MSO':
      case 'MANUAL':
        from = Math.max(from, constraint.at)
        break
      case 'FNET':
      case 'FO':
      case 'MFO':
        until = Math.max(until, constraint.at)
        break
      case 'SNLT':
      case 'FNLT':
      case 'ALAP':
      case 'ASAP':
        break
    }
  return { from, until }
}

/** Actual ÷ planned working time of what is finished. */
export const finishedRatios = (
  milestones: readonly Milestone[],
  progress: Readonly<Record<string, Progress>>,
  calendars: CalendarLookup
): readonly number[] =>
  milestones.flatMap(milestone => {
    const { actualStart, actualFinish } = progress[milestone.id] ?? noProgress
    if (actualStart === undefined || actualFinish === undefined || milestone.duration <= 0) return []
    const { time } = calendarOfMilestone(milestone, calendars)
    return [time.count(startOfDate(actualStart), endOfDate(actualFinish)) / milestone.duration]
  })

/** The project's own finished work first, then its kind, then the reference class. */
const priorFor = (own: DurationEvidence, { kind, reference = dslibClass }: ForecastInput): OverrunPrior => {
  const { durations } = reference
  const ofKind = kind ? shrinkTowards(durations, kind, `its kind (${kind.n}, ${kind.source})`) : durations
  return shrinkTowards(ofKind, own, `own finished work (${own.n})`)
}

interface EarnedParts {
  readonly curve: PlannedCurve
  readonly value: number
  readonly schedule: Instant
  /** The first moment by which the value was due. */
  readonly first: Instant
}

const earnedParts = ({
  project,
  baseline = {},
  progress,
  countDone = 0,
  calendars,
  dataDate,
  statusDate = dataDate
}: ForecastInput): EarnedParts | undefined => {
  const works = plannedWorks(project, baseline, calendars, id => progress[id]?.cancelled !== undefined)
  const curve = plannedCurve(works)
  if (!curve) return undefined
  const value = project.count
    ? Math.min(countDone, curve.total)
    : earnedValue(works, id => ({
        percentComplete: progress[id]?.percentComplete ?? 0,
        started: isUnderWay(progress[id] ?? noProgress)
      }))
  return { curve, value, schedule: earnedSchedule(curve, value, statusDate), first: curve.dueAt(value).first }
}

/** The pace of the class, moved by the project's own: log(elapsed ÷ earned schedule) in proportion to the work done. */
const paceFor = (
  { curve, value, schedule }: EarnedParts,
  pace: PacePrior,
  elapsed: number,
  axis: WorkTime
): PacePrior => {
  const earned = axis.count(curve.start, schedule)
  if (elapsed <= 0) return pace
  const own = Math.max(-fastestPace, Math.min(fastestPace, Math.log(elapsed / Math.max(earned, elapsed / 100))))
  return { ...pace, logMedian: pace.logMedian + (ownPaceShare * own * value) / curve.total }
}

const chanceBy = (sorted: Float64Array, deadline: number): number => {
  let count = 0
  for (const finish of sorted) if (finish <= deadline + 1e-9) count += 1
  return Math.round((1000 * count) / sorted.length) / 1000
}
