import type { MilestoneAssessment } from '../core/assessment.ts'
import { daysBetween } from '../core/dates.ts'
import { dateOf } from '../core/schedule.ts'
import { columnDateText, timeMarkup } from './date-text.ts'
import { chartTable } from './figure.ts'
import { html, type Markup } from './markup.ts'
import { signedText } from './numbers.ts'
import type { ProjectView } from './project-view.ts'
import { section } from './section.ts'

/** The dates as first approved against those in force: when they were approved, why they changed, and what moved. */
export const baselineSection = (view: ProjectView): Markup | undefined => {
  const { state, commits, milestones, lang, say, nameOf, withoutPeople } = view
  const { original, current } = state
  if (!original || !current) return undefined
  const approvals = commits
    .flatMap(({ date, events }) => events.map(event => ({ date, event })))
    .flatMap(({ date, event }) => (event.type === 'baseline-approved' ? [{ date, reason: event.reason }] : []))
    .reverse()
  const moved = milestones.map(({ at }) => at).filter(hasMoved)
  return section(
    'baselines',
    say('原计划与现计划', 'Original and current plan'),
    current.number === original.number
      ? html`<p>${say('现计划就是 ', 'The plan in force is the one first approved on ')}${timeMarkup(original.approvedOn, lang)}${say(' 首次批准的计划,没有调整过。', '; it has not been changed.')}</p>`
      : html`<ol class="approvals">${approvals.map(
          ({ date, reason }) => html`
<li>${timeMarkup(date, lang)} <small>${withoutPeople(reason)}</small></li>`
        )}
</ol>${
          moved.length === 0
            ? html`<p>${say('批准过调整,各节点日期与原计划相同。', 'A change was approved; every date is as it was.')}</p>`
            : chartTable(
                say(
                  `${moved.length} 个节点的日期与原计划不同`,
                  `${moved.length} milestones differ from the original plan`
                ),
                [
                  say('节点', 'Milestone'),
                  say('原计划', 'Original'),
                  say('现计划', 'Current'),
                  say('移动(天)', 'Moved (days)')
                ],
                moved.map(({ id, originalFinish, baselineFinish }) => [
                  nameOf(id),
                  timeMarkup(originalFinish, lang, columnDateText),
                  timeMarkup(baselineFinish, lang, columnDateText),
                  signedText(daysBetween(dateOf(originalFinish), dateOf(baselineFinish)))
                ])
              )
        }`
  )
}

const hasMoved = (
  at: MilestoneAssessment
): at is MilestoneAssessment & { readonly originalFinish: string; readonly baselineFinish: string } =>
  at.originalFinish !== null && at.baselineFinish !== null && at.originalFinish !== at.baselineFinish
