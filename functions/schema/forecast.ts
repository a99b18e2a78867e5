import * as z from 'zod'
import type { StatusReport } from '../core/forecast-series.ts'
import type { DateSpan } from '../core/milestone.ts'
import { coded, decodes, isInOrder, milestoneIdSchema, scheduleDateSchema, unique } from './fields.ts'
import { type PlanDocument, projectDocument } from './plan.ts'

/** What `tracker forecast` reads: a plan, and what was known of it at each status date. */
export interface ForecastDocument {
  readonly plan: PlanDocument
  readonly statuses: readonly StatusReport[]
}

/** The dust of a division (100.00000001) is taken off a percentage rather than refused. */
const percentSchema = z
  .number()
  .overwrite(percent => (percent > 100 && percent < 100 + dust ? 100 : percent < 0 && percent > -dust ? 0 : percent))
  .min(0)
  .max(100)

const dust = 1e-3

const statusSchema = decodes<StatusReport>()(
  z.strictObject({
    date: scheduleDateSchema,
    milestones: z
      .array(
        z.strictObject({
          id: milestoneIdSchema,
          percentComplete: percentSchema,
          actualStart: scheduleDateSchema.optional(),
          actualFinish: scheduleDateSchema.optional(),
          remainingDuration: z.number().min(0).max(1e6).optional()
        })
      )
      .max(20_000)
      .check(unique(({ id }) => id, 'id', 'duplicate-id'))
  })
)

const milestoneShape = projectDocument().shape.milestones.element.unwrap()

/**
 * A contractor's network is larger than a plan that an office keeps by hand, and longer in hours than in days. A bare
 * event may lie between the evening it follows and the morning it precedes.
 */
const networkMilestoneSchema = milestoneShape
  .extend({
    duration: z.number().min(0).max(1e6).optional(),
    weight: z.number().min(0).max(1e12).optional(),
    predecessors: z.array(milestoneShape.shape.predecessors.unwrap().element).max(5000).optional(),
    baseline: z.strictObject({ start: scheduleDateSchema, finish: scheduleDateSchema }).optional()
  })
  .check(
    coded(
      ({ duration, baseline }) => duration === 0 || !baseline || isInOrder(baseline.start, baseline.finish),
      'finish-before-start',
      'is before the start',
      ['baseline', 'finish']
    )
  )

const networkSchema = projectDocument()
  .extend({
    milestones: z
      .array(networkMilestoneSchema)
      .min(1)
      .max(20_000)
      .check(unique(({ id }) => id, 'id', 'duplicate-id'))
  })
  .transform(({ milestones, delay, ...fields }) => ({
    project: { ...fields, milestones: milestones.map(({ baseline: _baseline, ...milestone }) => milestone) },
    baseline: Object.fromEntries(
      milestones.flatMap(({ id, baseline }) => (baseline ? [[id, inOrder(baseline)] as const] : []))
    ),
    ...(delay === undefined ? {} : { delay })
  }))

const inOrder = ({ start, finish }: DateSpan): DateSpan =>
  isInOrder(start, finish) ? { start, finish } : { start, finish: start }

/** Decodes the document of `tracker forecast` (CONTRACT, "Commands"). A field it does not know is an error. */
export const forecastSchema = z
  .strictObject({ project: networkSchema, statuses: z.array(statusSchema).max(2000) })
  .transform(({ project, statuses }): ForecastDocument => ({ plan: project, statuses }))
