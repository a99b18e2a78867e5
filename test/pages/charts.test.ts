import { describe, expect, it } from 'vitest'
import { baselineSection } from '../../functions/pages/baseline-section.ts'
import { delaySection } from '../../functions/pages/delay-section.ts'
import { gantt } from '../../functions/pages/gantt.ts'
import { milestoneTrend } from '../../functions/pages/milestone-trend.ts'
import { photoSection } from '../../functions/pages/photo-section.ts'
import { type ProjectPageData, projectView } from '../../functions/pages/project-view.ts'
import { sCurve } from '../../functions/pages/s-curve.ts'
import { projects } from './bureau.ts'

const [late] = projects
const inUse = projects.find(({ assessment }) => assessment.light === 'done')!
const bare = projects.find(({ assessment }) => assessment.light === 'no-baseline')!

const view = (data: ProjectPageData, more: Partial<ProjectPageData> = {}) => projectView({ ...data, ...more }, 'en')

const pathsOf = (markup: unknown): readonly string[] =>
  [...String(markup).matchAll(/<path class="([^"]*)"/g)].map(([, kind]) => kind!)

const textOf = (markup: unknown): string =>
  String(markup)
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')

/** The same project with its milestones and all that is said of them many times over. */
const grown = (data: ProjectPageData, times: number): ProjectPageData => {
  const copies = Array.from({ length: times }, (_, i) => i)
  const { state, assessment, course } = data
  return {
    ...data,
    state: {
      ...state,
      project: {
        ...state.project,
        milestones: copies.flatMap(i => state.project.milestones.map(m => ({ ...m, id: `${m.id}x${i}` })))
      }
    },
    assessment: {
      ...assessment,
      milestones: copies.flatMap(i => assessment.milestones.map(m => ({ ...m, id: `${m.id}x${i}` })))
    },
    course: {
      ...course,
      points: course.points.map(point => ({
        ...point,
        finishes: Object.fromEntries(
          copies.flatMap(i => Object.entries(point.finishes).map(([id, finish]) => [`${id}x${i}`, finish]))
        )
      }))
    }
  }
}

describe('every chart', () => {
  it.each([
    ['bars', gantt],
    ['trend', milestoneTrend],
    ['curve', sCurve]
  ])('draws one path per kind of mark, however many milestones there are: %s', (_name, chart) => {
    const drawn = (times: number) => pathsOf(String(chart(view(grown(late!, times)))).split('</svg>')[0])
    const grids = (kinds: readonly string[]) => kinds.filter(kind => kind !== 'grid')
    expect(grids(drawn(20))).toEqual(grids(drawn(2)))
  })

  it.each([
    ['bars', gantt],
    ['trend', milestoneTrend],
    ['curve', sCurve]
  ])('has a title, says in words what it shows, and is named by both: %s', (id, chart) => {
    const anchor = id === 'bars' ? 'gantt' : id
    const markup = String(chart(view(late!)))
    expect(markup).toContain(`role="img" aria-labelledby="${anchor}-title ${anchor}-text"`)
    expect(markup).toMatch(
      new RegExp(`<title id="${anchor}-title">[^<]+</title>\n<desc id="${anchor}-text">[^<]{20,}</desc>`)
    )
  })
})

describe('the milestone trend chart', () => {
  it('steps up at the report that moved a milestone and stays level between', () => {
    const opening = /class="trend opening" d="([^"]*)"/.exec(String(milestoneTrend(view(late!))))![1]!
    const [, start, first, second, end] = /^M78 ([\d.]+)H[\d.]+V([\d.]+)H770V([\d.]+)H([\d.]+)$/
      .exec(opening)!
      .map(Number)
    expect(start! > first! && first! > second!).toBe(true)
    expect(end).toBe(770)
  })

  it('has every move in its table', () => {
    const row = textOf(milestoneTrend(view(late!))).match(/C8 External works 10 Jul 2021 .*?\+41/)
    expect(row?.[0]).toContain('6 May 2021: 31 Jul 2021; 21 Jun 2021: 20 Aug 2021')
  })

  it('names what is later than first expected, and says so when nothing is', () => {
    expect(textOf(milestoneTrend(view(late!)))).toContain('later than first expected: C7 Fit-out and services')
    expect(textOf(milestoneTrend(view(inUse)))).toContain('no milestone is later than first expected')
  })

  it('says when it has not all of the reports', () => {
    expect(textOf(milestoneTrend(view(late!)))).not.toContain('report dates')
    const many = view(late!, { course: { ...late!.course, dates: 34 } })
    expect(textOf(milestoneTrend(many))).toContain('3 of 34 report dates')
  })

  it('needs two reports', () => {
    expect(
      milestoneTrend(view(late!, { course: { ...late!.course, points: late!.course.points.slice(-1) } }))
    ).toBeUndefined()
  })
})

describe('the S-curve', () => {
  const forecast = {
    ...late!.assessment.forecast!,
    method: 'simulated-network' as const,
    p50: '2021-09-20',
    p80: '2021-10-12'
  }
  const foreseen = view(late!, { assessment: { ...late!.assessment, forecast } })

  it('opens the fan from what is done to P50 and P80, and gives both in the table', () => {
    expect(pathsOf(sCurve(foreseen))).toEqual(
      expect.arrayContaining(['fan', 'forecast-line', 'planned-line', 'done-line'])
    )
    expect(textOf(sCurve(foreseen))).toMatch(
      /20 Sep 2021 — 100% \(forecast P50\) — 12 Oct 2021 — 100% \(forecast P80\)/
    )
  })

  it('has no fan once the school is in use, and no plan without a baseline', () => {
    const done = view(inUse, { assessment: { ...inUse.assessment, forecast: { ...forecast, method: 'actual' } } })
    expect(pathsOf(sCurve(done))).not.toContain('fan')
    expect(pathsOf(sCurve(view(bare)))).not.toContain('planned-line')
  })
})

describe('the reasons for delay', () => {
  const step = (code: 'LAND' | 'WEATHER' | 'FUND', milestoneId: string, workingDays: number) => ({
    on: '2021-06-01',
    code,
    milestoneId,
    workingDays
  })

  it('stand by the working days they cost, the dearest first, with their growing share', () => {
    const delays = [step('WEATHER', 'C7', 2), step('LAND', 'C8', 5), step('LAND', 'C7', 1), step('FUND', 'C7', 2)]
    const text = textOf(delaySection(view(late!, { course: { ...late!.course, delays } })))
    expect(text).toMatch(/LAND 6 60% .* WEATHER 2 80% .* FUND 2 100%/)
    expect(text).toContain('C8 External works 5, C7 Fit-out and services 1')
  })

  it('have no section where none was given', () => {
    expect(delaySection(view(late!, { course: { ...late!.course, delays: [] } }))).toBeUndefined()
  })
})

describe('the plans', () => {
  it('say that the first approved one is in force', () => {
    expect(textOf(baselineSection(view(late!)))).toContain('it has not been changed')
  })

  it('are compared where a later one was approved, with the reason and the days', () => {
    const { original } = late!.state
    const state = { ...late!.state, current: { ...original!, number: 2 } }
    const text = textOf(baselineSection(view(late!, { state })))
    expect(text).toMatch(/15 January 2021 年初会议确定/)
    expect(text).toMatch(/C3 Structure topped out 27 Mar 2021 10 Apr 2021 \+14/)
    expect(text).not.toContain('张建国')
  })

  it('are not spoken of before one is approved', () => {
    expect(baselineSection(view(bare))).toBeUndefined()
  })
})

it('photographs are counted by milestone and none is shown', () => {
  const { state } = late!
  const progress = {
    ...state.progress,
    C7: { ...state.progress.C7!, photos: ['https://example.cn/a.jpg', 'https://example.cn/b.jpg'] }
  }
  const markup = String(photoSection(view(late!, { state: { ...state, progress } })))
  expect(textOf(markup)).toContain('C7 Fit-out and services 2')
  expect(markup).not.toMatch(/example\.cn|<img/)
  expect(photoSection(view(late!))).toBeUndefined()
})
