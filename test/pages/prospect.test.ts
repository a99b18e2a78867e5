import { expect, it } from 'vitest'
import { isInUse, prospectOf } from '../../functions/core/prospect.ts'
import { snapshotOf } from '../contract/samples.ts'

const summary = (more: object) =>
  snapshotOf('p', {}, { dataDate: '2021-07-05', requiredBy: '2021-08-25', ...more }).summary

it('a school that opened counts as in use though its close-out is late', () => {
  const opened = summary({ light: 'yellow', projectedFinish: '2021-04-28', marginWorkingDays: 82 })
  expect([isInUse(opened), prospectOf(opened)]).toEqual([true, 'done'])
})

it('a finish on the data date may still be a projection, and is none of use', () => {
  const today = summary({ light: 'yellow', projectedFinish: '2021-07-05', marginWorkingDays: 36 })
  expect([isInUse(today), prospectOf(today)]).toEqual([false, 'on-time'])
})
