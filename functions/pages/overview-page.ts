import type { IsoDate } from '../core/dates.ts'
import type { Light } from '../core/policy.ts'
import type { PageFile, Summary } from '../core/ports.ts'
import { dateText } from './date-text.ts'
import { gapSection } from './gap-section.ts'
import { groupBoard } from './group-board.ts'
import { headline } from './headline.ts'
import { type Language, sayIn } from './language.ts'
import { pageFile, siteTitle } from './layout.ts'
import { lightIcon } from './light-mark.ts'
import { html, type Markup } from './markup.ts'
import { nextDates } from './next-dates.ts'
import { projectTable } from './project-table.ts'
import { ratesSection } from './rates-section.ts'
import { weekSection } from './week-section.ts'
import { lightOrder, lightWords } from './words.ts'

/** What the overview is made of. */
export interface OverviewData {
  /** In the order in which they are numbered. */
  readonly summaries: readonly Summary[]
  readonly dataDate: IsoDate
  readonly demonstrationClock?: boolean | undefined
  /** The address of the site, ending in `/`, where it is known. */
  readonly siteUrl?: string | undefined
}

/** The overview of all projects. */
export const overviewPage = (data: OverviewData, lang: Language): PageFile => {
  const { summaries, dataDate, demonstrationClock, siteUrl } = data
  const say = sayIn(lang)
  return pageFile({
    lang,
    folder: '',
    kind: 'overview',
    title: siteTitle(lang),
    description: say(
      `${summaries.length} 个教育建设项目的进度:按期与误期、节点、原因。数据截至 ${dateText(dataDate, lang)}`,
      `Progress of ${summaries.length} school building projects, as of ${dateText(dataDate, lang)}`
    ),
    dataDate,
    demonstrationClock,
    siteUrl,
    demonstration: summaries.some(({ demonstration }) => demonstration),
    provisional: summaries.some(({ provisional }) => provisional),
    main: html`<h1 class="unseen">${siteTitle(lang)}</h1>
${headline(summaries, dataDate, lang)}
${lightCounts(summaries, lang)}
${ratesSection(summaries, dataDate, lang)}
<div class="columns">
${weekSection(summaries, dataDate, lang)}
${groupBoard(summaries, lang)}
</div>
<section aria-labelledby="projects">
<h2 id="projects">${say('项目一览', 'Projects')}</h2>
${filterNotes(summaries, lang)}
${projectTable(summaries, dataDate, lang)}
</section>
<div class="columns">
${nextDates(summaries, dataDate, lang)}
${gapSection(summaries, lang)}
</div>
${legend(lang)}`
  })
}

/** One link per colour: it leads to the note of the filter, and being there filters the table (CSS `:target`). */
export const lightCounts = (summaries: readonly Summary[], lang: Language): Markup => {
  const say = sayIn(lang)
  return html`<nav aria-label="${say('按颜色筛选', 'Filter by colour')}"><ul class="counts">${lightOrder.map(light => {
    const count = countOf(summaries, light)
    const inside = html`${lightIcon(light)}<b>${count}</b><span>${lightWords[light].name[lang]}</span>`
    return count > 0
      ? html`
<li><a href="#${light}">${inside}</a></li>`
      : html`
<li class="none">${inside}</li>`
  })}
</ul></nav>`
}

/** What the links of {@link lightCounts} lead to. */
export const filterNotes = (summaries: readonly Summary[], lang: Language): readonly Markup[] => {
  const say = sayIn(lang)
  return lightOrder
    .filter(light => countOf(summaries, light) > 0)
    .map(
      light => html`<p class="filter" id="${light}" tabindex="-1">${say('只显示:', 'Only: ')}${lightWords[light].name[lang]} (${countOf(summaries, light)}) <a href="#projects">${say('显示全部', 'Show all')}</a></p>
`
    )
}

const countOf = (summaries: readonly Summary[], light: Light): number =>
  summaries.filter(summary => summary.light === light).length

/** What each mark means. */
export const legend = (lang: Language): Markup => html`<section class="legend" aria-labelledby="legend">
<h2 id="legend">${sayIn(lang)('进度标识', 'What the marks mean')}</h2>
<dl>${lightOrder.map(
  light => html`
<div><dt>${lightIcon(light)}${lightWords[light].name[lang]}</dt><dd>${lightWords[light].meaning[lang]}</dd></div>`
)}
</dl>
</section>`
