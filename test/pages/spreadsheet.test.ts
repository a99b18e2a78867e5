import { strFromU8, unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import writeXlsxFile from 'write-excel-file/universal'
import {
  dateCell,
  numberCell,
  percentCell,
  signedStyle,
  textCell,
  textStyle,
  workbook
} from '../../functions/pages/spreadsheet.ts'

const ground = { ...textStyle, backgroundColor: '#f4b6b2' }
const rows = [
  [textCell('一'), undefined, numberCell(12), dateCell('2021-06-21'), percentCell(12.5)],
  [],
  [undefined, textCell(' <b> & "c"\n二 '), numberCell(-3, signedStyle), dateCell('2021-06-21T13:30'), percentCell(0)],
  [textCell('一', ground), textCell('_x0041_]]>'), numberCell(0.1), dateCell('1970-01-01'), percentCell(100)]
]
const columns = ['甲', '乙', '丙', '丁', '戊'].map(head => ({ head, width: 10 }))

/** The cells of a sheet by place, each with its text or number and its style in full. */
const cellsOf = (bytes: Uint8Array): ReadonlyMap<string, string> => {
  const files = unzipSync(bytes)
  const [sheet = '', texts = '', styles = ''] = ['worksheets/sheet1', 'sharedStrings', 'styles'].map(name =>
    strFromU8(files[`xl/${name}.xml`] ?? new Uint8Array())
  )
  const elements = (xml: string, list: string, each: string): readonly string[] =>
    new RegExp(`<${list}[ >].*?</${list}>`, 's')
      .exec(xml)?.[0]
      .match(new RegExp(`<${each}[ >/].*?</${each}>|<${each} [^>]*/>`, 'gs')) ?? []
  const formats = new Map(
    [...styles.matchAll(/numFmtId="(\d+)" formatCode="([^"]*)"/g)].map(([, id, code]) => [id, code])
  )
  const fills = elements(styles, 'fills', 'fill')
  const looks = elements(styles, 'cellXfs', 'xf').map(look =>
    look
      .replace(/numFmtId="(\d+)"/, (_, id: string) => `${formats.get(id)}`)
      .replace(/fillId="(\d+)"/, (_, id: string) => `${fills[Number(id)]}`)
  )
  const words = elements(texts, 'sst', 'si')
  return new Map(
    [...sheet.matchAll(/<c r="(\w+)" s="(\d+)"( t="s")?><v>(.*?)<\/v><\/c>/g)].map(
      ([, place = '', style, isText, value = '']) => [
        place,
        `${isText ? words[Number(value)] : value} ${looks[Number(style)]}`
      ]
    )
  )
}

test('rows of our own writing are what the library makes of the same cells, to the style and the space', async () => {
  const theirs = await writeXlsxFile([
    {
      sheet: 's',
      columns: columns.map(({ width }) => ({ width })),
      data: [
        columns.map(({ head }) => ({ value: head })),
        ...rows.map(row =>
          row.map(
            cell =>
              cell && {
                ...cell.style,
                // The library takes dates for moments of UTC; days of Excel begin 25,569 days before 1970.
                value:
                  cell.style.type === Date
                    ? new Date(Math.round((Number(cell.value) - 25_569) * 86_400_000))
                    : cell.value
              }
          )
        )
      ]
    }
  ]).toBlob()
  const expected = cellsOf(new Uint8Array(await theirs.arrayBuffer()))
  const written = [...cellsOf(await workbook([{ name: 's', columns, rows }]))]
  const below = written.filter(([place]) => !/^[A-Z]1$/.test(place))
  expect(below).toHaveLength(13)
  for (const [place, cell] of below) expect(cell, place).toBe(expected.get(place))
})

test('a sheet without rows has its head alone', async () => {
  const cells = cellsOf(await workbook([{ name: 's', columns, rows: [] }]))
  expect([...cells.keys()]).toEqual(['A1', 'B1', 'C1', 'D1', 'E1'])
})
