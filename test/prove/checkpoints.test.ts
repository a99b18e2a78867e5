import { expect, test } from 'vitest'
import { proveCheckpoints } from './checkpoints.ts'

test('a chain that was rewritten as a whole is found by the checkpoints, and so is a checkpoint that was touched', async () => {
  const counts = { projects: ['campus-monitoring', 'no39-north'], days: 3, everyBit: 61 }
  const result = await proveCheckpoints(counts, 1)
  expect(result.violations).toEqual([])
  expect(result.counts['chains rewritten']).toBeGreaterThan(30)
}, 120_000)
