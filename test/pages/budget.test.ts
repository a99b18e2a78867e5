import { brotliCompressSync, constants } from 'node:zlib'
import { expect, it } from 'vitest'
import { demonstrationDate, loadDemonstration } from '../../data/demonstration/load.ts'
import { demonstrationRules, replay } from '../../data/demonstration/replay.ts'
import { assessWithForecast } from '../../functions/core/assess.ts'
import { courseOf } from '../../functions/core/course.ts'
import { fold, initialState } from '../../functions/core/evolve.ts'
import type { Summary } from '../../functions/core/ports.ts'
import { stepsOf } from '../../functions/core/steps.ts'
import { summaryOf } from '../../functions/core/summary.ts'
import { mondayBefore, weekChangeOf } from '../../functions/core/week.ts'
import { overviewPage } from '../../functions/pages/overview-page.ts'
import { projectPage } from '../../functions/pages/project-page.ts'
import type { ProjectPageData } from '../../functions/pages/project-view.ts'
import { styleSheet } from '../../functions/pages/style-sheet.ts'

/**
 * Bytes over the wire, compressed as the tracker's own server does it (Brotli, quality 4, which errs on the large side):
 * 14.6 kB is what a server may send before the first acknowledgement (ten segments), so a first visit takes one round trip.
 */
const wireSize = (text: string): number =>
  brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }).length

const seal = (version: number) => ({ previousHash: hash(version - 1), hash: hash(version) })
/** Sixty-four hexadecimal digits that do not compress, as those of the log. */
const hash = (version: number): string =>
  Array.from({ length: 8 }, (_, i) =>
    (Math.imul(version * 8 + i + 1, 0x9e3779b1) >>> 0).toString(16).padStart(8, '0')
  ).join('')

const data = [...replay(loadDemonstration(demonstrationRules.calendars)).values()].map(
  ({ state, commits }): ProjectPageData => ({
    state,
    assessment: assessWithForecast(state, demonstrationDate, demonstrationRules),
    course: courseOf(state, stepsOf(commits), demonstrationDate, demonstrationRules),
    commits: commits.map(commit => ({ ...commit, ...seal(commit.version) })).toReversed(),
    neighbours: {}
  })
)

const since = mondayBefore(demonstrationDate)
const summaries = data.map(({ state, assessment, commits }): Summary => {
  const before = fold(initialState, commits.filter(({ date }) => date <= since).toReversed())
  return { ...summaryOf(state, assessment), week: weekChangeOf(state, before, since, demonstrationRules) }
})

/** Many projects that differ in name, unit, figures and dates, as real ones do. */
const many = (count: number): readonly Summary[] =>
  Array.from({ length: count }, (_, i) => {
    const pattern = summaries[i % summaries.length]!
    return {
      ...pattern,
      id: `${pattern.id}-${i}`,
      name: `${pattern.name}${i + 1}号`,
      percentComplete: Math.round((pattern.percentComplete * 7 + i * 13) % 1000) / 10,
      town: `${'泥沟涧头马兰邳庄张山运河'.slice((i % 6) * 2, (i % 6) * 2 + 2)}镇`
    }
  })

const overviewSize = (all: readonly Summary[], lang: 'zh' | 'en') =>
  wireSize(overviewPage({ summaries: all, dataDate: demonstrationDate, demonstrationClock: true }, lang).body) +
  wireSize(styleSheet)

it.each(['zh', 'en'] as const)('the overview of twelve projects with its style sheet: under 14.6 kB (%s)', lang => {
  expect(overviewSize(summaries, lang)).toBeLessThan(14_600)
})

it.each(['zh', 'en'] as const)('the overview of 200 projects with its style sheet: under 20 kB (%s)', lang => {
  expect(overviewSize(many(200), lang)).toBeLessThan(20_000)
})

it.each(data.map(page => [page.state.project.id, page] as const))(
  'the page of a project with all its charts: under 20 kB (%s)',
  (_id, page) => {
    expect(wireSize(projectPage(page, 'zh').body)).toBeLessThan(20_000)
    expect(wireSize(projectPage(page, 'en').body)).toBeLessThan(20_000)
  }
)
