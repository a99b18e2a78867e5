import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url))

describe('dates and calendars', () => {
  it.each(['UTC', 'Asia/Shanghai', 'America/New_York'])(
    'are the same on a machine in %s',
    async TZ => {
      const { stdout } = await promisify(execFile)(
        process.execPath,
        [vitest, 'run', 'test/core/dates.test.ts', 'test/core/calendar.test.ts', 'test/core/work-time.test.ts'],
        { cwd: root, env: { ...process.env, TZ, NO_COLOR: '1' } }
      )
      expect(stdout).toMatch(/Test Files\s+3 passed \(3\)/)
    },
    120_000
  )
})
