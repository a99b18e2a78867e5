import * as z from 'zod'
import type { Agenda } from '../core/agenda.ts'
import { dateSchema, lightSchema } from './reply-schemas.ts'

const agendaSchema: z.ZodType<Agenda> = z.object({
  id: z.string(),
  name: z.string(),
  nameEn: z.string().optional(),
  version: z.int(),
  light: lightSchema,
  lastReportOn: dateSchema.nullable(),
  count: z.object({ unit: z.string(), total: z.number(), done: z.number() }).optional(),
  milestones: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      nameEn: z.string().optional(),
      light: lightSchema,
      percentComplete: z.number(),
      actualStart: dateSchema.nullable(),
      baselineFinish: dateSchema.nullable(),
      projectedFinish: dateSchema.nullable(),
      promisedFinish: dateSchema.nullable().meta({ description: 'A later finish than this needs a reason' }),
      reportedOn: dateSchema.nullable(),
      unit: z.enum(['day', 'hour'])
    })
  )
})

/** What a bearer may report on. */
export const agendaReplySchema = z.object({
  bearer: z.object({ id: z.string(), role: z.enum(['admin', 'reporter', 'leader', 'viewer']), name: z.string() }),
  today: z.string(),
  demonstrationClock: z.boolean(),
  projects: z.array(agendaSchema)
})
