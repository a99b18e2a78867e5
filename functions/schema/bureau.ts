import * as z from 'zod'
import type { Bureau, BureauEvent } from '../core/bureau.ts'
import { type Person, positions } from '../core/people.ts'
import { coded, dateSchema, decodes, isSafeKey, jsonTextOf, keySchema, lineOf, projectIdSchema } from './fields.ts'

// A tolerant reader for what is stored, as schema/commit.ts is; a strict one for what people send.

const storedPerson = decodes<Person>()(
  z.lazy(() =>
    z.object({
      id: keySchema,
      name: z.string(),
      position: z.enum(positions),
      unit: z.string().optional(),
      projects: z.array(z.string()).optional(),
      towns: z.array(z.string()).optional(),
      reach: z.array(z.object({ channel: z.string(), address: z.string().optional() })).optional(),
      quietHours: z.object({ from: z.string(), to: z.string() }).optional()
    })
  )
)

/** An event of the bureau's log as stored. */
export const bureauEventSchema = decodes<BureauEvent>()(
  z.lazy(() =>
    z.discriminatedUnion('type', [
      z.object({ type: z.literal('case-numbered'), caseId: keySchema, year: z.int(), serial: z.int().min(1) }),
      z.object({ type: z.literal('person-entered'), person: storedPerson }),
      z.object({ type: z.literal('person-removed'), personId: keySchema }),
      z.object({ type: z.literal('review-ended'), at: z.string() }),
      z.object({ type: z.literal('review-told'), from: z.string(), upTo: z.string() }),
      z.object({ type: z.literal('digests-sent'), date: dateSchema })
    ])
  )
)

/** The stored JSON text of the events of one commit of the bureau. */
export const bureauEventsTextSchema = z.lazy(() => jsonTextOf(z.array(bureauEventSchema)))

/** The stored JSON text of the folded bureau. */
export const bureauTextSchema = z.lazy(() =>
  jsonTextOf(
    decodes<Bureau>()(
      z.object({
        version: z.int().min(0),
        numbers: z.record(keySchema, z.object({ year: z.int(), serial: z.int() })),
        people: z.record(keySchema, storedPerson),
        reviewedAt: z.string().optional(),
        reviewTold: z.object({ from: z.string(), upTo: z.string() }).optional(),
        digestsSentOn: dateSchema.optional()
      })
    )
  )
)

/** Id of a person: lower case letters, digits and hyphens, as in an address. */
export const personIdSchema = projectIdSchema.check(coded(isSafeKey, 'reserved-name', 'is a reserved name'))

const timeSchema = z.lazy(() =>
  z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .meta({ example: '22:00' })
)

/** Body of an entry in the directory; the address names whom. */
export const personSchema = decodes<Omit<Person, 'id'>>()(
  z.lazy(() =>
    z
      .strictObject({
        name: lineOf(100),
        position: z.enum(positions),
        unit: lineOf(100).optional(),
        projects: z.array(projectIdSchema).max(500).optional(),
        towns: z.array(lineOf(100)).max(100).optional(),
        reach: z
          .array(z.strictObject({ channel: lineOf(60), address: lineOf(200).optional() }))
          .max(10)
          .optional(),
        quietHours: z.strictObject({ from: timeSchema, to: timeSchema }).optional()
      })
      .check(
        coded(
          ({ position, projects = [], towns = [] }) => position !== 'manager' || projects.length + towns.length > 0,
          'projects-required',
          'a project manager needs a project',
          ['projects']
        )
      )
  )
)
