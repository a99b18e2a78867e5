import * as z from 'zod'
import type { Assessment } from '../core/assessment.ts'
import { suppressions } from '../core/case-events.ts'
import { flagStatuses } from '../core/case-state.ts'
import { positions } from '../core/people.ts'
import { ruleIds } from '../core/policy.ts'
import { attemptSchema, deliveryStatusSchema } from '../schema/delivery.ts'

/** A colour in a reply. */
export const lightSchema = z.enum(['green', 'blue', 'yellow', 'red', 'stale', 'paused', 'no-baseline', 'done'])
/** A date in a reply. */
export const dateSchema = z.string().meta({ description: 'YYYY-MM-DD, or YYYY-MM-DDTHH:mm on a calendar of hours' })
const textSchema = z.object({ zh: z.string(), en: z.string() })
const varianceSchema = z
  .object({ workingDays: z.number(), calendarDays: z.number() })
  .meta({ description: 'From the approved finish (exclusive) to the projected one (inclusive); positive is late' })
const ruleSchema = z.enum(['G', ...ruleIds])

const milestoneSchema = z.object({
  id: z.string(),
  light: lightSchema,
  status: z.enum(['not-started', 'in-progress', 'done', 'cancelled']),
  percentComplete: z.number(),
  originalFinish: dateSchema.nullable(),
  baselineStart: dateSchema.nullable(),
  baselineFinish: dateSchema.nullable(),
  earlyStart: dateSchema.nullable(),
  earlyFinish: dateSchema.nullable(),
  lateStart: dateSchema.nullable(),
  lateFinish: dateSchema.nullable(),
  totalFloat: z.number().nullable(),
  freeFloat: z.number().nullable(),
  critical: z.boolean(),
  projectedFinish: dateSchema.nullable(),
  variance: varianceSchema.nullable(),
  drivenBy: z
    .object({ kind: z.enum(['predecessor', 'constraint', 'dataDate', 'actual', 'report']), ref: z.string() })
    .nullable()
})

const flagSchema = z.object({
  rule: z.enum(ruleIds),
  severity: z.enum(['green', 'blue', 'yellow', 'red', 'stale', 'paused', 'no-baseline']),
  milestoneId: z.string().optional(),
  since: dateSchema,
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
  text: textSchema
})

const forecastSchema = z.object({
  method: z.enum(['simulated-network+earned-schedule', 'simulated-network', 'actual']),
  p50: dateSchema,
  p80: dateSchema,
  onTimeProbability: z.number().nullable(),
  sample: z.object({ n: z.number(), source: z.string(), own: z.number(), kind: z.number() })
})

const pathSchema = z
  .object({ number: z.int(), float: z.number(), milestones: z.array(z.string()) })
  .meta({ description: 'A path of the multiple float paths of P6, 1 the most critical' })

const decisionSchema = z.object({ decideBy: dateSchema, workingDays: z.number(), passed: z.boolean() })

const guardSchema = z.object({
  requiredBy: dateSchema,
  projectedFinish: dateSchema,
  endangered: z.boolean(),
  latestStartOfWorks: dateSchema.nullable(),
  borrowedPremises: decisionSchema,
  phasedOpening: decisionSchema
})

/** The assessment as the API sends it, for its documentation and for tests of it. */
export const assessmentSchema: z.ZodType<Assessment> = z
  .object({
    projectId: z.string(),
    dataDate: dateSchema,
    light: lightSchema,
    lastLight: lightSchema.optional(),
    rules: z.array(ruleSchema),
    baselineFinish: dateSchema.nullable(),
    currentFinish: dateSchema.nullable(),
    projectedFinish: dateSchema.nullable(),
    requiredBy: dateSchema.nullable(),
    marginWorkingDays: z.number().nullable(),
    variance: varianceSchema.nullable(),
    percentComplete: z.number(),
    plannedPercent: z.number().nullable(),
    spi: z.number().nullable(),
    spiT: z.number().nullable(),
    earnedSchedule: dateSchema.nullable(),
    forecast: forecastSchema.nullable().optional(),
    floatPaths: z.object({ totalFloat: z.array(pathSchema), freeFloat: z.array(pathSchema) }).optional(),
    provisional: z.boolean(),
    criticalPath: z.array(z.string()),
    milestones: z.array(milestoneSchema),
    flags: z.array(flagSchema),
    guard: guardSchema.nullable(),
    checks: z.array(
      z.object({
        id: z.string(),
        kind: z.enum(['law', 'schedule']),
        law: z.string(),
        ok: z.boolean(),
        text: textSchema
      })
    )
  })
  .meta({ id: 'Assessment' })

const eventsSchema = z.array(z.looseObject({ type: z.string() }))

/** Answer to every accepted write. */
export const writtenSchema = z.object({
  project: z.string(),
  version: z.number().int(),
  events: eventsSchema,
  assessment: assessmentSchema
})

/** Plan, state and assessment of one project. */
export const projectReplySchema = z.object({
  project: z.looseObject({ id: z.string() }),
  version: z.number().int(),
  state: z.looseObject({ status: z.enum(['active', 'paused']) }),
  assessment: assessmentSchema
})

/** One page of the list. */
export const summariesSchema = z.object({
  projects: z.array(
    z.looseObject({
      id: z.string(),
      name: z.string(),
      light: lightSchema,
      rules: z.array(ruleSchema),
      projectedFinish: dateSchema.nullable(),
      requiredBy: dateSchema.nullable(),
      marginWorkingDays: z.number().nullable()
    })
  ),
  cursor: z.string().optional()
})

/** One page of a history, newest first. */
export const historySchema = z.object({
  commits: z.array(
    z.object({
      version: z.number().int(),
      date: dateSchema,
      at: z.string(),
      by: z.object({ id: z.string().optional(), role: z.enum(['admin', 'reporter', 'leader', 'viewer', 'system']) }),
      events: eventsSchema,
      previousHash: z.string(),
      hash: z.string()
    })
  ),
  cursor: z.string().optional()
})

/** Open flags over all projects, gravest first. */
export const flagsSchema = z.object({
  flags: z.array(
    flagSchema.extend({
      project: z.string(),
      name: z.string(),
      status: z.enum(flagStatuses),
      suppressedBy: z.enum(suppressions).optional()
    })
  )
})

/** What happened since a date, over all projects. */
export const changesSchema = z.object({
  since: dateSchema,
  changes: z.array(z.object({ project: z.string(), name: z.string(), commits: historySchema.shape.commits }))
})

/** One page of the ledger of deliveries. */
export const deliveriesSchema = z.object({
  deliveries: z.array(
    z.object({
      key: z.string(),
      channel: z.string(),
      address: z.string().optional(),
      date: dateSchema,
      recipient: z.string(),
      subject: z.string(),
      text: z.string(),
      status: deliveryStatusSchema,
      at: z.string(),
      partsSent: z.number().int(),
      attempts: z.number().int(),
      history: z.array(attemptSchema),
      dueAt: z.string().optional()
    })
  ),
  cursor: z.string().optional()
})

/** A token: its text is shown to this request, and to a repetition of it under its key. */
export const issuedTokenSchema = z.object({
  id: z.string(),
  token: z.string().optional(),
  principal: z.string().optional(),
  role: z.string(),
  name: z.string(),
  projects: z.array(z.string()),
  expiresOn: dateSchema.optional().meta({ description: 'The last day on which it holds' })
})

/** Form of every problem. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    code: z.string(),
    errors: z.array(z.object({ pointer: z.string(), code: z.string(), message: z.string() })),
    requestId: z.string()
  })
  .meta({ id: 'Problem' })

/** Whether the tracker runs, and whether its colours are those of today. */
export const healthSchema = z.object({
  status: z.enum(['ok', 'review-missing']).meta({
    description: 'review-missing: no review for 26 hours on a working day, so colours may be those of yesterday'
  }),
  today: z.string(),
  demonstrationClock: z.boolean(),
  reviewedAt: z.string().nullable().meta({ description: 'When the last review ended, in UTC' })
})

/** An entry of the directory. */
export const personSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    position: z.enum(positions),
    unit: z.string().optional(),
    projects: z.array(z.string()).optional(),
    towns: z.array(z.string()).optional(),
    reach: z.array(z.object({ channel: z.string(), address: z.string().optional() })).optional(),
    quietHours: z.object({ from: z.string(), to: z.string() }).optional()
  })
  .meta({ id: 'Person' })

/** The directory. */
export const peopleSchema = z.object({ people: z.array(personSchema) })
