import { expect, test } from 'vitest'
import { faultKinds } from '../flows/faults.ts'
import { proveFaults } from './faults.ts'

test('calls of ports that go wrong leave no trace', async () => {
  const { counts, violations } = await proveFaults(
    { engine: 'memory', kinds: faultKinds, mornings: 4, strides: [41] },
    1
  )
  expect(violations).toEqual([])
  expect(counts.faults).toBeGreaterThan(300)
}, 600_000)

test('requests to tables that go wrong leave no trace', async () => {
  const { counts, violations } = await proveFaults(
    { engine: 'dynalite', kinds: ['time-out', 'answer-twice', 'kill-after'], mornings: 2, strides: [41] },
    1
  )
  expect(violations).toEqual([])
  expect(counts.faults).toBeGreaterThan(60)
}, 600_000)
