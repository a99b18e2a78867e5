import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { bundleFunctions } from '../../lib/bundling.ts'
import { cacheFileOf, compiledBundle } from '../../lib/code-cache/compiled.ts'
import { lateBuiltins } from '../../lib/code-cache/late-builtins.ts'
import { environmentOf, functionOf } from '../../lib/functions.ts'
import { makeDirectory } from './tracker.ts'

let index: string
let cache: string

beforeAll(async () => {
  const [api] = await bundleFunctions(makeDirectory(), ['api'])
  index = api?.file ?? ''
  cache = cacheFileOf(join(dirname(index), 'bundle.cjs'))
})

const env = Object.fromEntries(
  environmentOf(functionOf('api')).flatMap(name => (name.endsWith('_TABLE') ? [[name, 'none'] as const] : []))
)

/** Loads the API in a process of its own, and says whether V8 took what lies in the cache. */
const load = (...flags: readonly string[]): { readonly handler: string; readonly rejected: boolean | undefined } => {
  const watched = `
    const vm = require('node:vm')
    const { Script } = vm
    let script
    vm.Script = function (...of) { return (script = new Script(...of)) }
    const { handler } = require(${JSON.stringify(index)})
    console.log(JSON.stringify({ handler: typeof handler, rejected: script.cachedDataRejected }))`
  return JSON.parse(execFileSync(process.execPath, [...flags, '-e', watched], { env, encoding: 'utf8' }))
}

test('the V8 that made the cache takes it', () => {
  expect(load()).toEqual({ handler: 'function', rejected: false })
})

test('a module of the other kind finds the handler in it', async () => {
  const look = `import(${JSON.stringify(index)}).then(({ handler }) => console.log(typeof handler))`
  expect(execFileSync(process.execPath, ['-e', look], { env, encoding: 'utf8' }).trim()).toBe('function')
})

test('a V8 with other flags compiles as ever', () => {
  expect(load('--max-lazy')).toEqual({ handler: 'function', rejected: true })
})

test('text that esbuild could not escape is read as it was written', () => {
  const file = join(makeDirectory(), 'bundle.cjs')
  writeFileSync(file, 'module.exports = /^年月日$/.test(`年月日`)')
  const module = { exports: undefined }
  compiledBundle(file).body()(module.exports, createRequire(import.meta.url), module, file, dirname(file))
  expect(module.exports).toBe(true)
})

test('half a cache, an empty one and none do no harm', () => {
  const whole = readFileSync(cache)
  writeFileSync(cache, whole.subarray(0, whole.length >> 1))
  expect(load()).toEqual({ handler: 'function', rejected: true })
  writeFileSync(cache, '')
  expect(load()).toEqual({ handler: 'function', rejected: true })
  rmSync(cache)
  expect(load()).toEqual({ handler: 'function' })
})

describe('a module of Node that is loaded late', () => {
  const asked: string[] = []
  const require = lateBuiltins(name => {
    asked.push(name)
    return createRequire(import.meta.url)(name)
  })

  test('is loaded with the first use of something of it, and has all that it has', () => {
    const path: Record<string, unknown> = Object(require('node:path'))
    expect(asked).toEqual([])
    expect(path.join).toBe(join)
    expect(asked).toEqual(['node:path'])
    expect('resolve' in path && !('resolved' in path)).toBe(true)
    expect({ ...path }).toEqual({ ...createRequire(import.meta.url)('node:path') })
  })

  test('is no other module', () => {
    expect(require('zod')).toBe(createRequire(import.meta.url)('zod'))
  })
})
