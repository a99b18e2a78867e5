import type { Summary } from '../core/ports.ts'
import { type Language, nameMarkup, sayIn } from './language.ts'
import { linkTo, projectFolder } from './layout.ts'
import { html, type Markup } from './markup.ts'
import { percentText, projectsText, signedText } from './numbers.ts'
import { progressBar } from './progress-bar.ts'
import { section } from './section.ts'

/** So many are ranked on the page; the JSON form has all. */
const rankedAtMost = 12

/** Projects by how far they are behind their planned progress (序时), the furthest first; those in use are not ranked. */
export const gapSection = (summaries: readonly Summary[], lang: Language): Markup | undefined => {
  const say = sayIn(lang)
  const ranked = summaries
    .flatMap(summary =>
      summary.plannedPercent === null || summary.light === 'done'
        ? []
        : [{ summary, planned: summary.plannedPercent, gap: summary.percentComplete - summary.plannedPercent }]
    )
    .sort((a, b) => a.gap - b.gap)
  if (ranked.length === 0) return undefined
  const rows = ranked.slice(0, rankedAtMost).map(
    ({ summary, planned, gap }, index) => html`
<tr><td class="figure">${index + 1}</td><th scope="row"><a href="${linkTo(projectFolder(summary.id), lang, '')}">${nameMarkup(summary, lang)}</a></th><td>${progressBar(summary.percentComplete, planned)}</td><td class="figure">${percentText(summary.percentComplete)}</td><td class="figure">${percentText(planned)}</td><td class="figure${gap < 0 && ' late'}">${signedText(Math.round(gap * 10) / 10)}</td></tr>`
  )
  const more = ranked.length - rankedAtMost
  return section(
    'gaps',
    say('序时进度排名', 'Ranked by progress against plan'),
    html`<div class="scroll" role="group" aria-labelledby="gaps" tabindex="0"><table class="gaps">
<caption>${say('差距 = 完成 − 序时(百分点),落后最多的在前;已启用的不排', 'Gap = done − planned in percentage points, the furthest behind first; those in use are not ranked')}</caption>
<thead><tr><th scope="col">${say('名次', 'No.')}</th><th scope="col">${say('项目', 'Project')}</th><td></td><th scope="col">${say('完成', 'Done')}</th><th scope="col">${say('序时', 'Planned')}</th><th scope="col">${say('差距', 'Gap')}</th></tr></thead>
<tbody>${rows}
</tbody></table></div>${
      more > 0 &&
      html`<p><small>${say(`其余 ${projectsText(more, lang)}差距更小`, `${projectsText(more, lang)} more with a smaller gap`)}</small></p>`
    }`
  )
}
