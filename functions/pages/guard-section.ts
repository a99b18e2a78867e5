import type { OpeningDecision } from '../core/assessment.ts'
import { timeMarkup } from './date-text.ts'
import { html, type Markup } from './markup.ts'
import type { ProjectView } from './project-view.ts'
import { section } from './section.ts'

/** Planning backwards from the required opening: what still keeps it, and when another way to open must be decided. */
export const guardSection = ({ assessment, lang, say }: ProjectView): Markup | undefined => {
  const { guard } = assessment
  if (!guard) return undefined
  const { latestStartOfWorks, borrowedPremises, phasedOpening, endangered } = guard
  const decision = (name: string, { decideBy, workingDays, passed }: OpeningDecision) =>
    html`
<li><b>${name}</b> ${say('最迟 ', 'decide by ')}${timeMarkup(decideBy, lang)}${say(' 决定', '')} <small>${say(
      `(要求日期前 ${workingDays} 个工作日${passed ? ',已过' : ''})`,
      `(${workingDays} working days before the required date${passed ? ', passed' : ''})`
    )}</small></li>`
  return section(
    'guard',
    say('倒排与开学保障', 'Planned backwards from the opening'),
    html`<p>${
      endangered
        ? html`<strong>${say('预计不能按期启用,须决定开学办法。', 'In use is projected too late: another way to open has to be decided.')}</strong>`
        : say(
            '预计可按期启用;若有变化,下列日期前须作决定。',
            'In use is projected in time; should that change, these are the last days to decide.'
          )
    }</p>
<ul class="plain">${
      latestStartOfWorks !== null &&
      html`
<li><b>${say('最迟开工', 'Works begin')}</b> ${say('', 'by ')}${timeMarkup(latestStartOfWorks, lang)}</li>`
    }${decision(say('借址办学', 'Borrowed rooms'), borrowedPremises)}${decision(say('分批启用', 'Opening in parts'), phasedOpening)}
</ul>`
  )
}
