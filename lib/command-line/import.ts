import type { Command } from 'commander'
import * as z from 'zod'
import { builtInCalendars } from '../../data/calendars.ts'
import { sha256 } from '../../functions/adapters/digest.ts'
import { assess } from '../../functions/core/assess.ts'
import type { Rules } from '../../functions/core/assessment.ts'
import type { ReportProgress } from '../../functions/core/commands.ts'
import type { IsoDate } from '../../functions/core/dates.ts'
import { type Decision, decide } from '../../functions/core/decide.ts'
import { type Delay, delayCodes, type MilestoneReport } from '../../functions/core/events.ts'
import { evolveEvent, initialState } from '../../functions/core/evolve.ts'
import type { DateSpan } from '../../functions/core/milestone.ts'
import { defaultPolicy } from '../../functions/core/policy.ts'
import type { Fault } from '../../functions/core/refusal.ts'
import type { Progress, ProjectState, TrackedProject } from '../../functions/core/state.ts'
import { errorsOfFaults, errorsOfIssues } from '../../functions/http/field-errors.ts'
import type { FieldError } from '../../functions/http/problems.ts'
import { chooseMilestones, type MilestoneChoice } from '../../functions/import/choose-milestones.ts'
import type { ImportedPlan, Loss } from '../../functions/import/imported-plan.ts'
import { isProjectId } from '../../functions/schema/fields.ts'
import { type PlanDocument, planOf, planSchema } from '../../functions/schema/plan.ts'
import { trackedProjectSchema } from '../../functions/schema/state.ts'
import { CommandError, print, table } from './output.ts'
import { readPlanFile, textOfLosses } from './plan-file.ts'
import { call, type RemoteOptions, remote } from './remote.ts'

const rules: Rules = { policy: defaultPolicy, calendars: builtInCalendars }

interface ImportCommandOptions extends RemoteOptions {
  readonly project: string
  readonly milestones?: string
  readonly milestonesOnly?: boolean
  readonly allTasks?: boolean
  readonly projectInFile?: string
  readonly encoding?: string
  readonly rebaseline?: boolean
  readonly delay?: string
  readonly note?: string
  readonly apply?: boolean
}

/** `tracker import FILE`: a contractor's file into a project; says what would change, and changes it with `--apply`. */
export const addImport = (program: Command): void => {
  remote(
    program
      .command('import')
      .description('bring a plan file into a project, a dry run without --apply / 导入计划文件')
      .argument('<file>', 'project JSON, MS Project XML or Primavera XER')
      .requiredOption('--project <id>', 'project in the tracker; a new one is registered')
      .option('--milestones <ids>', 'tasks that become milestones, by id or code, divided by commas')
      .option('--milestones-only', 'every milestone of the file, and the end of the project')
      .option('--all-tasks', 'every task; without a choice the finish milestones, or all tasks where there are none')
      .option('--rebaseline', "move approved dates to the file's")
      .option('--delay <code>', `reason of later dates: ${delayCodes.join(' ')}`)
      .option('--note <text>', 'note to the reason')
      .option('--project-in-file <id>', 'which project of an XER with several')
      .option('--encoding <label>', 'encoding of the file, found out without it')
      .option('--apply', 'write it')
  ).action(async (file: string, options: ImportCommandOptions) => {
    if (!isProjectId(options.project)) throw new CommandError(`--project: not an id: ${options.project}`, 2)
    const delay = delayOf(options)
    const whole = await readPlanFile(file, { project: options.projectInFile, encoding: options.encoding })
    const plan = chosenOf(whole, choiceOf(options, whole))
    const [today, existing] = [await todayOf(options), await existingProject(options)]
    const proposal = proposeImport({
      plan,
      projectId: options.project,
      existing,
      today,
      delay,
      rebaseline: options.rebaseline === true
    })
    const applied = options.apply === true && proposal.conflicts.length === 0
    if (applied) await apply(proposal, options)
    const { document: _sent, body: _reported, ...shown } = proposal
    print({ ...shown, applied }, options.json, () => textOf(proposal, applied))
    if (proposal.conflicts.length > 0) process.exitCode = 1
  })
}

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
  /** What the tracker would refuse; nothing is written while there is any. */
  readonly conflicts: readonly FieldError[]
  readonly lost: readonly Loss[]
  /** The document to PUT, absent where the plan stays as it is. */
  readonly document?: unknown
  /** The body of the report, absent where there is nothing to say. */
  readonly body?: unknown
}

/** Works out what an import would do, with the same decisions that the tracker will make. Pure. */
export const proposeImport = (input: {
  readonly plan: ImportedPlan
  readonly projectId: string
  readonly existing: TrackedProject | undefined
  readonly today: IsoDate
  readonly delay?: Delay | undefined
  readonly rebaseline?: boolean | undefined
}): ImportProposal => {
  const { plan, projectId, existing, today, delay, rebaseline = false } = input
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
  const document = documentOf({ ...merged, baseline }, moves.some(move => move.later && move.sent) ? delay : undefined)

  const before: ProjectState = existing ?? initialState
  const decoded = planSchema.safeParse(document, { reportInput: true })
  const registered = decoded.success
    ? step(before, today, state => {
        const { project, baseline: dates, delay: reason } = planOf(decoded.data, builtInCalendars)
        return decide({ type: 'register-project', project, baseline: dates, delay: reason }, state, rules, today)
      })
    : { errors: errorsOfIssues(decoded.error.issues), state: before, changed: false }
  const reports = newsOf(plan.progress, existing?.progress ?? {}, inFile)
  const reported = reportStep(reports, registered.state, today, delay)
  const isNews = plan.dataDate !== undefined && plan.dataDate.slice(0, 10) > (existing?.lastReportOn ?? '9999')
  const body =
    reported.reports.length > 0
      ? { reports: reported.reports, note: noteOf(plan) }
      : isNews
        ? { noChange: true, note: noteOf(plan) }
        : undefined
  return {
    project: projectId,
    format: plan.format,
    action: !existing ? 'register' : registered.changed ? 'change' : 'none',
    dataDate: plan.dataDate ?? null,
    milestones: {
      total: merged.project.milestones.length,
      added: [...inFile].filter(id => !known.has(id)),
      vanished: [...known].filter(id => !inFile.has(id))
    },
    moves,
    projected: projectedChanges(before, reported.state, today),
    reports: reported.reports,
    conflicts: [...registered.errors, ...reported.errors],
    lost: plan.lost,
    ...(registered.changed || !existing ? { document } : {}),
    ...(body === undefined ? {} : { body })
  }
}

/** Everything the tracker holds of the project beside its schedule stays; milestones keep what people added to them. */
const mergePlan = (
  { project }: PlanDocument,
  projectId: string,
  existing: TrackedProject | undefined
): { readonly project: PlanDocument['project'] } => {
  if (!existing) return { project: { ...project, id: projectId } }
  const before = new Map(existing.project.milestones.map(milestone => [milestone.id, milestone]))
  const inFile = new Set(project.milestones.map(({ id }) => id))
  const stays = existing.project.milestones.filter(
    ({ id }) => !inFile.has(id) && (existing.current?.dates[id] || existing.progress[id])
  )
  const present = new Set([...inFile, ...stays.map(({ id }) => id)])
  const milestones = project.milestones.map(milestone => {
    const { phase, nameEn, weight, typicalDuration } = before.get(milestone.id) ?? {}
    return { ...defined({ phase, nameEn, weight, typicalDuration }), ...milestone }
  })
  const kept = stays.map(milestone => ({
    ...milestone,
    predecessors: milestone.predecessors?.filter(({ milestoneId }) => present.has(milestoneId))
  }))
  const { requiredBy, source } = project
  return {
    project: {
      ...defined({ requiredBy, source }),
      ...existing.project,
      start: project.start,
      calendars: { ...existing.project.calendars, ...project.calendars },
      // What the file no longer has comes first: the end of the file's plan stays the end of the project.
      milestones: [...kept, ...milestones]
    }
  }
}

const documentOf = ({ project, baseline }: PlanDocument, delay: Delay | undefined): unknown => ({
  ...project,
  milestones: project.milestones.map(milestone => ({
    ...milestone,
    ...(baseline[milestone.id] ? { baseline: baseline[milestone.id] } : {})
  })),
  ...(delay ? { delay } : {})
})

interface Step {
  readonly errors: readonly FieldError[]
  readonly state: ProjectState
  readonly changed: boolean
  readonly faults?: readonly Fault[]
}

const step = (state: ProjectState, today: IsoDate, decideOn: (state: ProjectState) => Decision): Step => {
  const decision = decideOn(state)
  if (!decision.ok)
    return {
      errors: errorsOfFaults(decision.refusal.faults),
      state,
      changed: false,
      faults: decision.refusal.faults
    }
  const own = decision.events.some(({ type }) => type !== 'flag-raised' && type !== 'flag-cleared')
  return { errors: [], state: decision.events.reduce((now, e) => evolveEvent(now, e, today), state), changed: own }
}

/** The report; where the tracker asks for a reason of a later date and one was given, the reason goes with it. */
const reportStep = (
  reports: readonly MilestoneReport[],
  state: ProjectState,
  today: IsoDate,
  delay: Delay | undefined
): Step & { readonly reports: readonly MilestoneReport[] } => {
  if (reports.length === 0 || state.status === 'unregistered') return { errors: [], state, changed: false, reports }
  const commandOf = (said: readonly MilestoneReport[]): ReportProgress => ({ type: 'report-progress', reports: said })
  const first = step(state, today, now => decide(commandOf(reports), now, rules, today))
  const late = new Set(first.faults?.flatMap(({ code, path }) => (code === 'delay-reason-required' ? [path[1]] : [])))
  if (late.size === 0 || !delay) return { ...first, reports }
  const reasoned = reports.map((report, i) => (late.has(i) ? { ...report, delay } : report))
  return { ...step(state, today, now => decide(commandOf(reasoned), now, rules, today)), reports: reasoned }
}

/** What the file says that the tracker does not know yet. */
const newsOf = (
  progress: readonly MilestoneReport[],
  known: Readonly<Record<string, Progress>>,
  inFile: ReadonlySet<string>
): readonly MilestoneReport[] =>
  progress.flatMap(report => {
    if (!inFile.has(report.milestoneId)) return []
    const before = known[report.milestoneId]
    if (!before) return [report]
    const { milestoneId, percentComplete, actualStart, actualFinish, remainingDuration } = report
    const isDone = before.actualFinish !== undefined && before.actualFinish === actualFinish
    const news = {
      actualStart: actualStart === before.actualStart ? undefined : actualStart,
      actualFinish: actualFinish === before.actualFinish ? undefined : actualFinish,
      percentComplete: percentComplete === before.percentComplete || isDone ? undefined : percentComplete,
      remainingDuration: remainingDuration === before.remainingDuration ? undefined : remainingDuration
    }
    if (Object.values(news).every(value => value === undefined)) return []
    // A percentage says anew what is left, so the work left goes with it.
    const withLeft = news.percentComplete === undefined ? news : { ...news, remainingDuration }
    return [{ milestoneId, ...defined(withLeft) }]
  })

const projectedChanges = (before: ProjectState, after: ProjectState, today: IsoDate): ImportProposal['projected'] => {
  if (after.status === 'unregistered') return []
  const finishes = (state: TrackedProject) =>
    new Map(assess(state, today, rules).milestones.map(({ id, projectedFinish }) => [id, projectedFinish]))
  const old = before.status === 'unregistered' ? new Map<string, string | null>() : finishes(before)
  return [...finishes(after)].flatMap(([id, finish]) =>
    old.get(id) === finish ? [] : [{ id, before: old.get(id) ?? null, after: finish }]
  )
}

const defined = <T extends object>(said: T): Partial<T> => {
  const kept = { ...said }
  for (const key of Object.keys(kept) as (keyof T)[]) if (kept[key] === undefined) delete kept[key]
  return kept
}

const noteOf = ({ format, source, dataDate }: ImportedPlan): string =>
  `${format} ${source.name}${dataDate === undefined ? '' : ` @ ${dataDate}`}`

const delayOf = ({ delay, note }: ImportCommandOptions): Delay | undefined => {
  if (delay === undefined) return undefined
  const code = delayCodes.find(known => known === delay)
  if (!code) throw new CommandError(`--delay: one of ${delayCodes.join(' ')}`, 2)
  if (code === 'OTHER' && note === undefined) throw new CommandError('--delay OTHER needs --note', 2)
  return { code, ...(note === undefined ? {} : { note }) }
}

const choiceOf = (
  { milestones, milestonesOnly, allTasks }: ImportCommandOptions,
  { format }: ImportedPlan
): MilestoneChoice => {
  if (milestones !== undefined)
    return milestones
      .split(',')
      .map(id => id.trim())
      .filter(id => id !== '')
  if (milestonesOnly) return 'milestones'
  // A project document holds milestones and nothing else.
  return allTasks || format === 'project-json' ? 'all' : 'default'
}

const chosenOf = (plan: ImportedPlan, choice: MilestoneChoice): ImportedPlan => {
  const chosen = chooseMilestones(plan, choice, builtInCalendars)
  if (chosen.ok) return chosen.plan
  throw chosen.code === 'unknown-milestone'
    ? new CommandError(`--milestones: not in the file / 文件中没有: ${chosen.names.join(', ')}`)
    : new CommandError(`${chosen.count} tasks, at most 500: choose with --milestones / 任务过多,请用 --milestones 选择`)
}

const healthSchema = z.looseObject({ today: z.string() })

const todayOf = async (options: RemoteOptions): Promise<IsoDate> =>
  healthSchema.parse(await call(options, 'GET', '/v1/health')).today

const replySchema = z.looseObject({ project: z.unknown(), state: z.looseObject({}) })

const existingProject = async (options: ImportCommandOptions): Promise<TrackedProject | undefined> => {
  try {
    const { project, state } = replySchema.parse(await call(options, 'GET', `/v1/projects/${options.project}`))
    // Requests and flags are the tracker's own affair; a decision about a plan or a report does not need them.
    return trackedProjectSchema.parse({ ...state, project, requests: [], flags: {} })
  } catch (error) {
    if (error instanceof CommandError && error.message.startsWith('project-not-found')) return undefined
    throw error
  }
}

/** Each request is keyed by what it says: an import that broke off between the two is completed by repeating it. */
const apply = async ({ project, document, body }: ImportProposal, options: RemoteOptions): Promise<void> => {
  const keyOf = (said: unknown) => `import-${sha256(JSON.stringify(said)).slice(0, 40)}`
  const path = `/v1/projects/${project}`
  if (document !== undefined) await call(options, 'PUT', path, document)
  if (body !== undefined) await call(options, 'POST', `${path}/reports`, body, keyOf(body))
}

const textOf = (proposal: ImportProposal, applied: boolean): string => {
  const { project, action, dataDate, milestones, moves, projected, reports, conflicts, lost } = proposal
  const some = (ids: readonly string[]) => ids.slice(0, 10).join(' ') + (ids.length > 10 ? ` … (${ids.length})` : '')
  const words = { register: '登记 / register', change: '更改计划 / change the plan', none: '计划不变 / plan unchanged' }
  return [
    `${project}: ${words[action]}, 数据日期 / data date ${dataDate ?? '–'}, ${milestones.total} 个里程碑 / milestones`,
    ...(milestones.added.length > 0 ? [`新增 / added: ${some(milestones.added)}`] : []),
    ...(milestones.vanished.length > 0
      ? [`文件中已无 / no longer in the file (kept until cancelled): ${some(milestones.vanished)}`]
      : []),
    ...(moves.length > 0
      ? [
          '',
          '批准日期与文件不同 / approved dates that differ from the file:',
          table(
            moves.map(m => [
              m.id,
              m.approved.finish,
              m.inFile.finish,
              m.later ? '推迟 later' : '',
              m.sent ? '更改 moved' : '保留 kept (--rebaseline)'
            ])
          )
        ]
      : []),
    ...(projected.length > 0
      ? ['', '预计完成 / projected finish:', table(projected.map(p => [p.id, p.before ?? '–', p.after ?? '–']))]
      : []),
    ...(reports.length > 0
      ? [
          '',
          `报告 / report of ${reports.length}:`,
          table(
            reports.map(r => [
              r.milestoneId,
              `${r.percentComplete ?? '–'} %`,
              r.actualStart ?? '–',
              r.actualFinish ?? '–',
              r.remainingDuration === undefined ? '' : `${r.remainingDuration} h`,
              r.delay?.code ?? ''
            ])
          )
        ]
      : []),
    ...(lost.length > 0 ? ['', '未导入或有改动 / lost or changed in reading:', textOfLosses(lost)] : []),
    ...(conflicts.length > 0
      ? [
          '',
          '不能导入 / refused, nothing is written:',
          ...conflicts.map(({ pointer, message }) => `${pointer || '/'}: ${message.zh} / ${message.en}`)
        ]
      : []),
    '',
    applied ? '已写入 / written' : '试算,未写入 / dry run, nothing written (--apply)'
  ].join('\n')
}
