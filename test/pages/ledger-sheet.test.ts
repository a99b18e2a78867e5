import { strFromU8, unzipSync } from 'fflate'
import { XmlDocument } from 'libxml2-wasm'
import readXlsxFile from 'read-excel-file/node'
import { describe, expect, it } from 'vitest'
import { delayCodes } from '../../functions/core/delay.ts'
import type { SiteEntry } from '../../functions/core/site-entry.ts'
import { ledgerCsvFile } from '../../functions/pages/ledger-csv.ts'
import { ledgerFile } from '../../functions/pages/ledger-sheet.ts'
import { inertText } from '../../functions/pages/spreadsheet.ts'
import { dataDate } from './fixture.ts'
import { entries } from './site-files.ts'

const bytesOf = async (of: readonly SiteEntry[] = entries): Promise<Uint8Array> => {
  const { body } = await ledgerFile(of, dataDate, 'ledger.xlsx')
  return typeof body === 'string' ? Buffer.from(body) : body
}

const textOf = (file = new Uint8Array()): string => strFromU8(file)

/** The rows of each sheet as another program reads them. */
const sheetsOf = async (bytes: Uint8Array) =>
  new Map((await readXlsxFile(Buffer.from(bytes))).map(({ sheet, data }) => [sheet, data]))

describe('the ledger as text', () => {
  it('begins with a byte order mark, has CRLF, and a row a milestone', () => {
    const text = String(ledgerCsvFile(entries).body)
    expect(text.startsWith('\uFEFF项目编号 Project id,')).toBe(true)
    expect(text.split('\r\n')).toHaveLength(2 + entries.flatMap(({ milestones }) => milestones).length)
    expect(text.replaceAll('\r\n', '')).not.toContain('\r')
  })

  it('holds no formula, and quotes what CSV divides by', () => {
    const [entry] = entries
    const [milestone] = entry!.milestones
    const cellOf = (name: string) => {
      const text = String(ledgerCsvFile([{ ...entry!, milestones: [{ ...milestone!, name }] }]).body)
      return text.slice(text.indexOf(`,${milestone!.id},`) + milestone!.id.length + 2)
    }
    for (const typed of ['=1+1', '+cmd|x', '-1', '@SUM(A1)', '\t=1']) expect(cellOf(typed)).toMatch(`'${typed},`)
    expect(cellOf('\r=1')).toMatch(`"'\r=1",`)
    expect(cellOf('一,"二"')).toMatch(`"一,""二""",`)
  })
})

describe('the ledger', () => {
  it('has a sheet of projects, one of milestones, one of instructions', async () => {
    const sheets = await sheetsOf(await bytesOf())
    expect([...sheets.keys()]).toEqual(['项目', '里程碑', '说明'])
    expect(sheets.get('项目')).toHaveLength(1 + entries.length)
    expect(sheets.get('里程碑')).toHaveLength(1 + entries.flatMap(({ milestones }) => milestones).length)
  })

  it('holds dates as dates, percentages as numbers, and where each row comes from', async () => {
    const [head, first] = (await sheetsOf(await bytesOf())).get('里程碑') ?? []
    const cell = (name: string) => first?.[head?.findIndex(each => String(each).startsWith(`${name}\n`)) ?? -1]
    const [
      {
        summary,
        milestones: [milestone]
      } = entries[0]!
    ] = entries
    expect(cell('项目编号')).toBe(summary.id)
    expect(cell('节点编号')).toBe(milestone!.id)
    expect(cell('版本')).toBe(summary.version)
    expect(cell('数据日期')).toEqual(new Date(`${summary.dataDate}T00:00:00Z`))
    expect(cell('现批准完成')).toEqual(new Date(`${milestone!.baselineFinish}T00:00:00Z`))
    expect(cell('完成比例')).toBe(milestone!.percentComplete / 100)
  })

  it('keeps its head in sight', async () => {
    const sheet = strFromU8(unzipSync(await bytesOf())['xl/worksheets/sheet1.xml'] ?? new Uint8Array())
    expect(sheet).toMatch(/<pane [^>]*ySplit="1"[^>]*state="frozen"/)
  })

  it('gives its head the height of its lines, which LibreOffice does not work out', async () => {
    const files = unzipSync(await bytesOf())
    for (const name of ['sheet1', 'sheet2']) {
      const row = /<row r="1" ht="([\d.]+)" customHeight="1">/.exec(textOf(files[`xl/worksheets/${name}.xml`]))
      expect(Number(row?.[1]), name).toBeGreaterThanOrEqual(45)
    }
  })

  it('is made of well-formed XML', async () => {
    const files = unzipSync(await bytesOf())
    for (const [name, bytes] of Object.entries(files)) expect(() => XmlDocument.fromBuffer(bytes), name).not.toThrow()
  })

  it('is as wide as a page of A3, repeats its head on each, and is filtered by it', async () => {
    const files = unzipSync(await bytesOf())
    const last = 1 + entries.flatMap(({ milestones }) => milestones).length
    const sheet = textOf(files['xl/worksheets/sheet2.xml'])
    expect(sheet).toContain('<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews>')
    expect(sheet).toMatch(/<pageSetup paperSize="8" fitToWidth="1" fitToHeight="0" [^>]*orientation="landscape"/)
    expect(sheet).toContain(`</sheetData><autoFilter ref="A1:S${last}"/><dataValidations`)
    // The instructions are one column of sentences.
    expect(textOf(files['xl/worksheets/sheet3.xml'])).not.toContain('<autoFilter')
    const names = [
      ...textOf(files['xl/workbook.xml']).matchAll(/name="_xlnm.(\w+)" localSheetId="(\d)"[^>]*>([^<]*)</g)
    ]
    expect(names.map(([, name, sheetIndex, range]) => [name, sheetIndex, range])).toEqual([
      ['_FilterDatabase', '0', `'项目'!$A$1:$X$${1 + entries.length}`],
      ['Print_Titles', '0', "'项目'!$1:$1"],
      ['_FilterDatabase', '1', `'里程碑'!$A$1:$S$${last}`],
      ['Print_Titles', '1', "'里程碑'!$1:$1"],
      ['Print_Titles', '2', "'说明'!$1:$1"]
    ])
  })

  it('offers the reasons of delay and bounds dates, on every row and where people may write', async () => {
    const sheet = strFromU8(unzipSync(await bytesOf())['xl/worksheets/sheet2.xml'] ?? new Uint8Array())
    const last = 1 + entries.flatMap(({ milestones }) => milestones).length
    const rules = [...sheet.matchAll(/<dataValidation type="(\w+)"[^>]* sqref="(\w+):(\w+)">/g)].map(m => m.slice(1))
    expect(rules).toEqual([
      ['date', 'H2', `H${last}`],
      ['date', 'I2', `I${last}`],
      ['date', 'J2', `J${last}`],
      ['decimal', 'L2', `L${last}`],
      ['list', 'N2', `N${last}`]
    ])
    const list = /<formula1>"(LAND [^"]*)"<\/formula1>/.exec(sheet)?.[1] ?? ''
    expect(list.split(',').map(choice => choice.split(' ')[0])).toEqual(delayCodes)
    // Excel takes no longer list, and calls the whole file broken.
    expect(list.length).toBeLessThanOrEqual(255)
    expect(sheet.indexOf('<dataValidations')).toBeGreaterThan(sheet.indexOf('</sheetData>'))
  })

  it('keeps the hour of a plan in hours', async () => {
    const [entry] = entries
    const [milestone] = entry!.milestones
    const hours = { ...entry!, milestones: [{ ...milestone!, actualStart: '2021-06-21T13:30' }] }
    const [head, first] = (await sheetsOf(await bytesOf([hours]))).get('里程碑') ?? []
    const column = head?.indexOf('实际开始\nActual start') ?? -1
    expect(first?.[column]).toEqual(new Date('2021-06-21T13:30:00Z'))
    expect(String(ledgerCsvFile([hours]).body)).toContain(',2021-06-21 13:30,')
  })

  it('is the same to the byte when nothing has changed, whatever the time', async () => {
    const first = await bytesOf()
    await new Promise(resolve => setTimeout(resolve, 2100))
    expect(Buffer.from(await bytesOf()).equals(first)).toBe(true)
  })

  it('holds no formula, whatever people typed', async () => {
    const [entry] = entries
    const typed = ['=1+1', '+cmd|x', '-1', '@SUM(A1)', '\t=1', '=1']
    const hostile = typed.map(name => ({ ...entry!, summary: { ...entry!.summary, name } }))
    const bytes = await bytesOf(hostile)
    const names = (await sheetsOf(bytes))
      .get('项目')
      ?.slice(1)
      .map(row => row[1])
    expect(names).toEqual(typed.map(text => `'${text}`))
    for (const [path, content] of Object.entries(unzipSync(bytes)))
      if (path.startsWith('xl/worksheets/')) expect(strFromU8(content), path).not.toContain('<f>')
    expect(inertText('区实验小学(北校)=新校')).toBe('区实验小学(北校)=新校')
  })
})
