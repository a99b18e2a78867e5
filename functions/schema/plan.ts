import * as z from 'zod'
import { type Calendar, type CalendarDefinition, type CalendarLookup, calendarsOf } from '../core/calendar.ts'
import { toDayNumber } from '../core/dates.ts'
import type { Delay } from '../core/delay.ts'
import type {
  BaselineDates,
  Constraint,
  CountPlan,
  DateSpan,
  Milestone,
  Predecessor,
  Project
} from '../core/milestone.ts'
import { defaultCalendar } from '../core/schedule.ts'
import type { SchedulingRules } from '../core/scheduling-rules.ts'
import {
  calendarNameSchema,
  coded,
  dateSchema,
  decodes,
  delaySchema,
  isInOrder,
  lineOf,
  milestoneIdSchema,
  projectIdSchema,
  scheduleDateSchema,
  unique
} from './fields.ts'

/** A milestone of a plan as written: its duration may be left to its baseline. */
export interface MilestoneDocument extends Omit<Milestone, 'duration'> {
  readonly duration?: number | undefined
}

/** A plan as written, with the baseline split off its milestones. */
export interface PlanDocument {
  readonly project: Omit<Project, 'milestones'> & { readonly milestones: readonly MilestoneDocument[] }
  readonly baseline: BaselineDates
  /** The reason of dates later than those in force. */
  readonly delay?: Delay | undefined
}

/** A plan with every duration: what a project is registered with. */
export interface Plan extends Omit<PlanDocument, 'project'> {
  readonly project: Project
}

/**
 * The plan of a document: a milestone without a duration gets the working time of its baseline, start and finish
 * inclusive, in its own calendar, and 0 where it has no baseline. `builtIn` are the calendars beneath the plan's own. A
 * calendar that cannot be found or made leaves 0 here; registering the plan refuses it by name.
 */
export const planOf = ({ project, ...rest }: PlanDocument, builtIn: CalendarLookup): Plan => {
  if (project.milestones.every(hasDuration)) return { ...rest, project: { ...project, milestones: project.milestones } }
  const calendars = calendarsOrNone(project.calendars ?? {}, builtIn)
  const durationOf = ({ id, calendar, duration }: MilestoneDocument): number => {
    if (duration !== undefined) return duration
    const time = calendars(calendar ?? defaultCalendar)
    const span = Object.hasOwn(rest.baseline, id) ? rest.baseline[id] : undefined
    return time && span ? workOf(span, time) : 0
  }
  const milestones = project.milestones.map(milestone => ({ ...milestone, duration: durationOf(milestone) }))
  return { ...rest, project: { ...project, milestones } }
}

const hasDuration = (milestone: MilestoneDocument): milestone is Milestone => milestone.duration !== undefined

const calendarsOrNone = (
  definitions: Readonly<Record<string, CalendarDefinition>>,
  builtIn: CalendarLookup
): CalendarLookup => {
  try {
    return calendarsOf(definitions, builtIn)
  } catch (error) {
    if (error instanceof RangeError) return () => undefined
    throw error
  }
}

const workOf = ({ start, finish }: DateSpan, { time }: Calendar): number => {
  const minutes = (date: string) => Number(date.slice(11, 13)) * 60 + Number(date.slice(14, 16))
  const startOf = (date: string) => time.startOf(toDayNumber(date.slice(0, 10)))
  const endOf = (date: string) => time.endOf(toDayNumber(date.slice(0, 10)))
  const from = start.includes('T') && time.unit === 'hour' ? startOf(start) + minutes(start) : startOf(start)
  const to = finish.includes('T') && time.unit === 'hour' ? startOf(finish) + minutes(finish) : endOf(finish)
  return time.count(from, to)
}

const clockSchema = z.lazy(() => z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/))
const endClockSchema = z.lazy(() => z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/))

const shiftsSchema = z.lazy(() =>
  z
    .array(
      z
        .tuple([clockSchema, endClockSchema])
        .check(coded(([start, end]) => start < end, 'finish-before-start', 'ends before it starts'))
    )
    .min(1)
    .max(10)
    .check(
      coded(
        shifts => shifts.every(([start], index) => index === 0 || start >= (shifts[index - 1]?.[1] ?? '')),
        'not-ascending',
        'overlap or are out of order'
      )
    )
)

const exceptionSchema = z.lazy(() =>
  z
    .strictObject({
      from: dateSchema,
      to: dateSchema,
      working: z.boolean(),
      name: lineOf(100).optional(),
      shifts: shiftsSchema.optional()
    })
    .check(coded(({ from, to }) => from <= to, 'finish-before-start', 'ends before it starts', ['to']))
)

/** A calendar as a plan declares it. */
export const calendarSchema = decodes<CalendarDefinition>()(
  z.lazy(() =>
    z.strictObject({
      base: calendarNameSchema.optional(),
      week: z
        .array(z.int().min(1).max(7))
        .min(1)
        .max(7)
        .check(coded(week => new Set(week).size === week.length, 'duplicate-weekday', 'names a weekday twice'))
        .optional(),
      shifts: shiftsSchema.optional(),
      exceptions: z.array(exceptionSchema).max(2000).optional()
    })
  )
)

/** Approved dates of a milestone, both inclusive. */
export const spanSchema = decodes<DateSpan>()(
  z.lazy(() =>
    z
      .strictObject({ start: scheduleDateSchema, finish: scheduleDateSchema })
      .check(
        coded(span => isInOrder(span.start, span.finish), 'finish-before-start', 'is before the start', ['finish'])
      )
  )
)

const predecessorSchema = decodes<Predecessor>()(
  z.lazy(() =>
    z.strictObject({
      milestoneId: milestoneIdSchema,
      type: z.enum(['FS', 'SS', 'FF', 'SF']).default('FS'),
      lag: z.number().min(-10_000).max(10_000).default(0),
      lagCalendar: calendarNameSchema.optional()
    })
  )
)

const constraintSchema = decodes<Constraint>()(
  z.lazy(() =>
    z.discriminatedUnion('type', [
      z.strictObject({
        type: z.enum(['SNET', 'SNLT', 'FNET', 'FNLT', 'SO', 'FO', 'MSO', 'MFO', 'MANUAL']),
        date: scheduleDateSchema
      }),
      z.strictObject({ type: z.enum(['ALAP', 'ASAP']) })
    ])
  )
)

const schedulingRulesSchema = decodes<SchedulingRules>()(
  z.lazy(() =>
    z.discriminatedUnion('program', [
      z.strictObject({
        program: z.literal('p6'),
        progress: z.enum(['retained-logic', 'progress-override']).optional(),
        totalFloat: z.enum(['finish', 'start', 'smallest']).optional()
      }),
      z.strictObject({ program: z.literal('ms-project') })
    ])
  )
)

const durationSchema = z.number().min(0).max(10_000)

const milestoneFields = () => ({
  id: milestoneIdSchema,
  name: lineOf(200),
  nameEn: lineOf(200).optional(),
  phase: lineOf(40).optional(),
  duration: durationSchema.optional(),
  marks: z.enum(['start', 'finish']).optional(),
  calendar: calendarNameSchema.optional(),
  weight: z.number().min(0).max(1e9).optional(),
  predecessors: z.array(predecessorSchema).max(50).optional(),
  constraint: constraintSchema.optional(),
  secondaryConstraint: constraintSchema.optional(),
  deadline: scheduleDateSchema.optional(),
  expectedFinish: scheduleDateSchema.optional(),
  typicalDuration: durationSchema.optional()
})

const milestoneSchema = decodes<MilestoneDocument & { readonly baseline?: DateSpan | undefined }>()(
  z.lazy(() => z.strictObject({ ...milestoneFields(), baseline: spanSchema.optional() }))
)

const countSchema = decodes<CountPlan>()(
  z.lazy(() =>
    z.strictObject({
      unit: lineOf(20),
      total: z.number().positive().max(1e9),
      plan: z
        .array(z.strictObject({ date: dateSchema, value: z.number().min(0).max(1e9) }))
        .max(1000)
        .check(
          coded(
            plan => plan.every(({ date }, index) => index === 0 || date > (plan[index - 1]?.date ?? '')),
            'not-ascending',
            'dates must ascend'
          ),
          coded(
            plan => plan.every(({ value }, index) => index === 0 || value >= (plan[index - 1]?.value ?? 0)),
            'not-ascending',
            'is cumulative and cannot fall'
          )
        )
    })
  )
)

/** The document of CONTRACT, "A project", as it is sent and as it lies in a file. A field it does not know is an error. */
export const projectDocument = () =>
  z.strictObject({
    id: projectIdSchema,
    name: lineOf(200),
    nameEn: lineOf(200).optional(),
    programme: lineOf(100).optional(),
    town: lineOf(100).optional(),
    category: lineOf(40).optional(),
    responsibleUnit: lineOf(100).optional(),
    scope: lineOf(500).optional(),
    manager: z.strictObject({ name: lineOf(100), contact: lineOf(200).optional() }).optional(),
    requiredBy: dateSchema.optional(),
    start: scheduleDateSchema,
    source: z.strictObject({ document: lineOf(200), item: lineOf(200), owed: lineOf(200).optional() }).optional(),
    demonstration: z.boolean().optional(),
    calendars: z
      .record(calendarNameSchema, calendarSchema)
      .check(coded(calendars => Object.keys(calendars).length <= 50, 'too-many', 'at most 50 calendars'))
      .optional(),
    schedulingRules: schedulingRulesSchema.optional(),
    milestones: z
      .array(milestoneSchema)
      .max(500)
      .check(unique(({ id }) => id, 'id', 'duplicate-id')),
    count: countSchema.optional(),
    delay: delaySchema.optional()
  })

/** Decodes the document of a project into its plan and its baseline; {@link planOf} then fills in the durations. */
export const planSchema = decodes<PlanDocument>()(
  z.lazy(() =>
    projectDocument().transform(({ milestones, delay, ...fields }) => ({
      project: { ...fields, milestones: milestones.map(({ baseline: _baseline, ...milestone }) => milestone) },
      baseline: Object.fromEntries(
        milestones.flatMap(({ id, baseline }) => (baseline ? [[id, baseline] as const] : []))
      ),
      ...(delay === undefined ? {} : { delay })
    }))
  )
)
