import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { demonstrationDate } from '../data/demonstration/load.ts'
import { dynamoAccess } from '../functions/adapters/access.ts'
import { dynamoEventLog } from '../functions/adapters/event-log.ts'
import { bundleForm } from '../lib/bundling.ts'
import { type FunctionName, functionOf } from '../lib/functions.ts'
import { loadDemonstrationLog } from '../lib/local/demonstration.ts'
import { startEmbeddedDynamo } from '../lib/local/embedded-dynamodb.ts'
import { localTableName } from '../lib/local/local-functions.ts'
import { type TableDefinition, tables } from '../lib/tables.ts'
import { none, type Requests, startCounter, sum, times } from './cost/count.ts'
import { prices } from './cost/prices.ts'
import { chinesePrices, openProjectServer } from './cost/server.ts'

/**
 * What the tracker costs a month: requests counted on the functions themselves, with the demonstration in an embedded
 * DynamoDB, times how often a bureau causes them, times list prices; beside an always-on server.
 */

const folder = await mkdtemp(join(tmpdir(), 'tracker-cost-'))
const dynamo = await startEmbeddedDynamo(join(folder, 'dynamodb'))
const log = dynamoEventLog(dynamo.client, localTableName('log'))
const projects = await loadDemonstrationLog(log)
const { token } = await dynamoAccess(dynamo.client, localTableName('access')).issue(
  { role: 'admin', name: 'bench', projects: [] },
  new Date().toISOString()
)
await bundleForm(join(folder, 'form'))
Object.assign(process.env, {
  AWS_REGION: 'local',
  DYNAMODB_ENDPOINT: dynamo.endpoint,
  FIXED_DATE: demonstrationDate,
  SITE_BUCKET: 'bucket',
  FORM_DIR: join(folder, 'form'),
  NOTICE_FILE: join(folder, 'notices.jsonl'),
  POWERTOOLS_METRICS_DISABLED: 'true',
  POWERTOOLS_LOG_LEVEL: 'ERROR',
  ...Object.fromEntries(
    Object.entries<TableDefinition>(tables).map(([table, { variable }]) => [variable, localTableName(table)])
  )
})

const counter = startCounter()
const ask = (method: string, path: string, body?: unknown) =>
  counter.run('api', {
    version: '2.0',
    rawPath: path,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    requestContext: { http: { method, path, sourceIp: '127.0.0.1' }, requestId: 'bench' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    isBase64Encoded: false
  })
const changed = async (project: string) => {
  const { state } = await log.load(project)
  return {
    Records: [
      {
        dynamodb: {
          SequenceNumber: '1',
          Keys: { project: { S: project } },
          NewImage: { version: { N: String(state.version) } }
        }
      }
    ]
  }
}

for (const project of projects) await counter.run('project-state', await changed(project))
await counter.run('publish-status', {})

const chosen = 'shiyan-primary-complex'
const report: Requests[] = []
const requests: Requests[] = []
// Sixteen reports: one of them carries the state along.
for (let i = 0; i < 16; i += 1) {
  const written = await ask('POST', `/v1/projects/${chosen}/reports`, { noChange: true, note: `第${i + 1}次` })
  requests.push(written)
  const event = await changed(chosen)
  report.push(
    sum([
      written,
      await counter.run('project-state', event),
      await counter.run('send-notices', event),
      await counter.run('publish-status', event)
    ])
  )
}
const operations = {
  'a report, to the last page': times(sum(report), 1 / report.length),
  'of it the request itself': times(sum(requests), 1 / requests.length),
  'the same where the commit carries no state': requests.toSorted((a, b) => a.writes - b.writes)[0] ?? none,
  'reading a project': await ask('GET', `/v1/projects/${chosen}`),
  'the review of a morning, per project that is not due': times(
    await counter.run('review-schedules', {}),
    1 / projects.length
  ),
  'the publication of a morning, per project': times(await counter.run('publish-status', {}), 1 / projects.length),
  'the digests of a morning, per project': times(await counter.run('send-digests', {}), 1 / projects.length)
}
counter.stop()
await dynamo.stop()
await rm(folder, { recursive: true })

console.table(
  Object.fromEntries(
    Object.entries(operations).map(([name, requests]) => [
      name,
      Object.fromEntries(Object.entries(requests).map(([unit, n]) => [unit, Number(n.toFixed(1))]))
    ])
  )
)

/** How often a project causes what, a month. Changes that the review finds cost as much as a report. */
const monthly = { reports: 9, found: 4, reads: 20, mornings: 30.4, workingMornings: 21, pageViews: 50 }
/** Assumed: a call of a function takes so long, generously; requests of the API beside reports and reads are too few to count. */
const seconds = 0.15
/** Counted on the demonstration: a commit with its share of carried state, and the state of a project. */
const storedKb = { commit: 1.4, state: 14 }
/** Of the stack, as it is synthesised. */
const fixed = { alarms: 37, metrics: 11, dashboards: 1, secrets: 1, keys: 1 }

const memoryGb = (name: FunctionName): number => functionOf(name).memoryMb / 1024
const perReport: readonly FunctionName[] = ['api', 'project-state', 'send-notices', 'publish-status']

const costOf = (n: number) => {
  const { reports, found, reads, mornings, workingMornings, pageViews } = monthly
  const requests = times(
    sum([
      times(operations['a report, to the last page'], reports + found),
      times(operations['reading a project'], reads),
      times(operations['the review of a morning, per project that is not due'], mornings),
      times(operations['the publication of a morning, per project'], mornings),
      times(operations['the digests of a morning, per project'], workingMornings)
    ]),
    n
  )
  const invocations = n * ((reports + found) * perReport.length + reads) + mornings * 3
  const gbSeconds =
    n * seconds * ((reports + found) * perReport.reduce((gb, name) => gb + memoryGb(name), 0) + reads * memoryGb('api'))
  const commits = n * (reports + found) * 12
  const gb = (commits * storedKb.commit + n * storedKb.state) / 1e6
  const million = 1e6
  const parts = {
    DynamoDB:
      (requests.reads * prices.reads + requests.writes * prices.writes) / million +
      gb * (prices.stored + prices.recovery),
    Lambda: (invocations * prices.invocations) / million + gbSeconds * prices.gbSeconds,
    'HTTP API': (n * (reports + reads) * prices.api) / million,
    S3: (requests.puts * prices.puts + requests.gets * prices.gets) / million,
    CloudWatch:
      fixed.alarms * prices.alarm +
      fixed.metrics * prices.metric +
      fixed.dashboards * prices.dashboard +
      ((invocations * 0.5) / 1e6) * prices.logGb,
    'Secrets Manager': fixed.secrets * prices.secret,
    KMS: fixed.keys * prices.key,
    CloudFront: (Math.max(0, n * pageViews - 10e6) * prices.pageViews) / million
  }
  return { requests, invocations, parts, total: Object.values(parts).reduce((a, b) => a + b, 0) }
}

const sizes = [20, 1000, 100_000]
const costs = sizes.map(n => [`${n} projects`, costOf(n)] as const)
const column = (of: (cost: ReturnType<typeof costOf>) => number | string) =>
  Object.fromEntries(costs.map(([name, cost]) => [name, of(cost)]))
const money = (value: number) => (value < 10 ? value.toFixed(2) : value.toFixed(0))

console.log(`a month, in ${prices.currency}, at ${prices.region}: ${prices.source}`)
console.table({
  'DynamoDB reads (units)': column(({ requests }) => Math.round(requests.reads)),
  'DynamoDB writes (units)': column(({ requests }) => Math.round(requests.writes)),
  'S3 writes': column(({ requests }) => Math.round(requests.puts)),
  'S3 reads': column(({ requests }) => Math.round(requests.gets)),
  'function calls': column(({ invocations }) => Math.round(invocations)),
  ...Object.fromEntries(
    Object.keys(costs[0]?.[1].parts ?? {}).map(name => [
      name,
      column(({ parts }) => money(Object.entries(parts).find(([part]) => part === name)?.[1] ?? 0))
    ])
  ),
  together: column(({ total }) => money(total))
})

const hoursOfMonth = 730
const server = openProjectServer.price * hoursOfMonth
console.log(`${openProjectServer.what}: ${openProjectServer.requirement}; ${openProjectServer.instance}`)
console.table({
  'the tracker, USD a month': column(({ total }) => money(total)),
  'the server, USD a month': column(() => money(server)),
  'server : tracker': column(({ total }) => (server / total).toFixed(1))
})
for (const source of openProjectServer.sources) console.log(source)
console.log(
  `left out: ${openProjectServer.leftOut}; what more than 200 users or ${sizes.at(-1)} projects would ask of it`
)
console.log('In CNY: no total. Of the list of the Chinese regions only these prices were found:')
for (const price of chinesePrices.found) console.log(`  ${price}`)
console.log(`not found: ${chinesePrices.missing.join(', ')}`)
