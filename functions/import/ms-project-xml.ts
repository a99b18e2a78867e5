import type { DateSpan } from '../core/milestone.ts'
import type { Text } from '../core/text.ts'
import type { ImportOptions, ImportResult, Lose } from './imported-plan.ts'
import { type MsProjectCalendar, readMsProjectCalendars } from './ms-project-calendars.ts'
import { readConstraints, readDeadlines } from './ms-project-constraints.ts'
import { dateOf, hoursOf, numberOf } from './ms-project-fields.ts'
import { readHours } from './ms-project-hours.ts'
import { readLinks } from './ms-project-links.ts'
import { type Row, readRows } from './ms-project-rows.ts'
import { readSource } from './read-source.ts'
import { earliestStart, type SourceTask } from './source-plan.ts'
import { standardHours, type WorkingHours } from './working-hours.ts'
import { childrenOf, listOf, parseXml, textOf, type XmlValue } from './xml-tree.ts'

/**
 * Reads a Microsoft Project file (XML, MSPDI): tasks with their working calendars, links, constraints, progress and
 * baseline 0. Summary tasks have no work of their own: their links and constraints go to the tasks below them, and they
 * are left out, as empty rows and inactive tasks are. All that is left out or changed stands in `lost`.
 */
export const readMsProjectXml = (bytes: Uint8Array, options: ImportOptions = {}): ImportResult =>
  readSource(bytes, options.encoding ?? declaredEncoding(bytes), ({ text, encoding }, lose) => {
    const project = parseXml(text, 'Project')
    const calendars = readMsProjectCalendars(project, lose)
    const own = calendars.get(textOf(project, 'CalendarUID'))?.hours ?? standardHours('Standard')
    const rows = readRows(project, lose)
    const tasks = readTasks(project, rows, calendars, own, lose)
    if (textOf(project, 'ScheduleFromStart') === '0') lose('Project', 'ScheduleFromStart 0', fromFinish)
    loseLists(project, lose)
    const name = textOf(project, 'Title') || textOf(project, 'Name')
    const start = dateOf(project, 'StartDate', 'Project')
    const dataDate = dateOf(project, 'StatusDate', 'Project')
    return {
      format: 'ms-project-xml',
      source: {
        id: textOf(project, 'GUID') || textOf(project, 'Name') || name,
        name: withoutExtension(name),
        encoding
      },
      idCandidates: [textOf(project, 'Name'), textOf(project, 'Title'), options.fileName],
      start: start ?? earliestStart(tasks),
      ...(dataDate === undefined ? {} : { dataDate }),
      schedulingRules: { program: 'ms-project' },
      calendars: [...calendars.values()]
        .filter(({ isBase }) => isBase)
        .slice(0, 40)
        .map(({ hours }) => hours),
      tasks
    }
  })

/** The encoding of an XML declaration, which is written in ASCII whatever follows. */
const declaredEncoding = (bytes: Uint8Array): string | undefined => {
  const head = String.fromCharCode(...bytes.subarray(0, 200))
  return /^\s*<\?xml[^>]*\sencoding\s*=\s*["']([A-Za-z0-9._-]{1,30})["']/.exec(head)?.[1]
}

const withoutExtension = (name: string): string => name.replace(/\.(xml|mpp)$/i, '')

const readTasks = (
  project: XmlValue,
  rows: readonly Row[],
  calendars: ReadonlyMap<string, MsProjectCalendar>,
  own: WorkingHours,
  lose: Lose
): readonly SourceTask[] => {
  const hours = readHours(project, rows, calendars, own, lose)
  const links = readLinks(rows, hours, lose)
  const constraints = readConstraints(rows, lose)
  const deadlines = readDeadlines(rows)
  return rows.flatMap((row): readonly SourceTask[] => {
    const { element, uid, path, isSummary } = row
    if (isSummary) return []
    loseUnread(element, path, lose)
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
        deadline: deadlines.get(uid),
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

/** What moves or measures a task in MS Project and is not read here. */
const loseUnread = (element: XmlValue, path: string, lose: Lose): void => {
  const physical = textOf(element, 'PhysicalPercentComplete')
  if (textOf(element, 'EarnedValueMethod') === '1' && physical !== '' && physical !== '0')
    lose(path, `PhysicalPercentComplete ${physical}`, physicalPercent)
  const leveling = textOf(element, 'LevelingDelay')
  if (leveling !== '' && leveling !== '0') lose(path, `LevelingDelay ${leveling}`, levelingDelay)
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
const physicalPercent: Text = {
  zh: '实际完成百分比未导入,进度按工期完成百分比',
  en: 'the physical percentage is not kept; progress is the percentage of the duration'
}
const levelingDelay: Text = {
  zh: '资源调配延迟未导入,最早日期可能早于源文件',
  en: 'a leveling delay is not kept; the early dates may be earlier than in the file'
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
