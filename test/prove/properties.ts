import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startVitest, type TestCase } from 'vitest/node'
import { type ProofResult, startFindings } from './proof.ts'

/** How much longer than in `npm test` every property is tried. */
export interface PropertyCounts {
  readonly factor: number
}

/** Tries every property of the tests from another seed, and many times as often as `npm test` does. */
export const proveProperties = async ({ factor }: PropertyCounts, seed: number): Promise<ProofResult> => {
  const findings = startFindings('files', 'tests', 'times as often as in npm test')
  const files = await filesWithProperties()
  const vitest = await startVitest('test', [...files], {
    watch: false,
    reporters: [{}],
    env: { PROPERTY_SEED: String(seed), PROPERTY_FACTOR: String(factor) },
    testTimeout: longest
  })
  try {
    for (const module of vitest.state.getTestModules()) {
      findings.count('files')
      for (const error of module.errors()) findings.violation(`${module.moduleId}: ${error.message}`)
      for (const test of module.children.allTests()) {
        findings.count('tests')
        for (const sentence of failuresOf(test)) findings.violation(sentence)
      }
    }
    for (const error of vitest.state.getUnhandledErrors()) findings.violation(String(error))
  } finally {
    await vitest.close()
  }
  findings.count('times as often as in npm test', factor)
  return findings.result()
}

/** Milliseconds; a property may shrink what it found for minutes. */
const longest = 1_800_000

const tests = join(import.meta.dirname, '..')

const filesWithProperties = async (): Promise<readonly string[]> => {
  const names = (await readdir(tests, { recursive: true })).filter(name => name.endsWith('.test.ts')).sort()
  const texts = await Promise.all(names.map(name => readFile(join(tests, name), 'utf8')))
  return names.filter((_, i) => texts[i]?.includes(" from 'fast-check'")).map(name => join(tests, name))
}

const failuresOf = (test: TestCase): readonly string[] =>
  (test.result().errors ?? []).map(
    ({ message, cause }) => `${test.module.moduleId} › ${test.fullName}: ${cause?.message ?? ''}\n${message}`
  )
