import { expect, it } from 'vitest'
import { policySchema } from '../../functions/schema/policy.ts'
import { kindsOf } from '../../lib/command-line/kinds.ts'
import { approve, chain, given, register, report } from '../core/given.ts'

const finished = (category: string, finish: string, more: object = {}) =>
  given(
    ['2021-03-01', register(chain([{ id: 'C1' }, { id: 'U2' }], { category, ...more }))],
    ['2021-03-01', approve],
    ['2021-03-01', report('C1', { actualStart: '2021-03-01' })],
    [finish, report('C1', { percentComplete: 100, actualFinish: finish, delay: { code: 'WEATHER' } })]
  ).tracked

it('what finished works say is grouped by category, as the policy takes it; demonstration says nothing', () => {
  const kinds = kindsOf([
    finished('building', '2021-03-12'),
    finished('building', '2021-03-26'),
    finished('equipment', '2021-03-12'),
    finished('repair', '2021-03-12', { demonstration: true })
  ])
  expect(kinds).toEqual({
    building: { n: 2, onTime: 0.5, logMean: Math.log(2), source: '2 projects / 个项目' },
    equipment: { n: 1, onTime: 1, logMean: 0, source: '1 projects / 个项目' }
  })
  expect(policySchema.parse({ kinds }).kinds).toEqual(kinds)
})
