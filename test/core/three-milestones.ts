import type { Command } from '../../functions/core/commands.ts'
import { approved, chain, given, register, report } from './given.ts'

/** The Monday on which the plans of these tests are registered. */
export const day0 = '2021-03-01'

/** The Wednesday of the week after, on which commands are sent. */
export const today = '2021-03-10'

/** Three milestones, each after the one before. */
export const abc = chain([{ id: 'A' }, { id: 'B' }, { id: 'C' }])

/** The approved dates of {@link abc}. */
export const baseline = approved({
  A: ['2021-03-01', '2021-03-12'],
  B: ['2021-03-15', '2021-03-26'],
  C: ['2021-03-29', '2021-06-30']
})

/** {@link abc} with 68 flats to count. */
export const counted = chain([{ id: 'A' }, { id: 'B' }, { id: 'C' }], {
  count: { unit: '套', total: 68, plan: [{ date: '2021-06-30', value: 68 }] }
})

/** {@link abc}, registered and approved on {@link day0}, and what was said of it since. */
export const running = (...more: readonly (readonly [date: string, command: Command])[]) =>
  given([day0, register(abc, baseline)], ...more)

/** {@link running}, its first milestone half done. */
export const startedA = () => running([today, report('A', { actualStart: day0, percentComplete: 50 })])

/** {@link running}, its first milestone reached. */
export const finishedA = () =>
  running([today, report('A', { actualStart: day0, actualFinish: '2021-03-09', percentComplete: 100 })])

/** {@link running}, its last milestone forecast two months late: a red flag, and a case. */
export const redC = () => running([day0, report('C', { forecastFinish: '2021-08-31', delay: { code: 'LAND' } })])
