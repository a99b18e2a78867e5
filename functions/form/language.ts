import { type Language, type Named, nameText, type Say, sayIn } from '../pages/language.ts'

/** The language of the page. */
export const lang: Language = document.documentElement.lang === 'en' ? 'en' : 'zh'

/**
 * A text as it is printed in the language of the page: in Chinese with full-width brackets and marks beside a character.
 * The pages' own typography looks behind, which the browsers of older iPhones cannot read.
 */
export const printed = (text: string): string =>
  lang === 'en'
    ? text
    : text
        .replace(/(.?)\(([^()]*)\)/g, (pair: string, before: string, inside: string) =>
          han.test(before + inside) ? `${before}\uff08${inside}\uff09` : pair
        )
        .replace(/([\u3007\u4e00-\u9fff\uff09])([,:;?!])|[,:;?!](?=[\u3007\u4e00-\u9fff])/g, fullWidth)

const han = /[\u3007\u4e00-\u9fff]/

/** Full-width forms lie 0xFEE0 above their ASCII twins. */
const fullWidth = (found: string, before = ''): string =>
  before + String.fromCharCode(found.charCodeAt(before.length) + 0xfee0)

/** Chooses between two ways to say the same thing. */
export const say: Say = (zh, en) => printed(sayIn(lang)(zh, en))

/** The name of something in the language of the page. */
export const nameOf = (named: Named): string => printed(nameText(named, lang))
