import { demonstrationDate, loadDemonstration } from '../data/demonstration/load.ts'
import { demonstrationRules } from '../data/demonstration/replay.ts'
import { sha256 } from '../functions/adapters/digest.ts'
import { memoryEventLog } from '../functions/adapters/event-log.memory.ts'
import { assess } from '../functions/core/assess.ts'
import type { EventLog, PageStore, StateStore, Summary } from '../functions/core/ports.ts'
import type { TrackedProject } from '../functions/core/state.ts'
import { summaryOf } from '../functions/core/summary.ts'
import { execute } from '../functions/flows/execute.ts'
import { publishAll, publishProjects } from '../functions/flows/publish.ts'
import { openApiDocument } from '../functions/http/openapi.ts'
import { processorTimeOf } from './processor-time.ts'

/**
 * What publishing costs as the number of projects grows: the whole site, and one report. The projects are the twelve of
 * the demonstration over and over, in towns of about a hundred; the store keeps hashes alone, so that the memory is that
 * of publishing.
 */

const perTown = 100

/** The twelve projects with their logs. */
const templates = async (): Promise<
  readonly { readonly state: TrackedProject; readonly commits: Awaited<ReturnType<EventLog['commits']>> }[]
> => {
  const log = memoryEventLog()
  let now = ''
  const deps = { log, rules: demonstrationRules, clock: { now: () => now } }
  const ids = new Set<string>()
  for (const { project, date, by, command } of loadDemonstration(demonstrationRules.calendars)) {
    now = `${date}T00:30:00.000Z`
    ids.add(project)
    await execute({ project, command, by }, deps)
  }
  return Promise.all(
    [...ids].map(async id => {
      const { state } = await log.load(id)
      if (state.status === 'unregistered') throw new Error(`${id} is not there`)
      return { state, commits: await log.commits(id) }
    })
  )
}

const made = await templates()
const today = demonstrationDate

/** A bureau of so many projects that stores nothing but what it is asked for, and counts. */
const bureauOf = (count: number) => {
  const idOf = (index: number) => `p${String(index).padStart(6, '0')}`
  const counts = { loads: 0, lists: 0, reads: 0, puts: 0, written: 0, bytes: 0 }
  const at = (id: string) => {
    const index = Number(id.slice(1))
    const template = made[index % made.length]
    if (!template) throw new Error('no template')
    const project = { ...template.state.project, id, town: `镇${Math.floor(index / perTown)}` }
    return template.commits.map(commit => ({
      ...commit,
      project: id,
      events: commit.events.map(event => (event.type === 'project-registered' ? { ...event, project } : event))
    }))
  }
  const summaries = made.map(({ state }) => summaryOf(state, assess(state, today, demonstrationRules)))
  const log: EventLog = {
    ...memoryEventLog(),
    commits: async id => {
      counts.loads += 1
      return at(id)
    }
  }
  const store: Pick<StateStore, 'list'> = {
    list: async (_filter, limit, cursor) => {
      counts.lists += 1
      const start = Number(cursor ?? '0')
      const page = Array.from({ length: Math.min(limit, count - start) }, (_, i): Summary => {
        const index = start + i
        const summary = summaries[index % summaries.length]
        if (!summary) throw new Error('no summary')
        return { ...summary, id: idOf(index), town: `镇${Math.floor(index / perTown)}` }
      })
      return { summaries: page, ...(start + limit < count ? { cursor: String(start + limit) } : {}) }
    }
  }
  const hashes = new Map<string, string>()
  const kept = new Map<string, string>()
  const pages: PageStore = {
    put: async ({ path, body }) => {
      counts.puts += 1
      const hash = sha256(body)
      if (hashes.get(path) === hash) return 'unchanged'
      hashes.set(path, hash)
      // Only what publishing itself reads again.
      if (typeof body === 'string' && /index\.json$|^data\/projects\/p000000/.test(path)) kept.set(path, body)
      counts.written += 1
      counts.bytes += body.length
      return 'written'
    },
    read: async path => {
      counts.reads += 1
      return kept.get(path)
    },
    remove: async path => {
      hashes.delete(path)
      kept.delete(path)
    }
  }
  const deps = {
    log,
    store: { ...store } as StateStore,
    pages,
    rules: demonstrationRules,
    clock: { now: () => `${today}T01:00:00.000Z` },
    demonstrationClock: true,
    form: async () => ({ first: '', page: '', worker: '' })
  }
  return { deps, counts, first: idOf(0) }
}

const rows = []
for (const count of (process.argv[2] ?? '12,300,1000').split(',').map(Number)) {
  const { deps, counts, first } = bureauOf(count)
  const whole = await processorTimeOf(() => publishAll(openApiDocument(), deps))
  const written = counts.written
  const before = { ...counts }
  const one = await processorTimeOf(() => publishProjects([first], deps))
  rows.push({
    projects: count,
    'whole site, s': (whole / 1000).toFixed(1),
    'ms a project': (whole / count).toFixed(1),
    files: written,
    MB: (before.bytes / 1e6).toFixed(0),
    'peak RSS, MB': Math.round(process.resourceUsage().maxRSS / 1000),
    'one report, ms': one.toFixed(0),
    'its loads / reads / puts': [
      counts.loads - before.loads,
      counts.reads - before.reads,
      counts.puts - before.puts
    ].join(' / ')
  })
}
console.table(rows)
