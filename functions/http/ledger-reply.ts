import * as z from 'zod'
import { ledgerForms } from '../import/ledger-form.ts'

const textSchema = z.object({ zh: z.string(), en: z.string() })
const valueSchema = z.union([z.string(), z.number()]).nullable()

const placeFields = {
  sheet: z.string(),
  cell: z
    .string()
    .meta({ description: 'Address in the sheet; the row alone where the copy lacks the column', example: 'H12' }),
  row: z.int(),
  column: z.string(),
  head: textSchema,
  milestoneId: z.string().optional()
}

const errorSchema = z.object({ ...placeFields, code: z.string(), message: textSchema })

/** What an edited ledger changes, or would, by project. */
export const ledgerReplySchema = z.object({
  format: z.enum(ledgerForms),
  applied: z.boolean().meta({ description: 'Asked to write; what was written stands at each project' }),
  projects: z.array(
    z.object({
      project: z.string(),
      outcome: z.enum(['unchanged', 'changed', 'written', 'refused', 'busy']),
      version: z.int(),
      changes: z.array(z.object({ ...placeFields, from: valueSchema, to: valueSchema })),
      conflicts: z.array(
        z.object({
          ...placeFields,
          before: valueSchema,
          inSheet: valueSchema,
          now: valueSchema,
          changedBy: z.object({ id: z.string(), role: z.string(), at: z.string(), version: z.int() }).optional(),
          message: textSchema
        })
      ),
      errors: z.array(errorSchema)
    })
  ),
  strays: z.array(errorSchema).meta({ description: 'Rows that belong to no project' })
})

/** A reply to the import of a ledger. */
export type LedgerReply = z.output<typeof ledgerReplySchema>
