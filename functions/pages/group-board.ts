import type { Light } from '../core/policy.ts'
import type { Summary } from '../core/ports.ts'
import { type Language, planWords, sayIn } from './language.ts'
import { lightIcon } from './light-mark.ts'
import { html, type Markup, type Piece } from './markup.ts'
import { section } from './section.ts'
import { colourWords, lightOrder } from './words.ts'

/** The colour board: how many projects of each programme and of each town show each colour. */
export const groupBoard = (summaries: readonly Summary[], lang: Language): Markup => {
  const say = sayIn(lang)
  return section(
    'board',
    say('颜色一览', 'Colours by programme and town'),
    html`<div class="scroll" role="group" aria-labelledby="board" tabindex="0"><table class="board">
<caption class="unseen">${say('各类别、各镇街项目按颜色计数', 'Projects by programme and by town, counted by colour')}</caption>
<thead><tr><td></td>${lightOrder.map(
      light => html`<th scope="col">${lightIcon(light)}<br>${colourWords[light][lang]}</th>`
    )}<th scope="col">${say('合计', 'All')}</th></tr></thead>
${rowsOf(summaries, say('按任务类别', 'By programme'), ({ programme }) => programme, lang)}
${rowsOf(summaries, say('按镇街', 'By town'), ({ town }) => town, lang)}
</table></div>`
  )
}

const rowsOf = (
  summaries: readonly Summary[],
  title: string,
  groupOf: (summary: Summary) => string | undefined,
  lang: Language
): Markup => {
  const groups = Map.groupBy(summaries, summary => groupOf(summary) ?? '')
  const ordered = [...groups].sort(([a], [b]) => Number(a === '') - Number(b === ''))
  return html`<tbody><tr class="phase"><th scope="rowgroup" colspan="${lightOrder.length + 2}">${title}</th></tr>${ordered.map(
    ([group, members]) => html`
<tr><th scope="row">${group === '' ? sayIn(lang)('未注明', 'not named') : planWords(group, lang)}</th>${lightOrder.map(
      light => html`<td>${cell(light, members)}</td>`
    )}<td>${members.length}</td></tr>`
  )}
</tbody>`
}

const cell = (light: Light, members: readonly Summary[]): Piece => {
  const count = members.filter(member => member.light === light).length
  return count === 0 ? '–' : html`${lightIcon(light)} <b>${count}</b>`
}
