import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import * as z from 'zod'

const root = join(import.meta.dirname, '..', '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const document = read('docs/security.md')

const manifestSchema = z.object({
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string())
})
const versions = ['package.json', 'lib/client/package.json'].flatMap(path => {
  const { dependencies, devDependencies } = manifestSchema.parse(JSON.parse(read(path)))
  return Object.entries({ ...dependencies, ...devDependencies })
})
const rows = [...document.matchAll(/^\| `([^`]+)` \| ([^|]+) \| ([^|]+) \|$/gm)].map(
  ([, name = '', why = '', where = '']) => ({
    name,
    why,
    where
  })
)

const sources = globSync('{functions,lib,bin,data}/**/*.ts', { cwd: root, exclude: ['**/node_modules/**'] })
const importersOf = (name: string) =>
  sources.filter(path => new RegExp(`(?:from|\\()\\s*'${name}(?:/[^']*)?'`).test(read(path)))

test('every direct dependency has its reason, and there is no reason without a dependency', () => {
  expect(rows.map(({ name }) => name).toSorted()).toEqual([...new Set(versions.map(([name]) => name))].toSorted())
  for (const { name, why } of rows) expect(why.trim().length, name).toBeGreaterThan(3)
})

test('every version is exact', () => {
  for (const [name, version] of versions) expect(version, name).toMatch(/^\d+\.\d+\.\d+$/)
})

test.each(rows)('$name is imported where it is said to be and nowhere else', ({ name, where }) => {
  const places = [...where.matchAll(/`([^`]+)`/g)].map(([, place = '']) => place)
  const importers = importersOf(name)
  expect(importers.filter(path => !places.some(place => path.startsWith(place)))).toEqual([])
  for (const place of places)
    expect(
      importers.some(path => path.startsWith(place)),
      `${place} imports ${name}`
    ).toBe(true)
})

test('every file and folder that the threat model names is there', () => {
  const named = [...document.matchAll(/`((?:functions|lib|test|docs)\/[^`\s]*)`/g)].map(([, path = '']) => path)
  expect(named.length).toBeGreaterThan(60)
  for (const path of named) expect(existsSync(join(root, path)), path).toBe(true)
})
