import { Parser } from 'saxen'
import { Unreadable } from './imported-plan.ts'
import { withReferences } from './xml-tree.ts'

/** What is done with the elements of an XML text as they come; names are without prefixes, of attributes too. */
export interface XmlListener {
  readonly open?: (name: string, attribute: (name: string) => string | undefined) => void
  readonly close?: (name: string) => void
  readonly text?: (text: string) => void
}

/** Takes an XML text in pieces of UTF-8. */
export interface XmlStream {
  readonly write: (bytes: Uint8Array) => void
  readonly end: () => void
}

/**
 * Reads an XML text without ever holding it whole. A document type is refused, so that there are no entities to expand.
 * @throws Unreadable from `write` and `end`, when it is not well-formed or not UTF-8.
 */
export const xmlStream = (part: string, { open, close, text }: XmlListener): XmlStream => {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const refuse = (detail: string): never => {
    throw new Unreadable('not-xml', `${part}: ${detail}`)
  }
  const parser = new Parser()
    .on('error', error => refuse(error.message))
    .on('attention', () => {
      throw new Unreadable('doctype-refused', `${part}: a document type is not accepted`)
    })
    .on('openTag', (name, attributes) => {
      open?.(bare(name), wanted => {
        const values = attributes() || {}
        const key = Object.hasOwn(values, wanted) ? wanted : Object.keys(values).find(each => bare(each) === wanted)
        return key === undefined ? undefined : withReferences(values[key] ?? '')
      })
    })
    .on('closeTag', name => close?.(bare(name)))
    .on('text', words => text?.(withReferences(words)))
    .on('cdata', words => text?.(words))
  const decode = (bytes?: Uint8Array): string => {
    try {
      return decoder.decode(bytes, { stream: bytes !== undefined })
    } catch (error) {
      if (error instanceof TypeError) return refuse('it is not UTF-8')
      throw error
    }
  }
  return {
    write: bytes => void parser.write(decode(bytes)),
    end: () => {
      parser.write(decode())
      parser.end()
    }
  }
}

const bare = (name: string): string => name.slice(name.indexOf(':') + 1)
