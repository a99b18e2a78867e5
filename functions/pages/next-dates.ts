import { addDays, daysBetween, type IsoDate } from '../core/dates.ts'
import type { Summary } from '../core/ports.ts'
import { dateOf } from '../core/schedule.ts'
import { dateText, dayTextNear, timeMarkup } from './date-text.ts'
import { type Language, nameMarkup, sayIn } from './language.ts'
import { linkTo, projectFolder } from './layout.ts'
import { html, type Markup } from './markup.ts'
import { section } from './section.ts'

/** The next dates reach so far, in calendar days. */
const daysAhead = 28
/** So many dates stand on the page; the calendars have all. */
const listedAtMost = 40

/** What is due in the next four weeks over all projects, what is overdue first. `from` is the folder of the page. */
export const nextDates = (summaries: readonly Summary[], dataDate: IsoDate, lang: Language, from = ''): Markup => {
  const say = sayIn(lang)
  const until = addDays(dataDate, daysAhead)
  const due = summaries
    .filter(({ light }) => light !== 'paused')
    .flatMap(summary => (summary.due ?? []).map(milestone => ({ summary, milestone })))
    .filter(({ milestone }) => dateOf(milestone.finish) <= until)
    .sort((a, b) => (a.milestone.finish < b.milestone.finish ? -1 : a.milestone.finish > b.milestone.finish ? 1 : 0))
  const rows = due.slice(0, listedAtMost).map(
    ({ summary, milestone }) => html`
<tr><td>${timeMarkup(milestone.finish, lang, dayTextNear(dataDate))}</td><td>${daysLeft(daysBetween(dataDate, dateOf(milestone.finish)), lang)}</td><td>${nameMarkup(milestone, lang)}</td><td><a href="${linkTo(projectFolder(summary.id), lang, from)}">${nameMarkup(summary, lang)}</a></td></tr>`
  )
  const more = due.length - listedAtMost
  return section(
    'next',
    say('未来四周节点', 'The next four weeks'),
    due.length === 0
      ? html`<p>${say(`至 ${dateText(until, lang)} 没有到期节点。`, `No milestone is due until ${dateText(until, lang)}.`)}</p>`
      : html`<div class="scroll" role="group" aria-labelledby="next" tabindex="0"><table class="dates">
<caption>${say('按批准的计划,含已过期未完成的', 'By the approved plans, overdue ones included')}</caption>
<thead><tr><th scope="col">${say('日期', 'Date')}</th><th scope="col">${say('距今', 'In')}</th><th scope="col">${say('节点', 'Milestone')}</th><th scope="col">${say('项目', 'Project')}</th></tr></thead>
<tbody>${rows}
</tbody></table></div>${more > 0 && html`<p><small>${say(`另有 ${more} 个节点`, `${more} more`)}</small></p>`}`
  )
}

const daysLeft = (days: number, lang: Language): Markup => {
  const say = sayIn(lang)
  if (days < 0)
    return html`<b class="bad">${say(`已过 ${-days} 天`, `${-days} ${days === -1 ? 'day' : 'days'} overdue`)}</b>`
  return html`${days === 0 ? say('当天', 'today') : say(`${days} 天`, `${days} ${days === 1 ? 'day' : 'days'}`)}`
}
