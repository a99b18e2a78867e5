import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { dynamoAccess } from '../functions/adapters/access.ts'
import { dynamoEventLog } from '../functions/adapters/event-log.ts'
import { bundleFunctions, repositoryRoot } from '../lib/bundling.ts'
import { functionOf } from '../lib/functions.ts'
import { loadDemonstrationLog } from '../lib/local/demonstration.ts'
import { startEmbeddedDynamo } from '../lib/local/embedded-dynamodb.ts'
import { localTableName } from '../lib/local/local-functions.ts'
import { type TableDefinition, tables } from '../lib/tables.ts'

/**
 * Cold start of the API: fresh processes, in turn, each from its start to the answer of its first request, which reads the
 * history of a project from an embedded DynamoDB. What counts is processor time, which other work on the machine disturbs
 * least; waiting for the engine is left out. Beside our bundle the same code built the usual way (ESM, not minified, the SDK left
 * to the runtime), and a handler that does nothing.
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
const empty = join(folder, 'empty')
await mkdir(empty)
await writeFile(join(empty, 'index.cjs'), 'exports.handler = async () => ({ statusCode: 200 })\n')

const event = {
  version: '2.0',
  rawPath: '/v1/projects/no39-north/history',
  headers: { authorization: `Bearer ${token}` },
  requestContext: { http: { method: 'GET', path: '/v1/projects/no39-north/history' }, requestId: 'bench' },
  isBase64Encoded: false
}
const runner = join(folder, 'runner.mjs')
await writeFile(
  runner,
  `const { handler } = await import(process.argv[2])
const { statusCode } = await handler(${JSON.stringify(event)}, {})
// Of the whole process, from its beginning.
const { user, system } = process.cpuUsage()
console.log(JSON.stringify({ statusCode, milliseconds: (user + system) / 1000 }))
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
  usual: join(usual, 'index.mjs'),
  empty: join(empty, 'index.cjs')
}
type Variant = keyof typeof variants

const once = async (variant: Variant): Promise<number> => {
  const { stdout } = await run(process.execPath, [runner, variants[variant]], { env })
  const { statusCode, milliseconds } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
  if (statusCode !== 200) throw new Error(`${variant} answered ${statusCode}`)
  return milliseconds
}

const times: Record<Variant, number[]> = { ours: [], usual: [], empty: [] }
for (let round = -2; round < rounds; round += 1)
  for (const variant of Object.keys(variants) as Variant[]) {
    const milliseconds = await once(variant)
    if (round >= 0) times[variant].push(milliseconds)
  }

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0
const ratio = (a: Variant, b: Variant): string => {
  const ratios = times[a].map((time, i) => time / (times[b][i] ?? Number.NaN)).toSorted((x, y) => x - y)
  return `${median(ratios).toFixed(2)} (${ratios[0]?.toFixed(2)} to ${ratios.at(-1)?.toFixed(2)})`
}
const usualBytes = Object.values(usualBuild.metafile.outputs)[0]?.bytes ?? 0
console.table([
  {
    what: 'API bundle',
    size: `${((ours?.bytes ?? 0) / 1000).toFixed(0)} kB`,
    median: `${median(times.ours).toFixed(0)} ms`
  },
  {
    what: 'built the usual way',
    size: `${(usualBytes / 1000).toFixed(0)} kB and the SDK`,
    median: `${median(times.usual).toFixed(0)} ms`
  },
  { what: 'empty handler', size: '', median: `${median(times.empty).toFixed(0)} ms` }
])
console.table([
  { ratio: 'ours : usual', 'of pairs, median (least to greatest)': ratio('ours', 'usual'), goal: '0.65 at most' },
  { ratio: 'ours : empty', 'of pairs, median (least to greatest)': ratio('ours', 'empty'), goal: '3.0 at most' }
])

await dynamo.stop()
await rm(folder, { recursive: true })
