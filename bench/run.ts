import { Buffer } from 'node:buffer'
import { demonstrationDate, loadDemonstration } from '../data/demonstration/load.ts'
import { demonstrationRules, replay } from '../data/demonstration/replay.ts'
import { assess, assessWithForecast } from '../functions/core/assess.ts'
import { dailyCalendar } from '../functions/core/calendar.ts'
import { courseOf } from '../functions/core/course.ts'
import { toDayNumber } from '../functions/core/dates.ts'
import { type Activity, computeNetwork } from '../functions/core/network.ts'
import type { ProjectPageData } from '../functions/pages/project-view.ts'
import { projectFiles } from '../functions/pages/site.ts'

/**
 * Measurements as ratios to a floor or a peer, both taken in this run, in turn: absolute times on a shared machine say
 * nothing. Prints the median of the ratios with the least and the greatest.
 */

const rounds = 15

interface Measurement {
  readonly what: string
  readonly floor: string
  readonly ratio: string
  readonly times: string
}

const measure = (what: string, floor: string, ours: () => void, theirs: () => void): Measurement => {
  ours()
  theirs()
  const pairs = Array.from({ length: rounds }, () => [timeOf(ours), timeOf(theirs)] as const)
  const ratios = pairs.map(([a, b]) => a / b).toSorted((a, b) => a - b)
  const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0
  const text = (value: number | undefined) => (value ?? 0).toFixed(1)
  return {
    what,
    floor,
    ratio: `${text(median(ratios))} (${text(ratios[0])} to ${text(ratios.at(-1))})`,
    times: `${median(pairs.map(p => p[0])).toFixed(2)} ms to ${median(pairs.map(p => p[1])).toFixed(2)} ms`
  }
}

const timeOf = (work: () => void): number => {
  const start = performance.now()
  work()
  return performance.now() - start
}

/** A layered network: the same one in every run. */
const largeNetwork = (activities: number, links: number): readonly Activity[] => {
  const { time } = dailyCalendar()
  let seed = 42
  const random = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((seed / 2_147_483_648) * below)
  }
  const linksOf: { from: string; type: 'FS'; lag: number }[][] = Array.from({ length: activities }, () => [])
  for (let i = 0; i < links; i += 1) {
    const to = 1 + random(activities - 1)
    linksOf[to]?.push({ from: `${Math.max(0, to - 1 - random(50))}`, type: 'FS', lag: random(3) })
  }
  return linksOf.map((of, i) => ({ id: `${i}`, time, duration: 1 + random(20), links: of, constraints: [] }))
}

/** The floor of a network pass: whole days, no calendar, no late dates, no drivers. */
const naivePass = (activities: readonly Activity[]): number => {
  const finish = new Map<string, number>()
  let last = 0
  for (const { id, duration, links } of activities) {
    let start = 0
    for (const { from, lag } of links) start = Math.max(start, (finish.get(from) ?? 0) + lag)
    finish.set(id, start + duration)
    last = Math.max(last, start + duration)
  }
  return last
}

const network = largeNetwork(4000, 6000)
const start = toDayNumber('2021-01-01') * 1440
const replayed = [...replay(loadDemonstration(demonstrationRules.calendars)).values()]
const seal = { previousHash: '0'.repeat(64), hash: 'f'.repeat(64) }
const pageData = replayed.map(({ state, commits }): ProjectPageData => {
  const course = courseOf(state, commits, demonstrationDate, demonstrationRules)
  const assessment = assessWithForecast(state, demonstrationDate, demonstrationRules)
  const sealed = commits.map(commit => ({ ...commit, ...seal })).toReversed()
  return { state, assessment, course, commits: sealed, neighbours: {} }
})
const pagesOf = () => pageData.flatMap(projectFiles)
const bodies = pagesOf().map(({ body }) => body)

const results = [
  measure(
    'network of 4,000 activities and 6,000 links: early, late, floats, drivers',
    'one naive forward pass in whole days',
    () => void computeNetwork({ activities: network, start }),
    () => void naivePass(network)
  ),
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
