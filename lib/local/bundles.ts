import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { stop } from 'esbuild'
import * as z from 'zod'
import { type Bundle, buildFunctions, bundleOptions, repositoryRoot } from '../bundling.ts'
import { functionNames, functions } from '../functions.ts'
import type { LocalStore } from './local-store.ts'

/** The bundles of all functions, made anew only when something that goes into them has changed. */
export const currentBundles = async (outdir: string, store: LocalStore): Promise<readonly Bundle[]> => {
  const last = await store.get('bundles', builtSchema)
  if (last && last.state === (await stateOf(last.inputs))) return last.bundles
  const { bundles, inputs } = await buildFunctions(outdir)
  // esbuild would otherwise wait beside the tracker for as long as it runs.
  await stop()
  const files = [...inputs, ...settings, ...bundles.map(({ file }) => file)]
  await store.put({ bundles: { bundles, inputs: files, state: await stateOf(files) } })
  return bundles
}

/** Files that decide what is bundled without being bundled. */
const settings = [
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'lib/bundle-parts.ts',
  'lib/code-cache/compiled.ts',
  'lib/code-cache/load.ts'
].map(name => join(repositoryRoot, name))

const builtSchema = z.object({
  bundles: z.array(
    z.object({ name: z.enum(functionNames), file: z.string(), bytes: z.number(), imports: z.array(z.string()) })
  ),
  inputs: z.array(z.string()),
  state: z.string()
})

/** A text that differs as soon as a file or an option does. */
const stateOf = async (files: readonly string[]): Promise<string> => {
  const stamps = files.map(async file => {
    const { mtimeMs, size } = await stat(file).catch(() => ({ mtimeMs: 0, size: 0 }))
    return `${file} ${mtimeMs} ${size}`
  })
  return [JSON.stringify([bundleOptions, functions]), ...(await Promise.all(stamps))].join('\n')
}
