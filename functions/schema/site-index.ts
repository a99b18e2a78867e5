import * as z from 'zod'
import type { SiteIndex, SitePart } from '../core/site-entry.ts'
import { dateSchema, decodes, jsonTextOf } from './fields.ts'
import { siteEntrySchema } from './site-entry.ts'
import { summarySchema } from './state.ts'

const head = { dataDate: dateSchema, siteUrl: z.string().optional() }
const entries = z.array(siteEntrySchema)

const partSchema = decodes<SitePart>()(
  z.object({
    folder: z.string(),
    town: z.string().nullable(),
    page: z.int(),
    from: z.string(),
    total: z.int(),
    lights: z.object({
      red: z.int(),
      yellow: z.int(),
      blue: z.int(),
      green: z.int(),
      stale: z.int(),
      paused: z.int(),
      'no-baseline': z.int(),
      done: z.int()
    }),
    prospects: z.object({
      done: z.int(),
      endangered: z.int(),
      unknown: z.int(),
      behind: z.int(),
      'on-time': z.int()
    }),
    demonstration: z.boolean(),
    provisional: z.boolean(),
    endangered: z.array(summarySchema),
    due: entries,
    latest: entries
  })
)

const siteIndexSchema = decodes<SiteIndex>()(
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('whole'), ...head, entries }),
    z.object({ kind: z.literal('divided'), ...head, parts: z.array(partSchema) })
  ])
)

/** The published index of the site as text. */
export const siteIndexTextSchema = jsonTextOf(siteIndexSchema)

/** The published entries of one part of a divided site as text. */
export const partTextSchema = jsonTextOf(z.object({ entries }))

/** Where a project stood when its file was published: what of `data/projects/{id}.json` says so, as text. */
export const publishedPlaceSchema = jsonTextOf(
  z.object({
    project: z.object({ id: z.string(), town: z.string().optional(), requiredBy: dateSchema.optional() })
  })
)
