import type { Language } from './language.ts'
import { type Markup, trusted } from './markup.ts'

/**
 * Sets Chinese text as it is printed: a comma, colon, semicolon, question or exclamation mark beside a Chinese
 * character, and a pair of brackets after or around one, become full-width. Addresses have none beside them; pages that quote code are left alone.
 */
export const typesetText = (text: string, lang: Language): string => {
  if (lang !== 'zh') return text
  return text
    .replace(/\(([^()<>]*)\)/g, (pair: string, inside: string, at: number) =>
      hanAt(text, at - 1) || han.test(inside) ? `\uff08${inside}\uff09` : pair
    )
    .replace(beside, mark => wide(mark))
}

/** The same for markup: tags and what is escaped in them stay as they are. */
export const typeset = (markup: Markup, lang: Language): Markup =>
  lang === 'zh' ? trusted(typesetText(markup.toString(), lang)) : markup

/**
 * A mark behind a Chinese character or before one; not a `;` that ends an escape, nor what comes before a `/`. It begins
 * with the mark, which is rare, and looks behind from there: a page is long.
 */
const beside =
  /(?<=[\u3007\u4e00-\u9fff\uff08\uff09])[,:;?!](?! *\/)|[,:?!](?=[\u3007\u4e00-\u9fff])|(?<!&#?\w+);(?=[\u3007\u4e00-\u9fff])/g

const han = /[\u3007\u4e00-\u9fff]/

const hanAt = (text: string, at: number): boolean => at >= 0 && han.test(text.charAt(at))

/** Full-width forms lie 0xFEE0 above their ASCII twins. */
const wide = (mark: string): string => String.fromCharCode(mark.charCodeAt(0) + 0xfee0)
