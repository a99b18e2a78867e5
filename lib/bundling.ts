import { mkdir } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { type BuildOptions, build, type Metafile } from 'esbuild'
import { formPrograms } from '../functions/adapters/form-programs.ts'
import { dynamoParts, type LateFiles, lateFiles, standIns } from './bundle-parts.ts'
import { addCodeCache } from './code-cache/add.ts'
import { type FunctionName, functionNames, functionOf } from './functions.ts'

/** The repository's root; entries and outputs are relative to it. */
export const repositoryRoot = join(import.meta.dirname, '..')

/**
 * How every function is bundled, in the stack and on one machine. CommonJS, because static ESM imports of `node:http` and
 * its like cost about 30 ms of each cold start; the SDK is bundled, since the one on Lambda is another version and slower
 * to load, without its ways of finding credentials that Lambda does not use. ASCII, because text beyond Latin-1 would take
 * two bytes a character in memory. Source maps lie beside the bundle and are not loaded.
 */
export const bundleOptions = {
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  mainFields: ['module', 'main'],
  minify: true,
  treeShaking: true,
  sourcemap: 'external',
  alias: standIns,
  plugins: [dynamoParts],
  loader: { '.json': 'json' },
  charset: 'ascii',
  // The SDK fetches node:http by import(), which makes Node load all that it exports, among it a whole web client: 18 ms.
  // Tagged templates keep their text as it is written, whatever the charset; as calls they are ASCII too.
  supported: { 'dynamic-import': false, 'template-literal': false },
  legalComments: 'none'
} as const satisfies BuildOptions

/**
 * How the programs of the form for reports are bundled, page and service worker alike: for the browsers that telephones
 * on building sites have, each one classic script that needs nothing else.
 */
const formOptions = {
  bundle: true,
  platform: 'browser',
  target: ['chrome87', 'safari15.4', 'firefox96'],
  format: 'iife',
  minify: true,
  charset: 'utf8',
  legalComments: 'none'
} as const satisfies BuildOptions

/** A bundled function. */
export interface Bundle {
  readonly name: FunctionName
  /** Absolute path of the CommonJS file to load; its handler is `index.handler`. Its folder is the whole function. */
  readonly file: string
  /** Size of the function's own code. */
  readonly bytes: number
  /** What it takes from outside itself. */
  readonly imports: readonly string[]
}

/** Bundles functions, all of them unless told otherwise, into `outdir/<name>/index.cjs`. */
export const bundleFunctions = async (
  outdir: string,
  names: readonly FunctionName[] = functionNames
): Promise<readonly Bundle[]> => (await buildFunctions(outdir, names)).bundles

/** The same, with the absolute paths of all files that went in. */
export const buildFunctions = async (
  outdir: string,
  names: readonly FunctionName[] = functionNames
): Promise<{ readonly bundles: readonly Bundle[]; readonly inputs: readonly string[] }> => {
  await mkdir(outdir, { recursive: true })
  const found: LateFiles = new Map()
  const outputs: Metafile['outputs'] = {}
  const inputs = new Set<string>()
  let entryPoints = names.map(name => ({ in: join(repositoryRoot, functionOf(name).entry), out: `${name}/index` }))
  while (entryPoints.length > 0) {
    const { metafile } = await build({
      ...bundleOptions,
      plugins: [...bundleOptions.plugins, lateFiles(found)],
      entryPoints,
      absWorkingDir: outdir,
      outdir,
      outExtension: { '.js': '.cjs' },
      metafile: true,
      logLevel: 'silent'
    })
    Object.assign(outputs, metafile.outputs)
    for (const path of Object.keys(metafile.inputs)) inputs.add(resolve(outdir, path))
    entryPoints = lateEntries(metafile.outputs, found).filter(({ out }) => !(`${out}.cjs` in outputs))
  }
  // Somebody waits for the cold start of what answers requests; streams and schedules do not mind theirs.
  for (const name of names.filter(name => functionOf(name).triggers.some(({ type }) => type === 'http')))
    await addCodeCache(name, join(outdir, name), bundleOptions)
  const form = await Promise.all(names.filter(publishesForm).map(name => bundleForm(join(outdir, name))))
  const bundles = names.map(name => {
    const output = outputs[`${name}/index.cjs`]
    const imports = output?.imports.map(({ path }) => path).filter(path => !found.has(path)) ?? []
    return { name, file: join(outdir, name, 'index.cjs'), bytes: output?.bytes ?? 0, imports }
  })
  return { bundles, inputs: [...inputs, ...form.flat()] }
}

/** The late files that outputs ask for, each in the folder of its function. */
const lateEntries = (outputs: Metafile['outputs'], found: LateFiles) =>
  Object.entries(outputs).flatMap(([output, { imports }]) =>
    imports.flatMap(({ path }) => {
      const module = found.get(path)
      return module === undefined ? [] : [{ in: module, out: join(dirname(output), basename(path, '.cjs')) }]
    })
  )

/**
 * Bundles the programs of the form into a folder, for whoever publishes the site from there (`FORM_DIR`), and gives the
 * absolute paths of all files that went in.
 */
export const bundleForm = async (outdir: string): Promise<readonly string[]> => {
  const folder = join(repositoryRoot, 'functions/form')
  const { metafile } = await build({
    ...formOptions,
    entryPoints: Object.entries(formPrograms).map(([program, file]) => ({
      in: join(folder, `${program}.ts`),
      out: file.replace(/\.js$/, '')
    })),
    absWorkingDir: repositoryRoot,
    outdir,
    metafile: true,
    logLevel: 'silent'
  })
  return Object.keys(metafile.inputs).map(path => resolve(repositoryRoot, path))
}

const publishesForm = (name: FunctionName): boolean => functionOf(name).settings.includes('FORM_DIR')
