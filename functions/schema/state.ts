import * as z from 'zod'
import type { Variance } from '../core/assessment.ts'
import { delayCodes } from '../core/delay.ts'
import { type Light, ruleIds } from '../core/policy.ts'
import type { DueMilestone, Stage, Summary, WeekChange } from '../core/ports.ts'
import type { Baseline, OpenFlag, Progress, TrackedProject } from '../core/state.ts'
import { caseSchema, flagLifeFields, silenceSchema } from './case.ts'
import {
  storedDatesSchema,
  storedDelaySchema,
  storedFactsSchema,
  storedJudgementFields,
  storedProjectSchema,
  storedSeveritySchema
} from './commit.ts'
import { dateSchema, decodes, jsonTextOf, keySchema, scheduleDateSchema } from './fields.ts'

const progressSchema = decodes<Progress>()(
  z.lazy(() =>
    z.object({
      percentComplete: z.number(),
      actualStart: scheduleDateSchema.optional(),
      actualFinish: scheduleDateSchema.optional(),
      forecastFinish: scheduleDateSchema.optional(),
      remainingDuration: z.number().optional(),
      delay: storedDelaySchema.optional(),
      note: z.string().optional(),
      photos: z.array(z.string()).optional(),
      reportedOn: dateSchema.optional(),
      cancelled: z.object({ on: dateSchema, reason: z.string() }).optional()
    })
  )
)

const baselineSchema = decodes<Baseline>()(
  z.lazy(() => z.object({ number: z.number(), approvedOn: dateSchema, reason: z.string(), dates: storedDatesSchema }))
)

const flagSchema = decodes<OpenFlag>()(
  z.lazy(() =>
    z.object({
      rule: z.enum(ruleIds),
      severity: storedSeveritySchema,
      milestoneId: keySchema.optional(),
      since: dateSchema,
      facts: storedFactsSchema,
      ...flagLifeFields
    })
  )
)

const registeredFields = () => ({
  version: z.int().min(1),
  project: storedProjectSchema,
  registeredOn: dateSchema,
  changedOn: dateSchema,
  original: baselineSchema.optional(),
  current: baselineSchema.optional(),
  progress: z.record(keySchema, progressSchema),
  countDone: z.number().optional(),
  lastReportOn: dateSchema.optional(),
  lastProgressOn: dateSchema.optional(),
  flags: z.record(keySchema, flagSchema),
  requests: z.array(z.object({ key: z.string(), hash: z.string(), version: z.number(), date: dateSchema })),
  resumedOn: dateSchema.optional(),
  cases: z.record(keySchema, caseSchema).optional(),
  silences: z.record(keySchema, silenceSchema).optional(),
  judgement: z.object({ ...storedJudgementFields, since: dateSchema }).optional()
})

/** The state of a project as a snapshot holds it. */
export const trackedProjectSchema = decodes<TrackedProject>()(
  z.lazy(() =>
    z.discriminatedUnion('status', [
      z.object({ status: z.literal('active'), ...registeredFields() }),
      z.object({
        status: z.literal('paused'),
        ...registeredFields(),
        pause: z.object({ since: dateSchema, reason: z.string(), reviewOn: dateSchema })
      })
    ])
  )
)

/** The stored JSON text of a state. */
export const stateTextSchema = z.lazy(() => jsonTextOf(trackedProjectSchema))

/** A colour. */
export const lightSchema = decodes<Light>()(
  z.lazy(() => z.enum(['green', 'done', 'blue', 'yellow', 'red', 'stale', 'paused', 'no-baseline']))
)

const varianceSchema = decodes<Variance>()(
  z.lazy(() => z.object({ workingDays: z.number(), calendarDays: z.number() }))
)

/**
 * A computed date. It may lie beyond what a plan can name (work promised for 2199 pushes others past it), and a cache
 * that could not be read back for that would take the whole list with it.
 */
export const computedDateSchema = z.string()

const namedSchema = z.object({ id: z.string(), name: z.string(), nameEn: z.string().optional() })

const dueSchema = decodes<DueMilestone>()(z.lazy(() => namedSchema.extend({ finish: computedDateSchema })))

const stageSchema = decodes<Stage>()(
  z.lazy(() =>
    z.object({ planned: computedDateSchema.nullable(), projected: computedDateSchema.nullable(), reached: z.boolean() })
  )
)

const weekSchema = decodes<WeekChange>()(
  z.lazy(() =>
    z.object({
      since: dateSchema,
      before: z
        .object({
          light: lightSchema,
          projectedFinish: computedDateSchema.nullable(),
          percentComplete: z.number()
        })
        .nullable(),
      reached: z.array(namedSchema)
    })
  )
)

/** The summary of a project. */
export const summarySchema = decodes<Summary>()(
  z.lazy(() =>
    z.object({
      id: z.string(),
      name: z.string(),
      nameEn: z.string().optional(),
      programme: z.string().optional(),
      owed: z.string().optional(),
      town: z.string().optional(),
      category: z.string().optional(),
      responsibleUnit: z.string().optional(),
      demonstration: z.boolean(),
      version: z.int(),
      dataDate: dateSchema,
      light: lightSchema,
      lastLight: lightSchema.optional(),
      rules: z.array(z.enum([...ruleIds, 'G'])),
      percentComplete: z.number(),
      plannedPercent: z.number().nullable(),
      baselineFinish: computedDateSchema.nullable(),
      projectedFinish: computedDateSchema.nullable(),
      requiredBy: dateSchema.nullable(),
      marginWorkingDays: z.number().nullable(),
      variance: varianceSchema.nullable(),
      provisional: z.boolean(),
      lastReportOn: dateSchema.nullable(),
      brokenLaws: z.array(z.string()),
      next: dueSchema.nullable(),
      due: z.array(dueSchema).optional(),
      stages: z
        .object({
          started: stageSchema.optional(),
          completed: stageSchema.optional(),
          inUse: stageSchema.optional()
        })
        .optional(),
      scope: z.string().optional(),
      count: z.object({ unit: z.string(), total: z.number(), done: z.number() }).optional(),
      delays: z.array(z.enum(delayCodes)).optional(),
      pausedUntil: dateSchema.optional(),
      decideBy: z.object({ borrowedPremises: dateSchema, phasedOpening: dateSchema }).optional(),
      week: weekSchema.optional()
    })
  )
)

/** The stored JSON text of a summary. */
export const summaryTextSchema = z.lazy(() => jsonTextOf(summarySchema))
