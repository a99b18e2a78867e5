import type { ScheduleDate } from '../core/milestone.ts'
import { type Language, sayIn } from './language.ts'
import { html, type Markup } from './markup.ts'

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December'
]

/** A date in words: `2021年6月21日`, `21 June 2021`; the hour follows where the plan counts hours. */
export const dateText = (date: ScheduleDate, lang: Language): string => {
  const { year, month, day, hour } = partsOf(date)
  return sayIn(lang)(`${year}年${month}月${day}日${hour}`, `${day} ${months[month - 1]} ${year}${hour}`)
}

/** A way to write dates beside `near`: the year is left out where it is the same, `6月21日`, `21 June`. */
export const dayTextNear = (near: ScheduleDate): DateWriter => {
  const year = near.slice(0, 4)
  const known = writersByYear.get(year)
  if (known) return known
  const write: DateWriter = (date, lang) => {
    if (!date.startsWith(year)) return dateText(date, lang)
    const { month, day, hour } = partsOf(date)
    return sayIn(lang)(`${month}月${day}日${hour}`, `${day} ${months[month - 1]}${hour}`)
  }
  writersByYear.set(year, write)
  return write
}

/** A way to write a date in a language. */
export type DateWriter = (date: ScheduleDate, lang: Language) => string

const writersByYear = new Map<string, DateWriter>()

/** A date for the columns of a table: `2021年6月21日`, `21 Jun 2021`. */
export const columnDateText = (date: ScheduleDate, lang: Language): string => {
  const { year, month, day, hour } = partsOf(date)
  return sayIn(lang)(`${year}年${month}月${day}日${hour}`, `${day} ${monthAbbreviation(month)} ${year}${hour}`)
}

/** The month of a date: `2021年6月`, `Jun 2021`. */
export const monthOfYearText = (date: ScheduleDate, lang: Language): string => {
  const { year, month } = partsOf(date)
  return sayIn(lang)(`${year}年${month}月`, `${monthAbbreviation(month)} ${year}`)
}

/** A sentence with its ISO dates written as the language writes them. */
export const withDatesInWords = (sentence: string, lang: Language): string =>
  sentence.replace(/(?<![\w-])\d{4}-\d{2}-\d{2}(?![\w-])/g, date => dateText(date, lang))

/** A month as an axis shows it: `6月`, `Jun`. `month` is 1 to 12. */
export const monthText = (month: number, lang: Language): string => sayIn(lang)(`${month}月`, monthAbbreviation(month))

/** A date as an element that also says it in ISO 8601. */
export const timeMarkup = (date: ScheduleDate, lang: Language, write: DateWriter = dateText): Markup => {
  const written = elements.get(write)?.[lang] ?? remember(write)[lang]
  const known = written.get(date)
  if (known) return known
  const made = html`<time datetime="${date}">${write(date, lang)}</time>`
  if (written.size < mostRemembered) written.set(date, made)
  return made
}

/** The same few hundred dates stand all over a site, and writing them was the dearest part of a page. */
const elements = new Map<DateWriter, Readonly<Record<Language, Map<ScheduleDate, Markup>>>>()
const mostRemembered = 10_000

const remember = (write: DateWriter) => {
  const made = { zh: new Map<ScheduleDate, Markup>(), en: new Map<ScheduleDate, Markup>() }
  elements.set(write, made)
  return made
}

const monthAbbreviation = (month: number): string => months[month - 1]?.slice(0, 3) ?? ''

/** Of a date what is written. */
interface DateParts {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: string
}

const partsOf = (date: ScheduleDate): DateParts => {
  const known = taken.get(date)
  if (known) return known
  const parts = {
    year: Number(date.slice(0, 4)),
    month: Number(date.slice(5, 7)),
    day: Number(date.slice(8, 10)),
    hour: date.length > 10 ? ` ${date.slice(11, 16)}` : ''
  }
  if (taken.size < mostRemembered) taken.set(date, parts)
  return parts
}

const taken = new Map<ScheduleDate, DateParts>()
