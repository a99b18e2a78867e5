import { unzipSync, zipSync } from 'fflate'
import { beforeAll, describe, expect, test } from 'vitest'
import { importFaultText } from '../../functions/http/import-fault-text.ts'
import { readLedger } from '../../functions/import/read-ledger.ts'
import { ledgerFile } from '../../functions/pages/ledger-sheet.ts'
import { entries } from '../pages/site-files.ts'
import { setCell, sheetPart, withParts } from './ledger-copy.ts'

let ledger: Uint8Array
beforeAll(async () => {
  const { body } = await ledgerFile(entries, '2021-06-21', 'ledger.xlsx')
  ledger = new Uint8Array(Buffer.from(body))
})

const milestones = sheetPart('里程碑')

const codeOf = (bytes: Uint8Array): string => {
  const read = readLedger(bytes, 'excel-ledger')
  return read.ok ? 'read' : read.fault.code
}

const cellAt = (bytes: Uint8Array, ref: string) => {
  const read = readLedger(bytes, 'excel-ledger')
  return read.ok
    ? read.value
        .flatMap(({ table, cells }) => (table === 'milestones' ? Object.values(cells) : []))
        .find(c => c.ref === ref)
    : undefined
}

describe('an edited ledger', () => {
  test('with one digit turned in storage is damaged, not another ledger', () => {
    // Stored without compression, so that nothing but the checksum can tell.
    const stored = Buffer.from(zipSync(unzipSync(ledger), { level: 0 }))
    expect(codeOf(stored)).toBe('read')
    const digit = stored.indexOf('<v>', stored.indexOf(milestones)) + 3
    stored[digit] = stored[digit] === 0x31 ? 0x32 : 0x31
    expect(codeOf(stored)).toBe('broken-archive')
  })

  test.each([['xl/workbook.xml'], ['xl/sharedStrings.xml'], [milestones]])(
    'with a document type in %s is refused',
    part => {
      const doctype = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
      const bytes = withParts(ledger, (path, text) => (path === part ? text.replace('?>', `?>${doctype}`) : text))
      expect(codeOf(bytes)).toBe('doctype-refused')
    }
  )

  test('has its rows by the numbers that the spreadsheet shows, and its cells by their addresses', () => {
    const read = readLedger(ledger, 'excel-ledger')
    const rows = read.ok ? read.value.filter(({ table }) => table === 'milestones') : []
    expect(rows.map(({ line }) => line)).toEqual(rows.map((_, i) => i + 2))
    expect(rows[3]?.cells.milestoneId?.ref).toBe('C5')
  })

  test.each([
    ['in runs', '<is><r><t>连日</t></r><r><rPr/><t>大雨</t></r></is>', '连日大雨'],
    ['escaped', '<is><t>a&amp;b_x000A_c</t></is>', 'a&b\nc'],
    ['in CDATA', '<is><t><![CDATA[1 < 2]]></t></is>', '1 < 2'],
    ['far off the plane', '<is><t>&#x1F6A7;</t></is>', '🚧']
  ])('holds text that is %s', (_how, content, text) => {
    const xml = `<c r="O2" t="inlineStr">${content}</c>`
    const bytes = withParts(ledger, (path, part) => (path === milestones ? setCell(part, 'O2', { xml }) : part))
    expect(cellAt(bytes, 'O2')).toEqual({ ref: 'O2', value: text })
  })

  test.each([
    ['whose rows go backwards', (text: string) => text.replace('<row r="2"', '<row r="900"')],
    ['with a cell of another row', (text: string) => text.replace('r="B2"', 'r="B9"')]
  ])('%s is a malformed sheet, and no old workbook', (_how, change) => {
    const bytes = withParts(ledger, (path, text) => (path === milestones ? change(text) : text))
    const read = readLedger(bytes, 'excel-ledger')
    const fault = read.ok ? undefined : read.fault
    expect(fault?.code).toBe('broken-sheet')
    expect(fault && importFaultText(fault).zh).toMatch(/^工作表内容有误.*xl\/worksheets\/sheet2\.xml: /)
  })

  test('without its heads is none, and without a key column or with a head twice says which', () => {
    const headed = (ref: string, head: string) =>
      withParts(ledger, (path, text) => (path === milestones ? setCell(text, ref, head) : text))
    expect(codeOf(headed('R1', '别的'))).toBe('missing-column')
    expect(codeOf(headed('T1', 'Actual start'))).toBe('duplicate-column')
    const none = withParts(ledger, (path, text) =>
      path === 'xl/sharedStrings.xml' ? text.replaceAll('项目编号', 'x') : text
    )
    expect(codeOf(none)).toBe('no-ledger')
  })
})
