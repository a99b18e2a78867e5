import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { propertySeed, runs } from './runs.ts'

const tests = join(import.meta.dirname, '..')

test('properties begin where they are told to, and are tried as often', () => {
  expect(fc.readConfigureGlobal()).toMatchObject({ seed: propertySeed, numRuns: runs(100) })
})

test('a number of tries that a test names itself grows with the hunt', () => {
  const names = readdirSync(tests, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.test.ts'))
  const rigid = names.filter(name => /numRuns: \d/.test(readFileSync(join(tests, name), 'utf8')))
  expect(rigid).toEqual([])
})
