import * as z from 'zod'

const spanSchema = z.object({ start: z.string(), finish: z.string() })
const textSchema = z.object({ zh: z.string(), en: z.string() })

/** What an import changes, or would. */
export const importReplySchema = z.object({
  project: z.string(),
  format: z.enum(['primavera-xer', 'ms-project-xml', 'project-json']),
  action: z.enum(['register', 'change', 'none']),
  dataDate: z.string().nullable(),
  milestones: z.object({ total: z.int(), added: z.array(z.string()), vanished: z.array(z.string()) }),
  moves: z.array(
    z.object({ id: z.string(), approved: spanSchema, inFile: spanSchema, later: z.boolean(), sent: z.boolean() })
  ),
  projected: z.array(z.object({ id: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
  reports: z.array(
    z.looseObject({
      milestoneId: z.string(),
      percentComplete: z.number().optional(),
      actualStart: z.string().optional(),
      actualFinish: z.string().optional(),
      remainingDuration: z.number().optional(),
      delay: z.looseObject({ code: z.string() }).optional()
    })
  ),
  lost: z.array(z.object({ path: z.string(), id: z.string().optional(), what: z.string(), why: textSchema })),
  conflicts: z.array(z.object({ milestoneId: z.string().optional(), code: z.string(), message: textSchema })),
  applied: z.boolean(),
  version: z.int()
})

/** A reply to an import. */
export type ImportReply = z.output<typeof importReplySchema>
