import { Buffer } from 'node:buffer'
import { demonstrationDate, loadDemonstration } from '../data/demonstration/load.ts'
import { demonstrationRules, replay } from '../data/demonstration/replay.ts'
import { assess, assessWithForecast } from '../functions/core/assess.ts'
import { courseOf } from '../functions/core/course.ts'
import { forecastFinish } from '../functions/core/forecast.ts'
import type { Project } from '../functions/core/milestone.ts'
import { computeSchedule, startOfDate } from '../functions/core/schedule.ts'
import { stepsOf } from '../functions/core/steps.ts'
import type { ProjectPageData } from '../functions/pages/project-view.ts'
import { projectFiles } from '../functions/pages/site.ts'
import { largePlan, underWay } from './large-plan.ts'

/**
 * Measurements as ratios to a floor or a peer, both taken in this run, in turn: absolute times on a shared machine say
 * nothing. Prints the median of the ratios with the least and the greatest.
 */

const rounds = 15

interface Measurement {
  readonly what: string
  readonly floor: string
  readonly ratio: string
  readonly leastTimes: string
}

const measure = (what: string, floor: string, ours: () => void, theirs: () => void): Measurement => {
  ours()
  theirs()
  const pairs = Array.from({ length: rounds }, () => [timeOf(ours), timeOf(theirs)] as const)
  const ratios = pairs.map(([a, b]) => a / b).toSorted((a, b) => a - b)
  const least = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
  const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0
  const text = (value: number | undefined) => (value ?? 0).toFixed(1)
  return {
    what,
    floor,
    ratio: `${text(median(ratios))} (${text(ratios[0])} to ${text(ratios.at(-1))})`,
    // What else runs on the machine only ever adds to a time.
    leastTimes: `${least(pairs.map(p => p[0])).toFixed(2)} ms to ${least(pairs.map(p => p[1])).toFixed(2)} ms`
  }
}

const timeOf = (work: () => void): number => {
  const start = performance.now()
  work()
  return performance.now() - start
}

/** The floor of a network pass: whole days, no calendar, no late dates, no drivers. */
const naivePass = ({ milestones }: Project): number => {
  const finish = new Map<string, number>()
  let last = 0
  for (const { id, duration, predecessors = [] } of milestones) {
    let start = 0
    for (const { milestoneId, lag } of predecessors) start = Math.max(start, (finish.get(milestoneId) ?? 0) + lag)
    finish.set(id, start + duration)
    last = Math.max(last, start + duration)
  }
  return last
}

const today = '2021-06-04'
const large = largePlan(4000, 6000)
const largeState = underWay(large, today)
const onePass = 'one naive forward pass in whole days'
const simulated = (): void => {
  forecastFinish({
    project: large,
    baseline: largeState.current?.dates,
    progress: largeState.progress,
    calendars: demonstrationRules.calendars,
    dataDate: startOfDate(today),
    targets: new Set(large.milestones.map(({ id }) => id)),
    runs: 1000
  })
}
const replayed = [...replay(loadDemonstration(demonstrationRules.calendars)).values()]
const seal = { previousHash: '0'.repeat(64), hash: 'f'.repeat(64) }
const pageData = replayed.map(({ state, commits }): ProjectPageData => {
  const course = courseOf(state, stepsOf(commits), demonstrationDate, demonstrationRules)
  const assessment = assessWithForecast(state, demonstrationDate, demonstrationRules)
  const sealed = commits.map(commit => ({ ...commit, ...seal })).toReversed()
  return { state, assessment, course, commits: sealed, neighbours: {} }
})
const pagesOf = () => pageData.flatMap(projectFiles)
const bodies = pagesOf().map(({ body }) => body)

const results = [
  measure(
    'schedule of 4,000 activities and 6,000 links: early, late, floats, drivers',
    onePass,
    () => void computeSchedule({ project: large, progress: {} }, demonstrationRules.calendars),
    () => void naivePass(large)
  ),
  measure(
    'assessment of the same, half a year on: schedule, rules, earned schedule, checks',
    onePass,
    () => void assess(largeState, today, demonstrationRules),
    () => void naivePass(large)
  ),
  measure('forecast of the same: 1,000 simulated runs', '1,000 naive passes', simulated, () => {
    for (let run = 0; run < 1000; run += 1) naivePass(large)
  }),
  measure(
    'assessment of the twelve projects',
    'JSON of the same assessments, written and read',
    () => {
      for (const { state } of replayed) assess(state, demonstrationDate, demonstrationRules)
    },
    () => {
      for (const { assessment } of replayed) JSON.parse(JSON.stringify(assessment))
    }
  ),
  measure(
    'pages and data files of the twelve projects',
    'encoding the same bytes as UTF-8',
    () => void pagesOf(),
    () => {
      for (const body of bodies) Buffer.from(body)
    }
  )
]
console.table(results)
