import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { scheduledProjects } from './taskjuggler/projects.ts'

/**
 * Schedule and report of the same projects by TaskJuggler (`tj3`, where it is installed) and by the tracker: fifteen
 * milestones each, on calendar days. TaskJuggler writes one table and one page with a chart for all projects. Beside its
 * process stand the whole process of the tracker, which registers every project and publishes its pages in two languages with
 * three charts and JSON, and what schedule with table and publication take in a tracker that runs. Processor time. The finish of every
 * milestone must be the same.
 */

const counts = (process.argv[2] ?? '10,100').split(',').map(Number)

const planFor = (count: number): string => {
  const tasks = scheduledProjects(count).map(({ id, start, milestones }) => {
    const lines = milestones.map(({ id: task, duration, predecessors = [] }) => {
      const waits = predecessors.map(({ milestoneId, lag }) =>
        lag === 0 ? `!${milestoneId}` : `!${milestoneId} { gapduration ${lag}d }`
      )
      const after = waits.length > 0 ? `depends ${waits.join(', ')}` : `start ${start}`
      return `  task ${task} "${task}" { duration ${duration}d ${after} }`
    })
    return `task ${id} "${id}" {\n${lines.join('\n')}\n}`
  })
  return `
project bench "bench" 2021-03-01 +10y { timingresolution 60min }
${tasks.join('\n')}
taskreport "out" { formats csv columns id, end timeformat "%Y-%m-%d" }
taskreport "page" { formats html columns name, start, end, chart }
`
}

interface Run {
  /** Processor time in milliseconds. */
  readonly processor: number
  /** By `project.milestone`, the midnight after its last day. */
  readonly ends: ReadonlyMap<string, string>
}

const byTaskJuggler = (plan: string, folder: string): Run => {
  writeFileSync(join(folder, 'plan.tjp'), plan)
  // The last line of the shell's `times` is what its children took: user and system, minutes and seconds.
  const said = execFileSync('bash', ['-c', 'tj3 --silent --no-color plan.tjp >/dev/null || exit 1; times'], {
    cwd: folder,
    env: { ...process.env, TZ: 'UTC' },
    encoding: 'utf8'
  })
  const processor = [...(said.trim().split('\n').at(-1) ?? '').matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, seconds]) => sum + (Number(minutes) * 60 + Number(seconds)) * 1000,
    0
  )
  const rows = readFileSync(join(folder, 'out.csv'), 'utf8').trim().split('\n').slice(1)
  return {
    processor,
    ends: new Map(
      rows.map(row => {
        const [id = '', end = ''] = row.replaceAll('"', '').split(';')
        return [id, end] as const
      })
    )
  }
}

interface TrackerRun extends Run {
  /** Of the last pass in a process that is warm. */
  readonly warm: { readonly table: number; readonly published: number }
}

const byTracker = (count: number): TrackerRun => {
  const script = join(import.meta.dirname, 'taskjuggler', 'tracker.ts')
  const { processor, warm, ends } = JSON.parse(
    execFileSync(process.execPath, [script, String(count)], { encoding: 'utf8' })
  )
  return { processor, warm, ends: new Map(Object.entries(ends)) }
}

if (spawnSync('tj3', ['--version']).status !== 0) {
  console.log('TaskJuggler (tj3) is not installed: the comparison with it is skipped')
} else {
  const folder = mkdtempSync(join(tmpdir(), 'tracker-tj3-'))
  const rows = counts.map(count => {
    const theirs = byTaskJuggler(planFor(count), folder)
    const ours = byTracker(count)
    const differing = [...ours.ends].filter(([id, end]) => theirs.ends.get(id) !== end)
    const beside = (processor: number) =>
      `${processor.toFixed(processor < 10 ? 1 : 0)} ms, ${(theirs.processor / processor).toFixed(1)} ×`
    return {
      projects: count,
      'tj3, ms': Math.round(theirs.processor),
      'tracker, whole process': beside(ours.processor),
      'schedule and table, running': beside(ours.warm.table),
      'publication, running': beside(ours.warm.published),
      'finishes that differ': `${differing.length} of ${ours.ends.size}`,
      goal: count === 10 ? '30 ×' : count === 100 ? '200 ×' : ''
    }
  })
  rmSync(folder, { recursive: true })
  console.table(rows)
}
