import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { Unreadable } from './imported-plan.ts'

/** An element: text, or children by name, several of one name as a list. */
export type XmlValue = unknown

/**
 * The root element of an XML text. Entities are never expanded: a document type is refused, and only the five of XML
 * itself and character references are read, by {@link textOf}.
 * @throws Unreadable with the line, when it is not well-formed or its root has another name.
 */
export const parseXml = (text: string, root: string): XmlValue => {
  const doctype = /<!DOCTYPE/i.exec(text)
  if (doctype) throw new Unreadable('doctype-refused', 'a document type is not accepted', lineAt(text, doctype.index))
  const valid = XMLValidator.validate(text)
  if (valid !== true) throw new Unreadable('not-xml', valid.err.msg, valid.err.line)
  const tree = parsed(text)
  const found = childOf(tree, root)
  if (found === undefined) throw new Unreadable('not-ms-project', `the root element is not ${root}`, 1)
  return found
}

const parsed = (text: string): XmlValue => {
  const parser = new XMLParser({
    ignoreAttributes: true,
    removeNSPrefix: true,
    parseTagValue: false,
    processEntities: false,
    // The bulk of a file, and nothing that a plan is made of.
    stopNodes: ['*.TimephasedData', '*.ExtendedAttribute'],
    maxNestedTags: 40
  })
  try {
    return parser.parse(text)
  } catch (error) {
    // The parser throws plain errors for names it refuses and for tags nested too deep.
    if (error instanceof Error) throw new Unreadable('not-xml', error.message)
    throw error
  }
}

const lineAt = (text: string, index: number): number => text.slice(0, index).split('\n').length

/** The child of a name, the first where there are several. */
export const childOf = (value: XmlValue, name: string): XmlValue => childrenOf(value, name)[0]

/** All children of a name, none where there is none. */
export const childrenOf = (value: XmlValue, name: string): readonly XmlValue[] => {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return []
  const found: unknown = Reflect.get(value, name)
  return Array.isArray(found) ? found : [found]
}

/** The children `item` of the child `list`. */
export const listOf = (value: XmlValue, list: string, item: string): readonly XmlValue[] =>
  childrenOf(childOf(value, list), item)

/** The text of a child, `''` where there is none. */
export const textOf = (value: XmlValue, name: string): string => {
  const found = childOf(value, name)
  return typeof found === 'string' ? withReferences(found).trim() : ''
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Text with the references of XML itself resolved, and no others. */
export const withReferences = (text: string): string =>
  text.includes('&')
    ? text.replaceAll(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos));/g, (whole, decimal, hex, name) => {
        if (typeof name === 'string') return named[name] ?? whole
        const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)
        return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
      })
    : text
