import { expect, test } from 'vitest'
import { proveHostile } from './hostile.ts'

test('hostile requests are refused by name, in the language of the caller, and write nothing', async () => {
  const { counts, violations } = await proveHostile({ requests: 1000, perWorld: 500, mostGrowth: 500 }, 1)
  expect(violations).toEqual([])
  expect(counts.requests).toBe(1000)
  expect(counts.refused).toBeGreaterThan(500)
  expect(counts.accepted).toBeGreaterThan(50)
}, 120_000)
