import fc from 'fast-check'
import { expect, test } from 'vitest'
import { demonstrationDate, loadDemonstration } from '../../data/demonstration/load.ts'
import { demonstrationRules, replay } from '../../data/demonstration/replay.ts'
import { assess } from '../../functions/core/assess.ts'
import { addDays } from '../../functions/core/dates.ts'
import { standingOn } from '../../functions/core/standing.ts'
import { summaryOf } from '../../functions/core/summary.ts'

const states = [...replay(loadDemonstration(demonstrationRules.calendars)).values()].map(({ state }) => state)

test('a summary is the same from the standing as from the whole assessment, on any date', () => {
  fc.assert(
    fc.property(fc.constantFrom(...states), fc.integer({ min: -200, max: 400 }), (state, days) => {
      const date = addDays(demonstrationDate, days)
      expect(summaryOf(state, standingOn(state, date, demonstrationRules))).toEqual(
        summaryOf(state, assess(state, date, demonstrationRules))
      )
    })
  )
})
