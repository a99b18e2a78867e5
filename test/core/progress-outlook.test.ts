import fc from 'fast-check'
import { expect, test } from 'vitest'
import { demonstrationDate, loadDemonstration } from '../../data/demonstration/load.ts'
import { demonstrationRules, replay } from '../../data/demonstration/replay.ts'
import { addDays } from '../../functions/core/dates.ts'
import { outlookOf, progressOutlookOf } from '../../functions/core/outlook.ts'

const states = [...replay(loadDemonstration(demonstrationRules.calendars)).values()].map(({ state }) => state)

test('the outlook for histories has the finishes and percentages of the whole one, on any date', () => {
  fc.assert(
    fc.property(fc.constantFrom(...states), fc.integer({ min: 0, max: 400 }), (state, days) => {
      const date = addDays(demonstrationDate, days)
      const whole = outlookOf(state, date, demonstrationRules)
      const { finishes, earned } = progressOutlookOf(state, date, demonstrationRules)
      expect(new Map(whole.milestones.map(m => [m.milestone.id, m.projectedFinish]))).toEqual(new Map(finishes))
      expect(earned.percentComplete).toBe(whole.earned.percentComplete)
      expect(earned.plannedPercent(date)).toBe(whole.earned.plannedPercent(date))
    })
  )
})
