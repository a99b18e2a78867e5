import { existsSync, readFileSync, statSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { checkpointVariables } from '../../functions/adapters/checkpoints.configured.ts'
import { deliveringVariables } from '../../functions/adapters/delivering.ts'
import { bundleFunctions, repositoryRoot } from '../../lib/bundling.ts'
import { environmentOf, functionNames, functionOf, functions } from '../../lib/functions.ts'
import { makeDirectory } from './tracker.ts'

test('every declared function has a name in the list', () => {
  expect(functionNames.toSorted()).toEqual(Object.keys(functions).toSorted())
})

test.each(functionNames)('%s reads the variables that it is declared with', name => {
  const definition = functionOf(name)
  const source = readFileSync(join(repositoryRoot, definition.entry), 'utf8')
  const [, list = ''] = /readEnvironment\(\[([^\]]*)\]/.exec(source) ?? []
  const shared = Object.entries({ deliveringVariables, checkpointVariables }).flatMap(([lot, variables]) =>
    list.includes(`...${lot}`) ? variables : []
  )
  const own = [...list.matchAll(/'(\w+)'/g)].map(([, variable]) => variable)
  expect(environmentOf(definition).toSorted()).toEqual([...shared, ...own].toSorted())
})

test('no bundle looks for credentials where Lambda has none', async () => {
  for (const { name, file } of await bundleFunctions(makeDirectory())) {
    const text = readFileSync(codeFileOf(file), 'utf8')
    expect(text, name).toContain('AWS_SESSION_TOKEN')
    expect(text, name).not.toMatch(/sso_start_url|169\.254\.170\.2|credential_process/)
  }
})

test('bundles stay small enough to load fast, and take no SDK from Lambda', async () => {
  const bundles = await bundleFunctions(makeDirectory())
  expect(bundles.map(({ name }) => name)).toEqual(functionNames)
  for (const { name, file, bytes, imports } of bundles) {
    expect(bytes, name).toBeGreaterThan(100_000)
    expect(bytes, name).toBeLessThan(1_500_000)
    expect(statSync(codeFileOf(file)).size, name).toBe(bytes)
    expect(
      imports.filter(one => !isBuiltin(one)),
      name
    ).toEqual([])
  }
})

/** A function with a code cache has its code beside the file that is loaded. */
const codeFileOf = (file: string): string => {
  const bundle = join(dirname(file), 'bundle.cjs')
  return existsSync(bundle) ? bundle : file
}
