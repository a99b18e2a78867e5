import { timeMarkup } from './date-text.ts'
import { html, type Markup } from './markup.ts'
import { progressBar } from './progress-bar.ts'
import type { ProjectView } from './project-view.ts'
import { section } from './section.ts'

/** Works that are counted (68 套): done of total against the cumulative plan. */
export const countSection = (view: ProjectView): Markup | undefined => {
  const { project, state, assessment, lang, say } = view
  if (!project.count) return undefined
  const { unit, total, plan } = project.count
  const done = state.countDone ?? 0
  const due = plan.findLast(({ date }) => date <= assessment.dataDate)?.value ?? 0
  const share = (value: number) => Math.round((value / Math.max(total, 1)) * 1000) / 10
  const rows = plan.map(
    ({ date, value }) => html`
<tr${date > assessment.dataDate && html` class="ahead"`}><td>${timeMarkup(date, lang)}</td><td class="figure">${value}</td></tr>`
  )
  return section(
    'count',
    say('完成数量', 'Counted works'),
    html`<p class="count">${progressBar(share(done), share(due))}<b>${done}</b> / ${total} ${unit} <small>${say(`至数据日应完成 ${due} ${unit}`, `${due} due by the data date`)}</small></p>
<table class="dates"><caption>${say(`计划累计数(${unit})`, 'Cumulative plan')}</caption>
<thead><tr><th scope="col">${say('截止日期', 'By')}</th><th scope="col">${say('累计', 'Total')}</th></tr></thead>
<tbody>${rows}
</tbody></table>`
  )
}
