import type * as z from 'zod'
import { assess } from '../core/assess.ts'
import type { RegisterProject, ReportNoChange, ReportProgress } from '../core/commands.ts'
import type { IsoDate } from '../core/dates.ts'
import { decide } from '../core/decide.ts'
import type { Delay } from '../core/delay.ts'
import { isOfFlags, type MilestoneReport } from '../core/events.ts'
import { evolveEvent, initialState } from '../core/evolve.ts'
import type { DateSpan } from '../core/milestone.ts'
import type { Fault } from '../core/refusal.ts'
import type { Rules } from '../core/rules.ts'
import type { ProjectState, TrackedProject } from '../core/state.ts'
import type { Text } from '../core/text.ts'
import { planOf, planSchema } from '../schema/plan.ts'
import type { ImportedPlan, Loss } from './imported-plan.ts'
import { documentOf, mergePlan } from './merge-plan.ts'
import { newsOf } from './news-of-progress.ts'

/** What an import would do to a project. */
export interface ImportProposal {
  readonly project: string
  readonly format: ImportedPlan['format']
  readonly action: 'register' | 'change' | 'none'
  readonly dataDate: string | null
  readonly milestones: {
    readonly total: number
    readonly added: readonly string[]
    /** In the tracker, not in the file: they stay until they are cancelled. */
    readonly vanished: readonly string[]
  }
  /** Approved dates that differ from the file's; `sent` where this import changes them. */
  readonly moves: readonly {
    readonly id: string
    readonly approved: DateSpan
    readonly inFile: DateSpan
    readonly later: boolean
    readonly sent: boolean
  }[]
  readonly projected: readonly { readonly id: string; readonly before: string | null; readonly after: string | null }[]
  readonly reports: readonly MilestoneReport[]
  readonly lost: readonly Loss[]
  /** Ids of the milestones of the plan that is sent, in its order. */
  readonly planned: readonly string[]
  /** What the tracker would refuse; nothing is written while there is any. Paths lead into the plan, or the report. */
  readonly faults: readonly Fault[]
  /** What the schema of a plan finds wrong, likewise. */
  readonly issues: readonly z.core.$ZodIssue[]
  /** What writes it: the plan where it changes, then the report where there is something to say. */
  readonly commands: readonly ImportCommand[]
}

/** A command that an import gives. */
export type ImportCommand = RegisterProject | ReportProgress | ReportNoChange

/** What an import is worked out from. */
export interface ImportInput {
  readonly plan: ImportedPlan
  readonly projectId: string
  readonly existing: TrackedProject | undefined
  readonly today: IsoDate
  readonly rules: Rules
  /** The reason of whatever becomes later. */
  readonly delay?: Delay | undefined
  /** Move approved dates to those of the file. */
  readonly rebaseline?: boolean | undefined
}

/** Works out what an import would do, by the same decisions that the tracker will make. */
export const proposeImport = (input: ImportInput): ImportProposal => {
  const { plan, projectId, existing, today, rules, delay, rebaseline = false } = input
  const approved = existing?.current?.dates ?? {}
  const moves = Object.entries(plan.document.baseline).flatMap(([id, inFile]) => {
    const before = approved[id]
    if (!before || (before.start === inFile.start && before.finish === inFile.finish)) return []
    return [{ id, approved: before, inFile, later: inFile.finish > before.finish, sent: rebaseline }]
  })
  const baseline = Object.fromEntries(
    Object.entries(plan.document.baseline).filter(([id]) => rebaseline || approved[id] === undefined)
  )
  const merged = mergePlan(plan.document, projectId, existing)
  const known = new Set(existing?.project.milestones.map(({ id }) => id))
  const inFile = new Set(plan.document.project.milestones.map(({ id }) => id))
  const reason = moves.some(move => move.later && move.sent) ? delay : undefined
  const before: ProjectState = existing ?? initialState
  const registered = registerStep(documentOf(merged, baseline, reason), before, input)
  const reports = newsOf(plan.progress, existing?.progress ?? {}, inFile)
  const reported = reportStep(reports, registered.state, input)
  return {
    project: projectId,
    format: plan.format,
    action: !existing ? 'register' : registered.changed ? 'change' : 'none',
    dataDate: plan.dataDate ?? null,
    milestones: {
      total: merged.milestones.length,
      added: [...inFile].filter(id => !known.has(id)),
      vanished: [...known].filter(id => !inFile.has(id))
    },
    moves,
    projected: projectedChanges(before, reported.state, today, rules),
    reports: reported.reports,
    lost: [...plan.lost, ...otherSource(plan, existing)],
    planned: merged.milestones.map(({ id }) => id),
    faults: [...registered.faults, ...reported.faults],
    issues: registered.issues,
    commands: [
      ...(registered.changed && registered.command ? [registered.command] : []),
      ...reportCommands(reported.reports, input)
    ]
  }
}

/** A warning where the project in the file is another than that of the file before. */
const otherSource = ({ document }: ImportedPlan, existing: TrackedProject | undefined): readonly Loss[] => {
  const [before, now] = [existing?.project.source, document.project.source]
  if (!before || !now || before.document !== now.document || before.item === now.item) return []
  return [{ path: 'project', what: `${before.item} → ${now.item}`, why: anotherProject }]
}

const anotherProject: Text = {
  zh: '文件中的项目编号与上次导入的不同,请确认是同一项目',
  en: 'the file names another project than the one before it; make sure that they are the same'
}

interface Step {
  readonly faults: readonly Fault[]
  readonly state: ProjectState
  readonly changed: boolean
}

/** The plan as the tracker would take it. */
const registerStep = (
  document: unknown,
  before: ProjectState,
  { rules, today }: ImportInput
): Step & { readonly issues: ImportProposal['issues']; readonly command?: RegisterProject } => {
  const decoded = planSchema.safeParse(document, { reportInput: true })
  if (!decoded.success) return { faults: [], issues: decoded.error.issues, state: before, changed: false }
  const { project, baseline, delay } = planOf(decoded.data, rules.calendars)
  const command: RegisterProject = { type: 'register-project', project, baseline, delay }
  return { ...step(command, before, rules, today), issues: [], command }
}

const step = (command: ImportCommand, state: ProjectState, rules: Rules, today: IsoDate): Step => {
  const decision = decide(command, state, rules, today)
  if (!decision.ok) return { faults: decision.refusal.faults, state, changed: false }
  const own = decision.events.some(event => !isOfFlags(event))
  return { faults: [], state: decision.events.reduce((now, e) => evolveEvent(now, e, today), state), changed: own }
}

/** The report; where the tracker asks for a reason of a later date and one was given, the reason goes with it. */
const reportStep = (
  reports: readonly MilestoneReport[],
  state: ProjectState,
  { rules, today, delay }: ImportInput
): Step & { readonly reports: readonly MilestoneReport[] } => {
  if (reports.length === 0 || state.status === 'unregistered') return { faults: [], state, changed: false, reports }
  const first = step({ type: 'report-progress', reports }, state, rules, today)
  const late = new Set(first.faults.flatMap(({ code, path }) => (code === 'delay-reason-required' ? [path[1]] : [])))
  if (late.size === 0 || !delay) return { ...first, reports }
  const reasoned = reports.map((report, i) => (late.has(i) ? { ...report, delay } : report))
  return { ...step({ type: 'report-progress', reports: reasoned }, state, rules, today), reports: reasoned }
}

/** The report, or "no change" from a later file without news, or nothing from one that was read before. */
const reportCommands = (
  reports: readonly MilestoneReport[],
  { plan, existing }: ImportInput
): readonly (ReportProgress | ReportNoChange)[] => {
  const note = noteOf(plan)
  if (reports.length > 0) return [{ type: 'report-progress', reports, note }]
  const isNews = plan.dataDate !== undefined && plan.dataDate.slice(0, 10) > (existing?.lastReportOn ?? '9999')
  return isNews ? [{ type: 'report-no-change', note }] : []
}

const projectedChanges = (
  before: ProjectState,
  after: ProjectState,
  today: IsoDate,
  rules: Rules
): ImportProposal['projected'] => {
  if (after.status === 'unregistered') return []
  const finishes = (state: TrackedProject) =>
    new Map(assess(state, today, rules).milestones.map(({ id, projectedFinish }) => [id, projectedFinish]))
  const old = before.status === 'unregistered' ? new Map<string, string | null>() : finishes(before)
  return [...finishes(after)].flatMap(([id, finish]) =>
    old.get(id) === finish ? [] : [{ id, before: old.get(id) ?? null, after: finish }]
  )
}

const noteOf = ({ format, source, dataDate }: ImportedPlan): string =>
  `${format} ${source.name}${dataDate === undefined ? '' : ` @ ${dataDate}`}`
