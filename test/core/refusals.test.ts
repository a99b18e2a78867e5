import { describe, expect, it } from 'vitest'
import { type FaultCode, faultCodes } from '../../functions/core/refusal.ts'
import { History } from './given.ts'
import { ofCases } from './refusals/cases.ts'
import { ofJudgements } from './refusals/judgements.ts'
import { ofPlanChanges } from './refusals/plan-changes.ts'
import { ofPlans } from './refusals/plans.ts'
import { ofReports } from './refusals/reports.ts'
import { ofStates } from './refusals/states.ts'
import { startedA, today } from './three-milestones.ts'

const cases = [...ofPlans, ...ofPlanChanges, ...ofReports, ...ofStates, ...ofCases, ...ofJudgements]

describe('What is not accepted', () => {
  it.each(cases)('$code: $what', ({ code, kind, path, history = () => new History(), command, params }) => {
    const before = history()
    const decision = before.when(command, today)
    expect(decision).toEqual({
      ok: false,
      refusal: { kind, faults: [expect.objectContaining({ code, path, ...(params ? { params } : {}) })] }
    })
    expect(decision).not.toHaveProperty('events')
  })

  it('every fault that exists is shown above, but those of photographs, which are not the core’s to look at', () => {
    const ofPhotos: readonly FaultCode[] = ['photo-missing', 'no-photo', 'camera-data']
    expect(new Set([...cases.map(({ code }) => code), ...ofPhotos])).toEqual(new Set(faultCodes))
  })

  it('all that is wrong is said at once, and one thing wrong in itself makes the whole invalid', () => {
    const decision = startedA().when(
      {
        type: 'report-progress',
        reports: [
          { milestoneId: 'A', percentComplete: 10, actualStart: '2021-03-02' },
          { milestoneId: 'X', percentComplete: 10 }
        ]
      },
      today
    )
    expect(decision).toMatchObject({
      ok: false,
      refusal: {
        kind: 'invalid',
        faults: [
          { code: 'already-started', path: ['reports', 0, 'actualStart'] },
          { code: 'progress-went-back', path: ['reports', 0, 'percentComplete'] },
          { code: 'unknown-milestone', path: ['reports', 1, 'milestoneId'] }
        ]
      }
    })
  })
})
