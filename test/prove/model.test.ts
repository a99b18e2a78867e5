import { expect, test } from 'vitest'
import { proveModel } from './model-proof.ts'

test.each([
  ['memory', 600],
  ['dynalite', 60]
] as const)(
  'the API on %s does what a simple model says',
  async (engine, steps) => {
    const { counts, violations } = await proveModel({ engine, steps, longest: 60 }, 1)
    expect(violations).toEqual([])
    expect(counts.steps).toBeGreaterThanOrEqual(steps)
  },
  120_000
)
