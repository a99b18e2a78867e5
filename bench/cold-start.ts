import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { dynamoAccess } from '../functions/adapters/access.ts'
import { dynamoEventLog } from '../functions/adapters/event-log.ts'
import { lateFiles } from '../lib/bundle-parts.ts'
import { bundleFunctions, bundleOptions, repositoryRoot } from '../lib/bundling.ts'
import { addCodeCache } from '../lib/code-cache/add.ts'
import { functionOf } from '../lib/functions.ts'
import { loadDemonstrationLog } from '../lib/local/demonstration.ts'
import { startEmbeddedDynamo } from '../lib/local/embedded-dynamodb.ts'
import { localTableName } from '../lib/local/local-functions.ts'
import { type TableDefinition, tables } from '../lib/tables.ts'
import { medianOf } from './processor-time.ts'

/**
 * Cold start of the API: fresh processes, in turn, each from its start to the answer of its first request, which reads the
 * history of a project from an embedded DynamoDB. What counts is processor time, which other work on the machine disturbs
 * least; the wall clock stands beside it. Beside our bundle: itself without its code cache, the same code built the usual way (ESM, not
 * minified, the SDK left to the runtime), the SDK alone with the same two requests (bundled and configured as ours is) and Node's own HTTP
 * with them, each without a code cache and with one, and a handler that does nothing. All are loaded by the same few lines.
 */

const rounds = Number(process.argv[2] ?? 30)
const run = promisify(execFile)

const folder = await mkdtemp(join(tmpdir(), 'tracker-cold-'))
const dynamo = await startEmbeddedDynamo(join(folder, 'dynamodb'))
await loadDemonstrationLog(dynamoEventLog(dynamo.client, localTableName('log')))
const { token } = await dynamoAccess(dynamo.client, localTableName('access')).issue(
  { role: 'admin', name: 'bench', projects: [] },
  new Date().toISOString()
)

const [ours] = await bundleFunctions(join(folder, 'ours'), ['api'])
const usual = join(folder, 'usual')
const usualBuild = await build({
  entryPoints: [join(repositoryRoot, functionOf('api').entry)],
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  external: ['@aws-sdk/*', '@smithy/*'],
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);"
  },
  outfile: join(usual, 'index.mjs'),
  metafile: true,
  logLevel: 'silent'
})
await symlink(join(repositoryRoot, 'node_modules'), join(usual, 'node_modules'))
/** A handler bundled as ours is, alone and with a code cache of its own. */
const floor = async (name: 'sdk-alone' | 'bare-calls', cached: boolean): Promise<string> => {
  const place = join(folder, `${name}${cached ? '-cached' : ''}`)
  const file = join(place, 'index.cjs')
  await build({
    ...bundleOptions,
    plugins: [...bundleOptions.plugins, lateFiles(new Map())],
    entryPoints: [join(import.meta.dirname, 'cold', `${name}.ts`)],
    sourcemap: false,
    outfile: file,
    logLevel: 'silent'
  })
  if (cached) await addCodeCache('api', place, bundleOptions)
  return file
}
const empty = join(folder, 'empty')
await mkdir(empty)
await writeFile(join(empty, 'index.cjs'), 'exports.handler = async () => ({ statusCode: 200 })\n')

const event = {
  version: '2.0',
  rawPath: '/v1/projects/no39-north/history',
  headers: { authorization: `Bearer ${token}` },
  requestContext: {
    http: { method: 'GET', path: '/v1/projects/no39-north/history', sourceIp: '127.0.0.1' },
    requestId: 'bench'
  },
  isBase64Encoded: false
}
const runner = join(folder, 'runner.mjs')
await writeFile(
  runner,
  `const { handler } = await import(process.argv[2])
const { statusCode } = await handler(${JSON.stringify(event)}, {})
// Of the whole process, from its beginning.
const { user, system } = process.cpuUsage()
console.log(JSON.stringify({ statusCode, processor: (user + system) / 1000, wall: performance.now() }))
process.exit()
`
)

const env = {
  PATH: process.env.PATH,
  AWS_REGION: 'local',
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  DYNAMODB_ENDPOINT: dynamo.endpoint,
  FIXED_DATE: '2021-06-21',
  ...Object.fromEntries(
    Object.entries<TableDefinition>(tables).map(([table, { variable }]) => [variable, localTableName(table)])
  )
}
const variants = {
  ours: ours?.file ?? '',
  'without code cache': join(dirname(ours?.file ?? ''), 'bundle.cjs'),
  usual: join(usual, 'index.mjs'),
  'SDK alone': await floor('sdk-alone', false),
  'SDK alone, code cache': await floor('sdk-alone', true),
  'bare calls': await floor('bare-calls', false),
  'bare calls, code cache': await floor('bare-calls', true),
  empty: join(empty, 'index.cjs')
}
type Variant = keyof typeof variants

interface Times {
  readonly processor: number
  readonly wall: number
}

const once = async (variant: Variant): Promise<Times> => {
  const { stdout } = await run(process.execPath, [runner, variants[variant]], { env })
  const { statusCode, ...times } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
  if (statusCode !== 200) throw new Error(`${variant} answered ${statusCode}\n${stdout}`)
  return times
}

const names = Object.keys(variants) as Variant[]
const all = new Map<Variant, Times[]>(names.map(name => [name, []]))
for (let round = -2; round < rounds; round += 1)
  for (const variant of names) {
    const times = await once(variant)
    if (round >= 0) all.get(variant)?.push(times)
  }

const timesOf = (variant: Variant, of: keyof Times): readonly number[] =>
  all.get(variant)?.map(times => times[of]) ?? []
const ratio = (a: Variant, b: Variant, of: keyof Times): string => {
  const others = timesOf(b, of)
  const ratios = timesOf(a, of)
    .map((time, i) => time / (others[i] ?? Number.NaN))
    .toSorted((x, y) => x - y)
  return `${medianOf(ratios).toFixed(2)} (${ratios[0]?.toFixed(2)} to ${ratios.at(-1)?.toFixed(2)})`
}
const usualBytes = Object.values(usualBuild.metafile.outputs)[0]?.bytes ?? 0
const sizes: Readonly<Partial<Record<Variant, string>>> = {
  ours: `${((ours?.bytes ?? 0) / 1000).toFixed(0)} kB`,
  usual: `${(usualBytes / 1000).toFixed(0)} kB and the SDK`
}
console.table(
  names.map(what => ({
    what,
    size: sizes[what] ?? '',
    'processor, ms': medianOf(timesOf(what, 'processor')).toFixed(0),
    'wall, ms': medianOf(timesOf(what, 'wall')).toFixed(0)
  }))
)
const pairs = [
  ['ours', 'usual', '0.65 at most'],
  ['without code cache', 'usual', ''],
  ['ours', 'empty', '3.0 at most'],
  ['SDK alone', 'empty', ''],
  ['SDK alone, code cache', 'empty', ''],
  ['bare calls', 'empty', ''],
  ['bare calls, code cache', 'empty', '']
] as const
console.table(
  pairs.map(([a, b, goal]) => ({
    ratio: `${a} : ${b}`,
    'processor, of pairs, median (least to greatest)': ratio(a, b, 'processor'),
    'wall, the same': ratio(a, b, 'wall'),
    goal
  }))
)

await dynamo.stop()
await rm(folder, { recursive: true })
