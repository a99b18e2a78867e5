import { Buffer } from 'node:buffer'
import { deflateRawSync, gzipSync } from 'node:zlib'
import { strFromU8, unzipSync, zipSync } from 'fflate'
import type { LedgerForm } from '../../functions/import/ledger-form.ts'
import { megabyte, spaces, zipOf } from './false-zip.ts'
import { addressOf, type Entry, edited, setCell, sheetPart, type Where, withParts } from './ledger-copy.ts'

/** A file that somebody might send in place of a ledger. */
export interface HostileLedger {
  readonly name: string
  readonly bytes: () => Uint8Array
  readonly form?: LedgerForm
}

/**
 * Some two hundred files made of an exported ledger: cells of every wrong kind, sheets that no program writes, archives that
 * are damaged or lie, and CSV. `project` and `milestone` are those whose cells are written.
 */
export const hostileLedgers = (
  ledger: Uint8Array,
  csv: Uint8Array,
  { project, milestone }: { readonly project: string; readonly milestone: string }
): readonly HostileLedger[] => [
  ...cells(ledger, project, milestone),
  ...sheets(ledger, project, milestone),
  ...archives(ledger),
  ...texts(csv, milestone)
]

const xml = (content: string, attributes = ''): ((ref: string) => Entry) => {
  return ref => ({ xml: `<c r="${ref}"${attributes}>${content}</c>` })
}

const formula = xml('<f>TODAY()</f><v>44368</v>')
const wrongAnywhere: readonly (Entry | ((ref: string) => Entry))[] = [
  formula,
  xml('<f>HYPERLINK("http://x","y")</f>'),
  xml('<f>1/0</f><v>#DIV/0!</v>', ' t="e"'),
  xml('<v>#REF!</v>', ' t="e"'),
  xml('<v>1</v>', ' t="b"'),
  xml('<v>999999</v>', ' t="s"'),
  xml('<v>-1</v>', ' t="s"'),
  xml('<v>abc</v>'),
  xml('<v>NaN</v>'),
  xml('<v>1e999</v>'),
  xml('<is><t>_x0000__x0007_</t></is>', ' t="inlineStr"'),
  xml('<is><t>&#0;&#xD800;</t></is>', ' t="inlineStr"'),
  xml('<v>x</v>', ' t="nonsense"'),
  'x'.repeat(40_000),
  '\u202e2021-06-21',
  '𠮷'.repeat(300),
  "=cmd|'/C calc'!A0"
]

const dates: readonly Entry[] = [
  -1,
  0,
  0.5,
  1,
  59,
  60,
  1e308,
  5e-324,
  109_575,
  2_958_466,
  'yesterday',
  '2021-13-01',
  '2021-02-29',
  '21/6/21',
  '06/21/2021',
  '2021-06-21T25:00',
  '2021-06-21 10:61',
  '99999-01-01',
  '2021年6月',
  '2021-06-21; DROP TABLE'
]

const cells = (ledger: Uint8Array, project: string, milestone: string): readonly HostileLedger[] => {
  const at = (column: string): Where => ({ project, milestone, column })
  const of = (column: string, entries: readonly (Entry | ((ref: string) => Entry))[]) =>
    entries.map((entry, i) => ({
      name: `${column} #${i} ${JSON.stringify(entry)?.slice(0, 40)}`,
      bytes: () => {
        const { ref } = addressOf(ledger, at(column))
        return edited(ledger, [at(column), typeof entry === 'function' ? entry(ref) : entry])
      }
    }))
  return [
    ...of('actualStart', [...wrongAnywhere, ...dates]),
    ...of('forecastFinish', [...wrongAnywhere.slice(0, 4), ...dates]),
    ...of('percentComplete', [...wrongAnywhere, -0.1, 101, 1e9, 'abc', '1', '80%%', '0x10', '-5%', '1e1', '101%']),
    ...of('delay', [...wrongAnywhere.slice(0, 4), 5, 'LANDX', 'OTHER', '__proto__', 'constructor']),
    ...of('note', [...wrongAnywhere, '   ', 'x'.repeat(32_000), '<script>alert(1)</script>', '\u2066a\u2069']),
    ...of('version', [0, -1, 1.5, 1e9, 2 ** 53, 'x', '__proto__', formula]),
    ...of('dataDate', [-5, 1e6, '2021-06-22', '1970-01-01', '2199-12-31', formula]),
    ...of('projectId', [
      '__proto__',
      'constructor',
      '../school',
      '@bureau',
      'SCHOOL',
      'x'.repeat(5000),
      'a\nb',
      7,
      formula
    ]),
    ...of('milestoneId', ['__proto__', 'toString', 'x'.repeat(5000), 'c3 ', '', 3, formula]),
    ...of('light', ['绿', null, formula]),
    ...of('name', [null, '另一个名字', formula])
  ]
}

const doctype =
  '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'

const sheets = (ledger: Uint8Array, project: string, milestone: string): readonly HostileLedger[] => {
  const target = sheetPart('里程碑')
  const start = addressOf(ledger, { project, milestone, column: 'actualStart' }).ref
  const part = (path: string, change: (text: string) => string, more?: Readonly<Record<string, string>>) => () =>
    withParts(ledger, (each, text) => (each === path ? change(text) : text), more)
  const inSheet = (change: (text: string) => string) => part(target, change)
  const rows = (count: number, row: (line: number) => string) => (text: string) =>
    text.replace('</sheetData>', `${Array.from({ length: count }, (_, i) => row(1000 + i)).join('')}</sheetData>`)
  const merged = (ref: string) =>
    inSheet(text => text.replace('</sheetData>', `</sheetData><mergeCells><mergeCell ref="${ref}"/></mergeCells>`))
  const line = Number(/\d+$/.exec(start)?.[0])
  const rowOf = (text: string) => new RegExp(`<row [^>]*r="${line}".*?</row>`, 's').exec(text)?.[0] ?? ''
  const named = (name: string, bytes: () => Uint8Array): HostileLedger => ({ name, bytes })
  const doctypes = ['xl/workbook.xml', 'xl/sharedStrings.xml', 'xl/_rels/workbook.xml.rels', target].map(path =>
    named(
      `entities in ${path}`,
      part(path, text => text.replace(/^(<\?xml.*?\?>)?/, `$1${doctype}`).replace('<v>', '<v>&b;&c;'))
    )
  )
  return [
    ...doctypes,
    named('merged over the row', merged(`A${line}:S${line}`)),
    named('merged over everything', merged('A1:XFD1048576')),
    named('merged over two dates', merged(`H${line}:I${line}`)),
    named('a merge that is none', merged('A0:ZZZZ9')),
    named(
      'many merges',
      inSheet(text =>
        text.replace('</sheetData>', `</sheetData><mergeCells>${'<mergeCell ref="A2:B3"/>'.repeat(5000)}</mergeCells>`)
      )
    ),
    named(
      'a row twice',
      inSheet(text => text.replace('</sheetData>', `${rowOf(text).replaceAll(`${line}"`, '999"')}</sheetData>`))
    ),
    named(
      'the same number twice',
      inSheet(text => text.replace('</sheetData>', `${rowOf(text)}</sheetData>`))
    ),
    named(
      'a hidden row with an edit',
      inSheet(text => setCell(text, start, '2021-02-30').replace(`<row r="${line}"`, `<row hidden="1" r="${line}"`))
    ),
    named(
      'rows that go backwards',
      inSheet(text => text.replace('<row r="2"', '<row r="900"'))
    ),
    named(
      'row zero',
      inSheet(text => text.replace('<row r="2"', '<row r="0"'))
    ),
    named(
      'row of a million',
      inSheet(text => text.replace('<row r="2"', '<row r="99999999"'))
    ),
    named(
      'a cell of another row',
      inSheet(text => text.replace('r="B2"', 'r="B77"'))
    ),
    named(
      'cells out of order',
      inSheet(text => text.replace('r="C2"', 'r="A2"'))
    ),
    named(
      'a cell beyond the last',
      inSheet(text => text.replace('r="S2"', 'r="XFE2"'))
    ),
    named(
      'a cell without a place',
      inSheet(text => text.replace('r="B2"', ''))
    ),
    named(
      'no head',
      inSheet(text => text.replace(/<row [^>]*r="1".*?<\/row>/s, ''))
    ),
    named(
      'a head twice',
      inSheet(text => setCell(text, 'T1', '实际开始'))
    ),
    named(
      'a key column missing',
      inSheet(text => setCell(text, 'R1', '别的'))
    ),
    named('100,000 empty rows', inSheet(rows(100_000, r => `<row r="${r}"><c r="A${r}" s="1"/></row>`))),
    named('100,000 rows', inSheet(rows(100_000, r => `<row r="${r}"><c r="A${r}"><v>${r}</v></c></row>`))),
    named(
      '100,000 projects',
      inSheet(
        rows(
          40_000,
          r =>
            `<row r="${r}"><c r="A${r}"><v>${r}</v></c><c r="C${r}"><v>1</v></c><c r="R${r}"><v>1</v></c><c r="S${r}"><v>44368</v></c></row>`
        )
      )
    ),
    named(
      '16,384 columns',
      inSheet(text =>
        text.replace(
          '</sheetData>',
          `<row r="999">${Array.from({ length: 60_000 }, () => '<c><v>1</v></c>').join('')}</row></sheetData>`
        )
      )
    ),
    named(
      'elements 100,000 deep',
      inSheet(text => text.replace('</sheetData>', `${'<x>'.repeat(100_000)}${'</x>'.repeat(100_000)}</sheetData>`))
    ),
    named(
      'an element that never ends',
      inSheet(text => text.slice(0, text.length / 2))
    ),
    named(
      'tags that cross',
      inSheet(text => text.replace('</row>', '</c>'))
    ),
    named(
      'a text of 20 MB',
      part('xl/sharedStrings.xml', text => text.replace('</sst>', `<si><t>${'长'.repeat(7_000_000)}</t></si></sst>`))
    ),
    named(
      'an attribute of 8 MB',
      inSheet(text => text.replace('<row r="2"', `<row a="${'x'.repeat(8_000_000)}" r="2"`))
    ),
    named('strings missing', () =>
      withParts(ledger, (path, text) => (path === 'xl/sharedStrings.xml' ? undefined : text))
    ),
    named('a sheet missing', () => withParts(ledger, (path, text) => (path === target ? undefined : text))),
    named('relations missing', () => withParts(ledger, (path, text) => (path.endsWith('.rels') ? undefined : text))),
    named('no workbook', () => withParts(ledger, (path, text) => (path === 'xl/workbook.xml' ? undefined : text))),
    named(
      'a part outside',
      part('xl/_rels/workbook.xml.rels', text => text.replace('worksheets/sheet2.xml', '../../../etc/passwd'))
    ),
    named(
      'a table twice',
      part('xl/_rels/workbook.xml.rels', text => text.replace('worksheets/sheet1.xml', 'worksheets/sheet2.xml'))
    ),
    named(
      '500 sheets',
      part('xl/workbook.xml', text =>
        text.replace('</sheets>', `${'<sheet name="x" sheetId="9" r:id="rId1"/>'.repeat(500)}</sheets>`)
      )
    ),
    named(
      'the date system of 1904',
      part('xl/workbook.xml', text => text.replace(/<workbook([^>]*)>/, '<workbook$1><workbookPr date1904="1"/>'))
    ),
    named('UTF-16', () => withBytes(ledger, target, text => Buffer.from(`\uFEFF${text}`, 'utf16le'))),
    named('bytes that are no UTF-8', () =>
      withBytes(ledger, target, text => Buffer.concat([Buffer.from(text), Buffer.from([0xff, 0xfe, 0xc0])]))
    ),
    named(
      'another namespace',
      inSheet(text => text.replaceAll('<c ', '<y:c ').replaceAll('</c>', '</y:c>'))
    )
  ]
}

const archives = (ledger: Uint8Array): readonly HostileLedger[] => {
  const cut = [0, 1, 2, 4, 30, 100, 0.25, 0.5, 0.9, 0.99].map(share => ({
    name: `cut off at ${share}`,
    bytes: () => ledger.slice(0, share < 1 ? Math.floor(ledger.length * share) : share)
  }))
  const flipped = Array.from({ length: 20 }, (_, i) => ({
    name: `a bit flipped #${i}`,
    bytes: () => {
      const bytes = new Uint8Array(ledger)
      const at = Math.floor(((i + 0.5) / 20) * bytes.length)
      bytes[at] = (bytes[at] ?? 0) ^ (1 << (i % 8))
      return bytes
    }
  }))
  const bomb = () => zipOf({ ...bookParts, 'xl/workbook.xml': { raw: spaces(96), length: 96 * megabyte } })
  return [
    ...cut,
    ...flipped,
    { name: 'a bomb', bytes: bomb },
    {
      name: 'a bomb that says it is small',
      bytes: () => zipOf({ ...bookParts, 'xl/workbook.xml': { raw: spaces(96), length: 100 } })
    },
    {
      name: 'a stated length of four gigabytes',
      bytes: () => zipOf({ 'xl/workbook.xml': { raw: spaces(1), length: 0xffffffff } })
    },
    {
      name: 'an encrypted part',
      bytes: () => zipOf({ 'xl/workbook.xml': { raw: spaces(1), length: megabyte, flags: 1 } })
    },
    {
      name: 'an unknown method',
      bytes: () => zipOf({ 'xl/workbook.xml': { raw: spaces(1), length: megabyte, method: 99 } })
    },
    {
      name: 'ten thousand parts',
      bytes: () =>
        zipOf(
          Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`x${i}`, { raw: Buffer.alloc(0), length: 0 }]))
        )
    },
    {
      name: 'an old workbook',
      bytes: () => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2000)])
    },
    { name: 'a page', bytes: () => Buffer.from('<html><table><tr><td>项目编号</td></tr></table></html>') },
    { name: 'gzip', bytes: () => gzipSync(ledger) },
    { name: 'noise', bytes: () => Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 251)) },
    {
      name: 'a workbook of something else',
      bytes: () =>
        withParts(ledger, (path, text) => (path.includes('sharedStrings') ? text.replaceAll('项目编号', '编号') : text))
    },
    { name: 'bytes before and after', bytes: () => Buffer.concat([Buffer.from('junk'), ledger, Buffer.from('junk')]) }
  ]
}

const texts = (csv: Uint8Array, milestone: string): readonly HostileLedger[] => {
  const text = Buffer.from(csv).toString('utf8')
  const of = (name: string, changed: string | Buffer): HostileLedger => ({
    name: `CSV: ${name}`,
    bytes: () => Buffer.from(changed),
    form: 'csv-ledger'
  })
  const row = text.split('\r\n').find(line => line.includes(`,${milestone},`)) ?? ''
  return [
    of('a quote that never ends', text.replace(`,${milestone},`, `,"${milestone},`)),
    of('something after a quote', text.replace(`,${milestone},`, `,"${milestone}"x,`)),
    of('empty', ''),
    of('a mark alone', '\uFEFF'),
    of('heads alone', text.slice(0, text.indexOf('\r\n'))),
    of('zeros', Buffer.alloc(100_000)),
    of('100,000 rows', `${text.split('\r\n')[0]}\r\n${'school,,C3\r\n'.repeat(100_000)}`),
    of('one line of 5 MB', 'x,'.repeat(2_500_000)),
    of('a cell of 5 MB', text.replace('主体封顶', '主'.repeat(1_700_000))),
    of('a row twice', `${text}${row}\r\n`),
    of('UTF-16 without its mark', Buffer.from(text, 'utf16le')),
    of(
      'UTF-16 cut in a character',
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le').subarray(0, 301)])
    ),
    of('a formula in a note', text.replace(row, row.replace(/,,(未开始)/, ',=1+1,$1'))),
    of('bare one for a percentage', text.replace(row, row.replace(',0%,', ',1,'))),
    of('semicolons', text.replaceAll(',', ';')),
    of('quotes alone', '"'.repeat(100_000)),
    of('line breaks alone', '\n'.repeat(100_000))
  ]
}

const bookParts = { 'xl/_rels/workbook.xml.rels': { raw: deflateRawSync(Buffer.from('<Relationships/>')), length: 16 } }

/** The archive with the bytes of one part changed. */
const withBytes = (ledger: Uint8Array, path: string, change: (text: string) => Buffer): Uint8Array => {
  const parts = unzipSync(ledger)
  return zipSync({ ...parts, [path]: change(strFromU8(parts[path] ?? new Uint8Array())) })
}
