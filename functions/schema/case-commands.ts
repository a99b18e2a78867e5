import * as z from 'zod'
import { ruleIds } from '../core/policy.ts'
import { dateSchema, milestoneIdSchema, reasonSchema, textOf } from './fields.ts'

/** Body of an answer to a case, which the address names: by when, and how. */
export const acknowledgementSchema = z.lazy(() =>
  z.strictObject({ committedFinish: dateSchema, measure: textOf(2000) })
)

/** Body of the closing of a case: what proves that the matter is settled. */
export const closingSchema = z.lazy(() => z.strictObject({ evidence: textOf(4000) }))

/** Body of a reviewer's word on the reason of delay behind a case. */
export const rulingSchema = z.lazy(() => z.strictObject({ excusable: z.boolean(), reason: reasonSchema }))

/** Body of a silence over flags of a project: of one rule, of one milestone, of both, or of all. */
export const silenceBodySchema = z.lazy(() =>
  z.strictObject({
    rule: z.enum(ruleIds).optional(),
    milestoneId: milestoneIdSchema.optional(),
    until: dateSchema,
    reason: reasonSchema
  })
)
