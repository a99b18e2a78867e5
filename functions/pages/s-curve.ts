import { scaleLinear } from 'd3-scale'
import { type DayNumber, toDayNumber } from '../core/dates.ts'
import type { FinishForecast } from '../core/forecast.ts'
import { dateOf } from '../core/schedule.ts'
import { dateMarker, dayOf, endOf, monthGrid, monthsAround, tenth } from './chart-time.ts'
import { columnDateText, dateText, dayTextNear, timeMarkup } from './date-text.ts'
import { chartFigure, chartTable } from './figure.ts'
import { html, type Markup, type Piece } from './markup.ts'
import { percentText, signedText } from './numbers.ts'
import type { ProjectView } from './project-view.ts'

const width = 1000
const height = 356
const plot = { left: 46, right: 992, top: 36, bottom: 318 }

/**
 * S-curve (S 曲线): percent of the work planned and done over time, and from the data date on the fan in which the finish
 * is forecast, from even odds (P50) to four in five (P80). `undefined` where nothing is planned and nothing reported.
 */
export const sCurve = (view: ProjectView): Markup | undefined => {
  const { course, assessment, lang, say } = view
  const { planned, points } = course
  const forecast = assessment.forecast?.method === 'actual' ? undefined : (assessment.forecast ?? undefined)
  if (planned.length === 0 && points.length < 2) return undefined
  const today = toDayNumber(assessment.dataDate)
  const required = endOf(assessment.requiredBy)
  const fan = forecast && { p50: toDayNumber(dateOf(forecast.p50)) + 1, p80: toDayNumber(dateOf(forecast.p80)) + 1 }
  const days = [
    today,
    ...[planned[0], planned.at(-1), points[0]].flatMap(point => dayOf(point?.on) ?? []),
    ...[required, fan?.p50, fan?.p80].flatMap(day => (day === undefined ? [] : [day]))
  ]
  const span = monthsAround(days)
  const across = scaleLinear([span.from, span.to], [plot.left, plot.right])
  const upwards = scaleLinear([0, 100], [plot.bottom, plot.top])
  const x = (day: DayNumber) => tenth(across(day))
  const y = (percent: number) => tenth(upwards(percent))
  const line = (marks: readonly (readonly [day: DayNumber, percent: number])[]) =>
    `M${marks.map(([day, percent]) => `${x(day)} ${y(percent)}`).join('L')}`
  const done = assessment.percentComplete
  return chartFigure(
    { id: 'curve', size: { width, height }, title: say('S 曲线', 'S-curve'), text: description(view) },
    html`${monthGrid(span, x, plot.bottom, lang)}
<path class="grid" d="${quarters.map(percent => `M${plot.left} ${y(percent)}H${plot.right}`).join('')}"/>
<g class="axis">${quarters.map(percent => html`<text x="4" y="${y(percent) + 4}">${percent}%</text>`)}</g>
${
  fan &&
  html`<path class="fan" d="${line([
    [today, done],
    [fan.p50, 100],
    [Math.max(fan.p80, fan.p50 + 1), 100]
  ])}z"/><path class="forecast-line" d="${line([
    [today, done],
    [fan.p50, 100]
  ])}"/>`
}${planned.length > 0 && html`<path class="planned-line" d="${line(planned.map(({ on, percent }) => [toDayNumber(on), percent]))}"/>`}
<path class="done-line" d="${line(points.map(({ on, percentComplete }) => [toDayNumber(on), percentComplete]))}"/>
<path class="done gem" d="M${x(today)} ${tenth(y(done) - 5)}l5 5l-5 5l-5-5z"/>
${dateMarker('data-date', { x: x(today), bottom: plot.bottom, textY: plot.bottom + 16, width }, `${say('数据截至', 'Data date')} ${dayTextNear(assessment.dataDate)(assessment.dataDate, lang)}`)}${
  required !== undefined &&
  dateMarker(
    'required',
    { x: x(required), bottom: plot.bottom, textY: plot.bottom + 32, width },
    `${say('要求启用', 'Required')} ${dayTextNear(assessment.dataDate)(assessment.requiredBy ?? '', lang)}`
  )
}`,
    { key: key(view, fan !== undefined), twin: table(view, forecast) }
  )
}

const quarters = [0, 25, 50, 75, 100]

const description = ({ assessment, lang, say }: ProjectView): string => {
  const { dataDate, percentComplete, plannedPercent, forecast } = assessment
  const date = (value: string) => dateText(value, lang)
  const planned =
    plannedPercent === null
      ? ''
      : say(`,序时 ${percentText(plannedPercent)}`, `, ${percentText(plannedPercent)} planned`)
  const expected =
    forecast && forecast.method !== 'actual'
      ? say(
          `预测 ${date(forecast.p50)}(P50)至 ${date(forecast.p80)}(P80)完成。`,
          ` Forecast to be done between ${date(forecast.p50)} (P50) and ${date(forecast.p80)} (P80).`
        )
      : ''
  return `${say(`截至 ${date(dataDate)}:完成 ${percentText(percentComplete)}`, `As of ${date(dataDate)}: ${percentText(percentComplete)} done`)}${planned}${say('。', '.')}${expected}`
}

const key = ({ say, course }: ProjectView, hasFan: boolean): Markup => {
  const entry = (kind: string, words: string): Piece =>
    html`<span><svg class="key" viewBox="0 0 28 12" width="28" height="12" aria-hidden="true"><path class="${kind}" d="${
      kind === 'fan' ? 'M1 11L18 1H27z' : 'M1 10L27 2'
    }"/></svg>${words}</span>`
  return html`<figcaption>${course.planned.length > 0 && entry('planned-line', say('计划(序时)', 'planned'))}${entry('done-line', say('完成', 'done'))}${
    hasFan && [entry('forecast-line', say('预测 P50', 'forecast P50')), entry('fan', say('P50 至 P80', 'P50 to P80'))]
  }</figcaption>`
}

const table = ({ course, lang, say }: ProjectView, forecast: FinishForecast | undefined): Markup =>
  chartTable(
    say('各次填报时的序时与完成', 'Planned and done at each report'),
    [say('日期', 'Date'), say('序时', 'Planned'), say('完成', 'Done'), say('差距(百分点)', 'Gap (points)')],
    [
      ...course.points.map(({ on, plannedPercent, percentComplete }) => [
        timeMarkup(on, lang, columnDateText),
        plannedPercent === null ? '—' : percentText(plannedPercent),
        percentText(percentComplete),
        plannedPercent === null ? '—' : signedText(Math.round((percentComplete - plannedPercent) * 10) / 10)
      ]),
      ...(forecast
        ? [
            [timeMarkup(forecast.p50, lang, columnDateText), '—', say('100%(预测 P50)', '100% (forecast P50)'), '—'],
            [timeMarkup(forecast.p80, lang, columnDateText), '—', say('100%(预测 P80)', '100% (forecast P80)'), '—']
          ]
        : [])
    ]
  )
