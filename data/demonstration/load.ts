import * as z from 'zod'
import type { Author } from '../../functions/core/author.ts'
import type { CalendarLookup } from '../../functions/core/calendar.ts'
import type { Command } from '../../functions/core/commands.ts'
import { addDays, type IsoDate, isIsoDate } from '../../functions/core/dates.ts'
import { delayCodes } from '../../functions/core/delay.ts'
import type { MilestoneReport } from '../../functions/core/events.ts'
import type { BaselineDates, Project } from '../../functions/core/milestone.ts'
import { planFromTemplate, type TemplatePlan } from '../plan-from-template.ts'
import { templateIds, templates } from '../templates.ts'
import projectsFile from './projects.json' with { type: 'json' }
import reportsFile from './reports.json' with { type: 'json' }

/** The morning on which the demonstration stands: its clock, and the last date of its reports. */
export const demonstrationDate: IsoDate = '2021-06-21'

/** One command of the demonstration, on the date on which it was given. */
export interface DatedCommand {
  readonly project: string
  readonly date: IsoDate
  readonly by: Author
  readonly command: Command
}

const date = z.string().refine(isIsoDate, 'not a civil date')
const text = z.strictObject({ zh: z.string(), en: z.string() })
const calendar = z.strictObject({
  base: z.string().optional(),
  exceptions: z
    .array(z.strictObject({ from: date, to: date, working: z.boolean(), name: z.string().optional() }))
    .optional()
})

const projects = z.strictObject({
  /** The work plan of the bureau, with the words of the items that owe these projects. */
  document: z.strictObject({
    number: z.string(),
    title: z.string(),
    issuedOn: date,
    items: z.record(z.string(), z.string())
  }),
  /** What every page says beside dates that no document gives. */
  note: text,
  projects: z.array(
    z.strictObject({
      /** What the document says; `owed` in its own words. */
      official: z.strictObject({
        id: z.string(),
        name: z.string(),
        nameEn: z.string(),
        programme: z.string(),
        owed: z.string(),
        item: z.array(z.string()).min(1),
        town: z.string().optional()
      }),
      /** What no document says. */
      demonstration: z.strictObject({
        category: z.string(),
        template: z.enum(templateIds),
        schedule: z.union([z.strictObject({ start: date }), z.strictObject({ finish: date })]),
        requiredBy: date.optional(),
        responsibleUnit: z.string(),
        manager: z.string(),
        calendars: z.record(z.string(), calendar).optional(),
        calendarOfPhase: z.record(z.string(), z.string()).optional(),
        omit: z.array(z.string()).optional(),
        adjustments: z.record(z.string(), z.strictObject({ duration: z.int() })).optional(),
        count: z.strictObject({ unit: z.string(), total: z.int() }).optional(),
        withoutBaseline: z.boolean().optional()
      })
    })
  )
})

const milestoneReport = z.strictObject({
  milestoneId: z.string(),
  percentComplete: z.number().optional(),
  actualStart: date.optional(),
  actualFinish: date.optional(),
  forecastFinish: date.optional(),
  remainingDuration: z.int().optional(),
  delay: z.strictObject({ code: z.enum(delayCodes), note: z.string().optional() }).optional(),
  note: z.string().optional()
})

const reports = z.record(
  z.string(),
  z.strictObject({
    registeredOn: date,
    /** Reached before the tracker began, on the planned dates; told by the first report, on the day of registration. */
    reachedAsPlanned: z.array(z.string()).optional(),
    /** The agreed rounds of reporting; one with nothing to tell says that nothing has changed. */
    rounds: z.strictObject({ from: date, to: date, every: z.int().min(1) }).optional(),
    /** Percentages told in successive reports of the project, from the date of one. */
    progress: z
      .array(z.strictObject({ milestoneId: z.string(), from: date, percent: z.array(z.number()).min(1) }))
      .optional(),
    /** Everything else that was told of milestones, by date. */
    told: z
      .array(
        z.strictObject({
          on: date,
          reports: z.array(milestoneReport).optional(),
          countDone: z.int().optional(),
          note: z.string().optional()
        })
      )
      .optional(),
    pause: z.strictObject({ on: date, reason: z.string(), reviewOn: date }).optional()
  })
)

/** The official facts and the invented plans of the twelve projects, as decoded from `projects.json`. */
export const demonstrationProjects = projects.parse(projectsFile)

type DemonstrationProject = (typeof demonstrationProjects.projects)[number]
type Story = z.infer<typeof reports>[string]

const approvalReason = '示例计划批准 / demonstration plan approved'

const administrator: Author = { id: 'demonstration-administrator', role: 'admin' }

/**
 * The demonstration as a log in the making: every registration, report and pause in ascending order of date, those of
 * one project and day in the order in which they were given. `builtIn` finds `cn` and `daily`.
 */
export const loadDemonstration = (builtIn: CalendarLookup): readonly DatedCommand[] => {
  const stories = reports.parse(reportsFile)
  return demonstrationProjects.projects
    .flatMap(project => {
      const story = stories[project.official.id]
      return story ? commandsOf(project, story, builtIn) : []
    })
    .toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))
}

const commandsOf = (source: DemonstrationProject, story: Story, builtIn: CalendarLookup): readonly DatedCommand[] => {
  const { project, dates } = planOf(source, builtIn)
  const id = project.id
  const reporter: Author = { id: `demonstration-reporter-${id}`, role: 'reporter' }
  const { pause, registeredOn } = story
  const inOrder = (on: IsoDate, by: Author, command: Command): DatedCommand => ({ project: id, date: on, by, command })
  const reports = reportsOf(story, dates).map(({ on, command }) => inOrder(on, reporter, command))
  const first = reports.filter(report => report.date === registeredOn)
  return [
    // What was reached before is told before the dates are approved, so that no alarm is raised about the past.
    inOrder(registeredOn, administrator, { type: 'register-project', project, baseline: {} }),
    ...first,
    ...(source.demonstration.withoutBaseline
      ? []
      : [inOrder(registeredOn, administrator, { type: 'approve-baseline', reason: approvalReason, dates })]),
    ...reports.slice(first.length),
    ...(pause
      ? [inOrder(pause.on, administrator, { type: 'pause-project', reason: pause.reason, reviewOn: pause.reviewOn })]
      : [])
  ]
}

const planOf = ({ official, demonstration }: DemonstrationProject, builtIn: CalendarLookup): TemplatePlan => {
  const { category, requiredBy, responsibleUnit, manager, calendars, template, schedule } = demonstration
  const { adjustments, omit, calendarOfPhase, count } = demonstration
  const { item, owed, ...identity } = official
  const project: Omit<Project, 'start' | 'milestones' | 'count'> = {
    ...identity,
    category,
    responsibleUnit,
    manager: { name: manager },
    ...(requiredBy === undefined ? {} : { requiredBy }),
    source: { document: demonstrationProjects.document.number, item: item.join(', '), owed },
    demonstration: true,
    ...(calendars ? { calendars } : {})
  }
  return planFromTemplate(
    templates[template],
    { project, dates: schedule, adjustments, omit, calendarOfPhase, count },
    builtIn
  )
}

interface DatedReport {
  readonly on: IsoDate
  readonly command: Command
}

const reportsOf = (story: Story, dates: BaselineDates): readonly DatedReport[] => {
  const rounds = roundsOf(story)
  const days = new Set([...rounds, ...(story.told ?? []).map(({ on }) => on)])
  if (story.reachedAsPlanned) days.add(story.registeredOn)
  const inOrder = [...days].toSorted()
  return inOrder.map(on => ({ on, command: reportOn(on, story, inOrder, dates) }))
}

const roundsOf = ({ rounds }: Story): readonly IsoDate[] => {
  const found: IsoDate[] = []
  if (rounds) for (let on = rounds.from; on <= rounds.to; on = addDays(on, rounds.every)) found.push(on)
  return found
}

/** Everything told on one date as one report: of a milestone told of twice, what was told beside its percentage. */
const reportOn = (on: IsoDate, story: Story, days: readonly IsoDate[], dates: BaselineDates): Command => {
  const told = (story.told ?? []).filter(entry => entry.on === on)
  const byMilestone = new Map<string, MilestoneReport>()
  const tell = (report: MilestoneReport) =>
    byMilestone.set(report.milestoneId, { ...byMilestone.get(report.milestoneId), ...report })
  if (on === story.registeredOn) for (const id of story.reachedAsPlanned ?? []) tell(asPlanned(id, dates))
  for (const { milestoneId, from, percent } of story.progress ?? []) {
    const percentComplete = on < from ? undefined : percent[days.indexOf(on) - days.indexOf(from)]
    if (percentComplete !== undefined) tell({ milestoneId, percentComplete })
  }
  for (const report of told.flatMap(entry => entry.reports ?? [])) tell(report)
  const countDone = told.find(entry => entry.countDone !== undefined)?.countDone
  const note = told.find(entry => entry.note !== undefined)?.note
  const said = { ...(note === undefined ? {} : { note }) }
  return byMilestone.size === 0 && countDone === undefined
    ? { type: 'report-no-change', ...said }
    : {
        type: 'report-progress',
        reports: [...byMilestone.values()],
        ...(countDone === undefined ? {} : { countDone }),
        ...said
      }
}

const asPlanned = (milestoneId: string, dates: BaselineDates): MilestoneReport => {
  const planned = dates[milestoneId]
  if (!planned) throw new RangeError(`${milestoneId} was reached as planned but is not planned`)
  return { milestoneId, actualStart: planned.start, actualFinish: planned.finish }
}
