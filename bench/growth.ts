import type { DynamoDBDocumentClient, ScanCommand, ScanCommandOutput } from '@aws-sdk/lib-dynamodb'
import { memoryStateStore } from '../functions/adapters/state-store.memory.ts'
import { dynamoStateStore } from '../functions/adapters/state-store.ts'
import { assess } from '../functions/core/assess.ts'
import type { StateStore } from '../functions/core/ports.ts'
import type { SiteEntry, SitePart } from '../functions/core/site-entry.ts'
import { describedPart, divided, wholeAtMost } from '../functions/core/site-part.ts'
import { loadProject } from '../functions/flows/load-project.ts'
import { publishProjects } from '../functions/flows/publish.ts'
import { reviewDue } from '../functions/flows/review.ts'
import { partFile, siteIndexFile } from '../functions/flows/site-index.ts'
import { hashingStore } from './hashing-store.ts'
import { bureauDate, bureauLog, idOf, publishing, summaryAt } from './large-bureau.ts'
import { medianOf, processorTimeOf } from './processor-time.ts'

/**
 * What a review, a list and a publication cost as a bureau grows while as many projects are due, shown or changed as ever.
 * The changed ones stand in as many parts of the site as there are. Tables and the published site are made when they are read,
 * so that the memory is that of what is measured.
 */

const touched = 50
const rounds = 9

/** Numbers of {@link touched} projects, evenly over all. */
const touchedOf = (count: number): readonly number[] =>
  Array.from({ length: Math.min(count, touched) }, (_, i) => Math.floor((i * count) / Math.min(count, touched)))

const reviewOf = async (count: number) => {
  const due = touchedOf(count).map(idOf)
  const store: StateStore = {
    ...memoryStateStore(),
    put: async () => 'stored',
    due: async function* () {
      for (let index = 0; index < count; index += 1) if (due.includes(idOf(index))) yield idOf(index)
    }
  }
  const times: number[] = []
  for (let round = -3; round < rounds; round += 1) {
    const time = await processorTimeOf(() => reviewDue({ ...publishing, log: bureauLog, store }))
    if (round >= 0) times.push(time / due.length)
  }
  return medianOf(times)
}

/** The first page of a list, from a table that hands out what a scan asks for. */
const listOf = async (count: number) => {
  let read = 0
  const send = async ({ input }: ScanCommand): Promise<Pick<ScanCommandOutput, 'Items'>> => {
    const Items = Array.from({ length: Math.min(count, input.Limit ?? count) }, (_, index) => ({
      project: idOf(index),
      summary: JSON.stringify(summaryAt(index))
    }))
    read += Items.length
    return { Items }
  }
  const { list } = dynamoStateStore({ send } as unknown as DynamoDBDocumentClient, 'state')
  const times: number[] = []
  for (let round = -3; round < rounds; round += 1) {
    read = 0
    const time = await processorTimeOf(() => list({}, touched))
    if (round >= 0) times.push(time / Math.min(count, touched))
  }
  return { time: medianOf(times), read }
}

/** What the published site says of each project. */
const entriesAt = async (): Promise<(index: number) => SiteEntry> => {
  const entries: SiteEntry[] = []
  for (let index = 0; index < 12; index += 1) {
    const loaded = await loadProject(idOf(index), bureauDate, { ...publishing, log: bureauLog, assess })
    if (loaded) entries.push(loaded.entry)
  }
  return index => {
    const entry = entries[index % entries.length]
    if (!entry) throw new Error('no entry')
    return { ...entry, summary: { ...entry.summary, ...summaryAt(index) } }
  }
}
const entryAt = await entriesAt()

/** The site of so many projects as it was published this morning. */
const publishedSite = (count: number) => {
  const numbers = Array.from({ length: count }, (_, index) => index)
  const head = { dataDate: bureauDate }
  if (count <= wholeAtMost) {
    const index = siteIndexFile({ kind: 'whole', ...head, entries: numbers.map(entryAt) })
    return hashingStore({ made: path => (path === index.path ? String(index.body) : undefined) })
  }
  const members = new Map<string, readonly number[]>()
  const parts: SitePart[] = []
  for (const [place, summaries] of divided(numbers.map(summaryAt))) {
    const indices = summaries.map(({ id }) => Number(id.slice(1)))
    members.set(place.folder, indices)
    parts.push(describedPart(place, indices.map(entryAt), bureauDate))
  }
  const index = siteIndexFile({ kind: 'divided', ...head, parts })
  return hashingStore({
    made: path => {
      if (path === index.path) return String(index.body)
      const id = /^data\/projects\/(p\d+)\.json$/.exec(path)?.[1]
      if (id !== undefined) {
        const { town, requiredBy } = summaryAt(Number(id.slice(1)))
        return JSON.stringify({ project: { id, town, requiredBy: requiredBy ?? undefined } })
      }
      const folder = path.slice(0, path.lastIndexOf('/') + 1)
      return String(partFile(folder, (members.get(folder) ?? []).map(entryAt)).body)
    }
  })
}

const publicationOf = async (count: number) => {
  const { pages, counts } = publishedSite(count)
  const deps = { ...publishing, log: bureauLog, store: memoryStateStore(), pages }
  const changed = touchedOf(count).map(idOf)
  await publishProjects(changed.slice(0, 3), deps)
  const one = await processorTimeOf(() => publishProjects(changed.slice(0, 1), deps))
  const before = { ...counts }
  const all = await processorTimeOf(() => publishProjects(changed, deps))
  return { one, each: all / changed.length, reads: counts.reads - before.reads, puts: counts.puts - before.puts }
}

const rows = []
for (const count of (process.argv[2] ?? '10,1000,100000').split(',').map(Number)) {
  const review = await reviewOf(count)
  const list = await listOf(count)
  const publication = await publicationOf(count)
  rows.push({
    projects: count,
    'due, shown, changed': touchedOf(count).length,
    'review, ms a due project': review.toFixed(2),
    'list, ms a project shown': list.time.toFixed(2),
    'items read': list.read,
    'one report published, ms': publication.one.toFixed(0),
    'all of them, ms a changed project': publication.each.toFixed(0),
    'reads / puts of the site': `${publication.reads} / ${publication.puts}`,
    'peak RSS, MB': Math.round(process.resourceUsage().maxRSS / 1000)
  })
}
console.table(rows)
