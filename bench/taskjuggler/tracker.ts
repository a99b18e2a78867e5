import { demonstrationRules } from '../../data/demonstration/replay.ts'
import { memoryEventLog } from '../../functions/adapters/event-log.memory.ts'
import { assess, assessWithForecast } from '../../functions/core/assess.ts'
import { courseOf } from '../../functions/core/course.ts'
import { addDays } from '../../functions/core/dates.ts'
import { dateOf } from '../../functions/core/schedule.ts'
import type { TrackedProject } from '../../functions/core/state.ts'
import { stepsOf } from '../../functions/core/steps.ts'
import { execute } from '../../functions/flows/execute.ts'
import { projectFiles } from '../../functions/pages/site.ts'
import { scheduledProjects } from './projects.ts'

// Run as a process of its own by `bench/taskjuggler.ts`: registers the projects, assesses them and makes their pages; then
// once more and more in the same process, as a tracker that runs does.
const today = '2021-03-01'
const warmPasses = 8
const log = memoryEventLog()
const deps = { log, rules: demonstrationRules, clock: { now: () => `${today}T01:00:00.000Z` } }
const by = { id: 'bench', role: 'admin' } as const

/** Processor time in milliseconds since an earlier reading, or since the process began. */
const processorTime = (since?: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(since)
  return (user + system) / 1000
}

const ends: Record<string, string> = {}
const states: TrackedProject[] = []
/** All that is published of a project: its page in two languages with three charts, and JSON; with forecast and history. */
const publish = async (state: TrackedProject): Promise<number> => {
  const commits = await log.commits(state.project.id, { newestFirst: true })
  const assessment = assessWithForecast(state, today, demonstrationRules)
  const course = courseOf(state, stepsOf(commits.toReversed()), today, demonstrationRules)
  return projectFiles({ state, assessment, course, commits, neighbours: {} }).length
}
/** What tj3 was asked for: the schedule, and a table of it. */
const tabulate = ({ project, ...state }: TrackedProject): string =>
  assess({ project, ...state }, today, demonstrationRules)
    .milestones.map(({ id, earlyFinish }) => {
      if (earlyFinish !== null) ends[`${project.id}.${id}`] = addDays(dateOf(earlyFinish), 1)
      return `"${project.id}.${id}";"${earlyFinish}"`
    })
    .join('\n')

for (const project of scheduledProjects(Number(process.argv[2]))) {
  const command = { type: 'register-project', project, baseline: {} } as const
  const done = await execute({ project: project.id, command, by }, deps)
  if (done.type !== 'accepted') throw new Error(`a project was ${done.type}`)
  states.push(done.state)
  tabulate(done.state)
  await publish(done.state)
}
const processor = processorTime()

const warm = { table: 0, published: 0 }
for (let pass = 0; pass < warmPasses; pass += 1) {
  const tables = process.cpuUsage()
  for (const state of states) tabulate(state)
  warm.table = processorTime(tables)
  const pages = process.cpuUsage()
  for (const state of states) await publish(state)
  warm.published = processorTime(pages)
}
console.log(JSON.stringify({ processor, warm, ends }))
