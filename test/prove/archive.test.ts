import { expect, test } from 'vitest'
import { proveArchive } from './archive.ts'

test('archives made during writes are whole, come back byte for byte, and are refused when they are damaged', async () => {
  const { counts, violations } = await proveArchive(
    { projects: ['campus-monitoring'], duringWrites: 2, damages: 25 },
    1
  )
  expect(violations).toEqual([])
  expect(counts['commits meanwhile']).toBeGreaterThan(0)
}, 120_000)
