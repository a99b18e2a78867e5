import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import type { SiteEntry } from '../../functions/core/site-entry.ts'
import { infrastructurePackageFile } from '../../functions/pages/infrastructure-data.ts'
import { dataDate } from './fixture.ts'
import { entries, siteUrl } from './site-files.ts'

/**
 * The parts of the schema of OC4IDS 0.9.5 that the tracker fills, field by field: nothing beside them, nothing empty, and
 * the codes of its closed lists. The whole package was validated against the published schema when this was written.
 */
const text = z.string().min(1)
const dateTime = z.iso.datetime({ offset: true })
const period = z
  .strictObject({ startDate: dateTime.optional(), endDate: dateTime.optional() })
  .refine(({ startDate, endDate }) => startDate !== undefined || endDate !== undefined)
const organisation = { id: text, name: text }

const projectSchema = z.strictObject({
  id: text,
  updated: dateTime.optional(),
  title: text,
  language: z.literal('zh'),
  description: text.optional(),
  status: z.enum(['preparation', 'implementation', 'completion', 'maintenance']),
  period: period.optional(),
  sector: z.array(z.literal('education')),
  purpose: text.optional(),
  additionalClassifications: z.array(z.strictObject({ scheme: text, id: text, description: text })).optional(),
  locations: z.array(z.strictObject({ id: text, description: text })).optional(),
  publicAuthority: z.strictObject(organisation).optional(),
  parties: z.array(z.strictObject({ ...organisation, roles: z.tuple([z.literal('publicAuthority')]) })).optional(),
  preparationPeriod: period.optional(),
  implementationPeriod: period.optional(),
  completionPeriod: period.optional(),
  completion: z.strictObject({ endDate: dateTime }).optional(),
  metrics: z.array(
    z.strictObject({
      id: z.literal('physicalProgress'),
      title: text,
      observations: z.array(
        z.strictObject({
          id: text,
          period,
          measure: z.number().min(0).max(100),
          unit: z.strictObject({ name: text, scheme: z.literal('UNCEFACT'), id: z.literal('P1') })
        })
      )
    })
  ),
  milestones: z
    .array(
      z.strictObject({
        id: text,
        title: text,
        type: z.enum(['approval', 'procurement', 'delivery', 'assessment', 'reporting']),
        code: z.enum(['projectApproval', 'commencement', 'completion']).optional(),
        dueDate: dateTime.optional(),
        dateMet: dateTime.optional(),
        status: z.enum(['scheduled', 'met', 'notMet'])
      })
    )
    .min(1)
    .optional(),
  documents: z
    .array(z.strictObject({ id: text, title: text, url: z.url(), format: z.literal('text/html'), language: text }))
    .optional()
})

const packageSchema = z.strictObject({
  uri: z.union([z.url(), z.string().regex(/^urn:/)]),
  publishedDate: dateTime,
  version: z.string().regex(/^(\d+\.)(\d+)$/),
  publisher: z.strictObject({ name: text }),
  projects: z.array(projectSchema).min(1)
})

const packageOf = (of: readonly SiteEntry[], url: string | undefined) =>
  packageSchema.parse(JSON.parse(infrastructurePackageFile(of, dataDate, url).body))

describe('the OC4IDS package', () => {
  it('keeps to the standard, with an address and without one', () => {
    expect(packageOf(entries, siteUrl).projects).toHaveLength(entries.length)
    expect(packageOf(entries, undefined).uri).toMatch(/^urn:/)
  })

  it('holds all milestones, those reached with the day on which they were', () => {
    const [{ milestones = [] } = {}] = packageOf(entries, siteUrl).projects
    const ours = entries[0]?.milestones ?? []
    expect(milestones.map(({ id }) => id)).toEqual(ours.map(({ id }) => id))
    expect(milestones.filter(({ status }) => status === 'met').map(({ dateMet }) => dateMet?.slice(0, 10))).toEqual(
      ours.filter(({ status }) => status === 'done').map(({ finish }) => finish)
    )
  })

  it('keeps to it when little is known of a project', () => {
    const bare = entries.map(entry => ({
      ...entry,
      milestones: [],
      news: [],
      summary: {
        ...entry.summary,
        nameEn: undefined,
        town: undefined,
        programme: undefined,
        owed: undefined,
        responsibleUnit: undefined,
        projectedFinish: null,
        stages: undefined,
        demonstration: false
      }
    }))
    expect(() => packageOf(bare, siteUrl)).not.toThrow()
  })
})
