import type { Text } from '../core/assessment.ts'
import type { Constraint, DateSpan, LinkType } from '../core/milestone.ts'
import { assemblePlan, type SourceLink, type SourceTask } from './assemble.ts'
import { decodeText } from './decode-text.ts'
import {
  type ImportOptions,
  type ImportResult,
  type Loss,
  largestFile,
  mostTasks,
  resultOf,
  Unreadable
} from './imported-plan.ts'
import { type MsProjectCalendar, readMsProjectCalendars } from './ms-project-calendars.ts'
import { combine, roundTheClock, sameHours, standardHours, type WorkingHours } from './working-hours.ts'
import { momentOf } from './xer-tables.ts'
import { childrenOf, listOf, parseXml, textOf, type XmlValue } from './xml-tree.ts'

/**
 * Reads a Microsoft Project file (XML, MSPDI): tasks with their working calendars, links, constraints, progress and
 * baseline 0. Summary tasks have no work of their own: their links and constraints go to the tasks below them, and they
 * are left out, as empty rows and inactive tasks are. All that is left out or changed stands in `lost`.
 */
export const readMsProjectXml = (bytes: Uint8Array, options: ImportOptions = {}): ImportResult =>
  resultOf(() => {
    if (bytes.length > largestFile) throw new Unreadable('too-large', `${bytes.length} bytes, at most ${largestFile}`)
    const { text, encoding } = decodeText(bytes, options.encoding ?? declaredEncoding(bytes))
    const project = parseXml(text.replace(/^\uFEFF/, ''), 'Project')
    const lost: Loss[] = []
    const lose: Lose = (path, what, why) => {
      lost.push({ path, what, why })
    }
    const calendars = readMsProjectCalendars(project, lose)
    const own = calendars.get(textOf(project, 'CalendarUID'))?.hours ?? standardHours('Standard')
    const rows = readRows(project, lose)
    const tasks = readTasks(project, rows, calendars, own, lose)
    if (textOf(project, 'ScheduleFromStart') === '0') lose('Project', 'ScheduleFromStart 0', fromFinish)
    loseLists(project, lose)
    const name = textOf(project, 'Title') || textOf(project, 'Name')
    const start = dateOf(project, 'StartDate', 'Project')
    const dataDate = dateOf(project, 'StatusDate', 'Project')
    return assemblePlan({
      format: 'ms-project-xml',
      source: {
        id: textOf(project, 'GUID') || textOf(project, 'Name') || name,
        name: withoutExtension(name),
        encoding
      },
      idCandidates: [textOf(project, 'Name'), textOf(project, 'Title'), options.fileName],
      start: start ?? earliestOf(tasks),
      ...(dataDate === undefined ? {} : { dataDate }),
      calendars: [...calendars.values()]
        .filter(({ isBase }) => isBase)
        .slice(0, 40)
        .map(({ hours }) => hours),
      tasks,
      lost
    })
  })

type Lose = (path: string, what: string, why: Text) => void

/** The encoding of an XML declaration, which is written in ASCII whatever follows. */
const declaredEncoding = (bytes: Uint8Array): string | undefined => {
  const head = String.fromCharCode(...bytes.subarray(0, 200))
  return /^\s*<\?xml[^>]*\sencoding\s*=\s*["']([A-Za-z0-9._-]{1,30})["']/.exec(head)?.[1]
}

const withoutExtension = (name: string): string => name.replace(/\.(xml|mpp)$/i, '')

const dateOf = (element: XmlValue, field: string, path: string): string | undefined => {
  const text = textOf(element, field)
  if (text === '' || text === 'NA') return undefined
  const date = momentOf(text)
  if (date === undefined) throw new Unreadable('not-a-date', `${path}/${field}: ${text.slice(0, 60)}`)
  return date
}

const numberOf = (element: XmlValue, field: string, path: string): number | undefined => {
  const text = textOf(element, field)
  if (text === '') return undefined
  const value = Number(text)
  if (!Number.isFinite(value)) throw new Unreadable('not-a-number', `${path}/${field}: ${text.slice(0, 60)}`)
  return value
}

/** `PT40H30M0S` in hours. */
const hoursOf = (element: XmlValue, field: string, path: string): number | undefined => {
  const text = textOf(element, field)
  if (text === '') return undefined
  const found = /^P(?:(\d+)D)?(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(text)
  if (!found) throw new Unreadable('not-a-number', `${path}/${field}: ${text.slice(0, 60)}`)
  const [, days = '0', hours = '0', minutes = '0', seconds = '0'] = found
  return Number(days) * 24 + Number(hours) + Number(minutes) / 60 + Number(seconds) / 3600
}

/** A row that is a task or a summary, with the summaries above it, innermost first. */
interface Row {
  readonly element: XmlValue
  readonly uid: string
  readonly path: string
  readonly isSummary: boolean
  readonly above: readonly string[]
}

const readRows = (project: XmlValue, lose: Lose): readonly Row[] => {
  const elements = listOf(project, 'Tasks', 'Task')
  if (elements.length > mostTasks)
    throw new Unreadable('too-many-tasks', `${elements.length} tasks, at most ${mostTasks}`)
  const rows: Row[] = []
  const seen = new Set<string>()
  let empty = 0
  let summaries: { readonly uid: string; readonly level: number }[] = []
  for (const element of elements) {
    const uid = textOf(element, 'UID')
    const path = `Task[UID=${uid}]`
    // Empty rows have no name and no place in the outline.
    if (textOf(element, 'IsNull') === '1') {
      empty += 1
      continue
    }
    if (uid === '') throw new Unreadable('missing-field', 'Task/UID is empty')
    if (seen.has(uid)) throw new Unreadable('duplicate-id', `${path} stands there twice`)
    seen.add(uid)
    const level = numberOf(element, 'OutlineLevel', path) ?? 1
    summaries = summaries.filter(summary => summary.level < level)
    const above = summaries.map(summary => summary.uid).toReversed()
    const name = textOf(element, 'Name')
    if (textOf(element, 'Active') === '0') {
      lose(path, name, inactive)
      continue
    }
    if (textOf(element, 'ExternalTask') === '1') {
      lose(path, name, externalTask)
      continue
    }
    if (textOf(element, 'IsSubproject') === '1') lose(path, name, subproject)
    const isSummary = textOf(element, 'Summary') === '1'
    if (isSummary) summaries.push({ uid, level })
    rows.push({ element, uid, path, isSummary, above })
  }
  if (empty > 0) lose('Tasks', `${empty} × IsNull`, emptyRows)
  const outline = rows.filter(({ isSummary, uid }) => isSummary && uid !== '0')
  if (outline.length > 0)
    lose('Tasks', outline.map(({ element }) => textOf(element, 'Name')).join(' · '), outlineLevels)
  return rows
}

const readTasks = (
  project: XmlValue,
  rows: readonly Row[],
  calendars: ReadonlyMap<string, MsProjectCalendar>,
  own: WorkingHours,
  lose: Lose
): readonly SourceTask[] => {
  const resources = readResourceHours(project, calendars)
  const hours = new Map(
    rows.map(row => [row.uid, workingHoursOf(row, calendars, own, resources.get(row.uid) ?? [], lose)])
  )
  const links = readLinks(rows, hours, lose)
  const constraints = readConstraints(rows, lose)
  return rows.flatMap((row): readonly SourceTask[] => {
    const { element, uid, path, isSummary } = row
    if (isSummary) return []
    const actualStart = dateOf(element, 'ActualStart', path)
    const percent = numberOf(element, 'PercentComplete', path) ?? 0
    const actualFinish =
      dateOf(element, 'ActualFinish', path) ?? (percent >= 100 ? dateOf(element, 'Finish', path) : undefined)
    const duration = hoursOf(element, 'Duration', path) ?? 0
    const remaining = hoursOf(element, 'RemainingDuration', path)
    const started = actualStart ?? (percent > 0 ? dateOf(element, 'Start', path) : undefined)
    return [
      {
        sourceId: uid,
        name: textOf(element, 'Name'),
        kind: textOf(element, 'Milestone') === '1' || duration === 0 ? 'finish-milestone' : 'task',
        path,
        duration,
        calendar: hours.get(uid) ?? own,
        links: links.get(uid) ?? [],
        constraints: constraints.get(uid) ?? [],
        actualStart: started,
        actualFinish,
        ...(remaining === undefined ? {} : { remaining }),
        percentComplete: actualFinish === undefined ? Math.min(100, Math.max(0, percent)) : 100,
        baseline: baselineOf(row, lose),
        computed: {
          earlyStart: dateOf(element, 'EarlyStart', path) ?? dateOf(element, 'Start', path),
          earlyFinish: dateOf(element, 'EarlyFinish', path) ?? dateOf(element, 'Finish', path),
          lateStart: dateOf(element, 'LateStart', path),
          lateFinish: dateOf(element, 'LateFinish', path)
        }
      }
    ]
  })
}

const elapsedFormats = new Set(['4', '6', '8', '10', '12', '36', '38', '40', '42', '44'])

/**
 * When a task works: round the clock for an elapsed duration; else by its own calendar, by those of its resources (any
 * of them), or by both at once, unless it ignores resources; else by the project's.
 */
const workingHoursOf = (
  { element, path, isSummary }: Row,
  calendars: ReadonlyMap<string, MsProjectCalendar>,
  own: WorkingHours,
  resources: readonly WorkingHours[],
  lose: Lose
): WorkingHours => {
  if (isSummary) return own
  if (elapsedFormats.has(textOf(element, 'DurationFormat'))) return roundTheClock
  const uid = textOf(element, 'CalendarUID')
  const task = calendars.get(uid)?.hours
  if (uid !== '' && uid !== '-1' && !task) lose(path, `CalendarUID ${uid}`, unknownCalendar)
  const distinct = resources.filter((a, i) => resources.findIndex(b => sameHours(a, b)) === i)
  const name = [...(task ? [task.name] : []), ...distinct.map(hours => hours.name)].join(' + ')
  const somebody = distinct.length > 1 ? combine(distinct, false, name) : distinct[0]
  if (!somebody || (task && textOf(element, 'IgnoreResourceCalendar') === '1')) return task ?? own
  if (!task) return sameHours(somebody, own) ? own : somebody
  return sameHours(somebody, task) ? task : combine([task, somebody], true, name)
}

/** Calendars of the people who work on each task. */
const readResourceHours = (
  project: XmlValue,
  calendars: ReadonlyMap<string, MsProjectCalendar>
): ReadonlyMap<string, readonly WorkingHours[]> => {
  const people = new Map<string, WorkingHours>()
  for (const resource of listOf(project, 'Resources', 'Resource')) {
    const hours = calendars.get(textOf(resource, 'CalendarUID'))?.hours
    if (hours && textOf(resource, 'Type') === '1') people.set(textOf(resource, 'UID'), hours)
  }
  const found = new Map<string, WorkingHours[]>()
  for (const assignment of listOf(project, 'Assignments', 'Assignment')) {
    const hours = people.get(textOf(assignment, 'ResourceUID'))
    const task = textOf(assignment, 'TaskUID')
    if (hours) found.set(task, [...(found.get(task) ?? []), hours])
  }
  return found
}

const linkTypes: Readonly<Record<string, LinkType>> = { 0: 'FF', 1: 'FS', 2: 'SF', 3: 'SS' }

/** Links between tasks; a link of a summary becomes links of the tasks below it that come first or last. */
const readLinks = (
  rows: readonly Row[],
  hours: ReadonlyMap<string, WorkingHours>,
  lose: Lose
): ReadonlyMap<string, readonly SourceLink[]> => {
  const byUid = new Map(rows.map(row => [row.uid, row]))
  const links = new Map<string, SourceLink[]>()
  const add = (to: string, link: SourceLink) => {
    const known = links.get(to)
    if (known) known.push(link)
    else links.set(to, [link])
  }
  const ofSummaries: { readonly to: Row; readonly from: Row; readonly link: SourceLink }[] = []
  for (const row of rows) {
    for (const element of childrenOf(row.element, 'PredecessorLink')) {
      const from = textOf(element, 'PredecessorUID')
      const path = `${row.path}/PredecessorLink[${from}]`
      const typeText = textOf(element, 'Type') || '1'
      const type = Object.hasOwn(linkTypes, typeText) ? linkTypes[typeText] : undefined
      if (type === undefined) throw new Unreadable('not-valid', `${path}/Type: ${typeText}`)
      const before = byUid.get(from)
      const { lag, lagCalendar } = lagOf(element, before, row, hours, path, lose)
      const link: SourceLink = { from, type, lag, ...(lagCalendar ? { lagCalendar } : {}), path }
      if (textOf(element, 'CrossProject') === '1') lose(path, textOf(element, 'CrossProjectName'), externalTask)
      else if (before && (before.isSummary || row.isSummary)) ofSummaries.push({ to: row, from: before, link })
      else add(row.uid, link)
    }
  }
  for (const { to, from, link } of ofSummaries) {
    const fromStart = link.type === 'SS' || link.type === 'SF'
    const predecessors = endsOf(from, rows, links, fromStart)
    const successors = endsOf(to, rows, links, link.type === 'FS' || link.type === 'SS')
    if (from.isSummary && fromStart && predecessors.length > 1) lose(link.path, link.type, startOfSummary)
    // The start of a summary is the earliest of its tasks: the first in the file stands for it.
    const kept = fromStart ? predecessors.slice(0, 1) : predecessors
    if (kept.length > 0 && successors.length > 0) lose(link.path, `${link.type} ${link.from}`, linkOfSummary)
    for (const successor of successors) for (const { uid } of kept) add(successor.uid, { ...link, from: uid })
  }
  return links
}

/** The tasks below a summary at which it starts (or ends): those that no other task below it comes before (or after). */
const endsOf = (
  row: Row,
  rows: readonly Row[],
  links: ReadonlyMap<string, readonly SourceLink[]>,
  first: boolean
): readonly Row[] => {
  if (!row.isSummary) return [row]
  const below = rows.filter(other => !other.isSummary && other.above.includes(row.uid))
  const inside = new Set(below.map(({ uid }) => uid))
  const inner = (uid: string) =>
    (links.get(uid) ?? []).filter(({ from, type, lag }) => inside.has(from) && type === 'FS' && lag >= 0)
  if (first) return below.filter(({ uid }) => inner(uid).length === 0)
  const followed = new Set(below.flatMap(({ uid }) => inner(uid).map(({ from }) => from)))
  return below.filter(({ uid }) => !followed.has(uid))
}

/** `LinkLag` is in tenths of minutes of the successor's calendar, in elapsed ones, or in percent of the predecessor. */
const lagOf = (
  element: XmlValue,
  before: Row | undefined,
  row: Row,
  hours: ReadonlyMap<string, WorkingHours>,
  path: string,
  lose: Lose
): { readonly lag: number; readonly lagCalendar?: WorkingHours | undefined } => {
  const value = numberOf(element, 'LinkLag', path) ?? 0
  if (value === 0) return { lag: 0 }
  const format = textOf(element, 'LagFormat')
  switch (format) {
    case '19':
    case '20':
    case '51':
    case '52': {
      const duration = before ? (hoursOf(before.element, 'Duration', before.path) ?? 0) : 0
      lose(path, `${value} %`, percentLag)
      return {
        lag: (duration * value) / 100,
        ...(format === '20' || format === '52' ? { lagCalendar: roundTheClock } : {})
      }
    }
  }
  return { lag: value / 600, lagCalendar: elapsedFormats.has(format) ? roundTheClock : hours.get(row.uid) }
}

const constraintTypes: Readonly<Record<string, Constraint['type']>> = {
  1: 'ALAP',
  2: 'MSO',
  3: 'MFO',
  4: 'SNET',
  5: 'SNLT',
  6: 'FNET',
  7: 'FNLT'
}

/** Constraints, deadlines and the dates of manual tasks; a summary's go to the tasks below it. */
const readConstraints = (rows: readonly Row[], lose: Lose): ReadonlyMap<string, readonly Constraint[]> => {
  const found = new Map(rows.map(row => [row.uid, ownConstraints(row, lose)]))
  return new Map(
    rows.map(row => {
      const inherited = row.above.flatMap(uid => (found.get(uid) ?? []).filter(({ type }) => type !== 'ALAP'))
      return [row.uid, row.isSummary ? [] : [...(found.get(row.uid) ?? []), ...inherited]]
    })
  )
}

const ownConstraints = ({ element, path, isSummary }: Row, lose: Lose): readonly Constraint[] => {
  const found: Constraint[] = []
  const typeText = textOf(element, 'ConstraintType')
  const type = Object.hasOwn(constraintTypes, typeText) ? constraintTypes[typeText] : undefined
  const date = dateOf(element, 'ConstraintDate', path)
  if (type === 'ALAP') found.push({ type })
  else if (type !== undefined && date !== undefined) found.push({ type, date })
  else if (typeText !== '' && typeText !== '0') lose(path, `ConstraintType ${typeText}`, unknownConstraint)
  const start = dateOf(element, 'Start', path)
  if (textOf(element, 'Manual') === '1' && !isSummary && start !== undefined) {
    lose(path, `Manual ${start}`, manualTask)
    found.push({ type: 'SNET', date: start })
  }
  const deadline = dateOf(element, 'Deadline', path)
  if (deadline !== undefined) found.push({ type: 'FNLT', date: deadline })
  return found
}

const baselineOf = ({ element, path }: Row, lose: Lose): DateSpan | undefined => {
  const all = childrenOf(element, 'Baseline')
  const others = all.filter(baseline => textOf(baseline, 'Number') !== '0')
  if (others.length > 0)
    lose(path, `Baseline ${others.map(baseline => textOf(baseline, 'Number')).join(' ')}`, otherBaselines)
  const first = all.find(baseline => textOf(baseline, 'Number') === '0')
  const start = dateOf(first, 'Start', path)
  const finish = dateOf(first, 'Finish', path)
  return start === undefined || finish === undefined ? undefined : { start, finish }
}

const earliestOf = (tasks: readonly SourceTask[]): string =>
  tasks.flatMap(({ computed }) => computed.earlyStart ?? []).reduce((a, b) => (b < a ? b : a), '2199-12-31')

const loseLists = (project: XmlValue, lose: Lose): void => {
  for (const [list, item, why] of [
    ['Resources', 'Resource', resources],
    ['Assignments', 'Assignment', assignments],
    ['ExtendedAttributes', 'ExtendedAttribute', ownFields],
    ['OutlineCodes', 'OutlineCode', ownFields]
  ] as const) {
    // The first resource of every file is an empty one, and unassigned tasks have an assignment to nobody.
    const found = listOf(project, list, item).filter(
      element => textOf(element, 'ResourceUID') !== '-65535' && (item !== 'Resource' || textOf(element, 'Name') !== '')
    )
    if (found.length > 0) lose(list, `${found.length} × ${item}`, why)
  }
}

const fromFinish: Text = {
  zh: '源文件从完成日期倒排,这里从开始日期排程',
  en: 'the file is scheduled from its finish; here it is from its start'
}
const inactive: Text = { zh: '已停用的任务未导入', en: 'an inactive task is left out' }
const externalTask: Text = {
  zh: '其他项目的任务及其关系未导入',
  en: 'tasks of other projects and links to them are left out'
}
const subproject: Text = { zh: '子项目只按一个任务导入', en: 'a subproject is read as one task' }
const emptyRows: Text = { zh: '空行', en: 'empty rows' }
const outlineLevels: Text = {
  zh: '摘要任务(大纲级别)未导入,其下任务已导入',
  en: 'summary tasks (levels of the outline) are not kept; the tasks below them are'
}
const unknownCalendar: Text = {
  zh: '找不到该任务的日历,改用项目日历',
  en: 'no such calendar; that of the project stands for it'
}
const startOfSummary: Text = {
  zh: '摘要任务的开始由其下最早任务决定,这里取文件中的第一个',
  en: 'a summary starts with the earliest task below it; the first of the file stands for it'
}
const linkOfSummary: Text = {
  zh: '摘要任务的关系改为其下首末任务的关系',
  en: 'a link of a summary became links of the first or last tasks below it'
}
const percentLag: Text = {
  zh: '百分比延时按紧前任务现有工期折合为固定小时数',
  en: "a lag in percent became hours by the predecessor's duration; it no longer follows it"
}
const unknownConstraint: Text = {
  zh: '未知或缺日期的限制条件,未导入',
  en: 'an unknown constraint, or one without a date'
}
const manualTask: Text = {
  zh: '手动计划的任务:不早于其开始日期,逻辑关系可将其后移',
  en: 'scheduled by hand: here not before its start, and links may move it later'
}
const otherBaselines: Text = { zh: '只导入基线 0', en: 'only baseline 0 is kept' }
const resources: Text = {
  zh: '资源未导入;其日历用于所分配的任务',
  en: 'resources are not kept; their calendars hold for the tasks they work on'
}
const assignments: Text = {
  zh: '资源分配及其工时、费用、拆分未导入',
  en: 'assignments with their work, costs and splits are not kept'
}
const ownFields: Text = { zh: '自定义字段未导入', en: 'fields of one’s own are not kept' }
