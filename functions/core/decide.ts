import type { CalendarLookup } from './calendar.ts'
import { checkPlan, hasFormOf } from './check-plan.ts'
import { checkCorrection, checkReport } from './check-report.ts'
import type { Command } from './commands.ts'
import { addDays, type IsoDate, isIsoDate } from './dates.ts'
import { decideCase } from './decide-case.ts'
import { decideJudgement } from './decide-judgement.ts'
import type { ProjectEvent } from './events.ts'
import { evolveEvent } from './evolve.ts'
import { flagChanges } from './flag-life.ts'
import { sameJson } from './json.ts'
import { type BaselineDates, handoverOf, type Project } from './milestone.ts'
import { outlookOf } from './outlook.ts'
import type { Policy } from './policy.ts'
import { type Fault, type FieldPath, type Refusal, refusalOf } from './refusal.ts'
import type { Rules } from './rules.ts'
import {
  calendarOfMilestone,
  computeSchedule,
  dateOf,
  projectCalendars,
  type Schedule,
  type ScheduleInput
} from './schedule.ts'
import type { ProjectState, TrackedProject } from './state.ts'

/** Events to append, none when nothing changes, or why the command is not accepted. */
export type Decision =
  | { readonly ok: true; readonly events: readonly ProjectEvent[] }
  | { readonly ok: false; readonly refusal: Refusal }

/**
 * Decides a command on `today`. The events include the flags that the command raises or clears and the cases that opens,
 * so that a report and its colours are one commit and can never disagree.
 */
export const decide = (command: Command, state: ProjectState, rules: Rules, today: IsoDate): Decision => {
  const own = decideOwn(command, state, rules, today)
  if (!own.ok) return own
  const after = own.events.reduce((now, event) => evolveEvent(now, event, today), state)
  if (after.status === 'unregistered') return own
  return { ok: true, events: [...own.events, ...flagChanges(after, rules, today)] }
}

const accepted = (...events: readonly ProjectEvent[]): Decision => ({ ok: true, events })

const refused = (...faults: readonly Fault[]): Decision => ({ ok: false, refusal: refusalOf(faults) })

const decideOwn = (command: Command, state: ProjectState, rules: Rules, today: IsoDate): Decision => {
  if (state.status === 'unregistered')
    return command.type === 'register-project'
      ? register(command.project, command.baseline, rules)
      : refused({ code: 'not-registered', path: [] })
  switch (command.type) {
    case 'register-project':
      return changePlan(command, state, rules, today)
    case 'approve-baseline':
      return approveBaseline(command, state, rules, today)
    case 'report-progress': {
      const faults = checkReport(command, state, rules, today)
      const { reports, countDone, note, photosTaken } = command
      return faults.length > 0
        ? refused(...faults)
        : accepted(defined({ type: 'progress-reported', reports, countDone, note, photosTaken }))
    }
    case 'report-no-change':
      return accepted(defined({ type: 'no-change-reported', note: command.note }))
    case 'correct-report': {
      const faults = checkCorrection(command, state, rules, today)
      const { corrects, reason, corrections, countDone } = command
      return faults.length > 0
        ? refused(...faults)
        : accepted(defined({ type: 'report-corrected', corrects, reason, corrections, countDone }))
    }
    case 'pause-project':
      if (state.status === 'paused') return refused({ code: 'already-paused', path: [] })
      if (command.reviewOn <= today)
        return refused({ code: 'date-not-in-future', path: ['reviewOn'], params: { today } })
      return accepted({ type: 'project-paused', reason: command.reason, reviewOn: command.reviewOn })
    case 'resume-project':
      if (state.status === 'active') return refused({ code: 'not-paused', path: [] })
      return accepted({ type: 'project-resumed', reason: command.reason })
    case 'cancel-milestone':
      return cancelMilestone(command.milestoneId, command.reason, state)
    case 'judge-colour':
      return decideJudgement(command, state, rules, today)
    case 'withdraw-judgement':
      if (!state.judgement) return refused({ code: 'not-judged', path: [] })
      return accepted({ type: 'judgement-withdrawn', reason: command.reason })
    case 'review-project':
      return accepted()
    case 'acknowledge-case':
    case 'close-case':
    case 'rule-delay':
    case 'silence-flags':
      return decideCase(command, state, rules, today)
  }
}

/** Leaves out absent fields, so that the log holds only what was said. */
const defined = <Event extends ProjectEvent>(event: Event): Event => {
  const said = { ...event }
  for (const key of Object.keys(said) as (keyof Event)[]) if (said[key] === undefined) delete said[key]
  return said
}

const registrationReason = '随计划登记 / registered with the plan'
const planChangeReason = '随计划调整 / changed with the plan'

const register = (project: Project, baseline: BaselineDates, rules: Rules): Decision => {
  const faults = checkPlan(project, baseline, rules.calendars)
  if (faults.length > 0) return refused(...faults)
  return Object.keys(baseline).length === 0
    ? accepted({ type: 'project-registered', project })
    : accepted(
        { type: 'project-registered', project },
        { type: 'baseline-approved', reason: registrationReason, dates: baseline }
      )
}

const changePlan = (
  { project, baseline, delay }: Command & { type: 'register-project' },
  state: TrackedProject,
  rules: Rules,
  today: IsoDate
): Decision => {
  const faults: Fault[] = [...checkPlan(project, baseline, rules.calendars)]
  const kept = new Set(project.milestones.map(({ id }) => id))
  for (const { id } of state.project.milestones)
    if (!kept.has(id) && (state.current?.dates[id] || state.progress[id]))
      faults.push({ code: 'milestone-vanished', path: ['milestones'], params: { id } })
  const handover = handoverOf(project)
  // The same as cancelling it: a plan without an end in sight has no finish to be early or late against.
  if (handover && state.progress[handover.id]?.cancelled)
    faults.push({ code: 'handover-needed', path: ['milestones'], params: { id: handover.id } })
  if (project.count && (state.countDone ?? 0) > project.count.total)
    faults.push({ code: 'count-above-total', path: ['count', 'total'], params: { total: project.count.total } })
  const { requiredBy } = state.project
  const requiredLater =
    requiredBy !== undefined && (project.requiredBy === undefined || project.requiredBy > requiredBy)
  if (requiredLater && !delay)
    faults.push({ code: 'delay-reason-required', path: ['delay'], params: { before: requiredBy } })

  const approved = state.current?.dates ?? {}
  const moved = movedDates(approved, baseline)
  const pathOf = (id: string): FieldPath => ['milestones', project.milestones.findIndex(m => m.id === id), 'baseline']
  for (const id of Object.keys(moved)) {
    const before = approved[id]
    if (before && isLocked(before.finish, today, rules.policy))
      faults.push({
        code: 'date-locked',
        path: pathOf(id),
        params: { finish: before.finish, days: rules.policy.lockDays }
      })
  }
  if (!delay) faults.push(...laterWithoutReason(approved, moved, pathOf))
  if (faults.length > 0) return refused(...faults)

  return accepted(
    ...(sameJson(project, state.project)
      ? []
      : [defined({ type: 'plan-changed' as const, project, delay: requiredLater ? delay : undefined })]),
    ...(Object.keys(moved).length === 0
      ? []
      : [
          defined({
            type: 'baseline-approved' as const,
            reason: state.current ? planChangeReason : registrationReason,
            delay,
            dates: { ...approved, ...moved }
          })
        ])
  )
}

const approveBaseline = (
  { reason, dates, delay }: Command & { type: 'approve-baseline' },
  state: TrackedProject,
  rules: Rules,
  today: IsoDate
): Decision => {
  const { project } = state
  const calendars = projectCalendars(project, rules.calendars)
  const faults: Fault[] = Object.entries(dates ?? {}).flatMap(([id, span], i): readonly Fault[] => {
    const path = ['milestones', i]
    const milestone = project.milestones.find(m => m.id === id)
    if (!milestone) return [{ code: 'unknown-milestone', path: [...path, 'id'], params: { id } }]
    const calendar = calendarOfMilestone(milestone, calendars)
    for (const end of ['start', 'finish'] as const)
      if (!hasFormOf(calendar, span[end])) return [{ code: 'date-form', path: [...path, end] }]
    return span.finish < span.start ? [{ code: 'finish-before-start', path: [...path, 'finish'] }] : []
  })
  if (faults.length > 0) return refused(...faults)

  const approved = state.current?.dates ?? {}
  const namesAny = Object.keys(dates ?? {}).length > 0
  const computed = state.current && namesAny ? {} : computedDates(state, today, rules)
  if (!Object.values(computed).every(({ finish }) => isIsoDate(dateOf(finish))))
    return refused({ code: 'too-far', path: ['milestones'] })
  const moved = movedDates(approved, { ...computed, ...dates })
  const indexOf = (id: string) => Object.keys(dates ?? {}).indexOf(id)
  const later = delay
    ? []
    : laterWithoutReason(approved, moved, id => (indexOf(id) < 0 ? ['delay'] : ['milestones', indexOf(id), 'finish']))
  if (later.length > 0) return refused(...later)
  if (Object.keys(moved).length === 0) return accepted()
  return accepted(defined({ type: 'baseline-approved', reason, delay, dates: { ...approved, ...moved } }))
}

/** What the assessment shows today for every milestone that is not finished or cancelled, as dates to approve. */
const computedDates = (state: TrackedProject, today: IsoDate, rules: Rules): BaselineDates => {
  const { project, progress } = state
  // A first baseline is the plan with what was reached before it; a later one starts from where the project stands.
  const dates = state.current
    ? outlookOf(state, today, rules).schedule.dates
    : planDates({ project, progress }, projectCalendars(project, rules.calendars))
  return Object.fromEntries(
    [...dates]
      .filter(([id]) => !state.current || progress[id]?.actualFinish === undefined)
      .map(([id, { earlyStart, earlyFinish }]) => [id, { start: earlyStart, finish: earlyFinish }])
  )
}

const planDates = (input: ScheduleInput, calendars: CalendarLookup): Schedule['dates'] => {
  const computed = computeSchedule(input, calendars)
  return computed.ok ? computed.schedule.dates : new Map()
}

const movedDates = (approved: BaselineDates, wanted: BaselineDates): BaselineDates =>
  Object.fromEntries(
    Object.entries(wanted).filter(
      ([id, { start, finish }]) => approved[id]?.start !== start || approved[id]?.finish !== finish
    )
  )

const isLocked = (finish: string, today: IsoDate, policy: Policy): boolean =>
  today >= addDays(dateOf(finish), -policy.lockDays)

const laterWithoutReason = (
  approved: BaselineDates,
  moved: BaselineDates,
  pathOf: (id: string) => FieldPath
): readonly Fault[] =>
  Object.entries(moved).flatMap(([id, { finish }]) => {
    const before = approved[id]?.finish
    return before !== undefined && finish > before
      ? [{ code: 'delay-reason-required' as const, path: pathOf(id), params: { id, before } }]
      : []
  })

const cancelMilestone = (milestoneId: string, reason: string, state: TrackedProject): Decision => {
  const path = ['milestoneId']
  if (!state.project.milestones.some(({ id }) => id === milestoneId))
    return refused({ code: 'unknown-milestone', path, params: { id: milestoneId } })
  const progress = state.progress[milestoneId]
  if (progress?.cancelled) return refused({ code: 'milestone-cancelled', path, params: { id: milestoneId } })
  if (progress?.actualFinish !== undefined)
    return refused({ code: 'already-finished', path, params: { id: milestoneId, finish: progress.actualFinish } })
  if (handoverOf(state.project)?.id === milestoneId)
    return refused({ code: 'handover-needed', path, params: { id: milestoneId } })
  return accepted({ type: 'milestone-cancelled', milestoneId, reason })
}
