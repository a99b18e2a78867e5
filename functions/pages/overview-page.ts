import { addDays, daysBetween, type IsoDate } from '../core/dates.ts'
import type { Light } from '../core/policy.ts'
import type { PageFile, Summary } from '../core/ports.ts'
import { dateOf } from '../core/schedule.ts'
import { dateText, dayTextNear, timeMarkup } from './date-text.ts'
import { headline } from './headline.ts'
import { type Language, nameMarkup, sayIn } from './language.ts'
import { linkTo, pageFile, projectFolder, siteTitle } from './layout.ts'
import { lightIcon } from './light-mark.ts'
import { html, type Markup } from './markup.ts'
import { projectTable } from './project-table.ts'
import { lightOrder, lightWords } from './words.ts'

/** What the overview is made of. */
export interface OverviewData {
  /** In the order in which they are numbered. */
  readonly summaries: readonly Summary[]
  readonly dataDate: IsoDate
  readonly demonstrationClock?: boolean | undefined
}

/** The next dates reach so far, in calendar days. */
const daysAhead = 28

/** The overview of all projects. */
export const overviewPage = (data: OverviewData, lang: Language): PageFile => {
  const { summaries, dataDate, demonstrationClock } = data
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
    demonstration: summaries.some(({ demonstration }) => demonstration),
    provisional: summaries.some(({ provisional }) => provisional),
    main: html`<h1 class="unseen">${siteTitle(lang)}</h1>
${headline(summaries, dataDate, lang)}
${lightCounts(summaries, lang)}
<section aria-labelledby="projects">
<h2 id="projects">${say('项目一览', 'Projects')}</h2>
${filterNotes(summaries, lang)}
${projectTable(summaries, dataDate, lang)}
</section>
${nextDates(data, lang)}
${legend(lang)}`
  })
}

/** One link per colour: it leads to the note of the filter, and being there filters the table (CSS `:target`). */
const lightCounts = (summaries: readonly Summary[], lang: Language): Markup => {
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

const filterNotes = (summaries: readonly Summary[], lang: Language): readonly Markup[] => {
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

const nextDates = ({ summaries, dataDate }: OverviewData, lang: Language): Markup => {
  const say = sayIn(lang)
  const until = addDays(dataDate, daysAhead)
  const due = summaries
    .flatMap(summary => (summary.next && summary.light !== 'paused' ? [{ summary, next: summary.next }] : []))
    .filter(({ next }) => dateOf(next.finish) <= until)
    .sort((a, b) => (a.next.finish < b.next.finish ? -1 : a.next.finish > b.next.finish ? 1 : 0))
  const rows = due.map(
    ({ summary, next }) => html`
<tr><td>${timeMarkup(next.finish, lang, dayTextNear(dataDate))}</td><td>${daysLeft(daysBetween(dataDate, dateOf(next.finish)), lang)}</td><td>${nameMarkup(next, lang)}</td><td><a href="${linkTo(projectFolder(summary.id), lang, '')}">${nameMarkup(summary, lang)}</a></td></tr>`
  )
  return html`<section aria-labelledby="next">
<h2 id="next">${say('未来四周节点', 'The next four weeks')}</h2>
${
  due.length === 0
    ? html`<p>${say(`至 ${dateText(until, lang)} 没有到期节点。`, `No milestone is due until ${dateText(until, lang)}.`)}</p>`
    : html`<div class="scroll" role="region" aria-labelledby="next" tabindex="0"><table class="dates">
<caption>${say('各项目按批准计划的下一节点,含已过期未完成的', 'Next milestone of each project by its approved plan, overdue ones included')}</caption>
<thead><tr><th scope="col">${say('日期', 'Date')}</th><th scope="col">${say('距今', 'In')}</th><th scope="col">${say('节点', 'Milestone')}</th><th scope="col">${say('项目', 'Project')}</th></tr></thead>
<tbody>${rows}
</tbody></table></div>`
}
</section>`
}

const daysLeft = (days: number, lang: Language): Markup => {
  const say = sayIn(lang)
  if (days < 0) return html`<b class="bad">${say(`已过 ${-days} 天`, `${-days} days overdue`)}</b>`
  return html`${days === 0 ? say('当天', 'today') : say(`${days} 天`, `${days} ${days === 1 ? 'day' : 'days'}`)}`
}

const legend = (lang: Language): Markup => html`<section class="legend" aria-labelledby="legend">
<h2 id="legend">${sayIn(lang)('进度标识', 'What the marks mean')}</h2>
<dl>${lightOrder.map(
  light => html`
<div><dt>${lightIcon(light)}${lightWords[light].name[lang]}</dt><dd>${lightWords[light].meaning[lang]}</dd></div>`
)}
</dl>
</section>`
