import { expect, test } from 'vitest'
import { proveTamper } from './tamper.ts'

test('verification names every commit that was changed, dropped, swapped, inserted or forged', async () => {
  const { counts, violations } = await proveTamper({ projects: ['no39-north'], commits: 2, everyBit: 97 }, 1)
  expect(violations).toEqual([])
  expect(counts.found).toBeGreaterThan(200)
}, 120_000)
