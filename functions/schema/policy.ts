import * as z from 'zod'
import { longestLog } from '../core/overrun-prior.ts'
import { defaultPolicy, type Policy } from '../core/policy.ts'
import { coded, decodes, isSafeKey, jsonTextOf, lineOf } from './fields.ts'

const days = z.int().min(0).max(3650)
const months = z.int().min(1).max(60)
const points = z.number().min(0).max(100)

const kindSchema = z.lazy(() =>
  z.strictObject({
    n: z.int().min(1).max(1e6),
    onTime: z.number().min(0).max(1),
    logMean: z.number().min(-longestLog).max(longestLog),
    source: lineOf(200)
  })
)

const overridesSchema = decodes<Partial<Policy>>()(
  z.lazy(() =>
    z
      .strictObject({
        dueSoonWorkingDays: days,
        yellowSlipWorkingDays: days.min(1),
        redSlipWorkingDays: days.min(1),
        yellowGapPoints: points,
        redGapPoints: points,
        floatUsedShare: z.number().min(0).max(1),
        yellowPeriods: z.int().min(1).max(60),
        periodMonths: months,
        silentMonths: months,
        lateStartMonths: months,
        reportIntervalDays: days.min(1),
        approvalReportIntervalDays: days.min(1),
        approvalPhases: z.array(lineOf(40)).max(50),
        lockDays: days,
        borrowedPremisesWorkingDays: days,
        phasedOpeningWorkingDays: days,
        noticeFreshDays: days,
        longestSilenceDays: days,
        quietWorkingDays: days,
        answerWorkingDays: days.min(1),
        caseNearWorkingDays: days,
        escalationWorkingDays: z.tuple([days, days, days, days]),
        kinds: z.record(lineOf(40).check(coded(isSafeKey, 'reserved-name', 'is a reserved name')), kindSchema),
        reminderWorkingDays: z.array(days).max(20),
        redRepeatWorkingDays: days.min(1),
        yellowRepeatWorkingDays: days.min(1),
        mostLines: z.int().min(10).max(10_000)
      })
      .partial()
  )
)

/** Decodes the thresholds that differ from the defaults into the whole policy; a threshold it does not know is an error. */
export const policySchema = decodes<Policy>()(
  z.lazy(() =>
    overridesSchema
      .transform(overrides => ({
        ...defaultPolicy,
        ...Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== undefined))
      }))
      .check(
        coded(
          policy => policy.yellowSlipWorkingDays < policy.redSlipWorkingDays,
          'yellow-above-red',
          'must be above the yellow one',
          ['redSlipWorkingDays']
        ),
        coded(
          policy => policy.yellowGapPoints < policy.redGapPoints,
          'yellow-above-red',
          'must be above the yellow one',
          ['redGapPoints']
        ),
        coded(
          ({ escalationWorkingDays: wait }) => wait.every((days, i) => i === 0 || days >= (wait[i - 1] ?? 0)),
          'not-ascending',
          'must not fall',
          ['escalationWorkingDays']
        )
      )
  )
)

/** The same from JSON text, as an environment variable holds it. */
export const policyTextSchema = z.lazy(() => jsonTextOf(policySchema))
