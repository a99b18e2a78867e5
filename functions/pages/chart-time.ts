import { type DayNumber, fromDayNumber, type IsoDate, monthOf, toDayNumber } from '../core/dates.ts'
import type { ScheduleDate } from '../core/milestone.ts'
import { dateOf } from '../core/schedule.ts'
import { monthText } from './date-text.ts'
import type { Language } from './language.ts'
import { html, type Markup } from './markup.ts'

/** Whole months that a chart shows; `to` is the first day after them. */
export interface MonthSpan {
  readonly from: DayNumber
  readonly to: DayNumber
  readonly months: readonly { readonly day: DayNumber; readonly year: string; readonly month: number }[]
}

/** The months around some days, which must not be none. */
export const monthsAround = (days: readonly DayNumber[]): MonthSpan => {
  const first = `${monthOf(fromDayNumber(Math.min(...days)))}-01`
  const last = fromDayNumber(Math.max(...days))
  const months: { readonly day: DayNumber; readonly year: string; readonly month: number }[] = []
  let date: IsoDate = first
  while (date <= last) {
    months.push({ day: toDayNumber(date), year: date.slice(0, 4), month: Number(date.slice(5, 7)) })
    date = nextMonth(date)
  }
  return { from: toDayNumber(first), to: toDayNumber(date), months }
}

const nextMonth = (first: IsoDate): IsoDate =>
  first.endsWith('-12-01')
    ? `${Number(first.slice(0, 4)) + 1}-01-01`
    : `${first.slice(0, 5)}${String(Number(first.slice(5, 7)) + 1).padStart(2, '0')}-01`

/** Labels of months are thinned out to so many at most. */
const monthLabels = 26

/** Lines at the starts of months with their names above, years where they begin. */
export const monthGrid = (
  { months }: MonthSpan,
  x: (day: DayNumber) => number,
  bottom: number,
  lang: Language
): Markup => {
  const step = [1, 2, 3, 6, 12].find(each => months.length / each <= monthLabels) ?? 12
  return html`<path class="grid" d="${months.map(({ day }) => `M${x(day)} 18V${bottom}`).join('')}"/>
<g class="axis">${months.map(({ day, year, month }, index) => [
    (index === 0 || month === 1) && html`<text x="${x(day) + 3}" y="12">${lang === 'zh' ? `${year}年` : year}</text>`,
    (month - 1) % step === 0 && html`<text x="${x(day) + 3}" y="28">${monthText(month, lang)}</text>`
  ])}</g>`
}

/** The day of a date; `undefined` where there is none. */
export const dayOf = (date: ScheduleDate | null | undefined): DayNumber | undefined =>
  date == null ? undefined : toDayNumber(dateOf(date))

/** The end of a day: the day after, as a moment on an axis of days. */
export const endOf = (date: ScheduleDate | null | undefined): DayNumber | undefined => {
  const day = dayOf(date)
  return day === undefined ? undefined : day + 1
}

/** A vertical line at a date with its words below the chart, kept within its width. */
export const dateMarker = (
  kind: string,
  at: { readonly x: number; readonly bottom: number; readonly textY: number; readonly width: number },
  words: string
): Markup =>
  html`
<g class="${kind}"><path d="M${at.x} 18V${at.bottom + 4}"/><text x="${at.x}" y="${at.textY}" text-anchor="${at.x > at.width - 90 ? 'end' : 'middle'}">${words}</text></g>`

/** To a tenth of a unit: finer is invisible, and costs bytes. */
export const tenth = (value: number): number => Math.round(value * 10) / 10
