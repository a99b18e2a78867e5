import { expect, test } from 'vitest'
import { defaultPolicy } from '../../functions/core/policy.ts'
import { policySchema, policyTextSchema } from '../../functions/schema/policy.ts'
import { issuesOf } from './issues.ts'

test('what is not overridden is the default', () => {
  expect(policySchema.parse({})).toEqual(defaultPolicy)
  expect(policySchema.parse({ yellowGapPoints: 5, lockDays: undefined })).toEqual({
    ...defaultPolicy,
    yellowGapPoints: 5
  })
  expect(policyTextSchema.parse('{"approvalPhases":["approval"]}').approvalPhases).toEqual(['approval'])
})

test.each([
  [{ redSlipDays: 20 }, '/redSlipDays', 'unrecognized_keys'],
  [{ redSlipWorkingDays: 1 }, '/redSlipWorkingDays', 'yellow-above-red'],
  [{ yellowGapPoints: 30 }, '/redGapPoints', 'yellow-above-red'],
  [{ floatUsedShare: 50 }, '/floatUsedShare', 'too_big'],
  [{ silentMonths: 0 }, '/silentMonths', 'too_small'],
  [{ dueSoonWorkingDays: 1.5 }, '/dueSoonWorkingDays', 'invalid_type'],
  [{ reportIntervalDays: null }, '/reportIntervalDays', 'invalid_type']
])('%j is refused', (overrides, pointer, code) => {
  expect(issuesOf(policySchema, overrides)).toEqual([{ pointer, code }])
})
