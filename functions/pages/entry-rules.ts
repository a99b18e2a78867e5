import type { Feature } from 'write-excel-file/universal'
import {
  getCellAddress,
  getOrderOfSiblings,
  insertElementMarkupAccordingToOrderOfSiblings,
  sanitizeAttributeValue,
  sanitizeTextContent
} from 'write-excel-file/utility'
import { type IsoDate, toDayNumber } from '../core/dates.ts'

/** What may be entered into a column: one of a list, or a number or date between two others, both inclusive. */
export type Entry =
  | { readonly type: 'list'; readonly choices: readonly string[] }
  | { readonly type: 'number'; readonly from: number; readonly to: number }
  | { readonly type: 'date'; readonly from: IsoDate; readonly to: IsoDate }

/** A sheet as far as its rules go. */
export interface RuledSheet {
  readonly columns: readonly { readonly head: string; readonly entry?: Entry | undefined }[]
  readonly rows: readonly unknown[]
}

/**
 * Drop-downs and bounds (data validation of ECMA-376 §18.3.1.32), which the library leaves to its users: they hold for
 * every row that a sheet has, and an empty cell is always allowed.
 */
export const entryRules = (sheets: readonly RuledSheet[]): Feature<Blob> => ({
  files: {
    transform: {
      'xl/worksheets/sheet{id}.xml': {
        transform: (xml, _options, { sheetIndex }) => {
          const rules = rulesOf(sheets[sheetIndex])
          if (rules.length === 0) return xml
          const markup = `<dataValidations count="${rules.length}">${rules.join('')}</dataValidations>`
          return insertElementMarkupAccordingToOrderOfSiblings(xml, markup, order, 'worksheet')
        }
      }
    }
  }
})

const order = getOrderOfSiblings('xl/worksheets/sheet{id}.xml', 'worksheet') ?? []

const rulesOf = (sheet: RuledSheet | undefined): readonly string[] =>
  sheet === undefined || sheet.rows.length === 0
    ? []
    : sheet.columns.flatMap(({ head, entry }, column) =>
        entry ? [rule(entry, head, `${getCellAddress(1, column)}:${getCellAddress(sheet.rows.length, column)}`)] : []
      )

const rule = (entry: Entry, head: string, range: string): string => {
  const title = sanitizeAttributeValue(head.replaceAll('\n', ' ').slice(0, longestTitle))
  const shared = `allowBlank="1" showErrorMessage="1" errorTitle="${title}" sqref="${range}"`
  switch (entry.type) {
    case 'list': {
      const list = sanitizeTextContent(`"${entry.choices.join(',')}"`)
      return `<dataValidation type="list" error="请从下拉列表中选择 / Choose from the list" ${shared}><formula1>${list}</formula1></dataValidation>`
    }
    case 'number':
      return between('decimal', '应为数字 / A number is needed', [entry.from, entry.to], shared)
    case 'date':
      return between('date', '应为日期 / A date is needed', [serialOf(entry.from), serialOf(entry.to)], shared)
  }
}

const between = (type: string, error: string, [from, to]: readonly [number, number], shared: string): string =>
  `<dataValidation type="${type}" operator="between" error="${error}" ${shared}><formula1>${from}</formula1><formula2>${to}</formula2></dataValidation>`

/** Longest title of a message in Excel, in characters. */
const longestTitle = 32

/** Days of Excel, whose 1970-01-01 is 25569. */
const serialOf = (date: IsoDate): number => toDayNumber(date) + 25_569
