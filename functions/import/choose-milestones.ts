import type { CalendarLookup } from '../core/calendar.ts'
import { constraintsOf, type LinkType, type Predecessor, type Project } from '../core/milestone.ts'
import { computeSchedule, defaultCalendar, projectCalendars, type Schedule } from '../core/schedule.ts'
import type { Progress } from '../core/state.ts'
import type { Text } from '../core/text.ts'
import { type MilestoneDocument, planOf } from '../schema/plan.ts'
import type { ImportedPlan, Loss } from './imported-plan.ts'

/** Most milestones of a project in the tracker. */
export const mostMilestones = 500

/** Which tasks of a file become milestones: the default, every milestone of the file, or those named by id or code. */
export type MilestoneChoice = 'default' | 'milestones' | 'all' | readonly string[]

/**
 * A choice as it is written: `milestones`, `all`, or ids and codes divided by commas. A project document holds milestones
 * and nothing else, so all of them are chosen.
 */
export const choiceOf = (text: string | undefined, { format }: ImportedPlan): MilestoneChoice => {
  if (text === undefined) return format === 'project-json' ? 'all' : 'default'
  if (text === 'milestones' || text === 'all') return text
  return text
    .split(',')
    .map(name => name.trim())
    .filter(name => name !== '')
}

/** A plan of the chosen tasks, or the names that it has no task for, or how many tasks are too many. */
export type ChosenPlan =
  | { readonly ok: true; readonly plan: ImportedPlan }
  | { readonly ok: false; readonly code: 'unknown-milestone'; readonly names: readonly string[] }
  | { readonly ok: false; readonly code: 'too-many-milestones'; readonly count: number }

/**
 * The plan of some of its tasks. What lies between two chosen tasks becomes one link with the work of the longest chain as
 * its lag, and what comes before any chosen task becomes a date not to start before; on one calendar the chosen tasks keep
 * their dates. By default the finish milestones are chosen, with the end of the project; all tasks where there are none.
 */
export const chooseMilestones = (plan: ImportedPlan, choice: MilestoneChoice, builtIn: CalendarLookup): ChosenPlan => {
  const chosen = idsOf(plan, choice)
  if (!chosen.ok) return chosen
  const { ids } = chosen
  if (ids.size > mostMilestones) return { ok: false, code: 'too-many-milestones', count: ids.size }
  if (ids.size === plan.milestones.length) return { ok: true, plan }
  const { project } = planOf(plan.document, builtIn)
  const progress = progressById(plan)
  const order = inOrder(project)
  // Tasks that wait for each other have no longest chain: the plan is refused by name when it is registered.
  if (!order) return { ok: true, plan }
  const lost: Loss[] = []
  const lose = (id: string, what: string, why: Text): void => {
    lost.push({ path: `milestone ${id}`, id, what, why })
  }
  const links = collapse(project, order, ids, progress, lose)
  const sources = datesWithoutChosen(project, plan, ids, progress, builtIn)
  const behind = withHiddenChains(order, ids, progress)
  const milestones = project.milestones
    .filter(({ id }) => ids.has(id))
    .map((milestone): MilestoneDocument => {
      const { predecessors: _direct, ...rest } = milestone
      const own = links.get(milestone.id) ?? []
      const dates = behind.has(milestone.id) ? sources?.dates.get(milestone.id) : undefined
      const held =
        dates?.drivenBy.kind !== 'predecessor'
          ? undefined
          : milestone.duration === 0
            ? { type: 'FNET' as const, date: dates.earlyFinish }
            : { type: 'SNET' as const, date: dates.earlyStart }
      const isDone = progress[milestone.id]?.actualFinish !== undefined
      const free = milestone.constraint ? 'secondaryConstraint' : 'constraint'
      const isTaken = milestone[free] !== undefined
      if (held && isTaken && !isDone) lose(milestone.id, `${held.type} ${held.date}`, constraintTaken)
      return {
        ...rest,
        ...(own.length > 0 ? { predecessors: own } : {}),
        ...(held && !isTaken && !isDone ? { [free]: held } : {})
      }
    })
  const leftOut = plan.milestones.length - ids.size
  return {
    ok: true,
    plan: {
      ...plan,
      document: {
        ...plan.document,
        project: { ...plan.document.project, milestones },
        baseline: Object.fromEntries(Object.entries(plan.document.baseline).filter(([id]) => ids.has(id)))
      },
      progress: plan.progress.filter(({ milestoneId }) => ids.has(milestoneId)),
      milestones: plan.milestones.filter(({ id }) => ids.has(id)),
      lost: [
        ...plan.lost.filter(({ id }) => id === undefined || ids.has(id)),
        { path: 'milestones', what: String(leftOut), why: tasksNotChosen },
        ...lost
      ]
    }
  }
}

type Ids = { readonly ok: true; readonly ids: ReadonlySet<string> } | Exclude<ChosenPlan, { ok: true }>

const idsOf = ({ milestones, document }: ImportedPlan, choice: MilestoneChoice): Ids => {
  const all = milestones.map(({ id }) => id)
  if (choice === 'all') return { ok: true, ids: new Set(all) }
  if (choice === 'default' || choice === 'milestones') {
    const found = milestones.filter(
      ({ kind }) => kind === 'finish-milestone' || (choice === 'milestones' && kind === 'start-milestone')
    )
    const end = document.project.milestones.at(-1)
    if (found.length === 0) return { ok: true, ids: new Set(all) }
    return { ok: true, ids: new Set([...found.map(({ id }) => id), ...(end ? [end.id] : [])]) }
  }
  const byName = new Map(milestones.flatMap(({ id, code }) => (code === undefined ? [] : [[code, id] as const])))
  for (const id of all) byName.set(id, id)
  const unknown = choice.filter(name => !byName.has(name))
  if (unknown.length > 0) return { ok: false, code: 'unknown-milestone', names: unknown }
  return { ok: true, ids: new Set(choice.flatMap(name => byName.get(name) ?? [])) }
}

type ProgressById = Readonly<Record<string, Progress>>

const progressById = ({ progress }: ImportedPlan): ProgressById =>
  Object.fromEntries(
    progress.map(({ milestoneId, percentComplete = 0, ...said }): [string, Progress] => [
      milestoneId,
      { ...said, percentComplete }
    ])
  )

/** Tasks so that each comes after those it waits for; `undefined` when some wait for each other. */
const inOrder = ({ milestones }: Project): readonly Project['milestones'][number][] | undefined => {
  const waiting = new Map(milestones.map(m => [m.id, m.predecessors?.length ?? 0]))
  const followers = new Map<string, Project['milestones'][number][]>()
  for (const milestone of milestones)
    for (const { milestoneId } of milestone.predecessors ?? [])
      followers.set(milestoneId, [...(followers.get(milestoneId) ?? []), milestone])
  const order = milestones.filter(({ id }) => waiting.get(id) === 0)
  for (let i = 0; i < order.length; i += 1)
    for (const next of followers.get(order[i]?.id ?? '') ?? []) {
      const left = (waiting.get(next.id) ?? 0) - 1
      waiting.set(next.id, left)
      if (left === 0) order.push(next)
    }
  return order.length === milestones.length ? order : undefined
}

/** Work from a chosen task to the start of another, and whether all of it is on one calendar. */
interface Distance {
  readonly hours: number
  readonly isPure: boolean
  /** That calendar, where it is not the first's own: the lag of a link that leads there without a task between. */
  readonly lagCalendar?: string | undefined
}

const workLeft = ({ id, duration }: { id: string; duration: number }, progress: ProgressById): number =>
  progress[id]?.remainingDuration ?? duration

const collapse = (
  project: Project,
  order: readonly Project['milestones'][number][],
  chosen: ReadonlySet<string>,
  progress: ProgressById,
  lose: (id: string, what: string, why: Text) => void
): ReadonlyMap<string, readonly Predecessor[]> => {
  const links = new Map<string, Predecessor[]>()
  const calendarOf = new Map(project.milestones.map(({ id, calendar }) => [id, calendar ?? defaultCalendar]))
  const works = new Map(project.milestones.map(milestone => [milestone.id, workLeft(milestone, progress)]))
  for (const from of order.filter(({ id }) => chosen.has(id))) {
    const calendar = calendarOf.get(from.id)
    for (const side of ['F', 'S'] as const) {
      const starts = new Map<string, Distance>()
      for (const task of order) {
        if (task === from) continue
        const work = works.get(task.id) ?? 0
        const bounds: Record<'S' | 'F', Distance | undefined> = { S: undefined, F: undefined }
        for (const { milestoneId, type, lag, lagCalendar } of task.predecessors ?? []) {
          const reached = reachedBy(milestoneId, type, from.id, side, starts, works.get(milestoneId) ?? 0)
          if (!reached) continue
          const isDirect = milestoneId === from.id && chosen.has(task.id)
          const lagsOn = lagCalendar ?? calendarOf.get(milestoneId)
          const isPure = reached.isPure && (isDirect || lag === 0 || lagsOn === calendar)
          const end = type === 'FS' || type === 'SS' ? 'S' : 'F'
          const hours = reached.hours + lag
          bounds[end] = later(bounds[end], { hours, isPure, lagCalendar: isDirect ? lagCalendar : undefined })
        }
        if (chosen.has(task.id)) {
          for (const end of ['S', 'F'] as const) {
            const bound = bounds[end]
            if (!bound) continue
            const type: LinkType = `${side}${end}`
            if (!bound.isPure) lose(task.id, `${type} ${from.id}`, severalCalendars)
            links.set(task.id, [
              ...(links.get(task.id) ?? []),
              {
                milestoneId: from.id,
                type,
                lag: rounded(bound.hours),
                ...(bound.lagCalendar === undefined ? {} : { lagCalendar: bound.lagCalendar })
              }
            ])
          }
          continue
        }
        if (progress[task.id]?.actualFinish !== undefined) continue
        const byFinish = bounds.F && { ...bounds.F, hours: bounds.F.hours - work }
        const start = later(bounds.S, byFinish)
        const isPure = work === 0 || calendarOf.get(task.id) === calendar
        if (start) starts.set(task.id, { ...start, isPure: start.isPure && isPure })
      }
    }
  }
  return links
}

const reachedBy = (
  id: string,
  type: LinkType,
  from: string,
  side: 'S' | 'F',
  starts: ReadonlyMap<string, Distance>,
  work: number
): Distance | undefined => {
  const leavesStart = type === 'SS' || type === 'SF'
  if (id === from) return leavesStart === (side === 'S') ? { hours: 0, isPure: true } : undefined
  const start = starts.get(id)
  return start && (leavesStart ? start : { ...start, hours: start.hours + work })
}

/** The longer of two; which of two calendars that is cannot be known from hours alone. */
const later = (a: Distance | undefined, b: Distance | undefined): Distance | undefined => {
  if (a === undefined || b === undefined) return a ?? b
  const longer = b.hours > a.hours ? b : a
  return a.lagCalendar === b.lagCalendar ? longer : { ...longer, isPure: false }
}

const rounded = (hours: number): number => Math.round(hours * 6000) / 6000

/** The schedule without any link that leaves a chosen task: what is left holds a chosen task by itself. */
const datesWithoutChosen = (
  project: Project,
  { dataDate }: ImportedPlan,
  chosen: ReadonlySet<string>,
  progress: ProgressById,
  builtIn: CalendarLookup
): Schedule | undefined => {
  const milestones = project.milestones.map(milestone => ({
    ...milestone,
    predecessors: milestone.predecessors?.filter(({ milestoneId }) => !chosen.has(milestoneId))
  }))
  const computed = computeSchedule(
    { project: { ...project, milestones }, progress, dataDate },
    projectCalendars(project, builtIn)
  )
  return computed.ok ? computed.schedule : undefined
}

/**
 * The chosen tasks that wait, through tasks not chosen, for more than unfinished chosen ones: for a task that nothing comes
 * holds back, that has begun, is finished or has a constraint, or whose predecessor is finished and moves no date any more.
 */
const withHiddenChains = (
  order: readonly Project['milestones'][number][],
  chosen: ReadonlySet<string>,
  progress: ProgressById
): ReadonlySet<string> => {
  const found = new Set<string>()
  const hidden = new Set<string>()
  const isDone = (id: string) => progress[id]?.actualFinish !== undefined
  for (const milestone of order) {
    const { id, predecessors = [] } = milestone
    const waits = predecessors.some(({ milestoneId }) => hidden.has(milestoneId))
    if (chosen.has(id)) {
      if (waits) found.add(id)
      continue
    }
    // Something unfinished before it keeps it from the data date; otherwise that is what it starts from.
    const follows = predecessors.some(
      ({ milestoneId, type, lag }) =>
        lag >= 0 && !isDone(milestoneId) && (type === 'FS' || (type === 'SS' && progress[milestoneId] === undefined))
    )
    const moves =
      !follows ||
      constraintsOf(milestone).length > 0 ||
      milestone.expectedFinish !== undefined ||
      progress[id] !== undefined
    if (waits || moves || predecessors.some(({ milestoneId }) => isDone(milestoneId))) hidden.add(id)
  }
  return found
}

const tasksNotChosen: Text = {
  zh: '未选为里程碑的作业:其工期并入所选里程碑之间关系的延时,或成为最早开始日期',
  en: 'tasks that are no milestones: their work became lags between those chosen, or a date not to start before'
}
const severalCalendars: Text = {
  zh: '其间作业使用不同日历,延时为各自工时之和,日期为近似值',
  en: 'the work between them runs on several calendars; the lag is the sum of its hours, the dates are approximate'
}
const constraintTaken: Text = {
  zh: '里程碑已有两个限制条件,未选作业决定的日期未保留',
  en: 'it has two constraints already; the date that the tasks before it give is not kept'
}
