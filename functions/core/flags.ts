import { addMonths, daysBetween, latest, monthOf } from './dates.ts'
import { type FlagFacts, flagId } from './flag.ts'
import { judgedRule } from './judgement.ts'
import { closeoutPhase, startOfWorksOf } from './milestone.ts'
import type { MilestoneOutlook, Outlook } from './outlook.ts'
import { type Policy, type RuleId, severityOf } from './policy.ts'
import { dateOf, predecessorsAround } from './schedule.ts'
import { reportIntervalOf, silentSince } from './silence.ts'
import type { OpenFlag } from './state.ts'

/** A rule that holds on a data date, with its numbers. */
export interface Condition {
  readonly rule: RuleId
  readonly milestoneId?: string | undefined
  readonly facts: FlagFacts
}

/**
 * The rules of DOMAIN §4 that hold, in the order of that table. A pause speaks alone until its review is overdue; a
 * project without baseline is neither early nor late, only silent or not; a finished one has only its close-out left. What
 * a person judged comes last, beside all that it may put aside.
 */
export const conditionsOf = (outlook: Outlook, policy: Policy): readonly Condition[] => {
  const { state, finished } = outlook
  if (state.status === 'paused') return paused(outlook)
  if (!state.current) return [...silence(outlook, policy), { rule: 'N1', facts: {} }]
  const followers = followersOf(outlook)
  const slips = outlook.milestones.filter(m => isOpenIn(m, outlook)).flatMap(m => slip(m, followers, policy))
  if (finished) return [...dueSoon(outlook, policy), ...slips]
  const found = [
    ...dueSoon(outlook, policy),
    ...slips,
    ...gap(outlook, policy),
    ...requiredDate(outlook, policy),
    ...startOfWorks(outlook, policy),
    ...noProgress(outlook, policy),
    ...silence(outlook, policy)
  ]
  const computed = [...found, ...unimproved(found, outlook, policy)]
  const judged = judgedRule(state.judgement, computed, outlook.dataDate)
  return judged ? [...computed, judged] : computed
}

/** The milestone not reached whose approved finish comes first, of those admitted; in the order of the plan when equal. */
export const nextOf = (
  { milestones, finished }: Outlook,
  admits: (milestone: MilestoneOutlook) => boolean
): MilestoneOutlook | undefined => {
  const open = milestones.filter(m => !m.done && (finished || m.milestone.phase !== closeoutPhase) && admits(m))
  const finishOf = ({ baselineFinish, projectedFinish }: MilestoneOutlook) => dateOf(baselineFinish ?? projectedFinish)
  return open.reduce<MilestoneOutlook | undefined>(
    (first, m) => (first === undefined || finishOf(m) < finishOf(first) ? m : first),
    undefined
  )
}

const isOpenIn = ({ milestone }: MilestoneOutlook, { finished }: Outlook): boolean =>
  !finished || milestone.phase === closeoutPhase

const paused = ({ state, dataDate }: Outlook): readonly Condition[] => {
  if (state.status !== 'paused') return []
  const { since, reviewOn, reason } = state.pause
  const standing: Condition = { rule: 'P1', facts: { since, reviewOn, reason } }
  const overdue: Condition = {
    rule: 'S1',
    facts: { lastReportOn: reviewOn, days: daysBetween(reviewOn, dataDate), allowedDays: 0, awaited: 'pause-review' }
  }
  return dataDate > reviewOn ? [overdue, standing] : [standing]
}

const dueSoon = (outlook: Outlook, policy: Policy): readonly Condition[] => {
  const { cn, dataDate } = outlook
  const next = nextOf(outlook, m => m.baselineFinish !== undefined && dateOf(m.baselineFinish) >= dataDate)
  if (!next?.baselineFinish) return []
  const workingDays = cn.count(dataDate, dateOf(next.baselineFinish))
  if (workingDays > policy.dueSoonWorkingDays) return []
  const facts = { due: dateOf(next.baselineFinish), workingDays, within: policy.dueSoonWorkingDays }
  return [{ rule: 'B1', milestoneId: next.milestone.id, facts }]
}

/** The milestones that wait for each, as the network links them: what follows a cancelled one follows those before it. */
const followersOf = ({ state, milestones }: Outlook): ReadonlyMap<string, readonly MilestoneOutlook[]> => {
  const isCancelled = (id: string) => state.progress[id]?.cancelled !== undefined
  const followers = new Map<string, MilestoneOutlook[]>()
  for (const follower of milestones)
    for (const { milestoneId } of predecessorsAround(follower.milestone, state.project, isCancelled)) {
      const known = followers.get(milestoneId)
      if (known) known.push(follower)
      else followers.set(milestoneId, [follower])
    }
  return followers
}

/** Y1 and R1. A late finish stays a slip while it still pushes a direct successor, or when nothing comes after it. */
const slip = (
  outlook: MilestoneOutlook,
  followers: ReadonlyMap<string, readonly MilestoneOutlook[]>,
  policy: Policy
): readonly Condition[] => {
  const { milestone, done, baselineFinish, projectedFinish, variance } = outlook
  if (!variance || baselineFinish === undefined || variance.workingDays < policy.yellowSlipWorkingDays) return []
  if (done) {
    const after = followers.get(milestone.id) ?? []
    const pushes = after.some(m => !m.done && (m.variance?.workingDays ?? 0) >= policy.yellowSlipWorkingDays)
    if (after.length > 0 && !pushes) return []
  }
  const red = variance.workingDays > policy.redSlipWorkingDays
  const facts = {
    baselineFinish: dateOf(baselineFinish),
    projectedFinish: dateOf(projectedFinish),
    workingDays: variance.workingDays,
    calendarDays: variance.calendarDays,
    basis: done ? 'actual' : 'forecast',
    limit: red ? policy.redSlipWorkingDays : policy.yellowSlipWorkingDays
  }
  return [{ rule: red ? 'R1' : 'Y1', milestoneId: milestone.id, facts }]
}

/** Y2 and R2: planned percent less percent done. */
const gap = ({ earned, dataDate }: Outlook, policy: Policy): readonly Condition[] => {
  const planned = earned.plannedPercent(dataDate)
  if (planned === null) return []
  const points = oneDecimal(planned - earned.percentComplete)
  if (points < policy.yellowGapPoints) return []
  const red = points > policy.redGapPoints
  const facts = {
    plannedPercent: oneDecimal(planned),
    percentComplete: oneDecimal(earned.percentComplete),
    points,
    limit: red ? policy.redGapPoints : policy.yellowGapPoints
  }
  return [{ rule: red ? 'R2' : 'Y2', facts }]
}

/** Y3 and R3: the float that the baseline left before the required date, and what is left of it. */
const requiredDate = ({ state, handover, cn }: Outlook, policy: Policy): readonly Condition[] => {
  const { requiredBy } = state.project
  if (requiredBy === undefined || !handover) return []
  const milestoneId = handover.milestone.id
  const projectedFinish = dateOf(handover.projectedFinish)
  const leftWorkingDays = cn.count(projectedFinish, requiredBy)
  if (projectedFinish > requiredBy)
    return [
      {
        rule: 'R3',
        milestoneId,
        facts: {
          requiredBy,
          projectedFinish,
          workingDays: Math.abs(leftWorkingDays),
          calendarDays: daysBetween(requiredBy, projectedFinish)
        }
      }
    ]
  if (handover.baselineFinish === undefined) return []
  const baselineFinish = dateOf(handover.baselineFinish)
  const floatWorkingDays = cn.count(baselineFinish, requiredBy)
  const usedWorkingDays = floatWorkingDays - leftWorkingDays
  if (floatWorkingDays <= 0 || usedWorkingDays <= floatWorkingDays * policy.floatUsedShare) return []
  const facts = {
    requiredBy,
    baselineFinish,
    projectedFinish,
    floatWorkingDays,
    usedWorkingDays,
    usedPercent: oneDecimal((100 * usedWorkingDays) / floatWorkingDays),
    limit: oneDecimal(100 * policy.floatUsedShare)
  }
  return [{ rule: 'Y3', milestoneId, facts }]
}

/** Y4 from the month after the planned 开工, R6 once its term of months is over. */
const startOfWorks = ({ state, milestones, dataDate }: Outlook, policy: Policy): readonly Condition[] => {
  const works = startOfWorksOf(state.project)
  const start = milestones.find(({ milestone }) => milestone.id === works?.id)
  if (!start || start.done || start.baselineFinish === undefined) return []
  const planned = dateOf(start.baselineFinish)
  const limitDate = addMonths(planned, policy.lateStartMonths)
  const facts = { planned, months: policy.lateStartMonths, limitDate }
  if (dataDate > limitDate) return [{ rule: 'R6', milestoneId: start.milestone.id, facts }]
  return monthOf(dataDate) > monthOf(planned) ? [{ rule: 'Y4', milestoneId: start.milestone.id, facts }] : []
}

/** R5: two months without a report, or without anything to show. */
const noProgress = (outlook: Outlook, policy: Policy): readonly Condition[] => {
  const { state, dataDate } = outlook
  const start = dateOf(state.project.start)
  const report = silentSince(state)
  const progress =
    latest(state.lastProgressOn ?? latest(state.registeredOn, start), state.resumedOn) ?? state.registeredOn
  const since = report < progress ? report : progress
  if (dataDate < start || dataDate < addMonths(since, policy.silentMonths)) return []
  const facts = {
    lastReportOn: report,
    lastProgressOn: progress,
    days: daysBetween(since, dataDate),
    months: policy.silentMonths
  }
  return [{ rule: 'R5', facts }]
}

/** S1: silence beyond the agreed interval. */
const silence = (outlook: Outlook, policy: Policy): readonly Condition[] => {
  const { state, dataDate, finished } = outlook
  const lastReportOn = silentSince(state)
  const days = daysBetween(lastReportOn, dataDate)
  const allowedDays = reportIntervalOf(state, policy)
  if (finished || dataDate < dateOf(state.project.start) || days <= allowedDays) return []
  return [{ rule: 'S1', facts: { lastReportOn, days, allowedDays, awaited: 'report' } }]
}

/** R4: a yellow flag that stood for so many periods and is no better than when it was raised. */
const unimproved = (
  found: readonly Condition[],
  { state, dataDate }: Outlook,
  policy: Policy
): readonly Condition[] => {
  const conditions: Condition[] = []
  const seen = new Set<string>()
  for (const condition of found) {
    const open = state.flags[flagId(condition)]
    if (!open || severityOf[condition.rule] !== 'yellow' || seen.has(condition.milestoneId ?? '')) continue
    const months = policy.yellowPeriods * policy.periodMonths
    if (dataDate < addMonths(open.since, months) || hasImproved(open, condition)) continue
    seen.add(condition.milestoneId ?? '')
    const facts = {
      yellow: condition.rule,
      since: open.since,
      periods: policy.yellowPeriods,
      before: measureOf(open) ?? '',
      now: measureOf(condition) ?? ''
    }
    conditions.push({
      rule: 'R4',
      ...(condition.milestoneId === undefined ? {} : { milestoneId: condition.milestoneId }),
      facts
    })
  }
  return conditions
}

const hasImproved = (open: OpenFlag, now: Condition): boolean => {
  const before = measureOf(open)
  const after = measureOf(now)
  return before !== undefined && after !== undefined && after < before
}

/** The number by which a yellow flag gets better or worse; none for Y4, which holds or does not. */
const measureOf = ({ rule, facts }: { readonly rule: RuleId; readonly facts: FlagFacts }): number | undefined => {
  const value =
    rule === 'Y1' ? facts.workingDays : rule === 'Y2' ? facts.points : rule === 'Y3' ? facts.usedPercent : undefined
  return typeof value === 'number' ? value : undefined
}

/** Percentages are compared and printed with one decimal, so that the page's arithmetic can be redone by hand. */
export const oneDecimal = (value: number): number => Math.round((value + Number.EPSILON) * 10) / 10
