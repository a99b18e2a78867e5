import { scaleLinear } from 'd3-scale'
import { type DayNumber, toDayNumber } from '../core/dates.ts'
import type { PageFile, Summary } from '../core/ports.ts'
import { dateMarker, dayOf, endOf, monthGrid, monthsAround, tenth } from './chart-time.ts'
import { dateText, dayTextNear } from './date-text.ts'
import { chartFigure, shortened } from './figure.ts'
import { headline } from './headline.ts'
import { type Language, nameText, sayIn } from './language.ts'
import { pageFile } from './layout.ts'
import { lightIcon } from './light-mark.ts'
import { html, type Markup } from './markup.ts'
import type { OverviewData } from './overview-page.ts'
import { projectTable } from './project-table.ts'
import { ratesSection } from './rates-section.ts'
import { section } from './section.ts'
import { colourWords, lightOrder, lightWords } from './words.ts'

const printFolder = 'print/'

/**
 * The board on the wall (挂图作战) for A3 in landscape: headline, rates, all projects on one axis of time, the table of the
 * bureau, and what the marks mean. The same page on a screen shows what will be printed.
 */
export const printPage = (
  { summaries, dataDate, demonstrationClock, siteUrl }: OverviewData,
  lang: Language
): PageFile => {
  const say = sayIn(lang)
  const date = dateText(dataDate, lang)
  const chart = wallChart(summaries, dataDate, lang)
  return pageFile({
    lang,
    folder: printFolder,
    kind: 'print',
    title: say('挂图作战(A3)', 'Board for the wall (A3)'),
    description: say(
      `全部项目挂图,供 A3 横向打印。数据截至 ${date}`,
      `All projects on a board to print on A3, as of ${date}`
    ),
    dataDate,
    demonstrationClock,
    siteUrl,
    demonstration: summaries.some(({ demonstration }) => demonstration),
    provisional: summaries.some(({ provisional }) => provisional),
    main: html`<h1>${say('教育建设项目挂图作战', 'School building projects: the board')}</h1>
<p class="screen-only">${say('按 A3 横向打印本页;单个项目的通报,请打印该项目的页面(A4)。', 'Print this page on A3, landscape. For the bulletin of one project print its own page, on A4.')}</p>
${headline(summaries, dataDate, lang, printFolder)}
${ratesSection(summaries, dataDate, lang)}
${chart && section('board', say('时间轴', 'On one axis of time'), chart)}
<section aria-labelledby="projects">
<h2 id="projects">${say('项目一览', 'Projects')}</h2>
${projectTable(summaries, dataDate, lang, printFolder)}
</section>
<p class="marks-in-line">${lightOrder.map(light => html`<span>${lightIcon(light)} ${lightWords[light].name[lang]}</span> `)}</p>`
  })
}

const width = 1600
const labelWidth = 250
const headHeight = 34
const rowHeight = 22
const nameLength = { zh: 15, en: 27 }

/** A project on the axis of time; ends are exclusive. */
interface Bar {
  readonly summary: Summary
  readonly from: DayNumber
  readonly planned: DayNumber
  readonly expected: DayNumber
  readonly required: DayNumber | undefined
}

/** One row a project, from the start of works to its opening: planned, expected, required. One path per kind of mark. */
const wallChart = (summaries: readonly Summary[], dataDate: string, lang: Language): Markup | undefined => {
  const say = sayIn(lang)
  const bars = summaries.flatMap(barOf)
  if (bars.length === 0) return undefined
  const today = toDayNumber(dataDate)
  const span = monthsAround([
    today,
    ...bars.flatMap(({ from, planned, expected, required }) => [from, planned, expected, required ?? expected])
  ])
  const across = scaleLinear([span.from, span.to], [labelWidth, width - 8])
  const x = (day: DayNumber) => tenth(across(day))
  const bottom = headHeight + bars.length * rowHeight
  const top = (index: number) => headHeight + index * rowHeight
  const write = dayTextNear(dataDate)
  const paths = { base: '', done: '', todo: '', late: '', required: '' }
  bars.forEach(({ from, planned, expected, required }, index) => {
    const y = top(index)
    paths.base += `M${x(from)} ${y + 15}H${x(Math.max(from, planned))}v3H${x(from)}z`
    const turn = Math.min(Math.max(today, from), expected)
    if (turn > from) paths.done += `M${x(from)} ${y + 5}H${x(turn)}v8H${x(from)}z`
    const safe = required === undefined ? expected : Math.min(expected, Math.max(required, turn))
    if (safe > turn) paths.todo += `M${x(turn)} ${y + 5}H${x(safe)}v8H${x(turn)}z`
    if (expected > safe) paths.late += `M${x(safe)} ${y + 5}H${x(expected)}v8H${x(safe)}z`
    if (required !== undefined) paths.required += `M${x(required)} ${y + 2}v16`
  })
  return chartFigure(
    {
      id: 'board',
      size: { width, height: bottom + 20 },
      title: say('各项目时间轴', 'All projects on one axis of time'),
      text: say(
        '每行一个项目:细条为现计划,粗条为实际与预计,竖线为要求启用的日期。各日期见下表。',
        'One row a project: thin bars the current plan, thick bars what has passed and what is expected, upright lines the required date. All dates stand in the table below.'
      )
    },
    html`${monthGrid(span, x, bottom, lang)}
<path class="row-line" d="${bars.map((_, index) => `M0 ${top(index)}H${width}`).join('')}"/>
${bars.map(
  ({ summary }, index) =>
    html`<text x="4" y="${top(index) + 15}">${shortened(nameText(summary, lang), nameLength[lang])}</text><text x="${labelWidth - 10}" y="${top(index) + 15}" text-anchor="end">${colourWords[summary.light][lang]}</text>`
)}
${Object.entries(paths).map(([kind, d]) => d !== '' && html`<path class="${kind === 'required' ? 'limit' : kind}" d="${d}"/>`)}
${dateMarker('data-date', { x: x(today), bottom, textY: bottom + 16, width }, `${say('数据截至', 'Data date')} ${write(dataDate, lang)}`)}`,
    {
      key: html`<figcaption>${[
        ['done', say('已过', 'passed')],
        ['todo', say('预计', 'expected')],
        ['late', say('超出要求日期', 'past the required date')],
        ['base', say('现计划', 'current plan')],
        ['limit', say('要求启用', 'required')]
      ].map(
        ([kind, words]) =>
          html`<span><svg class="key" viewBox="0 0 28 12" width="28" height="12" aria-hidden="true"><path class="${kind}" d="${kind === 'limit' ? 'M14 0v12' : kind === 'base' ? 'M1 4H27v3H1z' : 'M1 2H27v8H1z'}"/></svg>${words}</span>`
      )}</figcaption>`
    }
  )
}

const barOf = (summary: Summary): readonly Bar[] => {
  const { stages, baselineFinish, projectedFinish, requiredBy } = summary
  const expected = endOf(projectedFinish)
  if (expected === undefined) return []
  const start = stages?.started
  const from = dayOf(start?.reached ? start.projected : (start?.planned ?? start?.projected)) ?? expected - 1
  return [
    {
      summary,
      from: Math.min(from, expected - 1),
      planned: endOf(baselineFinish) ?? expected,
      expected,
      required: endOf(requiredBy)
    }
  ]
}
