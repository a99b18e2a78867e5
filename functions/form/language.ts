import { type Language, sayIn } from '../pages/language.ts'

/** The language of the page. */
export const lang: Language = document.documentElement.lang === 'en' ? 'en' : 'zh'

/** Chooses between two ways to say the same thing. */
export const say = sayIn(lang)
