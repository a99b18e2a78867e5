import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { serialize } from 'node:v8'
import { demonstrationDate, loadDemonstration } from '../data/demonstration/load.ts'
import { demonstrationRules, replay } from '../data/demonstration/replay.ts'
import { memoryEventLog } from '../functions/adapters/event-log.memory.ts'
import { itemOfSnapshot } from '../functions/adapters/state-store.shared.ts'
import { assessWithForecast } from '../functions/core/assess.ts'
import { courseOf } from '../functions/core/course.ts'
import { assessmentRuns, forecastOf } from '../functions/core/forecast.ts'
import { snapshotOf } from '../functions/core/snapshot.ts'
import type { TrackedProject } from '../functions/core/state.ts'
import { stepsOf } from '../functions/core/steps.ts'
import { execute } from '../functions/flows/execute.ts'
import { projectFiles } from '../functions/pages/site.ts'
import { perSecond } from './per-second.ts'
import { scheduledProjects } from './taskjuggler/projects.ts'

/**
 * How much one core does in a second, in processor time: stored items decoded and
 * brought to their summary or their whole assessment, beside JSON.parse of the same texts; simulation runs, pages. The projects are
 * plans of fifteen milestones, and the twelve of the demonstration (about thirty, with a year of reports).
 */

const plans = async (): Promise<readonly TrackedProject[]> => {
  const deps = {
    log: memoryEventLog(),
    rules: demonstrationRules,
    clock: { now: () => `${demonstrationDate}T01:00:00.000Z` }
  }
  const states: TrackedProject[] = []
  for (const project of scheduledProjects(100)) {
    const command = { type: 'register-project', project, baseline: {} } as const
    const done = await execute({ project: project.id, command, by: { id: 'bench', role: 'admin' } }, deps)
    if (done.type === 'accepted') states.push(done.state)
  }
  return states
}

const run = promisify(execFile)
const folder = await mkdtemp(join(tmpdir(), 'tracker-items-'))

const replayed = [...replay(loadDemonstration(demonstrationRules.calendars)).values()]
const seal = { previousHash: '0'.repeat(64), hash: 'f'.repeat(64) }
const pageData = replayed.map(({ state, commits }) => ({
  state,
  assessment: assessWithForecast(state, demonstrationDate, demonstrationRules),
  course: courseOf(state, stepsOf(commits), demonstrationDate, demonstrationRules),
  commits: commits.map(commit => ({ ...commit, ...seal })).toReversed(),
  neighbours: {}
}))

/** Each kind of work in a process of its own: one that has met objects of two shapes is slower with both. */
const inItsOwn = async (file: string, work: 'decoded' | 'summarised' | 'assessed'): Promise<number> => {
  const { stdout } = await run(process.execPath, [join(import.meta.dirname, 'items.ts'), file, work])
  return Number(stdout)
}

const engine = async (states: readonly TrackedProject[]) => {
  const snapshots = states.map(state => snapshotOf(state, demonstrationDate, demonstrationRules))
  const items = snapshots.map(itemOfSnapshot)
  const texts = snapshots.map(({ state, summary }) => [JSON.stringify(state), JSON.stringify(summary)])
  const parsed = await perSecond(items.length, () =>
    texts.forEach(both => {
      both.map(text => JSON.parse(text))
    })
  )
  const file = join(folder, 'items')
  await writeFile(file, serialize(items))
  const decoded = await inItsOwn(file, 'decoded')
  const summarised = await inItsOwn(file, 'summarised')
  const assessed = await inItsOwn(file, 'assessed')
  const besideDecoding = (whole: number) => ((1 / whole - 1 / decoded) * decoded).toFixed(2)
  return {
    milestones: Math.round(states.reduce((sum, { project }) => sum + project.milestones.length, 0) / states.length),
    'JSON.parse alone, a second': Math.round(parsed),
    'decoded a second': Math.round(decoded),
    'to the summary (goal 14000)': Math.round(summarised),
    'to the assessment': Math.round(assessed),
    'summary : decoding (goal 1.0)': besideDecoding(summarised),
    'assessment : decoding': besideDecoding(assessed)
  }
}

const running = replayed.map(({ state }) => state)
console.table({
  'plans of fifteen milestones': await engine(await plans()),
  'the demonstration': await engine(running)
})
console.table({
  'simulation runs': Math.round(
    await perSecond(running.length * assessmentRuns, () =>
      running.forEach(state => {
        forecastOf(state, demonstrationDate, demonstrationRules)
      })
    )
  ),
  'pages and JSON of projects': Math.round(
    await perSecond(pageData.length * 3, () =>
      pageData.forEach(data => {
        projectFiles(data)
      })
    )
  )
})
await rm(folder, { recursive: true })
