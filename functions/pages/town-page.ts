import type { IsoDate } from '../core/dates.ts'
import type { PageFile, Summary } from '../core/ports.ts'
import type { SitePart } from '../core/site-entry.ts'
import { dateText } from './date-text.ts'
import { headline } from './headline.ts'
import { type Language, planWords, sayIn } from './language.ts'
import { linkTo, pageFile } from './layout.ts'
import { html, type Markup } from './markup.ts'
import { nextDates } from './next-dates.ts'
import { filterNotes, lightCounts } from './overview-page.ts'
import { projectTable } from './project-table.ts'

/** What the page of one part of a divided site is made of. */
export interface TownPageData {
  readonly part: SitePart
  /** In the order in which they are numbered. */
  readonly summaries: readonly Summary[]
  readonly dataDate: IsoDate
  readonly demonstrationClock?: boolean | undefined
  /** The address of the site, ending in `/`, where it is known. */
  readonly siteUrl?: string | undefined
}

/** A folder of a part as an address has it. */
export const addressOfPart = (folder: string): string => folder.split('/').map(encodeURIComponent).join('/')

/** The name of a town; plans that name none stand under a word for it. */
export const townName = (town: string | null, lang: Language): string =>
  town ?? sayIn(lang)('未注明镇街', 'No town named')

/** The projects of a town, or a stretch of them, as the overview of a small site shows all. */
export const townPage = (data: TownPageData, lang: Language): PageFile => {
  const { part, summaries, dataDate, demonstrationClock, siteUrl } = data
  const say = sayIn(lang)
  const folder = addressOfPart(part.folder)
  const title = `${townName(part.town, lang)}${part.page > 1 ? say(`(第 ${part.page} 页)`, ` (page ${part.page})`) : ''}`
  return pageFile({
    lang,
    folder,
    kind: 'overview',
    title,
    description: say(
      `${title} ${part.total} 个教育建设项目的进度。数据截至 ${dateText(dataDate, lang)}`,
      `Progress of ${part.total} school building projects in ${title}, as of ${dateText(dataDate, lang)}`
    ),
    dataDate,
    demonstrationClock,
    siteUrl,
    demonstration: part.demonstration,
    provisional: part.provisional,
    main: html`<nav class="path" aria-label="${say('镇街之间', 'Between towns')}"><ul>
<li><a href="${linkTo('', lang, folder)}">${say('全部镇街', 'All towns')}</a></li>
</ul></nav>
<h1>${part.town === null ? title : planWords(title, lang)}</h1>
${headline(summaries, dataDate, lang, folder)}
${lightCounts(summaries, lang)}
<section aria-labelledby="projects">
<h2 id="projects">${say('项目一览', 'Projects')}</h2>
${filterNotes(summaries, lang)}
${projectTable(summaries, dataDate, lang, folder)}
</section>
${nextDates(summaries, dataDate, lang, folder)}
${forms(data, lang, folder)}`
  })
}

const forms = ({ part }: TownPageData, lang: Language, folder: string): Markup => {
  const say = sayIn(lang)
  // The files of a part stand once, beside the Chinese page.
  const beside = `${linkTo('', 'zh', lang === 'zh' ? folder : `en/${folder}`)}${addressOfPart(part.folder)}`
  return html`<p class="machine"><a href="${beside}projects.json">${say('本页数据(JSON)', 'Data of this page (JSON)')}</a> · <a href="${beside}ledger.xlsx">${say('本页台账(Excel)', 'Ledger of this page (Excel)')}</a> · <a href="${beside}calendar.ics">${say('本页节点日历(ICS)', 'Calendar of this page (ICS)')}</a></p>`
}
