/** Markup that has been escaped already. */
export interface Markup {
  readonly markup: string
  /** The markup, so that it can stand in a string. */
  readonly toString: () => string
}

/** What a template takes: markup as it is, text and numbers escaped, lists in order, the rest left out. */
export type Piece = Markup | string | number | false | null | undefined | readonly Piece[]

/**
 * HTML or SVG from a template; every value is escaped unless it is markup itself. A page is some thousand of these, so
 * that what each of them makes is a string and nothing more.
 */
export const html = (strings: TemplateStringsArray, ...pieces: readonly Piece[]): Markup => {
  let markup = strings[0] ?? ''
  for (let index = 0; index < pieces.length; index += 1) markup += textOf(pieces[index]) + (strings[index + 1] ?? '')
  return trusted(markup)
}

/** Text that this package wrote itself, taken as markup without escaping. Never for data. */
export const trusted = (markup: string): Markup => ({ markup, toString: ownMarkup })

/** One function for all, since a closure for each would cost more than the escaping. */
function ownMarkup(this: Pick<Markup, 'markup'>): string {
  return this.markup
}

const textOf = (piece: Piece): string => {
  if (typeof piece === 'string') return escaped(piece)
  if (typeof piece === 'number') return String(piece)
  if (piece === false || piece === null || piece === undefined) return ''
  if ('markup' in piece) return piece.markup
  let text = ''
  for (const each of piece) text += textOf(each)
  return text
}

const escaped = (text: string): string => (special.test(text) ? text.replace(everySpecial, escapeOf) : text)

const special = /[&<>"']/
const everySpecial = /[&<>"']/g

const escapeOf = (character: string): string => escapes[character] ?? ''

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;'
}
