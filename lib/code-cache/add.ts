import { execFile } from 'node:child_process'
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type BuildOptions, build } from 'esbuild'
import { environmentOf, type FunctionName, functionOf } from '../functions.ts'

const run = promisify(execFile)

/**
 * Gives a bundled function a code cache: `folder/index.cjs` moves to `bundle.cjs`, beside it lies what V8 has compiled of
 * it, and a new `index.cjs` loads the one with the help of the other.
 */
export const addCodeCache = async (name: FunctionName, folder: string, options: BuildOptions): Promise<void> => {
  const bundle = join(folder, 'bundle.cjs')
  await rename(join(folder, 'index.cjs'), bundle)
  await build({
    ...options,
    entryPoints: [join(import.meta.dirname, 'load.ts')],
    outfile: join(folder, 'index.cjs'),
    // Never run: `import()` looks for the names of exports in the text alone.
    footer: { js: '0 && (module.exports = { handler })' },
    sourcemap: false,
    logLevel: 'silent'
  })
  // A process of its own: its V8 has seen nothing but the bundle, and its environment nothing of this machine.
  const tables = Object.fromEntries(environmentOf(functionOf(name)).flatMap(tableVariable))
  await run(process.execPath, [join(import.meta.dirname, 'make.ts'), bundle], { env: tables })
}

const tableVariable = (variable: string) => (variable.endsWith('_TABLE') ? [[variable, 'none'] as const] : [])
