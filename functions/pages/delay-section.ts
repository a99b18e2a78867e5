import { html, type Markup } from './markup.ts'
import { signedText } from './numbers.ts'
import type { ProjectView } from './project-view.ts'
import { section } from './section.ts'
import { delayWords } from './words.ts'

/** The reasons given for later dates, by milestone, the largest slip first. Notes to them are internal. */
export const delaySection = (view: ProjectView): Markup | undefined => {
  const { milestones, state, lang, say, nameOf } = view
  const delays = milestones
    .flatMap(({ at }) => {
      const delay = state.progress[at.id]?.delay
      return delay ? [{ id: at.id, code: delay.code, days: at.variance?.workingDays ?? null }] : []
    })
    .sort((a, b) => (b.days ?? 0) - (a.days ?? 0))
  if (delays.length === 0) return undefined
  const rows = delays.map(
    ({ id, code, days }) => html`
<tr><th scope="row">${delayWords[code][lang]} <small>${code}</small></th><td>${nameOf(id)}</td><td class="figure">${days === null ? '—' : signedText(days)}</td></tr>`
  )
  return section(
    'delays',
    say('滞后原因', 'Reasons for delay'),
    html`<div class="scroll" role="region" aria-labelledby="delays" tabindex="0"><table class="delays"><caption class="unseen">${say('各节点填报的滞后原因', 'Reasons given for each milestone')}</caption>
<thead><tr><th scope="col">${say('原因', 'Reason')}</th><th scope="col">${say('节点', 'Milestone')}</th><th scope="col">${say('偏差(工作日)', 'Variance (working days)')}</th></tr></thead>
<tbody>${rows}
</tbody></table></div>`
  )
}
