import * as z from 'zod'
import type { JudgeColour, WithdrawJudgement } from '../core/commands.ts'
import { approvers, judgedLights } from '../core/judgement.ts'
import { decodes, reasonSchema } from './fields.ts'

/** Who may approve a better colour. */
export const approverSchema = z.enum(approvers)

/** Body of a person's judgement of the colour of a project. */
export const judgementSchema = decodes<JudgeColour>()(
  z.lazy(() =>
    z
      .strictObject({ light: z.enum(judgedLights), reason: reasonSchema, approvedBy: approverSchema.optional() })
      .transform(body => ({ type: 'judge-colour' as const, ...body }))
  )
)

/** Body of its withdrawal. */
export const withdrawalSchema = decodes<WithdrawJudgement>()(
  z.lazy(() =>
    z.strictObject({ reason: reasonSchema }).transform(body => ({ type: 'withdraw-judgement' as const, ...body }))
  )
)
