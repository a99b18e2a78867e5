import * as z from 'zod'
import { type CaseEvent, suppressions } from '../core/case-events.ts'
import { type Acknowledgement, type Case, flagStatuses, type Ruling, type Silence } from '../core/case-state.ts'
import { delayCodes } from '../core/delay.ts'
import { ruleIds } from '../core/policy.ts'
import { dateSchema, decodes, keySchema } from './fields.ts'

// As tolerant a reader as the rest of the log (schema/commit.ts).

const ruleSchema = z.enum(ruleIds)
const levelSchema = z.literal([0, 1, 2, 3])
const flagKeyFields = { rule: ruleSchema, milestoneId: keySchema.optional() }
const rulingFields = { code: z.enum(delayCodes), excusable: z.boolean(), reason: z.string(), author: z.string() }

/** The life of a flag in a snapshot. One written before flags had a life has never been told: it is pending. */
export const flagLifeFields = {
  status: z.enum(flagStatuses),
  firedOn: dateSchema.optional(),
  toldFrom: dateSchema.optional(),
  clearedOn: dateSchema.optional(),
  suppressedBy: z.enum(suppressions).optional()
}

/** Events in the life of flags and cases, for the union of all events. */
export const caseEventSchemas = () =>
  [
    z.object({ type: z.literal('flag-fired'), ...flagKeyFields }),
    z.object({ type: z.literal('flag-resolved'), ...flagKeyFields }),
    z.object({ type: z.literal('flag-suppressed'), ...flagKeyFields, by: z.enum(suppressions) }),
    z.object({ type: z.literal('flag-released'), ...flagKeyFields }),
    z.object({
      type: z.literal('flags-silenced'),
      rule: ruleSchema.optional(),
      milestoneId: keySchema.optional(),
      until: dateSchema,
      reason: z.string(),
      author: z.string()
    }),
    z.object({ type: z.literal('case-opened'), caseId: keySchema, ...flagKeyFields }),
    z.object({ type: z.literal('case-reopened'), caseId: keySchema }),
    z.object({
      type: z.literal('case-acknowledged'),
      caseId: keySchema,
      committedFinish: dateSchema,
      measure: z.string(),
      expiresOn: dateSchema,
      author: z.string()
    }),
    z.object({ type: z.literal('acknowledgement-expired'), caseId: keySchema, level: levelSchema }),
    z.object({ type: z.literal('case-escalated'), caseId: keySchema, level: levelSchema }),
    z.object({ type: z.literal('delay-ruled'), caseId: keySchema, ...rulingFields }),
    z.object({ type: z.literal('case-closed'), caseId: keySchema, evidence: z.string(), author: z.string() })
  ] as const

decodes<CaseEvent>()(z.lazy(() => z.discriminatedUnion('type', caseEventSchemas())))

const acknowledgementSchema = decodes<Acknowledgement>()(
  z.lazy(() =>
    z.object({
      on: dateSchema,
      committedFinish: dateSchema,
      measure: z.string(),
      expiresOn: dateSchema,
      author: z.string()
    })
  )
)

const openedFields = () => ({
  id: keySchema,
  ...flagKeyFields,
  openedOn: dateSchema,
  level: levelSchema,
  levelOn: dateSchema,
  ruling: decodes<Ruling>()(z.object({ on: dateSchema, ...rulingFields })).optional()
})

/** A case in a snapshot. */
export const caseSchema = decodes<Case>()(
  z.lazy(() =>
    z.discriminatedUnion('status', [
      z.object({
        status: z.literal('open'),
        ...openedFields(),
        waitingSince: dateSchema,
        waitingLevel: levelSchema
      }),
      z.object({ status: z.literal('acknowledged'), ...openedFields(), acknowledgement: acknowledgementSchema }),
      z.object({
        status: z.literal('closed'),
        ...openedFields(),
        closing: z.object({ on: dateSchema, evidence: z.string(), author: z.string() }),
        acknowledgement: acknowledgementSchema.optional()
      })
    ])
  )
)

/** A silence in a snapshot. */
export const silenceSchema = decodes<Silence>()(
  z.lazy(() =>
    z.object({
      rule: ruleSchema.optional(),
      milestoneId: keySchema.optional(),
      since: dateSchema,
      until: dateSchema,
      reason: z.string(),
      author: z.string()
    })
  )
)
