import { fromDayNumber } from '../core/dates.ts'
import type { BaselineDates, DateSpan, ScheduleDate } from '../core/milestone.ts'
import type { Text } from '../core/text.ts'
import { isScheduleDate } from '../schema/fields.ts'
import type { MilestoneDocument } from '../schema/plan.ts'
import { chooseConstraints, textOfConstraint } from './choose-constraints.ts'
import { type ImportedPlan, type Lose, type Losses, mostTasks, type PlanFormat, Unreadable } from './imported-plan.ts'
import { nameCalendars } from './name-calendars.ts'
import { projectIdOf } from './name-project.ts'
import { nameTasks } from './name-tasks.ts'
import { placeLinks } from './place-links.ts'
import { lineOf } from './plain-text.ts'
import { progressOf } from './report-progress.ts'
import { rounded, type SourcePlan, type SourceTask } from './source-plan.ts'

/** A plan of the contract from the tasks of a file; what the file has beyond it goes to the losses. */
export const assemblePlan = (source: SourcePlan, { lost, lose }: Losses): ImportedPlan => {
  const { format, tasks, dataDate } = source
  if (tasks.length > mostTasks) throw new Unreadable('too-many-tasks', `${tasks.length} tasks, at most ${mostTasks}`)
  const calendars = nameCalendars(source, lose)
  const ids = nameTasks(tasks, lose)
  const start = startOf(source)

  const context = { byId: new Map(tasks.map(task => [task.sourceId, task])), ids, calendars }
  const milestones = tasks.map((task): MilestoneDocument => {
    const id = ids.get(task.sourceId) ?? task.sourceId
    const predecessors = placeLinks(task, context, lose)
    const constraints = chooseConstraints(task, (c, why) => lose(task.path, textOfConstraint(c), why, id))
    const name = lineOf(task.name, 200) || task.code || `#${task.sourceId}`
    if (name.length < task.name.trim().length && name.length >= 200) lose(task.path, 'name', nameCut, id)
    return {
      id,
      name: lineOf(name, 200),
      duration: rounded(task.duration),
      ...(task.kind === 'start-milestone' ? { marks: 'start' } : {}),
      calendar: calendars.nameOf(task.calendar),
      ...(predecessors.length > 0 ? { predecessors } : {}),
      ...constraints,
      ...(task.deadline === undefined ? {} : { deadline: task.deadline }),
      ...(task.expectedFinish === undefined ? {} : { expectedFinish: task.expectedFinish })
    }
  })

  const baseline = baselineOf(tasks, ids, lose)
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
        schedulingRules: source.schedulingRules,
        milestones: endLast(milestones, tasks)
      },
      baseline
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

/** Approved dates by milestone. */
const baselineOf = (tasks: readonly SourceTask[], ids: ReadonlyMap<string, string>, lose: Lose): BaselineDates => {
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
  return baseline
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

/** `2021-11-30T00:00` as the day `2021-11-30`; any other time of day is kept. */
const shortest = (date: ScheduleDate): ScheduleDate => (date.endsWith('T00:00') ? date.slice(0, 10) : date)

const programOf = (format: PlanFormat): string =>
  format === 'primavera-xer' ? 'Primavera P6 (XER)' : format === 'ms-project-xml' ? 'Microsoft Project (XML)' : 'JSON'

const nameCut: Text = { zh: '名称超过 200 字,已截短', en: 'longer than 200 characters, cut' }
const baselineBackwards: Text = { zh: '基线完成早于开始,未导入', en: 'the baseline ends before it starts' }
const heldByBaseline: Text = {
  zh: '没有紧前任务:最早开始以基线开始为准,晚于源文件',
  en: 'it has no predecessor, so its approved start holds it: later than in the file'
}
