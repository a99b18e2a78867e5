import { memoryStateStore } from '../functions/adapters/state-store.memory.ts'
import type { EventLog, StateStore } from '../functions/core/ports.ts'
import { publishAll, publishProjects } from '../functions/flows/publish.ts'
import { openApiDocument } from '../functions/http/openapi.ts'
import { routes } from '../functions/http/routes.ts'
import { hashingStore } from './hashing-store.ts'
import { bureauLog, idOf, publishing, summaryAt } from './large-bureau.ts'
import { processorTimeOf } from './processor-time.ts'

/** What publishing costs as the number of projects grows: the whole site, and one report. */

/** A bureau of so many projects whose log is counted. */
const bureauOf = (count: number) => {
  const loads: string[] = []
  const log: EventLog = {
    ...bureauLog,
    commits: (id, range) => {
      loads.push(id)
      return bureauLog.commits(id, range)
    }
  }
  const store: StateStore = {
    ...memoryStateStore(),
    list: async (_filter, limit, cursor) => {
      const start = Number(cursor ?? '0')
      const summaries = Array.from({ length: Math.min(limit, count - start) }, (_, i) => summaryAt(start + i))
      return { summaries, ...(start + limit < count ? { cursor: String(start + limit) } : {}) }
    }
  }
  const { pages, counts } = hashingStore({ keeps: path => /index\.json$|^data\/projects\/p000000/.test(path) })
  return { deps: { ...publishing, log, store, pages }, counts, loads }
}

const rows = []
for (const count of (process.argv[2] ?? '12,300,1000').split(',').map(Number)) {
  const { deps, counts, loads } = bureauOf(count)
  const begun = performance.now()
  const whole = await processorTimeOf(() => publishAll(openApiDocument(routes), deps))
  const wall = performance.now() - begun
  const before = { ...counts, loads: loads.length }
  const one = await processorTimeOf(() => publishProjects([idOf(0)], deps))
  rows.push({
    projects: count,
    'whole site, s': (whole / 1000).toFixed(1),
    'wall, s': (wall / 1000).toFixed(1),
    'ms a project': (whole / count).toFixed(1),
    files: before.written,
    MB: (before.bytes / 1e6).toFixed(0),
    'peak RSS, MB': Math.round(process.resourceUsage().maxRSS / 1000),
    'one report, ms': one.toFixed(0),
    'its loads / reads / puts': [
      loads.length - before.loads,
      counts.reads - before.reads,
      counts.puts - before.puts
    ].join(' / ')
  })
}
console.table(rows)
