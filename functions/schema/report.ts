import * as z from 'zod'
import type { AccessGrant } from '../core/access.ts'
import type {
  ApproveBaseline,
  CorrectReport,
  PauseProject,
  ReportNoChange,
  ReportProgress,
  ResumeProject
} from '../core/commands.ts'
import type { MilestoneCorrection, MilestoneReport } from '../core/events.ts'
import { isPhotoHash } from '../core/photo.ts'
import {
  coded,
  dateSchema,
  decodes,
  delaySchema,
  isInOrder,
  lineOf,
  milestoneIdSchema,
  projectIdSchema,
  reasonSchema,
  scheduleDateSchema,
  textOf,
  unique
} from './fields.ts'
import { sha256Schema } from './photo.ts'
import { principalSchema } from './principal.ts'

const percentSchema = z.number().min(0).max(100)
const remainingSchema = z.number().min(0).max(10_000)
const countSchema = z.lazy(() => z.strictObject({ done: z.number().min(0).max(1e9) }))
const noteSchema = textOf(2000)

const photoSchema = z.lazy(() =>
  z.union([
    sha256Schema,
    z
      .url({ protocol: /^https?$/ })
      .regex(/^https?:\/\//i)
      .max(2000)
  ])
)

const oncePerPhoto = unique<string>(name => (isPhotoHash(name) ? name : undefined), undefined, 'photo-twice')

const saysSomething = coded<{ readonly milestoneId: string }>(
  report => Object.entries(report).some(([field, value]) => field !== 'milestoneId' && value !== undefined),
  'nothing-reported',
  'says nothing of the milestone'
)

const milestoneReportSchema = decodes<MilestoneReport>()(
  z.lazy(() =>
    z
      .strictObject({
        milestoneId: milestoneIdSchema,
        percentComplete: percentSchema.optional(),
        actualStart: scheduleDateSchema.optional(),
        actualFinish: scheduleDateSchema.optional(),
        forecastFinish: scheduleDateSchema.optional(),
        remainingDuration: remainingSchema.optional(),
        delay: delaySchema.optional(),
        note: noteSchema.optional(),
        photos: z.array(photoSchema).min(1).max(20).check(oncePerPhoto).optional()
      })
      .check(saysSomething)
  )
)

const milestoneCorrectionSchema = decodes<MilestoneCorrection>()(
  z.lazy(() =>
    z
      .strictObject({
        milestoneId: milestoneIdSchema,
        percentComplete: percentSchema.optional(),
        actualStart: scheduleDateSchema.nullish(),
        actualFinish: scheduleDateSchema.nullish(),
        forecastFinish: scheduleDateSchema.nullish(),
        remainingDuration: remainingSchema.nullish(),
        delay: delaySchema.optional()
      })
      .check(saysSomething)
  )
)

const oncePerMilestone = unique<{ readonly milestoneId: string }>(
  ({ milestoneId }) => milestoneId,
  'milestoneId',
  'duplicate-milestone'
)

const progressBodySchema = z.lazy(() =>
  z
    .strictObject({
      noChange: z.literal(false).optional(),
      reports: z.array(milestoneReportSchema).max(500).check(oncePerMilestone).optional(),
      count: countSchema.optional(),
      note: noteSchema.optional()
    })
    .check(
      coded(
        ({ reports, count }) => (reports ?? []).length > 0 || count !== undefined,
        'nothing-reported',
        'reports no milestone and no count',
        ['reports']
      )
    )
)

const noChangeBodySchema = z.lazy(() => z.strictObject({ noChange: z.literal(true), note: noteSchema.optional() }))

/** Body of a report: progress of milestones, of the count, or both; or that nothing has changed. */
export const reportSchema = decodes<Omit<ReportProgress, 'photosTaken'> | ReportNoChange>()(
  z.lazy(() =>
    z.discriminatedUnion('noChange', [noChangeBodySchema, progressBodySchema]).transform(body => {
      const note = body.note === undefined ? {} : { note: body.note }
      return body.noChange
        ? { type: 'report-no-change' as const, ...note }
        : { type: 'report-progress' as const, reports: body.reports ?? [], ...countDoneOf(body), ...note }
    })
  )
)

/** Body of a correction; `null` takes a date or a remaining duration back. */
export const correctionSchema = decodes<CorrectReport>()(
  z.lazy(() =>
    z
      .strictObject({
        corrects: z.int().min(1),
        reason: reasonSchema,
        reports: z.array(milestoneCorrectionSchema).max(500).check(oncePerMilestone).optional(),
        count: countSchema.optional()
      })
      .check(
        coded(
          ({ reports, count }) => (reports ?? []).length > 0 || count !== undefined,
          'nothing-reported',
          'corrects no milestone and no count',
          ['reports']
        )
      )
      .transform(({ corrects, reason, reports, count }) => ({
        type: 'correct-report' as const,
        corrects,
        reason,
        corrections: reports ?? [],
        ...countDoneOf({ count })
      }))
  )
)

const countDoneOf = ({ count }: { readonly count?: { readonly done: number } | undefined }) =>
  count === undefined ? {} : { countDone: count.done }

const namedSpanSchema = z.lazy(() =>
  z
    .strictObject({ id: milestoneIdSchema, start: scheduleDateSchema, finish: scheduleDateSchema })
    .check(coded(span => isInOrder(span.start, span.finish), 'finish-before-start', 'is before the start', ['finish']))
)

/** Body of an approval of dates. */
export const baselineSchema = decodes<ApproveBaseline>()(
  z.lazy(() =>
    z
      .strictObject({
        reason: reasonSchema,
        delay: delaySchema.optional(),
        milestones: z
          .array(namedSpanSchema)
          .max(500)
          .check(unique(({ id }) => id, 'id', 'duplicate-milestone'))
          .optional()
      })
      .transform(({ reason, delay, milestones }) => ({
        type: 'approve-baseline' as const,
        reason,
        ...(delay === undefined ? {} : { delay }),
        ...(milestones === undefined
          ? {}
          : { dates: Object.fromEntries(milestones.map(({ id, start, finish }) => [id, { start, finish }])) })
      }))
  )
)

/** Body of a pause. */
export const pauseSchema = decodes<PauseProject>()(
  z.lazy(() =>
    z
      .strictObject({ reason: reasonSchema, reviewOn: dateSchema })
      .transform(body => ({ type: 'pause-project' as const, ...body }))
  )
)

/** Body of a resumption. */
export const resumeSchema = decodes<ResumeProject>()(
  z.lazy(() =>
    z.strictObject({ reason: reasonSchema }).transform(body => ({ type: 'resume-project' as const, ...body }))
  )
)

/** Body of the cancelling of a milestone, which the address names. */
export const cancelSchema = z.strictObject({ reason: reasonSchema })

/** What is granted to whom. */
export interface GrantRequest extends Omit<AccessGrant, 'id' | 'createdAt'> {
  /** ARN of a user or role of IAM that is let in by its signature, and gets no token. */
  readonly principal?: string | undefined
}

/** Body of a request for a token. A reporter needs projects; the other roles hold for all, so naming some is a mistake. */
export const tokenSchema = decodes<GrantRequest>()(
  z.lazy(() =>
    z
      .strictObject({
        role: z.enum(['admin', 'reporter', 'leader', 'viewer']),
        name: lineOf(100),
        projects: z.array(projectIdSchema).max(500).default([]),
        expiresOn: dateSchema.optional(),
        principal: principalSchema.optional()
      })
      .check(
        coded(
          ({ role, projects }) => role !== 'reporter' || projects.length > 0,
          'projects-required',
          'a reporter needs a project',
          ['projects']
        ),
        coded(
          ({ role, projects }) => role === 'reporter' || projects.length === 0,
          'projects-not-allowed',
          'only a reporter is held to projects',
          ['projects']
        )
      )
  )
)
