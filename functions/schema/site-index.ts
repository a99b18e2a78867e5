import * as z from 'zod'
import type { SiteIndex } from '../core/site-entry.ts'
import { dateSchema, decodes, jsonTextOf } from './fields.ts'
import { siteEntrySchema } from './site-entry.ts'

const siteIndexSchema = decodes<SiteIndex>()(
  z.object({ dataDate: dateSchema, siteUrl: z.string().optional(), entries: z.array(siteEntrySchema) })
)

/** The published index of the site as text. */
export const siteIndexTextSchema = jsonTextOf(siteIndexSchema)
