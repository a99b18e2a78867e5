import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { demonstrationDate } from '../data/demonstration/load.ts'
import { dynamoAccess } from '../functions/adapters/access.ts'
import { sha256 } from '../functions/adapters/digest.ts'
import { dynamoEventLog } from '../functions/adapters/event-log.ts'
import { uploadKey } from '../functions/adapters/photo-store.shared.ts'
import { photoName } from '../functions/core/photo.ts'
import { bundleForm } from '../lib/bundling.ts'
import type { FunctionName } from '../lib/functions.ts'
import { loadDemonstrationLog } from '../lib/local/demonstration.ts'
import { startEmbeddedDynamo } from '../lib/local/embedded-dynamodb.ts'
import { localTableName } from '../lib/local/local-functions.ts'
import { type TableDefinition, tables } from '../lib/tables.ts'
import { billOf } from './cost/bill.ts'
import { none, type Requests, startCounter, sum, times } from './cost/count.ts'
import { american, chinese, type Item, type PriceList, units } from './cost/prices.ts'
import { openProjectServer } from './cost/server.ts'
import { monthly, photosOfReport, usageOf } from './cost/usage.ts'

/**
 * What the tracker costs a month: requests counted on the functions themselves, with the demonstration in an embedded
 * DynamoDB, times how often a bureau causes them, times list prices of two regions, in their currencies;
 * beside an always-on server.
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
  PHOTO_BUCKET: 'photos',
  AWS_ACCESS_KEY_ID: 'bench',
  AWS_SECRET_ACCESS_KEY: 'bench',
  FORM_DIR: join(folder, 'form'),
  NOTICE_FILE: join(folder, 'notices.jsonl'),
  POWERTOOLS_METRICS_DISABLED: 'true',
  POWERTOOLS_LOG_LEVEL: 'ERROR',
  ...Object.fromEntries(
    Object.entries<TableDefinition>(tables).map(([table, { variable }]) => [variable, localTableName(table)])
  )
})

const counter = startCounter()
const ask = (method: string, path: string, body?: unknown, process?: 'new' | 'same') =>
  counter.run(
    'api',
    {
      version: '2.0',
      rawPath: path,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      requestContext: { http: { method, path, sourceIp: '127.0.0.1' }, requestId: 'bench' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      isBase64Encoded: false
    },
    process
  )
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

/** A picture with bytes of its own, of the first bytes that tell its type. */
const photograph = (at: number) => {
  const bytes = Uint8Array.from([0xff, 0xd8, 0xff, 0xdb, at])
  const thumbnail = Uint8Array.from([...bytes, 1])
  return { bytes, thumbnail, name: sha256(bytes), thumbnailName: sha256(thumbnail) }
}

/** Asks where a photograph may be uploaded, and uploads it with its thumbnail. */
const uploaded = async ({ bytes, thumbnail, name, thumbnailName }: ReturnType<typeof photograph>) => {
  const offer = await ask('POST', `/v1/projects/${chosen}/photos`, {
    sha256: name,
    bytes: bytes.byteLength,
    contentType: 'image/jpeg',
    thumbnail: { sha256: thumbnailName, bytes: thumbnail.byteLength }
  })
  const put = (part: 'photo' | 'thumbnail', body: Uint8Array) =>
    counter.upload(uploadKey({ project: chosen, name: photoName(name, part) }), body, 'image/jpeg')
  return sum([offer, put('photo', bytes), put('thumbnail', thumbnail)])
}

/** What a report asks by itself, and with all that follows it to the last page. */
const reported = async (body: unknown) => {
  const request = await ask('POST', `/v1/projects/${chosen}/reports`, body)
  const event = await changed(chosen)
  const followers = [
    await counter.run('project-state', event),
    await counter.run('send-notices', event),
    await counter.run('publish-status', event)
  ]
  return { request, whole: sum([request, ...followers]) }
}

const mean = (all: readonly Requests[]): Requests => times(sum(all), 1 / all.length)

// Sixteen reports: one of them carries the state along.
const plain = await Array.fromAsync({ length: 16 }, (_, index) =>
  reported({ noChange: true, note: `第${index + 1}次` })
)
const report = mean(plain.map(({ whole }) => whole))
const reading = await ask('GET', `/v1/projects/${chosen}`)
const remembered = await Array.fromAsync({ length: 2 }, () => ask('GET', `/v1/projects/${chosen}`, undefined, 'same'))
// Mornings before there are photographs: how often these are looked at depends on how many a bureau takes.
const perProject = async (name: FunctionName) => times(await counter.run(name, {}), 1 / projects.length)
const [review, publication, digests] = [
  await perProject('review-schedules'),
  await perProject('publish-status'),
  await perProject('send-digests')
]
const photos = Array.from({ length: photosOfReport }, (_, at) => photograph(at))
const uploads = await Array.fromAsync(photos, uploaded)
const pictured = await reported({
  reports: [{ milestoneId: 'V4', note: '现场照片', photos: photos.map(({ name }) => name) }]
})
// The state is carried sixteen commits apart, so this report does as the first did, but for its photographs.
const added = sum([...uploads, pictured.whole, times(plain[0]?.whole ?? none, -1)])
const operations = { report, reportWithPhotos: sum([report, added]), reading, review, publication, digests }
counter.stop()
await dynamo.stop()
await rm(folder, { recursive: true })

const rounded = (requests: Requests) =>
  Object.fromEntries(Object.entries(requests).map(([unit, n]) => [unit, Number(n.toFixed(1))]))
const requestsOfReports = plain.map(({ request }) => request)
console.table({
  'a report, to the last page': rounded(operations.report),
  'of it the request itself': rounded(mean(requestsOfReports)),
  'the same where the commit carries no state': rounded(
    requestsOfReports.toSorted((a, b) => a.writes - b.writes)[0] ?? none
  ),
  [`a report with ${photosOfReport} photographs, uploads included`]: rounded(operations.reportWithPhotos),
  'reading a project': rounded(operations.reading),
  'the same in a process that has read it before': rounded(remembered[1] ?? none),
  'the review of a morning, per project that is not due': rounded(operations.review),
  'the publication of a morning, per project': rounded(operations.publication),
  'the digests of a morning, per project': rounded(operations.digests)
})
console.log('assumed of a project and month:', JSON.stringify(monthly))

const sizes = [20, 1000, 100_000]
const usages = sizes.map(size => usageOf(size, operations))
const hoursOfMonth = 730
const money = (value: number) => value.toFixed(value < 10 ? 2 : 0)
const row = <Value>(values: readonly Value[], text: (value: Value) => string) =>
  Object.fromEntries(values.map((value, at) => [`${sizes[at]} projects`, text(value)]))

const printCosts = (list: PriceList): void => {
  const bills = usages.map(usage => billOf(usage, list))
  const { hour, disk } = openProjectServer.prices[list.currency]
  const server = hour.amount * hoursOfMonth + disk.amount * openProjectServer.disk
  console.log(`a month after a year, in ${list.currency}, at ${list.region}`)
  console.table({
    ...Object.fromEntries(
      Object.keys(bills[0]?.byService ?? {}).map(service => [
        service,
        row(bills, ({ byService }) => money(byService[service] ?? 0))
      ])
    ),
    'the tracker': row(bills, ({ total }) => money(total)),
    'of it by prices that were found': row(bills, ({ total, assumed }) => money(total - assumed)),
    'of it by bounds in place of a price': row(bills, ({ assumed }) => money(assumed)),
    'the server': row(bills, () => money(server)),
    'server : tracker': row(bills, ({ total }) => (server / total).toFixed(1))
  })
  for (const [item, { amount, source, assumed }] of Object.entries(list.prices))
    console.log(
      `  ${units[item as Item]}: ${assumed ? '≤ ' : ''}${Number(amount.toPrecision(6))} ${list.currency}; ${source}`
    )
  console.log(`  the server, an hour: ${hour.amount.toFixed(4)} ${list.currency}; ${hour.source}`)
  console.log(`  its disk, a GB for a month: ${disk.amount} ${list.currency}; ${disk.source}`)
}

console.table(
  Object.fromEntries(
    Object.entries(units).map(([item, unit]) => [
      unit,
      row(usages, usage => String(Number(usage[item as Item].toPrecision(3))))
    ])
  )
)
const { what, instance, requirement, leftOut } = openProjectServer
console.log(`the server: ${what} on ${instance}; it asks for ${requirement}; without ${leftOut}`)
for (const list of [american, chinese]) printCosts(list)
