import type { IsoDate } from '../core/dates.ts'
import type { PageFile } from '../core/ports.ts'
import { byMargin, type Prospect } from '../core/prospect.ts'
import type { SitePart } from '../core/site-entry.ts'
import { dateText } from './date-text.ts'
import { endangeredList, prospectSentence } from './headline.ts'
import { type Language, planWords, sayIn } from './language.ts'
import { linkTo, pageFile, siteTitle } from './layout.ts'
import { lightIcon } from './light-mark.ts'
import { html, type Markup } from './markup.ts'
import { nextDates } from './next-dates.ts'
import { legend } from './overview-page.ts'
import { addressOfPart, townName } from './town-page.ts'
import { colourWords, lightOrder } from './words.ts'

/** What the overview of a divided site is made of. */
export interface TownsData {
  readonly parts: readonly SitePart[]
  readonly dataDate: IsoDate
  readonly demonstrationClock?: boolean | undefined
  /** The address of the site, ending in `/`, where it is known. */
  readonly siteUrl?: string | undefined
}

/** The overview of a site with too many projects for one page: towns by colour, and what asks for attention anywhere. */
export const townsPage = (data: TownsData, lang: Language, folder: '' | 'print/'): PageFile => {
  const { parts, dataDate, demonstrationClock, siteUrl } = data
  const say = sayIn(lang)
  const total = parts.reduce((sum, part) => sum + part.total, 0)
  const prospects = sumOf(parts)
  const endangered = parts.flatMap(part => part.endangered).toSorted(byMargin)
  return pageFile({
    lang,
    folder,
    kind: folder === '' ? 'overview' : 'print',
    title: folder === '' ? siteTitle(lang) : say('各镇街进度', 'Progress by town'),
    description: say(
      `${total} 个教育建设项目按镇街的进度。数据截至 ${dateText(dataDate, lang)}`,
      `Progress of ${total} school building projects by town, as of ${dateText(dataDate, lang)}`
    ),
    dataDate,
    demonstrationClock,
    siteUrl,
    demonstration: parts.some(({ demonstration }) => demonstration),
    provisional: parts.some(({ provisional }) => provisional),
    main: html`<h1 class="unseen">${siteTitle(lang)}</h1>
${prospectSentence(prospects, lang)}${
  endangered.length > 0 && endangeredList(endangered, prospects.endangered, { dataDate, lang, from: folder })
}
${townTable(parts, lang, folder)}
${nextDates(
  parts.flatMap(({ due }) => due.map(({ summary }) => summary)),
  dataDate,
  lang,
  folder
)}
${legend(lang)}`
  })
}

const townTable = (parts: readonly SitePart[], lang: Language, from: string): Markup => {
  const say = sayIn(lang)
  return html`<section aria-labelledby="towns">
<h2 id="towns">${say('各镇街', 'Towns')}</h2>
<div class="scroll" role="group" aria-labelledby="towns" tabindex="0"><table class="board">
<caption class="unseen">${say('各镇街项目按颜色计数,每页一行', 'Projects of each town by colour, one row a page')}</caption>
<thead><tr><th scope="col">${say('镇街', 'Town')}</th>${lightOrder.map(
    light => html`<th scope="col">${lightIcon(light)}<br>${colourWords[light][lang]}</th>`
  )}<th scope="col">${say('合计', 'All')}</th></tr></thead>
<tbody>${parts.map(
    ({ folder, town, page, total, lights }) => html`
<tr><th scope="row"><a href="${linkTo(addressOfPart(folder), lang, from)}">${
      town === null ? townName(town, lang) : planWords(town, lang)
    }${page > 1 && ` ${page}`}</a></th>${lightOrder.map(
      light => html`<td>${lights[light] === 0 ? '–' : lights[light]}</td>`
    )}<td>${total}</td></tr>`
  )}
</tbody></table></div>
</section>`
}

const sumOf = (parts: readonly SitePart[]): Readonly<Record<Prospect, number>> => {
  const sum: Record<Prospect, number> = { done: 0, endangered: 0, unknown: 0, behind: 0, 'on-time': 0 }
  for (const { prospects } of parts) {
    sum.done += prospects.done
    sum.endangered += prospects.endangered
    sum.unknown += prospects.unknown
    sum.behind += prospects.behind
    sum['on-time'] += prospects['on-time']
  }
  return sum
}
