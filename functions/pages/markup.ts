import { raw, html as template } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'

/** Markup that has been escaped already. */
export type Markup = HtmlEscapedString

/** What a template takes: markup as it is, text and numbers escaped, lists in order, the rest left out. */
export type Piece = Markup | string | number | false | null | undefined | readonly Piece[]

/**
 * HTML or SVG from a template; every value is escaped unless it is markup itself.
 * @throws TypeError on a value that is still to come: pages are made from data that are at hand.
 */
export const html = (strings: TemplateStringsArray, ...pieces: readonly Piece[]): Markup => {
  const made = template(strings, ...pieces)
  if (made instanceof Promise) throw new TypeError('a page cannot wait for its data')
  return made
}

/** Text that this package wrote itself, taken as markup without escaping. Never for data. */
export const trusted = (text: string): Markup => raw(text)
