import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { createRequire, isBuiltin } from 'node:module'
import { basename, dirname, join } from 'node:path'
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
    const text = codeFilesBeside(file)
      .map(one => readFileSync(one, 'utf8'))
      .join('\n')
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

test('what the API fetches late lies beside it, and loads', async () => {
  const [api] = await bundleFunctions(makeDirectory(), ['api'])
  const late = codeFilesBeside(api?.file ?? '').filter(file => !/(bundle|index)\.cjs$/.test(file))
  expect(late.map(file => basename(file))).toContain('functions-adapters-photo-store.s3.cjs')
  for (const file of late) expect(Object.keys(require(file)), file).not.toEqual([])
  expect(readFileSync(codeFileOf(api?.file ?? ''), 'utf8')).not.toContain('x-amz-sdk-checksum-algorithm')
})

const require = createRequire(import.meta.url)

const codeFilesBeside = (file: string): readonly string[] =>
  readdirSync(dirname(file))
    .filter(name => name.endsWith('.cjs'))
    .map(name => join(dirname(file), name))

/** A function with a code cache has its code beside the file that is loaded. */
const codeFileOf = (file: string): string => {
  const bundle = join(dirname(file), 'bundle.cjs')
  return existsSync(bundle) ? bundle : file
}
