import * as z from 'zod'
import { delayCodes } from '../core/delay.ts'
import { ruleIds } from '../core/policy.ts'
import { writtenSchema } from './reply-schemas.ts'

const dateSchema = z.string().meta({ description: 'YYYY-MM-DD' })
const levelSchema = z.literal([0, 1, 2, 3]).meta({ description: '0 项目负责人, 1 责任股室, 2 分管副局长, 3 局长' })

const acknowledgementSchema = z.object({
  on: dateSchema,
  committedFinish: dateSchema,
  measure: z.string(),
  expiresOn: dateSchema.meta({ description: '答复自此日失效 / the first day on which it no longer holds' }),
  author: z.string()
})

/** A case as the API shows it. */
export const caseSchema = z
  .object({
    id: z.string(),
    number: z.object({ year: z.int(), serial: z.int(), text: z.string() }),
    project: z.string(),
    projectName: z.string(),
    rule: z.enum(ruleIds),
    milestoneId: z.string().optional(),
    milestoneName: z.string().optional(),
    status: z.enum(['open', 'acknowledged', 'closed']),
    colour: z.enum(['blue', 'yellow', 'red']).nullable(),
    openedOn: dateSchema,
    deadline: dateSchema.nullable(),
    level: levelSchema,
    levelOn: dateSchema,
    waitingSince: dateSchema.optional(),
    waitingLevel: levelSchema.optional(),
    acknowledgement: acknowledgementSchema.optional(),
    closing: z.object({ on: dateSchema, evidence: z.string(), author: z.string() }).optional(),
    excuse: z.enum(['excused', 'fault', 'undecided']),
    delayCode: z.enum(delayCodes).optional(),
    ruling: z
      .object({
        on: dateSchema,
        code: z.enum(delayCodes),
        excusable: z.boolean(),
        reason: z.string(),
        author: z.string()
      })
      .optional(),
    flagUp: z.boolean(),
    text: z.object({ zh: z.string(), en: z.string() }).nullable()
  })
  .meta({ id: 'Case' })

/** Cases of all projects. */
export const casesSchema = z.object({ cases: z.array(caseSchema) })

/** Answer to a write in the matter of a case. */
export const caseWrittenSchema = writtenSchema.extend({ case: caseSchema })
