import { demonstrationDate, loadDemonstration } from '../data/demonstration/load.ts'
import { demonstrationRules, replay } from '../data/demonstration/replay.ts'
import { assess } from '../functions/core/assess.ts'
import { medianOf, processorTimeOf } from './processor-time.ts'
import { eta } from './templates/eta.ts'
import { hono } from './templates/hono.ts'
import { ours } from './templates/ours.ts'
import { preact } from './templates/preact.ts'
import type { Table, TableRenderer } from './templates/table.ts'

/**
 * The tagged literals of the site beside template libraries: the table of milestones of the twelve projects of the
 * demonstration (about thirty rows of eight cells), from the same words, to the same bytes, every word escaped. In turn,
 * processor time.
 */

const rounds = 21
const warming = 20
const tablesAtOnce = 600

const tables: readonly Table[] = [...replay(loadDemonstration(demonstrationRules.calendars)).values()].map(
  ({ state }) => {
    const names = new Map(state.project.milestones.map(({ id, name }) => [id, name]))
    return {
      caption: `${state.project.name}:完成日期`,
      heads: ['节点', '状态', '原计划', '现计划', '预计', '偏差', '总时差', '由何决定'],
      rows: assess(state, demonstrationDate, demonstrationRules).milestones.map(at => ({
        id: at.id,
        name: names.get(at.id) ?? at.id,
        status: at.status,
        critical: at.critical,
        original: at.originalFinish ?? '—',
        current: at.baselineFinish ?? '—',
        forecast: at.projectedFinish ?? '—',
        variance: String(at.variance?.workingDays ?? '—'),
        float: String(at.totalFloat ?? '—'),
        driver: at.drivenBy ? `${at.drivenBy.kind} <${at.drivenBy.ref}>` : '—'
      }))
    }
  }
)

const peers: Readonly<Record<string, TableRenderer>> = {
  'tagged literals of the site': ours,
  'hono/html': hono,
  'preact-render-to-string': preact,
  eta
}

/** A `>` may stand as it is in text, and some libraries leave it so. */
const unescaped = (markup: string): string =>
  markup.replaceAll('&gt;', '>').replaceAll('&lt;', '<').replaceAll('&amp;', '&')

for (const [name, render] of Object.entries(peers))
  for (const table of tables)
    if (unescaped(render(table)) !== unescaped(ours(table))) throw new Error(`${name} renders something else`)

/** Tables a second; the markup is read once, since a string that was only put together is not written yet. */
const speedOf = async (render: TableRenderer): Promise<number> => {
  let bytes = 0
  const time = await processorTimeOf(() => {
    for (let done = 0; done < tablesAtOnce; done += tables.length)
      for (const table of tables) bytes += Buffer.byteLength(render(table))
  })
  if (bytes === 0) throw new Error('nothing was rendered')
  return (1000 * tablesAtOnce) / time
}

const speeds = new Map<string, number[]>()
for (let round = -warming; round < rounds; round += 1)
  for (const [name, render] of Object.entries(peers)) {
    const speed = await speedOf(render)
    if (round >= 0) speeds.set(name, [...(speeds.get(name) ?? []), speed])
  }
const own = speeds.get('tagged literals of the site') ?? []
console.table(
  [...speeds].map(([what, all]) => ({
    what,
    'tables a second': Math.round(medianOf(all)),
    'the site as many times as fast': medianOf(all.map((speed, round) => (own[round] ?? 0) / speed)).toFixed(2)
  }))
)
