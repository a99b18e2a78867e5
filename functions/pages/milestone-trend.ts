import { scaleLinear } from 'd3-scale'
import type { CoursePoint } from '../core/course.ts'
import { type DayNumber, daysBetween, type IsoDate, toDayNumber } from '../core/dates.ts'
import { closeoutPhase, handoverOf } from '../core/milestone.ts'
import { dayOf, monthsAround, tenth } from './chart-time.ts'
import { columnDateText, dateText, dayTextNear, monthOfYearText, timeMarkup } from './date-text.ts'
import { chartFigure, chartTable, shortened } from './figure.ts'
import { listed } from './language.ts'
import { html, type Markup } from './markup.ts'
import { signedText } from './numbers.ts'
import type { ProjectView } from './project-view.ts'

const width = 1000
const plot = { left: 78, right: 770, top: 14, bottom: 330 }
const height = 366
/** So many lines are named at their ends; the table has them all. */
const namedAtMost = 7
const labelHeight = 15
const dateLabelWidth = 74
const nameLength = { zh: 13, en: 22 }

/** What was expected of one milestone, report by report, until it was reached. */
interface Line {
  readonly id: string
  readonly name: string
  /** The first expectation, and every report that changed it. */
  readonly moves: readonly { readonly on: IsoDate; readonly finish: IsoDate }[]
  readonly first: IsoDate
  readonly last: IsoDate
  /** The report up to which it was followed: the one that found it reached, else the last. */
  readonly until: IsoDate
  readonly reached: boolean
}

/**
 * Milestone trend chart (里程碑趋势图): the date of the report across, the finish then expected upwards, one line a
 * milestone. A level line keeps its date, a rising one slips; where it meets the diagonal the milestone is reached.
 * `undefined` before there are two reports to compare.
 */
export const milestoneTrend = (view: ProjectView): Markup | undefined => {
  const { course, assessment, lang, say } = view
  const [first] = course.points
  const lines = linesOf(view)
  if (!first || first.on === assessment.dataDate || lines.length === 0) return undefined
  const dates = lines.flatMap(({ moves }) => moves.map(({ finish }) => toDayNumber(finish)))
  const required = dayOf(assessment.requiredBy)
  const span = monthsAround([...dates, ...(required === undefined ? [] : [required])])
  const across = scaleLinear([toDayNumber(first.on), toDayNumber(assessment.dataDate)], [plot.left, plot.right])
  const upwards = scaleLinear([span.from, span.to], [plot.bottom, plot.top])
  const x = (date: IsoDate) => tenth(across(toDayNumber(date)))
  const y = (day: DayNumber) => tenth(upwards(day))
  const named = namedOf(lines, view)
  const pathOf = (line: Line) => stepPath(line, x, y)
  const rest = lines.filter(line => !named.includes(line))
  const [opening] = named
  const step = Math.ceil(span.months.length / 14)
  const months = span.months.filter((_, index) => index % step === 0)
  return chartFigure(
    {
      id: 'trend',
      size: { width, height },
      title: say('里程碑趋势图', 'Milestone trend chart'),
      text: description(lines, view)
    },
    html`<path class="grid" d="${months.map(({ day }) => `M${plot.left} ${y(day)}H${plot.right}`).join('')}"/>
<g class="axis">${months.map(({ day, year, month }) => html`<text x="4" y="${tenth(y(day) + 4)}">${monthOfYearText(`${year}-${String(month).padStart(2, '0')}-01`, lang)}</text>`)}${spread(course.points, x).map(({ on }) => html`<text x="${x(on)}" y="${plot.bottom + 16}">${dayTextNear(assessment.dataDate)(on, lang)}</text>`)}<text x="${plot.right}" y="${height - 4}" text-anchor="end">${say('填报日期 →', 'report date →')}</text></g>
<path class="due" d="M${diagonal(first.on, assessment.dataDate, x, y, span)}"/>${
      required !== undefined &&
      html`
<g class="required"><path d="M${plot.left} ${y(required + 1)}H${plot.right}"/><text x="${plot.left + 4}" y="${tenth(y(required + 1) - 4)}">${say('要求启用', 'Required')} ${dayTextNear(assessment.dataDate)(assessment.requiredBy ?? '', lang)}</text></g>`
    }
<path class="trend" d="${rest.map(pathOf).join('')}"/>
<path class="trend named" d="${named.slice(1).map(pathOf).join('')}"/>${opening && html`<path class="trend opening" d="${pathOf(opening)}"/>`}
<path class="done gem" d="${lines
      .filter(({ reached }) => reached)
      .map(({ last }) => `M${x(last)} ${tenth(y(toDayNumber(last)) - 4)}l4 4l-4 4l-4-4z`)
      .join('')}"/>
${labels(named, y, view)}`,
    { key: choiceNote(view), twin: trendTable(lines, view) }
  )
}

const linesOf = ({ course, milestones, nameOf }: ProjectView): readonly Line[] =>
  milestones
    .filter(({ plan }) => plan.phase !== closeoutPhase)
    .flatMap(({ plan: { id } }) => lineOf(id, nameOf(id), course.points) ?? [])

/** `undefined` of what was reached before the first report: there never was an expectation. */
const lineOf = (id: string, name: string, points: readonly CoursePoint[]): Line | undefined => {
  const moves: { readonly on: IsoDate; readonly finish: IsoDate }[] = []
  let last: IsoDate | undefined
  let until: IsoDate | undefined
  let reached = false
  for (const { on, finishes } of points) {
    const finish = finishes[id]
    if (finish === undefined) continue
    if (last === undefined && finish < on) return undefined
    if (finish !== last) moves.push({ on, finish })
    last = finish
    until = on
    reached = finish < on
    if (reached) break
  }
  const [begin] = moves
  return begin && last !== undefined && until !== undefined
    ? { id, name, moves, first: begin.finish, last, until, reached: reached && last >= begin.on }
    : undefined
}

/** The opening first, then what moved furthest, then what ends last. */
const namedOf = (lines: readonly Line[], { project }: ProjectView): readonly Line[] => {
  const handover = handoverOf(project)?.id
  const moved = ({ first, last }: Line) => Math.abs(daysBetween(first, last))
  return lines
    .toSorted(
      (a, b) =>
        Number(b.id === handover) - Number(a.id === handover) || moved(b) - moved(a) || (a.last < b.last ? 1 : -1)
    )
    .slice(0, namedAtMost)
}

const stepPath = (
  { moves, first, last, until, reached }: Line,
  x: (date: IsoDate) => number,
  y: (day: DayNumber) => number
): string => {
  const steps = moves.map(({ on, finish }, index) =>
    index === 0
      ? `M${x(on)} ${y(toDayNumber(first))}`
      : `H${x(reached && on > last ? last : on)}V${y(toDayNumber(finish))}`
  )
  return `${steps.join('')}H${x(reached ? last : until)}`
}

/** Report dates far enough apart to be written beside each other on the axis. */
const spread = (points: readonly CoursePoint[], x: (date: IsoDate) => number): readonly CoursePoint[] => {
  const kept: CoursePoint[] = []
  for (const point of points) {
    const last = kept.at(-1)
    if (!last || x(point.on) - x(last.on) >= dateLabelWidth) kept.push(point)
  }
  return kept
}

/** Where report date and finish are the same day, within the chart. */
const diagonal = (
  from: IsoDate,
  to: IsoDate,
  x: (date: IsoDate) => number,
  y: (day: DayNumber) => number,
  span: { readonly from: DayNumber }
): string => {
  const start = Math.max(toDayNumber(from), span.from)
  const share = (start - toDayNumber(from)) / Math.max(1, daysBetween(from, to))
  return `${tenth(x(from) + share * (x(to) - x(from)))} ${y(start)}L${x(to)} ${y(toDayNumber(to))}`
}

const labels = (named: readonly Line[], y: (day: DayNumber) => number, { assessment, lang }: ProjectView): Markup => {
  const write = dayTextNear(assessment.dataDate)
  let lowest = plot.top - labelHeight
  const placed = named
    .filter(({ reached }) => !reached)
    .toSorted((a, b) => (a.last < b.last ? 1 : a.last > b.last ? -1 : 0))
    .map(line => {
      const wanted = y(toDayNumber(line.last)) + 4
      lowest = Math.max(wanted, lowest + labelHeight)
      return { line, at: tenth(lowest) }
    })
  return html`${placed.map(
    ({
      line,
      at
    }) => html`<path class="grid" d="M${plot.right} ${y(toDayNumber(line.last))}L${plot.right + 8} ${tenth(at - 4)}"/>
<text x="${plot.right + 11}" y="${at}">${shortened(line.name, nameLength[lang])} ${write(line.last, lang)}</text>
`
  )}`
}

/** Says so where the chart and its table do not have every report. */
const choiceNote = ({ course, say }: ProjectView): Markup | undefined => {
  const { points, dates } = course
  return dates > points.length
    ? html`<figcaption>${say(
        `共 ${dates} 个填报日,图表均匀取 ${points.length} 个;其间的变动并入下一个。`,
        `${points.length} of ${dates} report dates, evenly chosen; what moved between them stands with the next.`
      )}</figcaption>`
    : undefined
}

const description = (lines: readonly Line[], { assessment, lang, say }: ProjectView): string => {
  const later = lines.filter(({ first, last }) => last > first).map(({ name }) => name)
  const date = dateText(assessment.dataDate, lang)
  return later.length === 0
    ? say(`至 ${date},没有里程碑比首次预计更晚。`, `Up to ${date} no milestone is later than first expected.`)
    : say(
        `至 ${date},比首次预计更晚的里程碑:${listed(later, lang)}。各次变动见下表。`,
        `Up to ${date}, later than first expected: ${listed(later, lang)}. Every move stands in the table below.`
      )
}

const trendTable = (lines: readonly Line[], { lang, say }: ProjectView): Markup =>
  chartTable(
    say('各里程碑预计日期的变动', 'How the expected dates moved'),
    [
      say('节点', 'Milestone'),
      say('首次预计', 'First'),
      say('变动(填报日期:预计日期)', 'Moves (report: date)'),
      say('现在', 'Now'),
      say('移动(天)', 'Moved (days)')
    ],
    lines.map(({ name, first, last, moves, reached }) => [
      name,
      timeMarkup(first, lang, columnDateText),
      moves
        .slice(1)
        .map(({ on, finish }) => `${columnDateText(on, lang)}${say(':', ': ')}${columnDateText(finish, lang)}`)
        .join(say(';', '; ')) || '—',
      html`${timeMarkup(last, lang, columnDateText)}${reached && say(' 已完成', ' reached')}`,
      signedText(daysBetween(first, last))
    ])
  )
