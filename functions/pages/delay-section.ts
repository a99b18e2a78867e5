import type { DelayStep } from '../core/course.ts'
import { delayWords } from '../core/delay-words.ts'
import { listed } from './language.ts'
import { html, type Markup } from './markup.ts'
import { percentText } from './numbers.ts'
import { progressBar } from './progress-bar.ts'
import type { ProjectView } from './project-view.ts'
import { section } from './section.ts'

/**
 * The reasons given for later dates as a Pareto: working days that each has cost, the dearest first, with their growing
 * share. Notes to them are internal.
 */
export const delaySection = (view: ProjectView): Markup | undefined => {
  const { course, lang, say, nameOf } = view
  if (course.delays.length === 0) return undefined
  const all = daysOf(course.delays)
  const groups = [...Map.groupBy(course.delays, ({ code }) => code)]
    .map(([code, steps]) => ({ code, steps, days: daysOf(steps) }))
    .sort((a, b) => b.days - a.days)
  const share = (days: number) => (all > 0 ? (100 * days) / all : 0)
  let sum = 0
  const rows = groups.map(({ code, steps, days }) => {
    sum += days
    const byMilestone = [...Map.groupBy(steps, ({ milestoneId }) => milestoneId)].map(
      ([id, own]) => `${nameOf(id)} ${daysOf(own)}`
    )
    return html`
<tr><th scope="row">${delayWords[code][lang]} <small>${code}</small></th><td class="figure">${days}</td><td>${progressBar(share(days), null)}</td><td class="figure">${percentText(share(sum))}</td><td>${listed(byMilestone, lang)}</td></tr>`
  })
  return section(
    'delays',
    say('滞后原因', 'Reasons for delay'),
    html`<div class="scroll" role="group" aria-labelledby="delays" tabindex="0"><table class="delays"><caption>${say('各次推迟按原因合计的工作日:每次填报使该节点预计日期推迟多少', 'Working days by reason: how far each report moved the expected date of its milestone')}</caption>
<thead><tr><th scope="col">${say('原因', 'Reason')}</th><th scope="col">${say('工作日', 'Working days')}</th><td></td><th scope="col">${say('累计占比', 'Growing share')}</th><th scope="col">${say('节点(工作日)', 'Milestones (working days)')}</th></tr></thead>
<tbody>${rows}
</tbody></table></div>`
  )
}

const daysOf = (steps: readonly DelayStep[]): number => steps.reduce((sum, { workingDays }) => sum + workingDays, 0)
