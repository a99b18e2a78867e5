import type { Language } from './language.ts'
import { type Markup, trusted } from './markup.ts'

/**
 * Sets Chinese text as it is printed: a comma, colon, semicolon, question or exclamation mark beside a Chinese
 * character, and a pair of brackets after or around one, become full-width, and of a text that was cut the bracket that is left.
 * Addresses have none beside them.
 */
export const typesetText = (text: string, lang: Language): string => {
  if (lang !== 'zh') return text
  return text
    .replace(/\(([^()<>\u2026]*)([)\u2026])/g, (pair: string, inside: string, end: string, at: number) =>
      hanAt(text, at - 1) || han.test(inside) ? `\uff08${inside}${end === ')' ? '\uff09' : end}` : pair
    )
    .replace(beside, mark => wide(mark))
}

/** The same for markup: tags and what is escaped in them stay as they are. */
export const typeset = (markup: Markup, lang: Language): Markup =>
  lang === 'zh' ? trusted(typesetText(markup.toString(), lang)) : markup

/** The same for markup that quotes code, which stays as it is. */
export const typesetAroundCode = (markup: Markup, lang: Language): Markup =>
  lang === 'zh'
    ? trusted(
        markup
          .toString()
          .split(/(<(code|pre)\b[\s\S]*?<\/\2>)/)
          // Each piece of code comes with the name of its element.
          .map((piece, index) => [typesetText(piece, lang), piece, ''][index % 3])
          .join('')
      )
    : markup

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
