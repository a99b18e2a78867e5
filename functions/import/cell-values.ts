import { fromDayNumber, isIsoDate } from '../core/dates.ts'
import { delayCodes } from '../core/delay.ts'
import { delayWords } from '../core/delay-words.ts'
import type { CellFaultCode, LedgerKind, LedgerValue } from '../core/ledger.ts'
import { textOf } from '../schema/fields.ts'
import type { RawCell } from './raw-rows.ts'

/** What a cell says, or why it says nothing that can be used. */
export type CellReading =
  | { readonly ok: true; readonly value: LedgerValue }
  | { readonly ok: false; readonly code: CellFaultCode }

/** How a file counts the days of its dates. */
export interface DateSystem {
  readonly from1904: boolean
}

/**
 * Reads a cell as its column wants it, in all the ways in which Excel, WPS and LibreOffice write it. Nothing is guessed:
 * a value with two meanings is none. A formula is never taken at the value that the program computed last, which may be
 * older than what it was computed from.
 */
export const readCell = ({ value, trouble }: RawCell, kind: LedgerKind, dates: DateSystem): CellReading => {
  if (trouble !== undefined) return { ok: false, code: trouble }
  const text = typeof value === 'string' ? value.normalize('NFKC').trim() : value
  if (text === '') return said(null)
  switch (kind) {
    case 'text':
      return readText(value)
    case 'number':
      return readNumber(text)
    case 'percent':
      return readPercent(text)
    case 'date':
      return readDate(text, dates)
    case 'delay':
      return readDelay(text)
    case 'yes':
      return readYes(text)
  }
}

const said = (value: LedgerValue): CellReading => ({ ok: true, value })

const unusable = (code: CellFaultCode): CellReading => ({ ok: false, code })

/** Longest text of a cell in Excel. */
const longestText = 32_767

const lines = textOf(longestText)

const readText = (value: RawCell['value']): CellReading => {
  if (typeof value === 'boolean') return unusable('not-text')
  const text = `${value}`.trim()
  if (text === '') return said(null)
  if (text.length > longestText) return unusable('too-long')
  return lines.safeParse(text).success ? said(text) : unusable('control-character')
}

const numberPattern = /^[+-]?(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{1,15})?$/

const readNumber = (value: RawCell['value']): CellReading => {
  if (typeof value === 'number') return said(value)
  if (typeof value === 'boolean' || !numberPattern.test(value)) return unusable('not-a-number')
  return said(Number(value.replaceAll(',', '')))
}

/** 0.8, 80, "80%" and "0.8" are eighty; a bare "1" as text may be one or a hundred. */
const readPercent = (value: RawCell['value']): CellReading => {
  const isSigned = typeof value === 'string' && value.endsWith('%')
  const reading = readNumber(isSigned ? value.slice(0, -1).trim() : value)
  if (!reading.ok || typeof reading.value !== 'number') return unusable('not-a-percent')
  const number = reading.value
  if (number < 0 || number > 100) return unusable('not-a-percent')
  if (isSigned || number > 1) return said(exact(number))
  return typeof value === 'string' && number === 1 ? unusable('ambiguous-percent') : said(exact(number * 100))
}

/** Without what binary fractions add. */
const exact = (percent: number): number => Math.round(percent * 1e6) / 1e6

/** Days between the first day of the file's dates and 1970-01-01. */
const epoch = { from1900: 25_569, from1904: 24_107 } as const
const minutesPerDay = 1440
const firstDay = 0
/** 2199-12-31. */
const lastDay = 84_005

const readDate = (value: RawCell['value'], { from1904 }: DateSystem): CellReading => {
  if (typeof value === 'boolean') return unusable('not-a-date')
  if (typeof value === 'string') return readWrittenDate(value)
  const minutes = Math.round((value - (from1904 ? epoch.from1904 : epoch.from1900)) * minutesPerDay)
  const day = Math.floor(minutes / minutesPerDay)
  if (!(day >= firstDay && day <= lastDay)) return unusable('not-a-date')
  return said(fromDayNumber(day) + clockOf(minutes - day * minutesPerDay))
}

const clockOf = (minutes: number): string =>
  minutes === 0 ? '' : `T${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`

const two = (number: number | string): string => `${number}`.padStart(2, '0')

/** The year stands first and has four digits: 6/7/21 is three days, depending on where one lives. */
const writtenDate =
  /^(\d{4})(?:-(\d{1,2})-(\d{1,2})|\/(\d{1,2})\/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|\u5e74(\d{1,2})\u6708(\d{1,2})\u65e5)(?:[T ]+(\d{1,2}):(\d{2})(?::00(?:\.0+)?)?)?$/

const readWrittenDate = (text: string): CellReading => {
  const [, year, ...parts] = writtenDate.exec(text) ?? []
  const [month, day] = parts.slice(0, 8).filter(part => part !== undefined)
  const [hour, minute] = parts.slice(8)
  if (year === undefined || month === undefined || day === undefined) return unusable('not-a-date')
  const date = `${year}-${two(month)}-${two(day)}`
  if (!isIsoDate(date) || Number(hour ?? 0) > 23 || Number(minute ?? 0) > 59) return unusable('not-a-date')
  return said(date + clockOf(Number(hour ?? 0) * 60 + Number(minute ?? 0)))
}

/** The choice of the list, its code or its words alone; words that two reasons had in common would be none. */
const readDelay = (value: RawCell['value']): CellReading => {
  const word = /^[A-Za-z]+/.exec(`${value}`)?.[0]?.toUpperCase()
  const phrase = `${value}`.toLowerCase()
  const named = delayCodes.filter(
    code => code === word || [delayWords[code].zh, delayWords[code].en].some(words => words === phrase)
  )
  const [code, ...others] = named
  return code === undefined || others.length > 0 ? unusable('unknown-reason') : said(code)
}

const yesWords = ['是', 'yes', 'y', 'true', '1', '√', '✓']
const noWords = ['否', 'no', 'n', 'false', '0']

const readYes = (value: RawCell['value']): CellReading => {
  const word = `${value}`.toLowerCase()
  if (yesWords.includes(word)) return said('yes')
  return noWords.includes(word) ? said(null) : unusable('not-yes-or-no')
}
