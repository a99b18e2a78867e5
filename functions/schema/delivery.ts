import * as z from 'zod'
import { type Attempt, deliveryStatuses } from '../core/delivery.ts'
import { decodes } from './fields.ts'

/** A sentence in both languages. */
export const sentenceSchema = z.lazy(() => z.object({ zh: z.string(), en: z.string() }))

/** Where a delivery stands. */
export const deliveryStatusSchema = z.enum(deliveryStatuses)

/** One attempt of a delivery. */
export const attemptSchema = decodes<Attempt>()(
  z.lazy(() =>
    z.object({
      number: z.int().min(1),
      part: z.int().min(1),
      at: z.string(),
      endedAt: z.string().optional(),
      outcome: z.enum(['sent', 'retry', 'refused', 'unknown']).optional(),
      httpStatus: z.int().optional(),
      code: z.string().optional(),
      reason: sentenceSchema.optional()
    })
  )
)
