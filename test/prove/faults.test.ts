import { expect, test } from 'vitest'
import { proveFaults } from './faults.ts'

test('calls of ports that go wrong leave no trace', async () => {
  const { counts, violations } = await proveFaults({ engine: 'memory', mornings: 4, strides: [41] }, 1)
  expect(violations).toEqual([])
  expect(counts.faults).toBeGreaterThan(300)
}, 240_000)

test('requests to tables that go wrong leave no trace', async () => {
  const { counts, violations } = await proveFaults({ engine: 'dynalite', mornings: 2, strides: [41] }, 1)
  expect(violations).toEqual([])
  expect(counts.faults).toBeGreaterThan(120)
}, 240_000)
