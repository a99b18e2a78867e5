import type { IsoDate } from '../core/dates.ts'
import { timeMarkup } from './date-text.ts'
import { type Language, sayIn } from './language.ts'
import { html, type Markup } from './markup.ts'
import { typeset } from './typography.ts'

/** Says that the tracker runs on a demonstration clock, and on which date it stands; every page on such a clock has it. */
export const clockMark = (standsAt: IsoDate, lang: Language): Markup =>
  typeset(
    html`<p class="mark-clock">${sayIn(lang)('演示时钟,日期固定为 ', 'Demonstration clock: the date is fixed at ')}${timeMarkup(standsAt, lang)}</p>`,
    lang
  )
