import { scaleLinear } from 'd3-scale'
import { type DayNumber, toDayNumber } from '../core/dates.ts'
import { closeoutPhase, type ScheduleDate } from '../core/milestone.ts'
import { dateMarker, dayOf, endOf, type MonthSpan, monthGrid, monthsAround, tenth } from './chart-time.ts'
import { dateText, dayTextNear } from './date-text.ts'
import { chartFigure, shortened } from './figure.ts'
import { listed, nameText } from './language.ts'
import { html, type Markup, type Piece, trusted } from './markup.ts'
import type { ProjectView } from './project-view.ts'

const width = 1000
const labelWidth = 196
const headHeight = 34
const rowHeight = 22
const footHeight = 34
const barTop = 5
const barHeight = 8
const baseTop = 15
const baseHeight = 3
const labelLength = { zh: 16, en: 27 }

/** A milestone as the chart draws it, in days; finishes are exclusive here (the end of the day). */
interface Row {
  readonly label: string
  readonly critical: boolean
  readonly done: boolean
  readonly baseStart?: DayNumber | undefined
  readonly baseFinish?: DayNumber | undefined
  readonly start?: DayNumber | undefined
  readonly finish?: DayNumber | undefined
  readonly lateFinish?: DayNumber | undefined
}

/**
 * The bar chart of a project up to hand-over: thin bars of the baseline, bars of what was done and what is expected,
 * the float, the critical path, diamonds for milestones, the data date and the required date. One path per kind of
 * mark, so that the page stays small. Close-out runs for years after hand-over and stands in the table alone.
 */
export const gantt = (view: ProjectView): Markup | undefined => {
  const { assessment, say } = view
  const rows = rowsOf(view)
  const span = spanOf(rows, view)
  if (!span) return undefined
  const scale = scaleLinear([span.from, span.to], [labelWidth, width - 8])
  const x = (day: DayNumber) => tenth(scale(Math.min(Math.max(day, span.from), span.to)))
  const bottom = headHeight + rows.length * rowHeight
  const today = toDayNumber(assessment.dataDate)
  const write = dayTextNear(assessment.dataDate)
  return chartFigure(
    {
      id: 'gantt',
      size: { width, height: bottom + footHeight },
      title: say('进度横道图', 'Bar chart of the schedule'),
      text: description(view)
    },
    html`${monthGrid(span, x, bottom, view.lang)}
${makeUpMarks(view, x)}
<path class="row-line" d="${rows.map((_, index) => `M0 ${headHeight + index * rowHeight}H${width}`).join('')}"/>
${rows.map(
  ({ label, critical }, index) =>
    html`<text x="4" y="${headHeight + index * rowHeight + 15}"${critical && trusted(' class="critical"')}>${label}</text>`
)}
${barPaths(rows, today, x)}
${dateMarker(
  'data-date',
  { x: x(today), bottom, textY: bottom + 14, width },
  `${say('数据截至', 'Data date')} ${write(assessment.dataDate, view.lang)}`
)}${
  assessment.requiredBy !== null &&
  dateMarker(
    'required',
    { x: x(toDayNumber(assessment.requiredBy) + 1), bottom, textY: bottom + 29, width },
    `${say('要求启用', 'Required')} ${write(assessment.requiredBy, view.lang)}`
  )
}`,
    { key: key(view) }
  )
}

const rowsOf = ({ milestones, state, lang }: ProjectView): readonly Row[] =>
  milestones
    .filter(({ plan, at }) => plan.phase !== closeoutPhase && at.status !== 'cancelled')
    .map(({ plan, at }) => {
      const progress = state.progress[at.id]
      return {
        label: shortened(`${at.id} ${nameText(plan, lang)}`, labelLength[lang]),
        critical: at.critical,
        done: progress?.actualFinish !== undefined,
        baseStart: dayOf(at.baselineStart),
        baseFinish: endOf(at.baselineFinish),
        start: dayOf(progress?.actualStart ?? at.earlyStart),
        finish: endOf(at.projectedFinish),
        lateFinish: progress?.actualFinish === undefined ? endOf(at.lateFinish) : undefined
      }
    })

/** Whole months around everything that the chart shows, floats aside: they are cut off at its edge. */
const spanOf = (rows: readonly Row[], { assessment }: ProjectView): MonthSpan | undefined => {
  const days = rows
    .flatMap(row => [row.baseStart, row.baseFinish, row.start, row.finish])
    .filter(day => day !== undefined)
  if (days.length === 0) return undefined
  const today = toDayNumber(assessment.dataDate)
  const required = assessment.requiredBy === null ? today : toDayNumber(assessment.requiredBy) + 1
  return monthsAround([today, required, ...days])
}

const barPaths = (rows: readonly Row[], today: DayNumber, x: (day: DayNumber) => number): readonly Piece[] => {
  const paths = { base: '', float: '', done: '', todo: '', critical: '' }
  const gems = { base: '', done: '', todo: '', critical: '' }
  rows.forEach((row, index) => {
    const top = headHeight + index * rowHeight
    const { baseStart, baseFinish, start, finish, lateFinish } = row
    const ahead = row.critical ? 'critical' : 'todo'
    if (baseStart !== undefined && baseFinish !== undefined) {
      paths.base += bar(x(baseStart), x(baseFinish), top + baseTop, baseHeight)
      gems.base += gem(x(baseFinish), top + baseTop + 1.5, 3)
    }
    if (finish === undefined) return
    const turn = row.done ? finish : Math.min(today, finish)
    if (start !== undefined && start < turn) paths.done += bar(x(start), x(turn), top + barTop, barHeight)
    const from = start === undefined ? turn : Math.max(start, turn)
    if (!row.done && from < finish) paths[ahead] += bar(x(from), x(finish), top + barTop, barHeight)
    if (!row.done && lateFinish !== undefined && lateFinish > finish)
      paths.float += `M${x(finish)} ${top + barTop + 4}H${x(lateFinish)}`
    gems[row.done ? 'done' : ahead] += gem(x(finish), top + barTop + 4, 5)
  })
  return [
    ...Object.entries(paths).map(([kind, d]) => pathOf(kind, d)),
    ...Object.entries(gems).map(([kind, d]) => pathOf(`${kind} gem`, d))
  ]
}

/** A tick at the head for each weekend day that works. */
const makeUpMarks = ({ course }: ProjectView, x: (day: DayNumber) => number): Piece =>
  pathOf('make-up', course.makeUpDays.map(date => `M${x(toDayNumber(date) + 0.5)} ${headHeight - 4}v4`).join(''))

const pathOf = (kind: string, d: string): Markup | false =>
  d !== '' &&
  html`<path class="${kind}" d="${d}"/>
`

const bar = (from: number, to: number, top: number, height: number): string =>
  `M${from} ${top}H${to}v${height}H${from}z`

const gem = (x: number, y: number, half: number): string =>
  `M${x} ${y - half}l${half} ${half}l-${half} ${half}l-${half}-${half}z`

const description = ({ assessment, nameOf, lang, say }: ProjectView): string => {
  const { projectedFinish, baselineFinish, criticalPath, dataDate } = assessment
  const date = (value: ScheduleDate | null) => (value === null ? say('未定', 'unknown') : dateText(value, lang))
  return say(
    `截至 ${date(dataDate)}:计划 ${date(baselineFinish)} 完成,预计 ${date(projectedFinish)} 完成。关键路线:${listed(criticalPath.map(nameOf), lang) || '无'}。各节点日期见下表。`,
    `As of ${date(dataDate)}: planned finish ${date(baselineFinish)}, projected finish ${date(projectedFinish)}. Critical path: ${listed(criticalPath.map(nameOf), lang) || 'none'}. All dates stand in the table below.`
  )
}

const key = ({ say }: ProjectView): Markup => {
  const entry = (kind: keyof typeof keyShapes, words: string) =>
    html`<span><svg class="key" viewBox="0 0 28 12" width="28" height="12" aria-hidden="true"><path class="${kind}" d="${
      keyShapes[kind]
    }"/>${kind !== 'float' && kind !== 'make-up' && html`<path class="${kind} gem" d="M22 1l5 5l-5 5l-5-5z"/>`}</svg>${words}</span>`
  return html`<figcaption>${entry('done', say('已完成', 'done'))}${entry('todo', say('预计', 'forecast'))}${entry(
    'critical',
    say('预计,关键路线', 'forecast, critical path')
  )}${entry('base', say('现计划(基线)', 'current baseline'))}${entry('float', say('总时差', 'total float'))}${entry('make-up', say('调休上班日', 'weekend day that works'))}</figcaption>`
}

const keyShapes = {
  done: 'M1 2H22v8H1z',
  todo: 'M1 2H22v8H1z',
  critical: 'M1 2H22v8H1z',
  base: 'M1 4H25v3H1z',
  float: 'M1 6H27',
  'make-up': 'M4 4v5M14 4v5M24 4v5'
}
