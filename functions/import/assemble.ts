import type { Text } from '../core/assessment.ts'
import { type CalendarDefinition, layeredCalendar } from '../core/calendar.ts'
import { fromDayNumber, toDayNumber } from '../core/dates.ts'
import type { BaselineDates, MilestoneReport } from '../core/events.ts'
import type { Constraint, DateSpan, LinkType, Predecessor, ScheduleDate } from '../core/milestone.ts'
import type { Instant, WorkTime } from '../core/work-time.ts'
import { isSafeKey, isScheduleDate } from '../schema/fields.ts'
import type { MilestoneDocument } from '../schema/plan.ts'
import {
  type ImportedPlan,
  type Loss,
  type MilestoneSource,
  mostTasks,
  type PlanFormat,
  Unreadable
} from './imported-plan.ts'
import { calendarDefinition, isEven, sameHours, standardHours, type WorkingHours, worksAtAll } from './working-hours.ts'

/** A link as a file has it. */
export interface SourceLink {
  /** Internal id of the predecessor. */
  readonly from: string
  readonly type: LinkType
  /** Hours on `lagCalendar`. */
  readonly lag: number
  /** The calendar on which the lag runs, where it is not the predecessor's. */
  readonly lagCalendar?: WorkingHours | undefined
  readonly path: string
}

/** A task as a file has it, hours on its own calendar; what is no task (summaries, levels of effort) is left out before. */
export interface SourceTask {
  readonly sourceId: string
  readonly code?: string | undefined
  readonly name: string
  readonly kind: MilestoneSource['kind']
  readonly path: string
  readonly duration: number
  readonly calendar: WorkingHours
  readonly links: readonly SourceLink[]
  /** In the order of their rank: a plan holds one. */
  readonly constraints: readonly Constraint[]
  readonly actualStart?: ScheduleDate | undefined
  readonly actualFinish?: ScheduleDate | undefined
  readonly remaining?: number | undefined
  readonly percentComplete: number
  readonly baseline?: DateSpan | undefined
  /** The dates that the source program computed, to choose among constraints and to place lags of other calendars. */
  readonly computed: ComputedDates
}

/** Dates as the source program computed them. */
export interface ComputedDates {
  readonly earlyStart?: ScheduleDate | undefined
  readonly earlyFinish?: ScheduleDate | undefined
  readonly lateStart?: ScheduleDate | undefined
  readonly lateFinish?: ScheduleDate | undefined
}

/** A project as a file has it. */
export interface SourcePlan {
  readonly format: PlanFormat
  readonly source: ImportedPlan['source']
  /** What an id may be made of, best first. */
  readonly idCandidates: readonly (string | undefined)[]
  readonly start: ScheduleDate
  readonly requiredBy?: string | undefined
  readonly dataDate?: ScheduleDate | undefined
  /** Calendars to keep although no task may use them. */
  readonly calendars: readonly WorkingHours[]
  readonly tasks: readonly SourceTask[]
  readonly lost: readonly Loss[]
}

/** A plan of the contract from the tasks of a file. */
export const assemblePlan = (source: SourcePlan): ImportedPlan => {
  const { format, tasks, dataDate } = source
  if (tasks.length > mostTasks) throw new Unreadable('too-many-tasks', `${tasks.length} tasks, at most ${mostTasks}`)
  const lost: Loss[] = [...source.lost]
  const lose = (path: string, what: string, why: Text, id?: string): void => {
    lost.push({ path, what, why, ...(id === undefined ? {} : { id }) })
  }
  const calendars = nameCalendars(source, lose)
  const ids = nameTasks(tasks, lose)
  const start = startOf(source)

  const byId = new Map(tasks.map(task => [task.sourceId, task]))
  const milestones = tasks.map((task): MilestoneDocument => {
    const id = ids.get(task.sourceId) ?? task.sourceId
    const predecessors = mergeLinks(
      task.links.flatMap((link): readonly Predecessor[] => {
        const before = byId.get(link.from)
        const milestoneId = ids.get(link.from)
        if (!before || milestoneId === undefined || before === task) {
          lose(link.path, `${link.type} ${link.from}`, linkWithoutTask, id)
          return []
        }
        return [{ milestoneId, type: link.type, lag: lagOf(link, before, calendars, start, lose, id) }]
      }),
      () => lose(task.path, 'PredecessorLink', sameLinkTwice, id)
    )
    const constraint = oneConstraint(task, (c, why) => lose(task.path, textOf(c), why, id))
    const name = lineOf(task.name, 200) || task.code || `#${task.sourceId}`
    if (name.length < task.name.trim().length && name.length >= 200) lose(task.path, 'name', nameCut, id)
    return {
      id,
      name: lineOf(name, 200),
      duration: rounded(task.duration),
      calendar: calendars.nameOf(task.calendar),
      ...(predecessors.length > 0 ? { predecessors } : {}),
      ...(constraint === undefined ? {} : { constraint })
    }
  })

  const baseline: Record<string, DateSpan> = {}
  for (const task of tasks) {
    const id = ids.get(task.sourceId) ?? task.sourceId
    if (!task.baseline) continue
    if (task.baseline.finish < task.baseline.start) {
      lose(task.path, `baseline ${task.baseline.start} – ${task.baseline.finish}`, baselineBackwards, id)
      continue
    }
    baseline[id] = task.baseline
    const { earlyStart } = task.computed
    const isHeld = earlyStart !== undefined && earlyStart < task.baseline.start && task.actualStart === undefined
    if (isHeld && task.links.length === 0) lose(task.path, `start ${earlyStart}`, heldByBaseline, id)
  }

  return {
    format,
    source: source.source,
    document: {
      project: {
        id: projectIdOf(source.idCandidates),
        name: lineOf(source.source.name, 200) || projectIdOf(source.idCandidates),
        ...(source.requiredBy === undefined ? {} : { requiredBy: source.requiredBy }),
        start,
        source: { document: programOf(format), item: lineOf(source.source.id, 200) || '-' },
        ...(calendars.definitions ? { calendars: calendars.definitions } : {}),
        milestones: endLast(milestones, tasks)
      },
      baseline: baseline satisfies BaselineDates
    },
    progress: tasks.flatMap(task => progressOf(task, ids.get(task.sourceId) ?? task.sourceId)),
    ...(dataDate === undefined ? {} : { dataDate: shortest(dataDate) }),
    milestones: tasks.map(({ sourceId, code, kind }) => ({
      id: ids.get(sourceId) ?? sourceId,
      sourceId,
      ...(code === undefined ? {} : { code }),
      kind
    })),
    lost
  }
}

/** One line of at most `longest` characters, as the schema of a plan admits it. */
export const lineOf = (text: string, longest: number): string =>
  [...text.replaceAll(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]+/gu, ' ').replaceAll(/\s+/g, ' ')]
    .join('')
    .trim()
    .slice(0, longest)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trim()

/** `2021-11-30T00:00` as the day `2021-11-30`; any other time of day is kept. */
export const shortest = (date: ScheduleDate): ScheduleDate => (date.endsWith('T00:00') ? date.slice(0, 10) : date)

type Lose = (path: string, what: string, why: Text, id?: string) => void

interface NamedCalendars {
  readonly nameOf: (hours: WorkingHours) => string
  readonly timeOf: (hours: WorkingHours) => WorkTime
  readonly definitions: Readonly<Record<string, CalendarDefinition>> | undefined
}

const yearsAhead = 10

/** Names every calendar once, calendars that work alike together, and writes those that are used or to be kept. */
const nameCalendars = ({ calendars, tasks, start, dataDate }: SourcePlan, lose: Lose): NamedCalendars => {
  const dates = [
    start,
    dataDate,
    ...tasks.flatMap(t => [t.actualStart, t.baseline?.start, t.baseline?.finish, ...Object.values(t.computed)])
  ]
    .filter(date => date !== undefined)
    .map(date => toDayNumber(date.slice(0, 10)))
  const from = dates.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
  const latest = dates.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  const span = { from, to: Math.min(latest + yearsAhead * 366, toDayNumber('2199-12-31')) }

  const names = new Map<WorkingHours, string>()
  const times = new Map<string, WorkTime>()
  const definitions: Record<string, CalendarDefinition> = {}
  const add = (hours: WorkingHours): string => {
    const known = names.get(hours)
    if (known !== undefined) return known
    const like = [...names.keys()].find(other => other.name === hours.name && sameHours(other, hours))
    const name = (like && names.get(like)) ?? freeName(hours.name, definitions)
    names.set(hours, name)
    if (like) return name
    const path = `calendar ${hours.name}`
    if (!worksAtAll(hours)) lose(path, hours.name, calendarWithoutWork)
    const { definition, exactUntil } = calendarDefinition(worksAtAll(hours) ? hours : standardHours(hours.name), span)
    if (exactUntil !== undefined) lose(path, hours.name, oddWeekdays(exactUntil))
    definitions[name] = definition
    times.set(name, layeredCalendar(definition).time)
    return name
  }
  for (const { calendar } of tasks) add(calendar)
  for (const hours of calendars) {
    if (names.has(hours) || !worksAtAll(hours)) continue
    // Dates written out by the hundred for a calendar that nothing works by help nobody.
    if (isEven(hours)) add(hours)
    else lose(`calendar ${hours.name}`, hours.name, calendarUnused)
  }
  const timeOf = (hours: WorkingHours): WorkTime => {
    const known = times.get(names.get(hours) ?? '')
    if (known) return known
    const { definition } = calendarDefinition(worksAtAll(hours) ? hours : standardHours(hours.name), span)
    return layeredCalendar(definition).time
  }
  return {
    nameOf: hours => names.get(hours) ?? hours.name,
    timeOf,
    definitions: names.size > 0 ? definitions : undefined
  }
}

const builtInNames = new Set(['cn', 'daily'])

const freeName = (wanted: string, taken: Readonly<Record<string, unknown>>): string => {
  const clean = lineOf(wanted, 70) || 'calendar'
  const base = builtInNames.has(clean) || !isSafeKey(clean) ? `${clean} (file)` : clean
  for (let n = 1; ; n += 1) {
    const name = n === 1 ? base : `${base} (${n})`
    if (!Object.hasOwn(taken, name)) return name
  }
}

const idPattern = /^[A-Za-z0-9._-]{1,40}$/

/** The code of a task where it can be an id and is the only one, else the internal id of the file. */
const nameTasks = (tasks: readonly SourceTask[], lose: Lose): ReadonlyMap<string, string> => {
  const ids = new Map<string, string>()
  const uses = new Map<string, number>()
  for (const { code } of tasks) if (code !== undefined) uses.set(code, (uses.get(code) ?? 0) + 1)
  const fits = (code: string | undefined): code is string =>
    code !== undefined && idPattern.test(code) && isSafeKey(code) && uses.get(code) === 1
  const taken = new Set(tasks.flatMap(({ code }) => (fits(code) ? [code] : [])))
  for (const { sourceId, code, path } of tasks) {
    if (ids.has(sourceId)) throw new Unreadable('duplicate-id', `${path}: the id ${sourceId} stands there twice`)
    if (fits(code)) {
      ids.set(sourceId, code)
      continue
    }
    const clean = sourceId.replaceAll(/[^A-Za-z0-9._-]/g, '').slice(0, 30)
    let id = clean === '' || !isSafeKey(clean) ? `t${ids.size + 1}` : clean
    while (taken.has(id)) id = `t-${id}`.slice(0, 40)
    taken.add(id)
    ids.set(sourceId, id)
    if (code !== undefined) lose(path, code, codeReplaced, id)
  }
  return ids
}

/** A lag on another calendar, as hours on the predecessor's that end at the same moment where the file has the predecessor. */
const lagOf = (
  { lag, lagCalendar, type, path }: SourceLink,
  before: SourceTask,
  calendars: NamedCalendars,
  start: ScheduleDate,
  lose: Lose,
  id: string
): number => {
  if (lag === 0 || lagCalendar === undefined || sameHours(lagCalendar, before.calendar)) return rounded(lag)
  const fromStart = type === 'SS' || type === 'SF'
  const { earlyStart, earlyFinish } = before.computed
  const anchor = instantOf(
    (fromStart ? (before.actualStart ?? earlyStart) : (before.actualFinish ?? earlyFinish)) ?? start
  )
  const reached = calendars.timeOf(lagCalendar).offset(anchor, lag)
  const hours = rounded(calendars.timeOf(before.calendar).count(anchor, reached))
  lose(path, `${type} ${lag} h (${lagCalendar.name})`, lagConverted(hours), id)
  return hours
}

const instantOf = (date: ScheduleDate): Instant =>
  toDayNumber(date.slice(0, 10)) * 1440 +
  (date.includes('T') ? Number(date.slice(11, 13)) * 60 + Number(date.slice(14, 16)) : 0)

/** Links of the same two tasks and type are one, with the longer lag. */
const mergeLinks = (links: readonly Predecessor[], lose: () => void): readonly Predecessor[] => {
  const merged = new Map<string, Predecessor>()
  for (const link of links) {
    const key = `${link.type} ${link.milestoneId}`
    const known = merged.get(key)
    if (known) lose()
    if (!known || link.lag > known.lag) merged.set(key, link)
  }
  return [...merged.values()]
}

/**
 * The one constraint that a milestone holds. A date that is imposed wins; of several others the one that decides a date
 * the source program computed. "Start on" of P6 is two, not before and not after: where both decide, the date is imposed.
 */
const oneConstraint = (
  { constraints, computed }: SourceTask,
  lose: (constraint: Constraint, why: Text) => void
): Constraint | undefined => {
  const imposed = constraints.find(({ type }) => type === 'MSO' || type === 'MFO')
  const kept = imposed ?? pinned(constraints, computed) ?? constraints.find(c => decides(c, computed)) ?? constraints[0]
  for (const constraint of constraints)
    if (kept && constraint !== kept && !isHalfOf(constraint, kept)) lose(constraint, oneConstraintOnly(textOf(kept)))
  return kept
}

/** "Start on" or "finish on" whose date the program could keep. */
const pinned = (constraints: readonly Constraint[], { earlyStart, earlyFinish }: ComputedDates) => {
  for (const [not, no, on, early] of [
    ['SNET', 'SNLT', 'MSO', earlyStart],
    ['FNET', 'FNLT', 'MFO', earlyFinish]
  ] as const) {
    const a = constraints.find(({ type }) => type === not)
    const b = constraints.find(({ type }) => type === no)
    if (!a || !b || a.type === 'ALAP' || b.type === 'ALAP' || a.date !== b.date) continue
    if (early === undefined || early === a.date) return { type: on, date: a.date }
  }
  return undefined
}

const isHalfOf = (constraint: Constraint, kept: Constraint): boolean =>
  constraint.type !== 'ALAP' &&
  kept.type !== 'ALAP' &&
  constraint.date === kept.date &&
  ((kept.type === 'MSO' && constraint.type.startsWith('SN')) ||
    (kept.type === 'MFO' && constraint.type.startsWith('FN')))

const decides = (constraint: Constraint, computed: ComputedDates): boolean => {
  switch (constraint.type) {
    case 'SNET':
      return constraint.date === computed.earlyStart
    case 'FNET':
      return constraint.date === computed.earlyFinish
    case 'SNLT':
      return constraint.date === computed.lateStart
    case 'FNLT':
      return constraint.date === computed.lateFinish
    case 'MSO':
    case 'MFO':
    case 'ALAP':
      return true
  }
}

const textOf = (constraint: Constraint): string =>
  constraint.type === 'ALAP' ? constraint.type : `${constraint.type} ${constraint.date}`

const progressOf = (task: SourceTask, milestoneId: string): readonly MilestoneReport[] => {
  const { actualStart, actualFinish, remaining, percentComplete, duration } = task
  if (actualFinish !== undefined)
    return [{ milestoneId, percentComplete: 100, ...(actualStart === undefined ? {} : { actualStart }), actualFinish }]
  const rescheduled = remaining !== undefined && rounded(remaining) !== rounded(duration)
  if (actualStart === undefined && !rescheduled && percentComplete === 0) return []
  return [
    {
      milestoneId,
      percentComplete,
      ...(actualStart === undefined ? {} : { actualStart }),
      ...(remaining === undefined ? {} : { remainingDuration: rounded(remaining) })
    }
  ]
}

/** The end of the project stands last: of the tasks that none waits for, the one that the program computed to end last. */
const endLast = (
  milestones: readonly MilestoneDocument[],
  tasks: readonly SourceTask[]
): readonly MilestoneDocument[] => {
  const awaited = new Set(milestones.flatMap(m => m.predecessors?.map(({ milestoneId }) => milestoneId) ?? []))
  let end = -1
  let latest = ''
  milestones.forEach(({ id }, i) => {
    const task = tasks[i]
    const finish = task?.actualFinish ?? task?.computed.earlyFinish ?? task?.baseline?.finish ?? ''
    if (!awaited.has(id) && finish >= latest) {
      end = i
      latest = finish
    }
  })
  const last = milestones[end]
  return last && end < milestones.length - 1 ? [...milestones.filter(m => m !== last), last] : milestones
}

const startOf = ({ start }: SourcePlan): ScheduleDate => {
  const date = shortest(start)
  return isScheduleDate(date) ? date : fromDayNumber(0)
}

const projectIdOf = (candidates: readonly (string | undefined)[]): string => {
  for (const candidate of candidates) {
    const slug = (candidate ?? '')
      .toLowerCase()
      .replace(/\.(xer|xml|json)$/, '')
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, 64)
    if (/[a-z]/.test(slug)) return slug
  }
  return 'imported'
}

const programOf = (format: PlanFormat): string =>
  format === 'primavera-xer' ? 'Primavera P6 (XER)' : format === 'ms-project-xml' ? 'Microsoft Project (XML)' : 'JSON'

/** Hours to a hundredth of a minute: sums of thirds of hours stay what they were. */
const rounded = (hours: number): number => Math.round(hours * 6000) / 6000

const linkWithoutTask: Text = {
  zh: '紧前任务不在导入范围内(汇总、投入水平、外部项目或已停用任务),该逻辑关系未导入',
  en: 'the predecessor is not among the tasks imported (a summary, a level of effort, another project, an inactive task)'
}
const sameLinkTwice: Text = {
  zh: '同一对任务之间同类型的关系出现两次,保留延时较长的一条',
  en: 'two links of one type between the same tasks: the one with the longer lag is kept'
}
const nameCut: Text = { zh: '名称超过 200 字,已截短', en: 'longer than 200 characters, cut' }
const codeReplaced: Text = {
  zh: '作业代码不能作编号(须为 40 个以内的字母、数字、. _ - 且不重复),改用文件内部编号',
  en: 'the code cannot be an id (up to 40 letters, digits, . _ - and unique); the internal id of the file stands for it'
}
const baselineBackwards: Text = { zh: '基线完成早于开始,未导入', en: 'the baseline ends before it starts' }
const heldByBaseline: Text = {
  zh: '没有紧前任务:最早开始以基线开始为准,晚于源文件',
  en: 'it has no predecessor, so its approved start holds it: later than in the file'
}
const calendarWithoutWork: Text = {
  zh: '日历没有任何工作日,改用周一至周五 8:00–12:00、13:00–17:00',
  en: 'no weekday works on it; Monday to Friday 08:00–12:00, 13:00–17:00 stand for it'
}
const calendarUnused: Text = { zh: '没有任务使用的日历,未导入', en: 'no task works by it; it is left out' }
const oddWeekdays = (until: string): Text => ({
  zh: `各工作日的工作时间不同或例外过多,逐日写至 ${until},之后按通常工时`,
  en: `weekdays with different hours are written out day by day until ${until}; after that they have the usual hours`
})
const lagConverted = (hours: number): Text => ({
  zh: `延时按另一日历计,在源文件的日期上折合为紧前任务日历的 ${hours} 小时;日期变动后为近似值`,
  en: `the lag runs on another calendar; at the dates of the file it is ${hours} h on the predecessor's, approximate once they move`
})
const oneConstraintOnly = (kept: string): Text => ({
  zh: `每个里程碑只能有一个限制条件,保留 ${kept}`,
  en: `a milestone holds one constraint; ${kept} is kept`
})
