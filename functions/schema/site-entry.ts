import * as z from 'zod'
import { delayCodes } from '../core/delay.ts'
import type { SiteEntry } from '../core/site-entry.ts'
import { dateSchema, decodes } from './fields.ts'
import { computedDateSchema, lightSchema, summarySchema } from './state.ts'

/** What the files about many projects show of one. */
export const siteEntrySchema = decodes<SiteEntry>()(
  z.object({
    summary: summarySchema,
    milestones: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        nameEn: z.string().optional(),
        phase: z.string().optional(),
        status: z.enum(['not-started', 'in-progress', 'done', 'cancelled']),
        light: lightSchema,
        percentComplete: z.number(),
        originalFinish: computedDateSchema.nullable(),
        baselineFinish: computedDateSchema.nullable(),
        finish: computedDateSchema.nullable(),
        actualStart: computedDateSchema.optional(),
        actualFinish: computedDateSchema.optional(),
        forecastFinish: computedDateSchema.optional(),
        delay: z.enum(delayCodes).optional(),
        lateWorkingDays: z.number().nullable()
      })
    ),
    news: z.array(
      z.object({
        version: z.int(),
        at: z.string(),
        date: dateSchema,
        role: z.enum(['admin', 'reporter', 'leader', 'viewer', 'system']),
        hash: z.string(),
        sentences: z.array(z.object({ zh: z.string(), en: z.string() }))
      })
    ),
    revision: z.object({ number: z.int(), at: z.string() })
  })
)
