import type { Feature } from 'write-excel-file/universal'
import {
  getCellAddress,
  getOrderOfSiblings,
  insertElementMarkupAccordingToOrderOfSiblings
} from 'write-excel-file/utility'

/** A sheet as far as its paper and its filter go. */
export interface PrintedSheet {
  readonly name: string
  readonly columns: readonly unknown[]
  readonly rows: readonly unknown[]
}

/**
 * What the library leaves to its users: on paper a sheet is as wide as a page of A3, the largest that offices print, and
 * its head stands on each of them (ECMA-376 §18.3.1.63 and §18.2.5); on the screen a table of several columns is filtered by its head (§18.3.1.2).
 */
export const tableSetUp = (sheets: readonly PrintedSheet[]): Feature<Blob> => ({
  files: {
    transform: {
      'xl/worksheets/sheet{id}.xml': {
        transform: (xml, _options, { sheetIndex }) => {
          const fitting = xml.replace(
            /<pageSetup (?:paperSize="\d+" )?/,
            `<pageSetup paperSize="${a3}" fitToWidth="1" fitToHeight="0" `
          )
          const filter = filterOf(sheets[sheetIndex])
          const markup = filter === undefined ? [] : [`<autoFilter ref="${filter}"/>`]
          return ['<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>', ...markup].reduce(
            (sheet, element) => insertElementMarkupAccordingToOrderOfSiblings(sheet, element, order, 'worksheet'),
            fitting
          )
        }
      },
      'xl/workbook.xml': {
        transform: xml =>
          xml.replace('<definedNames/>', `<definedNames>${sheets.flatMap(namesOf).join('')}</definedNames>`)
      }
    }
  }
})

/** Among the paper sizes of §18.3.1.63. */
const a3 = 8

const order = getOrderOfSiblings('xl/worksheets/sheet{id}.xml', 'worksheet') ?? []

const filterOf = (sheet: PrintedSheet | undefined): string | undefined =>
  sheet && sheet.columns.length > 1
    ? `${getCellAddress(0, 0)}:${getCellAddress(sheet.rows.length, sheet.columns.length - 1)}`
    : undefined

/** Excel finds the repeated head, and the range of a filter, by names of its own. */
const namesOf = (sheet: PrintedSheet, index: number): readonly string[] => {
  const nameOf = (name: string, range: string, hidden = '') =>
    `<definedName name="_xlnm.${name}" localSheetId="${index}"${hidden}>'${sheet.name}'!${range}</definedName>`
  const filter = filterOf(sheet)
  return [
    ...(filter === undefined
      ? []
      : [nameOf('_FilterDatabase', filter.replaceAll(/([A-Z]+)(\d+)/g, '$$$1$$$2'), ' hidden="1"')]),
    nameOf('Print_Titles', '$1:$1')
  ]
}
