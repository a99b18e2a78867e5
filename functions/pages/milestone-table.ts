import type { MilestoneAssessment } from '../core/assessment.ts'
import type { Milestone, ScheduleDate } from '../core/milestone.ts'
import { columnDateText, timeMarkup } from './date-text.ts'
import { nameMarkup } from './language.ts'
import { lightIcon } from './light-mark.ts'
import { html, type Markup } from './markup.ts'
import { percentText, signedText } from './numbers.ts'
import type { ProjectView } from './project-view.ts'
import { driverText, lightWords, phaseText, statusWords } from './words.ts'

/** All milestones with their dates, by phase: the twin in words of the chart. */
export const milestoneTable = (view: ProjectView): Markup => {
  const { say } = view
  const heads: readonly (readonly [string, string])[] = [
    [say('节点', 'Milestone'), ''],
    [say('状态', 'Status'), ''],
    [say('原计划', 'Original plan'), ''],
    [say('现计划', 'Current plan'), ''],
    [say('预计', 'Forecast'), ''],
    [say('实际', 'Actual'), ''],
    [say('偏差', 'Variance'), say('工作日 / 日历日', 'working / calendar')],
    [say('总时差', 'Total float'), say('天', 'days')],
    [say('由何决定', 'Driven by'), '']
  ]
  return html`<div class="scroll" role="group" aria-labelledby="milestones" tabindex="0"><table class="milestones">
<caption>${say('完成日期:原计划为首次批准的基线,现计划为现行基线;偏差自现计划起算,正数为晚;总时差按节点所用日历', 'Finish dates: original and current baseline, forecast, actual; variance against the current plan in days, positive is late; float in the calendar of the milestone')}<span class="print-only">${say(';已完成的节点不打印', '; milestones already reached are not printed')}</span></caption>
<thead><tr>${heads.map(
    ([head, unit]) => html`<th scope="col">${head}${unit !== '' && html`<small>${unit}</small>`}</th>`
  )}</tr></thead>${phasesOf(view).map(
    ({ phase, milestones }) => html`
<tbody>${
      phase !== undefined &&
      html`<tr class="phase"><th scope="rowgroup" colspan="${heads.length}">${phaseText(phase, view.lang)}</th></tr>`
    }${milestones.map(({ plan, at }) => row(plan, at, view))}
</tbody>`
  )}
</table></div>`
}

const row = (plan: Milestone, at: MilestoneAssessment, view: ProjectView): Markup => {
  const { lang, state, nameOf, say } = view
  const actual = state.progress[at.id]?.actualFinish
  const status =
    at.status === 'in-progress'
      ? html`${statusWords[at.status][lang]} ${percentText(at.percentComplete)}`
      : statusWords[at.status][lang]
  const date = (value: ScheduleDate | null | undefined) =>
    value == null ? '—' : timeMarkup(value, lang, columnDateText)
  return html`
<tr class="${at.status}${at.critical && ' critical'}"><th scope="row">${lightIcon(at.light)}<span class="unseen">${lightWords[at.light].name[lang]} </span><b>${at.id}</b> ${nameMarkup(plan, lang)}${
    at.critical && html` <i>${say('关键', 'critical')}</i>`
  }</th><td>${status}</td><td>${date(at.originalFinish)}</td><td>${
    at.baselineFinish !== null && at.baselineFinish === at.originalFinish
      ? html`<span class="same">${say('同原计划', 'as original')}</span>`
      : date(at.baselineFinish)
  }</td><td>${actual === undefined ? date(at.projectedFinish) : '—'}</td><td>${date(actual)}</td><td class="figure${(at.variance?.workingDays ?? 0) > 0 && ' late'}">${
    at.variance ? `${signedText(at.variance.workingDays)} / ${signedText(at.variance.calendarDays)}` : '—'
  }</td><td class="figure">${at.totalFloat === null ? '—' : signedText(at.totalFloat).replace('+', '')}</td><td>${
    at.drivenBy ? driverText(at.drivenBy, nameOf, lang) : '—'
  }</td></tr>`
}

/** Milestones in runs of the same phase, in the order of the plan. */
const phasesOf = ({ milestones }: ProjectView) => {
  const phases: { readonly phase: string | undefined; readonly milestones: ProjectView['milestones'][number][] }[] = []
  for (const milestone of milestones) {
    const last = phases.at(-1)
    if (last && last.phase === milestone.plan.phase) last.milestones.push(milestone)
    else phases.push({ phase: milestone.plan.phase, milestones: [milestone] })
  }
  return phases
}
