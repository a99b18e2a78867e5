import * as z from 'zod'
import type { Author } from '../core/author.ts'
import { type Delay, delayCodes } from '../core/delay.ts'
import type { MilestoneCorrection, MilestoneReport, ProjectEvent } from '../core/events.ts'
import type { FlagFacts } from '../core/flag.ts'
import { judgedLights } from '../core/judgement.ts'
import type { BaselineDates, Project } from '../core/milestone.ts'
import { ruleIds, type Severity } from '../core/policy.ts'
import { caseEventSchemas } from './case.ts'
import { dateSchema, decodes, jsonTextOf, keySchema, scheduleDateSchema } from './fields.ts'
import { approverSchema } from './judgement.ts'

// A tolerant reader: the log is older than any rule of today, so nothing here bounds a length, a number or a count, and
// a field written by a later version passes. What one version has written every later one must read, and the files in
// test/fixtures/events hold it to that.

const storedShifts = z.lazy(() => z.array(z.tuple([z.string(), z.string()])))

const storedCalendar = z.lazy(() =>
  z.object({
    base: z.string().optional(),
    week: z.array(z.number()).optional(),
    shifts: storedShifts.optional(),
    exceptions: z
      .array(
        z.object({
          from: dateSchema,
          to: dateSchema,
          working: z.boolean(),
          name: z.string().optional(),
          shifts: storedShifts.optional()
        })
      )
      .optional()
  })
)

const storedConstraint = z.lazy(() =>
  z.discriminatedUnion('type', [
    z.object({
      type: z.enum(['SNET', 'SNLT', 'FNET', 'FNLT', 'SO', 'FO', 'MSO', 'MFO', 'MANUAL']),
      date: scheduleDateSchema
    }),
    z.object({ type: z.enum(['ALAP', 'ASAP']) })
  ])
)

const storedMilestone = z.lazy(() =>
  z.object({
    id: keySchema,
    name: z.string(),
    nameEn: z.string().optional(),
    phase: z.string().optional(),
    duration: z.number(),
    marks: z.enum(['start', 'finish']).optional(),
    calendar: z.string().optional(),
    weight: z.number().optional(),
    predecessors: z
      .array(
        z.object({
          milestoneId: keySchema,
          type: z.enum(['FS', 'SS', 'FF', 'SF']),
          lag: z.number(),
          lagCalendar: z.string().optional()
        })
      )
      .optional(),
    constraint: storedConstraint.optional(),
    secondaryConstraint: storedConstraint.optional(),
    deadline: scheduleDateSchema.optional(),
    expectedFinish: scheduleDateSchema.optional(),
    typicalDuration: z.number().optional()
  })
)

/** A project as it stands in an event or a snapshot. */
export const storedProjectSchema = decodes<Project>()(
  z.lazy(() =>
    z.object({
      id: z.string(),
      name: z.string(),
      nameEn: z.string().optional(),
      programme: z.string().optional(),
      town: z.string().optional(),
      category: z.string().optional(),
      responsibleUnit: z.string().optional(),
      scope: z.string().optional(),
      manager: z.object({ name: z.string(), contact: z.string().optional() }).optional(),
      requiredBy: dateSchema.optional(),
      start: scheduleDateSchema,
      source: z.object({ document: z.string(), item: z.string(), owed: z.string().optional() }).optional(),
      demonstration: z.boolean().optional(),
      calendars: z.record(keySchema, storedCalendar).optional(),
      schedulingRules: z
        .discriminatedUnion('program', [
          z.object({
            program: z.literal('p6'),
            progress: z.enum(['retained-logic', 'progress-override']).optional(),
            totalFloat: z.enum(['finish', 'start', 'smallest']).optional()
          }),
          z.object({ program: z.literal('ms-project') })
        ])
        .optional(),
      milestones: z.array(storedMilestone),
      count: z
        .object({
          unit: z.string(),
          total: z.number(),
          plan: z.array(z.object({ date: dateSchema, value: z.number() }))
        })
        .optional()
    })
  )
)

/** A reason of delay as stored. */
export const storedDelaySchema = decodes<Delay>()(
  z.lazy(() => z.object({ code: z.enum(delayCodes), note: z.string().optional() }))
)

/** Dates of a baseline as stored. */
export const storedDatesSchema = decodes<BaselineDates>()(
  z.lazy(() => z.record(keySchema, z.object({ start: scheduleDateSchema, finish: scheduleDateSchema })))
)

/** Severities of flags as stored. */
export const storedSeveritySchema = decodes<Severity>()(
  z.lazy(() => z.enum(['green', 'blue', 'yellow', 'red', 'stale', 'paused', 'no-baseline']))
)

/** Numbers of a flag as stored. */
export const storedFactsSchema = decodes<FlagFacts>()(
  z.lazy(() => z.record(z.string(), z.union([z.string(), z.number()])))
)

const storedReport = decodes<MilestoneReport>()(
  z.lazy(() =>
    z.object({
      milestoneId: keySchema,
      percentComplete: z.number().optional(),
      actualStart: scheduleDateSchema.optional(),
      actualFinish: scheduleDateSchema.optional(),
      forecastFinish: scheduleDateSchema.optional(),
      remainingDuration: z.number().optional(),
      delay: storedDelaySchema.optional(),
      note: z.string().optional(),
      photos: z.array(z.string()).optional()
    })
  )
)

const storedCorrection = decodes<MilestoneCorrection>()(
  z.lazy(() =>
    z.object({
      milestoneId: keySchema,
      percentComplete: z.number().optional(),
      actualStart: scheduleDateSchema.nullish(),
      actualFinish: scheduleDateSchema.nullish(),
      forecastFinish: scheduleDateSchema.nullish(),
      remainingDuration: z.number().nullish(),
      delay: storedDelaySchema.optional()
    })
  )
)

/** What was judged, as stored. */
export const storedJudgementFields = {
  light: z.enum(judgedLights),
  reason: z.string(),
  relief: z
    .object({
      approvedBy: approverSchema,
      instead: z.enum(judgedLights),
      until: dateSchema
    })
    .optional()
}

/** An event as it stands in the log. A type that is not known is an error: folding past it would give a wrong state. */
export const eventSchema = decodes<ProjectEvent>()(
  z.lazy(() =>
    z.discriminatedUnion('type', [
      z.object({ type: z.literal('project-registered'), project: storedProjectSchema }),
      z.object({
        type: z.literal('plan-changed'),
        project: storedProjectSchema,
        delay: storedDelaySchema.optional()
      }),
      z.object({
        type: z.literal('baseline-approved'),
        reason: z.string(),
        delay: storedDelaySchema.optional(),
        dates: storedDatesSchema
      }),
      z.object({
        type: z.literal('progress-reported'),
        reports: z.array(storedReport),
        countDone: z.number().optional(),
        note: z.string().optional(),
        photosTaken: z.record(z.string(), z.string()).optional()
      }),
      z.object({ type: z.literal('no-change-reported'), note: z.string().optional() }),
      z.object({
        type: z.literal('report-corrected'),
        corrects: z.number(),
        reason: z.string(),
        corrections: z.array(storedCorrection),
        countDone: z.number().optional()
      }),
      z.object({ type: z.literal('project-paused'), reason: z.string(), reviewOn: dateSchema }),
      z.object({ type: z.literal('project-resumed'), reason: z.string() }),
      z.object({ type: z.literal('milestone-cancelled'), milestoneId: keySchema, reason: z.string() }),
      z.object({ type: z.literal('colour-judged'), ...storedJudgementFields }),
      z.object({ type: z.literal('judgement-withdrawn'), reason: z.string() }),
      z.object({
        type: z.literal('flag-raised'),
        rule: z.enum(ruleIds),
        severity: storedSeveritySchema,
        milestoneId: keySchema.optional(),
        facts: storedFactsSchema
      }),
      z.object({ type: z.literal('flag-cleared'), rule: z.enum(ruleIds), milestoneId: keySchema.optional() }),
      ...caseEventSchemas()
    ])
  )
)

/** The events of one commit. */
export const eventsSchema = z.array(eventSchema)

/** The stored JSON text of the events of one commit. */
export const eventsTextSchema = z.lazy(() => jsonTextOf(eventsSchema))

/** Who caused a commit. */
export const authorSchema = decodes<Author>()(
  z.lazy(() => z.object({ id: z.string(), role: z.enum(['admin', 'reporter', 'leader', 'viewer', 'system']) }))
)

/** The stored JSON text of an author. */
export const authorTextSchema = z.lazy(() => jsonTextOf(authorSchema))
