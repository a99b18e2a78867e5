import { Agent, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { type DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb'
import { demonstrationDate } from '../data/demonstration/load.ts'
import { demonstrationRules } from '../data/demonstration/replay.ts'
import { clockOf } from '../functions/adapters/clock.ts'
import { documentClient } from '../functions/adapters/dynamo.ts'
import { memoryEventLog } from '../functions/adapters/event-log.memory.ts'
import { rememberingEventLog } from '../functions/adapters/event-log.remembered.ts'
import { dynamoEventLog } from '../functions/adapters/event-log.ts'
import { assess, assessWithForecast } from '../functions/core/assess.ts'
import { dateInShanghai } from '../functions/core/dates.ts'
import { decide } from '../functions/core/decide.ts'
import type { EventLog } from '../functions/core/ports.ts'
import type { TrackedProject } from '../functions/core/state.ts'
import { execute } from '../functions/flows/execute.ts'
import { loadDemonstrationLog } from '../lib/local/demonstration.ts'
import { localTableName } from '../lib/local/local-functions.ts'
import { medianOf, processorTimeOf } from './processor-time.ts'
import { startEngine } from './warm/engine.ts'

/**
 * Processor time of one report in a warm process: the command over an embedded DynamoDB, beside the SDK alone with the
 * same Query and the same Put, and bare HTTP calls with the same bytes, block after block in turn. Each has an engine of its own, in
 * a process of its own. There is no TLS, which all three would pay alike.
 */

const blocks = Number(process.argv[2] ?? 20)
const reportsOfBlock = 48
/** Blocks that are not counted: V8 takes a thousand reports to settle. */
const warming = -12
const project = 'shiyan-primary-complex'
const by = { id: 'bench', role: 'admin' } as const
const clock = clockOf(demonstrationDate)

const engines = await Promise.all([startEngine(), startEngine(), startEngine(), startEngine(), startEngine()])
const [recorded, tracked, forFirst, forSdk, forBare] = engines
if (!recorded || !tracked || !forFirst || !forSdk || !forBare) throw new Error('five engines')

/** What a tracker beside the one on the clock sent in this block: commands for the SDK, and their bytes. */
const commands: { readonly kind: 'query' | 'put'; readonly input: object }[] = []
const sent: { readonly target: string; readonly body: string }[] = []

const report = async (log: EventLog, note: string): Promise<TrackedProject> => {
  const done = await execute(
    { project, command: { type: 'report-no-change', note }, by },
    { log, rules: demonstrationRules, clock }
  )
  if (done.type !== 'accepted' || !done.commit) throw new Error(`a report was ${done.type}`)
  return done.state
}

const watched = (client: DynamoDBDocumentClient): DynamoDBDocumentClient => {
  client.middlewareStack.add(
    next => async args => {
      commands.push({ kind: 'Item' in args.input ? 'put' : 'query', input: args.input })
      return next(args)
    },
    { step: 'initialize', priority: 'high' }
  )
  client.middlewareStack.add(
    next => async args => {
      // What is sent is a request of HTTP, which the types of a middleware leave open.
      const { headers, body } = args.request as { headers: Record<string, string>; body: string | Uint8Array }
      sent.push({
        target: headers['x-amz-target'] ?? '',
        body: typeof body === 'string' ? body : new TextDecoder().decode(body)
      })
      return next(args)
    },
    { step: 'finalizeRequest', priority: 'low' }
  )
  return client
}

const recordedLog = rememberingEventLog(dynamoEventLog(watched(documentClient(recorded)), localTableName('log')))
const trackerLog = rememberingEventLog(dynamoEventLog(documentClient(tracked), localTableName('log')))
/** Loads every time as a process does that meets the project for the first time. */
const firstLog = dynamoEventLog(documentClient(forFirst), localTableName('log'))
const sdk = documentClient(forSdk)
const agent = new Agent({ keepAlive: true })
const bareCall = ({ target, body }: (typeof sent)[number]): Promise<string> =>
  new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': target,
      authorization:
        'AWS4-HMAC-SHA256 Credential=local/20210621/local/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
      'x-amz-date': '20210621T000000Z'
    }
    const call = request(forBare.endpoint, { method: 'POST', agent, headers }, answer => resolve(text(answer)))
    call.on('error', reject)
    call.end(body)
  })

const variants = {
  tracker: async (block: number) => {
    for (let i = 0; i < reportsOfBlock; i += 1) await report(trackerLog, `第${block}-${i}次`)
  },
  first: async (block: number) => {
    for (let i = 0; i < reportsOfBlock; i += 1) await report(firstLog, `第${block}-${i}次`)
  },
  sdk: async () => {
    for (const { kind, input } of commands)
      await (kind === 'put'
        ? sdk.send(new PutCommand(input as PutCommand['input']))
        : sdk.send(new QueryCommand(input as QueryCommand['input'])))
  },
  bare: async () => {
    for (const call of sent) {
      const answer = await bareCall(call)
      if (answer.includes('"__type"')) throw new Error(answer)
    }
  }
}
type Variant = keyof typeof variants

const times: Record<Variant, number[]> = { tracker: [], first: [], sdk: [], bare: [] }
for (let block = warming; block < blocks; block += 1) {
  commands.length = 0
  sent.length = 0
  for (let i = 0; i < reportsOfBlock; i += 1) await report(recordedLog, `第${block}-${i}次`)
  for (const variant of ['tracker', 'first', 'sdk', 'bare'] as const) {
    const time = await processorTimeOf(() => variants[variant](block))
    if (block >= 0) times[variant].push(time / reportsOfBlock)
  }
}
const perReport = { queries: 0, puts: 0, bytes: 0 }
for (const { target, body } of sent) {
  if (target.endsWith('PutItem')) perReport.puts += 1 / reportsOfBlock
  else perReport.queries += 1 / reportsOfBlock
  if (target.endsWith('PutItem')) perReport.bytes += Buffer.byteLength(body) / reportsOfBlock
}

/** The same command on a log in memory, which is the same code but for the table; and single steps of it. */
const memory = memoryEventLog()
await loadDemonstrationLog(memory)
const remembered = rememberingEventLog(memory)
const loaded = async (log: EventLog): Promise<TrackedProject> => {
  const { state } = await log.load(project)
  if (state.status === 'unregistered') throw new Error('no project')
  return state
}
const state = await loaded(memory)
const today = dateInShanghai(clock.now())
const parts: Readonly<Record<string, () => Promise<unknown>>> = {
  'the whole command on a log in memory': () => report(remembered, '无变化'),
  'the same, of a project met for the first time': () => report(memory, '无变化'),
  'of it: load of what the process knows': () => loaded(remembered),
  'of it: load for the first time (decode and fold)': () => loaded(memory),
  'of it: decide, with the assessment that finds flags': async () =>
    decide({ type: 'report-no-change', note: '无变化' }, state, demonstrationRules, today),
  'of that: assess': async () => assess(state, today, demonstrationRules),
  'of the answer: assessment with forecast and float paths': async () =>
    assessWithForecast(state, today, demonstrationRules)
}
const partTimes = new Map<string, number[]>(Object.keys(parts).map(name => [name, []]))
for (let block = warming; block < blocks; block += 1)
  for (const [name, part] of Object.entries(parts)) {
    const time = await processorTimeOf(async () => {
      for (let i = 0; i < reportsOfBlock; i += 1) await part()
    })
    if (block >= 0) partTimes.get(name)?.push(time / reportsOfBlock)
  }

const milliseconds = (values: readonly number[]) => Number(medianOf(values).toFixed(3))
const ratios = (a: Variant, b: Variant) => {
  const all = times[a].map((time, i) => time / (times[b][i] ?? Number.NaN))
  const [least, most] = [Math.min(...all), Math.max(...all)].map(value => value.toFixed(1))
  return `${medianOf(all).toFixed(1)} (${least} to ${most})`
}
console.log('A report in a warm process, processor time, median of blocks')
console.table({
  'tracker (load, decide, append)': { 'ms a report': milliseconds(times.tracker) },
  'the same, of a project met for the first time': { 'ms a report': milliseconds(times.first) },
  'the SDK alone, same Query and Put': { 'ms a report': milliseconds(times.sdk) },
  'bare HTTP calls, same bytes': { 'ms a report': milliseconds(times.bare) }
})
console.table([
  { ratio: 'tracker : bare calls', 'of blocks, median (least to most)': ratios('tracker', 'bare'), goal: '5 at most' },
  {
    ratio: 'met for the first time : bare calls',
    'of blocks, median (least to most)': ratios('first', 'bare'),
    goal: ''
  },
  { ratio: 'the SDK alone : bare calls', 'of blocks, median (least to most)': ratios('sdk', 'bare'), goal: '' }
])
console.log('Our own part of it')
console.table(
  Object.fromEntries([...partTimes].map(([name, values]) => [name, { 'ms a report': milliseconds(values) }]))
)
console.log(
  `a report sent ${perReport.queries.toFixed(2)} Query and ${perReport.puts.toFixed(2)} Put; a Put has ${Math.round(perReport.bytes)} bytes of JSON in the mean, the state of every sixteenth commit included`
)
for (const { stop } of engines) stop()
sdk.destroy()
agent.destroy()
process.exit()
