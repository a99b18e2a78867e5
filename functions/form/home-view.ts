import type { Agenda, AgendaMilestone } from '../core/agenda.ts'
import type { IsoDate } from '../core/dates.ts'
import { lightWords } from '../pages/words.ts'
import { dayText, momentText, todayOf } from './clock.ts'
import type { KeptAgenda } from './database.ts'
import type { Subject } from './draft.ts'
import { fragmentOf, type HalfFilled } from './drafts.ts'
import { fill, make } from './elements.ts'
import { lang, nameOf, say } from './language.ts'
import { placeOf } from './place.ts'
import { reportableIn } from './reportable.ts'

/** So many milestones of a project are shown at first; the rest at a tap. */
const shownAtFirst = 3

/** Older data are said to be old before anything else is shown. */
const freshHours = 24

/**
 * The projects of the bearer, each with the milestones that matter now; `wanted` stands before the others. At the places
 * of `drafts` something was left half filled in.
 */
export const homeView = (kept: KeptAgenda, wanted: string | null, drafts: readonly HalfFilled[]): HTMLElement => {
  const { projects, bearer } = kept.agenda
  const today = todayOf(kept.agenda)
  const left = new Set(drafts.map(fragmentOf))
  const stranded = drafts.filter(({ draft }) => !reportableIn(projects, draft.subject))
  const ordered = [...projects].sort((a, b) => Number(b.id === wanted) - Number(a.id === wanted))
  return make(
    'div',
    {},
    freshness(kept),
    stranded.length > 0 && strandedSection(stranded),
    ...(ordered.length > 0
      ? ordered.map(project => projectSection(project, today, left))
      : [
          make(
            'p',
            { className: 'warning' },
            say(`令牌「${bearer.name}」没有可填报的项目`, `The token "${bearer.name}" has no project to report on`)
          )
        ])
  )
}

const freshness = ({ at }: KeptAgenda): HTMLElement => {
  const isOld = Date.now() - Date.parse(at) > freshHours * 3_600_000
  const when = momentText(at)
  if (navigator.onLine && !isOld) return make('p', { className: 'fresh' }, say(`数据取自 ${when}`, `Data of ${when}`))
  return make(
    'p',
    { className: 'fresh old-data' },
    navigator.onLine ? '' : say('没有网络。', 'No network. '),
    say(`以下是 ${when} 的情况,之后可能已变`, `This is how things stood at ${when}; they may have changed`)
  )
}

/** What can be sent no more is still there to be read. */
const strandedSection = (stranded: readonly HalfFilled[]): HTMLElement =>
  make(
    'section',
    { className: 'work' },
    make('h2', {}, say('没有发送', 'Not sent')),
    make(
      'ul',
      {},
      ...stranded.map(kept =>
        make(
          'li',
          {},
          make(
            'a',
            { href: fragmentOf(kept) },
            make('b', {}, kept.title ?? ''),
            make('span', {}, say(`${momentText(kept.at)} 填`, `made ${momentText(kept.at)}`)),
            make('em', {}, say('没有发送,节点已完成或已取消', 'not sent: the milestone is reached or cancelled'))
          )
        )
      )
    )
  )

const projectSection = (project: Agenda, today: IsoDate, left: ReadonlySet<string>): HTMLElement => {
  const { id, count, lastReportOn, light, milestones } = project
  const cardOf = (milestone: AgendaMilestone): HTMLElement => card(id, milestone, today, left)
  const also = (subject: Subject, text: string): HTMLElement => {
    const href = placeOf(subject)
    return make('a', { href }, text, leftMark(href, left))
  }
  const list = make('ul', {}, ...milestones.slice(0, shownAtFirst).map(cardOf))
  const more = milestones.slice(shownAtFirst)
  const showMore = (): void => {
    fill(list, ...milestones.map(cardOf))
    list.querySelectorAll('a')[shownAtFirst]?.focus()
    button.remove()
  }
  const button = make(
    'button',
    { type: 'button', onclick: showMore },
    say(`其余 ${more.length} 个节点`, `${more.length} more milestones`)
  )
  return make(
    'section',
    { className: 'work' },
    make('h2', {}, nameOf(project)),
    make(
      'p',
      { className: `state ${light}` },
      lightWords[light].name[lang],
      ' · ',
      lastReportOn === null
        ? say('尚未填报', 'no report yet')
        : say(`最近填报 ${dayText(lastReportOn, today)}`, `last report ${dayText(lastReportOn, today)}`)
    ),
    list,
    more.length > 0 && button,
    make(
      'p',
      { className: 'also' },
      count &&
        also(
          { type: 'count', project: id },
          say(
            `数量 ${count.done} / ${count.total} ${count.unit}`,
            `Count ${count.done} of ${count.total} ${count.unit}`
          )
        ),
      also({ type: 'project', project: id }, say('全项目无变化', 'No change in the project'))
    )
  )
}

const card = (project: string, milestone: AgendaMilestone, today: IsoDate, left: ReadonlySet<string>): HTMLElement => {
  const href = placeOf({ type: 'milestone', project, milestone: milestone.id })
  return make(
    'li',
    { className: milestone.light },
    make(
      'a',
      { href },
      make('b', {}, nameOf(milestone)),
      make('span', {}, standing(milestone, today)),
      leftMark(href, left)
    )
  )
}

const leftMark = (place: string, left: ReadonlySet<string>): HTMLElement | undefined =>
  left.has(place) ? make('em', {}, say('填到一半,未发送', 'half filled in, not sent')) : undefined

/** How a milestone stands: when it is expected, how far it is, and of when that is. */
export const standing = (
  { projectedFinish, baselineFinish, percentComplete, reportedOn }: AgendaMilestone,
  today: IsoDate
): string =>
  [
    projectedFinish && say(`预计 ${dayText(projectedFinish, today)}`, `expected ${dayText(projectedFinish, today)}`),
    baselineFinish &&
      baselineFinish !== projectedFinish &&
      say(`计划 ${dayText(baselineFinish, today)}`, `planned ${dayText(baselineFinish, today)}`),
    `${Math.round(percentComplete)}%`,
    reportedOn && say(`${dayText(reportedOn, today)}报`, `reported ${dayText(reportedOn, today)}`)
  ]
    .filter(Boolean)
    .join(' · ')
