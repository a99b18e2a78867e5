import type { Assessment, Flag, MilestoneAssessment, MilestonePath } from './assessment.ts'
import { addDays, type IsoDate } from './dates.ts'
import { earnedSchedule } from './earned.ts'
import { flagId } from './flag.ts'
import { flagText } from './flag-text.ts'
import { type Condition, conditionsOf, oneDecimal } from './flags.ts'
import { type FinishForecast, forecastOf } from './forecast.ts'
import { colouring, type HoldingRule, isRelief } from './judgement.ts'
import { legalChecks } from './legal-checks.ts'
import type { FloatPathMethod } from './network-paths.ts'
import { openingGuard } from './opening-guard.ts'
import { type MilestoneOutlook, type Outlook, outlookOf } from './outlook.ts'
import { type Light, type Policy, type RuleId, ruleIds, severityOf } from './policy.ts'
import { qualityChecks } from './quality-checks.ts'
import type { Rules } from './rules.ts'
import { dateOf } from './schedule.ts'
import type { TrackedProject } from './state.ts'

/**
 * Everything the tracker says of a project on the morning of `dataDate` (CONTRACT, "The assessment"): a pure function of
 * the log, the date and the policy.
 * @throws RangeError when the plan has no schedule; `decide` refuses such plans.
 */
export const assess = (state: TrackedProject, dataDate: IsoDate, rules: Rules): Assessment =>
  assessmentOf(outlookOf(state, dataDate, rules), rules.policy)

/** The same with the forecast of the finish and the float paths: for one project that somebody looks at, not for lists. */
export const assessWithForecast = (state: TrackedProject, dataDate: IsoDate, rules: Rules): Assessment => {
  const outlook = outlookOf(state, dataDate, rules)
  const pathsBy = (method: FloatPathMethod): readonly MilestonePath[] =>
    outlook.schedule.floatPaths(method).map(({ number, float, activities }) => ({
      number,
      float: ratio(float),
      milestones: activities
    }))
  return {
    ...assessmentOf(outlook, rules.policy),
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

/**
 * The colour of a project from the rules that hold (DOMAIN §4); silence mutes green, blue and yellow, not red, and an
 * approved better colour what it was approved instead of.
 */
export const lightOf = (conditions: readonly HoldingRule[], finished: boolean): Light => {
  // As good as every milestone of a plan.
  if (conditions.length === 0) return finished ? 'done' : 'green'
  const severities = new Set(colouring(conditions).map(({ rule }) => severityOf[rule]))
  if (finished) return severities.has('red') ? 'red' : severities.has('yellow') ? 'yellow' : 'done'
  // A pause whose review is overdue is silence, and no longer an excuse for it.
  if (severities.has('paused')) return severities.has('stale') ? 'stale' : 'paused'
  const colours = ['no-baseline', 'red', 'stale', 'yellow', 'blue'] as const
  return colours.find(severity => severities.has(severity)) ?? 'green'
}

/** The rules that hold, an approved better colour first and then the gravest, once each; `G` when none does. */
export const rulesOf = (conditions: readonly HoldingRule[]): readonly (RuleId | 'G')[] => {
  if (conditions.length === 0) return ['G']
  const relief = conditions.find(isRelief)?.rule
  const others = gravestFirst.filter(id => id !== relief && conditions.some(({ rule }) => rule === id))
  return relief === undefined ? others : [relief, ...others]
}

const gravestFirst = (['no-baseline', 'paused', 'red', 'stale', 'yellow', 'blue', 'green'] as const).flatMap(severity =>
  ruleIds.filter(rule => severityOf[rule] === severity)
)

const assessmentOf = (outlook: Outlook, policy: Policy): Assessment => {
  const conditions = conditionsOf(outlook, policy)
  const { state, dataDate, cn, earned, handover, milestones, finished } = outlook
  const { project } = state
  const own = byMilestone(outlook, conditions)
  const light = lightOf(conditions, finished)
  const planned = earned.plannedPercent(dataDate)
  const span = baselineSpanOf(outlook)
  // Once the school is in use no more time passes for it.
  const handedOver = finished && handover ? addDays(dateOf(handover.projectedFinish), 1) : undefined
  const statusDate = handedOver !== undefined && handedOver < dataDate ? handedOver : dataDate
  const schedule = span && statusDate > span.start ? earnedSchedule(earned, span, statusDate, cn) : undefined
  const projectedFinish = handover?.projectedFinish ?? null
  const originalFinish = handover && state.original?.dates[handover.milestone.id]?.finish
  const lastDate = milestones.reduce(
    (last, m) => (dateOf(m.projectedFinish) > last ? dateOf(m.projectedFinish) : last),
    dataDate
  )
  return {
    projectId: project.id,
    dataDate,
    light,
    ...(light === 'stale'
      ? {
          lastLight: lightOf(
            conditions.filter(({ rule }) => rule !== 'S1'),
            finished
          )
        }
      : {}),
    rules: rulesOf(conditions),
    baselineFinish: originalFinish ?? null,
    currentFinish: handover?.baselineFinish ?? null,
    projectedFinish,
    requiredBy: project.requiredBy ?? null,
    marginWorkingDays:
      project.requiredBy === undefined || projectedFinish === null
        ? null
        : cn.count(dateOf(projectedFinish), project.requiredBy),
    variance: handover?.variance ?? null,
    percentComplete: oneDecimal(earned.percentComplete),
    plannedPercent: planned === null ? null : oneDecimal(planned),
    spi: planned === null || planned === 0 ? null : ratio(earned.percentComplete / planned),
    spiT: schedule?.spiT === null || schedule === undefined ? null : ratio(schedule.spiT),
    earnedSchedule: schedule?.date ?? null,
    provisional: cn.isProvisional(lastDate, lastDate),
    criticalPath: outlook.schedule.criticalPath,
    milestones: project.milestones.map(({ id }) => milestoneOf(id, outlook, own)),
    flags: conditions.map(condition => flagOf(condition, outlook, own)),
    guard: openingGuard(outlook, policy),
    checks: [...legalChecks(outlook), ...qualityChecks(outlook)]
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
}

const byMilestone = ({ milestones, schedule }: Outlook, conditions: readonly Condition[]): ByMilestone => ({
  outlooks: new Map(milestones.map(outlook => [outlook.milestone.id, outlook])),
  conditions: Map.groupBy(conditions, ({ milestoneId }) => milestoneId),
  silent: conditions.filter(({ rule, milestoneId }) => rule === 'S1' && milestoneId === undefined),
  critical: new Set(schedule.criticalPath)
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
  const { dates, progress, done, variance, projectedFinish } = found
  const started = progress.actualStart !== undefined || progress.percentComplete > 0
  return {
    id,
    light: milestoneLight(found, outlook, own),
    status: done ? 'done' : started ? 'in-progress' : 'not-started',
    percentComplete: progress.percentComplete,
    ...baseline,
    earlyStart: dates.earlyStart,
    earlyFinish: dates.earlyFinish,
    lateStart: dates.lateStart ?? null,
    lateFinish: dates.lateFinish ?? null,
    totalFloat: dates.totalFloat ?? null,
    freeFloat: dates.freeFloat ?? null,
    critical: !done && (own.critical.has(id) || (dates.totalFloat ?? 1) <= 0),
    projectedFinish,
    variance: variance ?? null,
    drivenBy: { kind: dates.drivenBy.kind, ref: dates.drivenBy.ref }
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
