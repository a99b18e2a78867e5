import type { Text } from '../core/text.ts'
import { html, type Markup } from './markup.ts'

/** The languages of the site; Chinese is the first. */
export type Language = keyof Text

/** Both, the first one first. */
export const languages: readonly Language[] = ['zh', 'en']

/** The tags of BCP 47 for `lang` and `hreflang`. */
export const languageTag: Readonly<Record<Language, string>> = { zh: 'zh-CN', en: 'en' }

/** The other language of the pair. */
export const twinOf = (lang: Language): Language => (lang === 'zh' ? 'en' : 'zh')

/** Chooses between two ways to say the same thing, so that both stand side by side in the code. */
export type Say = (zh: string, en: string) => string

/** A chooser for one language. */
export const sayIn = (lang: Language): Say => (lang === 'zh' ? zh => zh : (_zh, en) => en)

/** Something that has a Chinese name and may have an English one. */
export interface Named {
  readonly name: string
  readonly nameEn?: string | undefined
}

/** The name in a language as plain text; Chinese where there is no English one. */
export const nameText = (named: Named, lang: Language): string => (lang === 'en' && named.nameEn) || named.name

/** The name in a language; a Chinese name in English text is marked as Chinese, so that it is read aloud as such. */
export const nameMarkup = (named: Named, lang: Language): Markup =>
  lang === 'en' && !named.nameEn ? chinese(named.name) : html`${nameText(named, lang)}`

/** Words of the plan that exist in Chinese alone. */
export const planWords = (words: string, lang: Language): Markup => (lang === 'en' ? chinese(words) : html`${words}`)

const chinese = (words: string): Markup => html`<span lang="zh-CN">${words}</span>`

/** Joins phrases as the language lists them: 、 in Chinese, commas in English. */
export const listed = (phrases: readonly string[], lang: Language): string => phrases.join(lang === 'zh' ? '、' : ', ')
