import * as z from 'zod'
import { agendaReplySchema } from './agenda-reply.ts'
import { caseSchema, casesSchema, caseWrittenSchema } from './case-replies.ts'
import { importReplySchema } from './import-reply.ts'
import { ledgerReplySchema } from './ledger-reply.ts'
import { photoOfferSchema } from './photo-reply.ts'
import {
  changesSchema,
  deliveriesSchema,
  flagsSchema,
  healthSchema,
  historySchema,
  issuedTokenSchema,
  peopleSchema,
  personSchema,
  projectReplySchema,
  summariesSchema,
  writtenSchema
} from './reply-schemas.ts'

/**
 * The form of every answer that is JSON, by the name that the route table calls it. The documentation and the tests alone
 * need them: routes name them, so that no cold start makes a hundred schemas which no request is decoded by.
 */
export const replySchemas = {
  health: healthSchema,
  summaries: summariesSchema,
  project: projectReplySchema,
  history: historySchema,
  flags: flagsSchema,
  changes: changesSchema,
  deliveries: deliveriesSchema,
  agenda: agendaReplySchema,
  photoOffer: photoOfferSchema,
  written: writtenSchema,
  import: z.discriminatedUnion('format', [importReplySchema, ledgerReplySchema]),
  issuedToken: issuedTokenSchema,
  cases: casesSchema,
  case: caseSchema,
  caseWritten: caseWrittenSchema,
  people: peopleSchema,
  person: personSchema
} as const satisfies Readonly<Record<string, z.ZodType>>

/** A name of {@link replySchemas}. */
export type ReplyName = keyof typeof replySchemas
