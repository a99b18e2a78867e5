import type { Assessment, Flag, MilestoneAssessment, MilestonePath } from './assessment.ts'
import { addDays, type IsoDate } from './dates.ts'
import { earnedSchedule } from './earned.ts'
import { flagId } from './flag.ts'
import { flagText } from './flag-text.ts'
import { type Condition, conditionsOf } from './flags.ts'
import { type FinishForecast, forecastOf } from './forecast.ts'
import { lightOf } from './light.ts'
import type { FloatPathMethod } from './network-paths.ts'
import { latestStartOfWorks } from './opening-guard.ts'
import { type MilestoneOutlook, type Outlook, outlookOf } from './outlook.ts'
import { type Light, type Policy, severityOf } from './policy.ts'
import { qualityChecks } from './quality-checks.ts'
import type { Rules } from './rules.ts'
import { dateOf, type Schedule } from './schedule.ts'
import { standingOf, statusOfMilestone } from './standing.ts'
import type { TrackedProject } from './state.ts'

/**
 * Everything the tracker says of a project on the morning of `dataDate` (CONTRACT, "The assessment"): a pure function of
 * the log, the date and the policy.
 * @throws RangeError when the plan has no schedule; `decide` refuses such plans.
 */
export const assess = (state: TrackedProject, dataDate: IsoDate, rules: Rules): Assessment => {
  const outlook = outlookOf(state, dataDate, rules)
  return assessmentOf(outlook, outlook.schedule.whole(), rules.policy)
}

/** The same with the forecast of the finish and the float paths: for one project that somebody looks at, not for lists. */
export const assessWithForecast = (state: TrackedProject, dataDate: IsoDate, rules: Rules): Assessment => {
  const outlook = outlookOf(state, dataDate, rules)
  const schedule = outlook.schedule.whole()
  const pathsBy = (method: FloatPathMethod): readonly MilestonePath[] =>
    schedule.floatPaths(method).map(({ number, float, activities }) => ({
      number,
      float: ratio(float),
      milestones: activities
    }))
  return {
    ...assessmentOf(outlook, schedule, rules.policy),
    forecast: placedForecast(state, dataDate, rules),
    floatPaths: { totalFloat: pathsBy('total-float'), freeFloat: pathsBy('free-float') }
  }
}

/** A finish in another age, decades after the plan, has no date and so no forecast. */
const placedForecast = (state: TrackedProject, dataDate: IsoDate, rules: Rules): FinishForecast | null => {
  try {
    return forecastOf(state, dataDate, rules) ?? null
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

const assessmentOf = (outlook: Outlook, schedule: Schedule, policy: Policy): Assessment => {
  const conditions = conditionsOf(outlook, policy)
  const standing = standingOf(outlook, conditions, policy)
  const { state, dataDate, cn, earned, handover, finished } = outlook
  const { project } = state
  const own = byMilestone(outlook, schedule, conditions)
  const { light, lastLight, projectedFinish, requiredBy, plannedPercent } = standing
  const planned = earned.plannedPercent(dataDate)
  const span = baselineSpanOf(outlook)
  // Once the school is in use no more time passes for it.
  const handedOver = finished && handover ? addDays(dateOf(handover.projectedFinish), 1) : undefined
  const statusDate = handedOver !== undefined && handedOver < dataDate ? handedOver : dataDate
  const byTime = span && statusDate > span.start ? earnedSchedule(earned, span, statusDate, cn) : undefined
  const originalFinish = handover && state.original?.dates[handover.milestone.id]?.finish
  return {
    projectId: project.id,
    dataDate,
    light,
    ...(lastLight === undefined ? {} : { lastLight }),
    rules: standing.rules,
    baselineFinish: originalFinish ?? null,
    currentFinish: standing.currentFinish,
    projectedFinish,
    requiredBy,
    marginWorkingDays: standing.marginWorkingDays,
    variance: standing.variance,
    percentComplete: standing.percentComplete,
    plannedPercent,
    spi: planned === null || planned === 0 ? null : ratio(earned.percentComplete / planned),
    spiT: byTime?.spiT === null || byTime === undefined ? null : ratio(byTime.spiT),
    earnedSchedule: byTime?.date ?? null,
    provisional: standing.provisional,
    criticalPath: schedule.criticalPath,
    milestones: project.milestones.map(({ id }) => milestoneOf(id, outlook, own)),
    flags: conditions.map(condition => flagOf(condition, outlook, own)),
    guard: standing.guard && { ...standing.guard, latestStartOfWorks: latestStartOfWorks(outlook, schedule) },
    checks: [...standing.checks, ...qualityChecks(outlook, schedule)]
  }
}

const ratio = (value: number): number => Math.round(value * 1000) / 1000

/** From the first approved start to the morning by which everything up to hand-over is due, the one after it. */
const baselineSpanOf = ({ state, milestones, handover }: Outlook): { start: IsoDate; finish: IsoDate } | undefined => {
  const finish = handover?.baselineFinish
  if (finish === undefined) return undefined
  let start: IsoDate | undefined
  for (const { milestone } of milestones) {
    const approved = state.current?.dates[milestone.id]?.start
    if (approved !== undefined && (start === undefined || approved < start)) start = dateOf(approved)
  }
  return start === undefined ? undefined : { start, finish: addDays(dateOf(finish), 1) }
}

/** What is asked of each milestone by its id; found once, since a contractor's plan has thousands. */
interface ByMilestone {
  readonly outlooks: ReadonlyMap<string, MilestoneOutlook>
  readonly conditions: ReadonlyMap<string | undefined, readonly Condition[]>
  /** Silence of the project, which mutes the colours of all its milestones. */
  readonly silent: readonly Condition[]
  readonly critical: ReadonlySet<string>
  readonly dates: Schedule['dates']
}

const byMilestone = (
  { milestones }: Outlook,
  { criticalPath, dates }: Schedule,
  conditions: readonly Condition[]
): ByMilestone => ({
  outlooks: new Map(milestones.map(outlook => [outlook.milestone.id, outlook])),
  conditions: Map.groupBy(conditions, ({ milestoneId }) => milestoneId),
  silent: conditions.filter(({ rule, milestoneId }) => rule === 'S1' && milestoneId === undefined),
  critical: new Set(criticalPath),
  dates
})

const flagOf = (condition: Condition, { state, dataDate }: Outlook, { outlooks }: ByMilestone): Flag => {
  const { rule, milestoneId, facts } = condition
  const milestone = outlooks.get(milestoneId ?? '')?.milestone
  const zh = milestone?.name ?? state.project.name
  const name = { zh, en: milestone?.nameEn ?? milestone?.name ?? state.project.nameEn ?? zh }
  return {
    rule,
    severity: severityOf[rule],
    ...(milestoneId === undefined ? {} : { milestoneId }),
    since: state.flags[flagId(condition)]?.since ?? dataDate,
    facts,
    text: flagText(condition, name)
  }
}

const milestoneOf = (id: string, outlook: Outlook, own: ByMilestone): MilestoneAssessment => {
  const { state } = outlook
  const found = own.outlooks.get(id)
  const approved = state.current?.dates[id]
  const originalFinish = state.original?.dates[id]?.finish ?? null
  const baseline = { originalFinish, baselineStart: approved?.start ?? null, baselineFinish: approved?.finish ?? null }
  if (!found)
    return {
      id,
      light: 'paused',
      status: 'cancelled',
      percentComplete: state.progress[id]?.percentComplete ?? 0,
      ...baseline,
      earlyStart: null,
      earlyFinish: null,
      lateStart: null,
      lateFinish: null,
      totalFloat: null,
      freeFloat: null,
      critical: false,
      projectedFinish: null,
      variance: null,
      drivenBy: null
    }
  const { dates: early, progress, done, variance, projectedFinish } = found
  const late = own.dates.get(id)
  return {
    id,
    light: milestoneLight(found, outlook, own),
    status: statusOfMilestone(found),
    percentComplete: progress.percentComplete,
    ...baseline,
    earlyStart: early.earlyStart,
    earlyFinish: early.earlyFinish,
    lateStart: late?.lateStart ?? null,
    lateFinish: late?.lateFinish ?? null,
    totalFloat: late?.totalFloat ?? null,
    freeFloat: late?.freeFloat ?? null,
    critical: !done && (own.critical.has(id) || (late?.totalFloat ?? 1) <= 0),
    projectedFinish,
    variance: variance ?? null,
    drivenBy: { kind: early.drivenBy.kind, ref: early.drivenBy.ref }
  }
}

const milestoneLight = (
  { milestone, done, baselineFinish }: MilestoneOutlook,
  { state }: Outlook,
  { conditions, silent }: ByMilestone
): Light => {
  if (done) return 'done'
  if (state.status === 'paused') return 'paused'
  if (baselineFinish === undefined) return 'no-baseline'
  return lightOf([...(conditions.get(milestone.id) ?? []), ...silent], false)
}
