import { Unreadable } from './imported-plan.ts'
import { xmlStream } from './xml-stream.ts'
import { openZip, type ZipArchive } from './zip-archive.ts'

/** A workbook of Excel, WPS or LibreOffice (ECMA-376), opened: its sheets can be read one after the other. */
export interface Workbook {
  readonly archive: ZipArchive
  readonly sheets: readonly { readonly name: string; readonly part: string }[]
  /** Texts that cells point at. */
  readonly strings: readonly string[]
  /** Dates count from 1904, as old Macs did. */
  readonly from1904: boolean
}

/** Texts of a workbook, all together. */
const mostCharacters = 24_000_000

const workbookPart = 'xl/workbook.xml'

/**
 * Opens a workbook.
 * @throws Unreadable when it is none, or damaged.
 */
export const openWorkbook = (bytes: Uint8Array): Workbook => {
  const archive = openZip(bytes)
  if (!archive.has(workbookPart)) throw new Unreadable('not-a-workbook', `${workbookPart} is missing`)
  const targets = relationsOf(archive)
  const sheets: Workbook['sheets'][number][] = []
  let from1904 = false
  readPart(archive, workbookPart, {
    open: (name, attribute) => {
      if (name === 'workbookPr') from1904 = isTrue(attribute('date1904'))
      if (name !== 'sheet') return
      const part = targets.get(attribute('id') ?? '')
      // A sheet of a chart has no rows to read.
      if (part !== undefined) sheets.push({ name: unescaped(attribute('name') ?? ''), part })
    }
  })
  return { archive, sheets, strings: stringsOf(archive), from1904 }
}

/** Reads a part of a workbook as XML. */
export const readPart = (archive: ZipArchive, part: string, listener: Parameters<typeof xmlStream>[1]): void => {
  const stream = xmlStream(part, listener)
  archive.read(part, stream.write)
  stream.end()
}

/** Text of a workbook, in which `_x000D_` stands for a character that XML cannot hold (ST_Xstring, §22.9.2.19). */
export const unescaped = (text: string): string =>
  text.includes('_x')
    ? text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_whole, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text

/** An attribute that says yes. */
export const isTrue = (value: string | undefined): boolean => value === '1' || value === 'true'

/** Worksheets by the id of their relation. */
const relationsOf = (archive: ZipArchive): ReadonlyMap<string, string> => {
  const targets = new Map<string, string>()
  readPart(archive, 'xl/_rels/workbook.xml.rels', {
    open: (name, attribute) => {
      if (name !== 'Relationship' || !attribute('Type')?.endsWith('/worksheet')) return
      const target = attribute('Target') ?? ''
      targets.set(attribute('Id') ?? '', target.startsWith('/') ? target.slice(1) : `xl/${target}`)
    }
  })
  return targets
}

const stringsPart = 'xl/sharedStrings.xml'

const stringsOf = (archive: ZipArchive): readonly string[] => {
  const strings: string[] = []
  if (!archive.has(stringsPart)) return strings
  let characters = 0
  let text = ''
  let isText = false
  let isReading = false
  readPart(archive, stringsPart, {
    open: name => {
      if (name === 'si') text = ''
      // How Japanese text is read aloud stands beside it.
      if (name === 'rPh') isReading = true
      if (name === 't') isText = !isReading
    },
    close: name => {
      if (name === 'si') strings.push(unescaped(text))
      if (name === 'rPh') isReading = false
      if (name === 't') isText = false
    },
    text: words => {
      if (!isText) return
      characters += words.length
      if (characters > mostCharacters)
        throw new Unreadable('too-large', `it holds more than ${mostCharacters} characters`)
      text += words
    }
  })
  return strings
}
