import { strFromU8, unzipSync } from 'fflate'
import readXlsxFile from 'read-excel-file/node'
import { describe, expect, it } from 'vitest'
import type { SiteEntry } from '../../functions/core/site-entry.ts'
import { ledgerFile } from '../../functions/pages/ledger-sheet.ts'
import { inertText } from '../../functions/pages/spreadsheet.ts'
import { dataDate } from './fixture.ts'
import { entries } from './site-files.ts'

const bytesOf = async (of: readonly SiteEntry[] = entries): Promise<Uint8Array> => {
  const { body } = await ledgerFile(of, dataDate, 'ledger.xlsx')
  return typeof body === 'string' ? Buffer.from(body) : body
}

/** The rows of each sheet as another program reads them. */
const sheetsOf = async (bytes: Uint8Array) =>
  new Map((await readXlsxFile(Buffer.from(bytes))).map(({ sheet, data }) => [sheet, data]))

describe('the ledger', () => {
  it('has a sheet of projects, one of milestones, one of instructions', async () => {
    const sheets = await sheetsOf(await bytesOf())
    expect([...sheets.keys()]).toEqual(['项目', '里程碑', '说明'])
    expect(sheets.get('项目')).toHaveLength(1 + entries.length)
    expect(sheets.get('里程碑')).toHaveLength(1 + entries.flatMap(({ milestones }) => milestones).length)
  })

  it('holds dates as dates, percentages as numbers, and where each row comes from', async () => {
    const [head, first] = (await sheetsOf(await bytesOf())).get('里程碑') ?? []
    const cell = (name: string) => first?.[head?.indexOf(name) ?? -1]
    const [
      {
        summary,
        milestones: [milestone]
      } = entries[0]!
    ] = entries
    expect(cell('项目编号')).toBe(summary.id)
    expect(cell('节点编号')).toBe(milestone!.id)
    expect(cell('版本')).toBe(summary.version)
    expect(cell('现批准完成')).toEqual(new Date(`${milestone!.baselineFinish}T00:00:00Z`))
    expect(cell('完成比例')).toBe(milestone!.percentComplete / 100)
  })

  it('keeps its head in sight', async () => {
    const sheet = strFromU8(unzipSync(await bytesOf())['xl/worksheets/sheet1.xml'] ?? new Uint8Array())
    expect(sheet).toMatch(/<pane [^>]*ySplit="1"[^>]*state="frozen"/)
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
