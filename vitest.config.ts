import { defineConfig } from 'vitest/config'

const report = process.env.TEST_REPORT

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/properties/announce.ts'],
    setupFiles: ['test/properties/setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Two cores: more workers than that only make the servers under test wait for each other.
    maxWorkers: 2,
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default']
  }
})
