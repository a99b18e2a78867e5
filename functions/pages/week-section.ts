import { daysBetween, type IsoDate } from '../core/dates.ts'
import type { Light } from '../core/policy.ts'
import type { Summary, WeekChange } from '../core/ports.ts'
import { dateOf } from '../core/schedule.ts'
import { mondayBefore } from '../core/week.ts'
import { dateText, dayTextNear } from './date-text.ts'
import { type Language, listed, nameMarkup, nameText, sayIn } from './language.ts'
import { linkTo, projectFolder } from './layout.ts'
import { lightIcon } from './light-mark.ts'
import { html, type Markup } from './markup.ts'
import { projectsText } from './numbers.ts'
import { section } from './section.ts'
import { colourWords, lightOrder } from './words.ts'

/** So many projects are told on the page; each project's own page has its history. */
const toldAtMost = 20

/**
 * What changed since last Monday's meeting: colours, dates of opening and milestones reached, by project, what turned
 * worse first. Projects that only moved on are counted.
 */
export const weekSection = (summaries: readonly Summary[], dataDate: IsoDate, lang: Language): Markup => {
  const say = sayIn(lang)
  const since = mondayBefore(dataDate)
  const changed = summaries.flatMap(summary =>
    summary.week?.since === since ? [{ summary, news: newsOf(summary, summary.week, dataDate, lang) }] : []
  )
  const told = changed.filter(({ news }) => news.length > 0).sort((a, b) => urgency(a.summary) - urgency(b.summary))
  const movedOn = changed.length - told.length
  const silent = summaries.length - changed.length
  const rest = [
    told.length > toldAtMost
      ? say(
          `另有 ${projectsText(told.length - toldAtMost, lang)}有变化`,
          `${projectsText(told.length - toldAtMost, lang)} more changed`
        )
      : '',
    movedOn > 0
      ? say(
          `${projectsText(movedOn, lang)}有填报,颜色与日期未变`,
          `${projectsText(movedOn, lang)} reported without a change of colour or date`
        )
      : '',
    silent > 0 ? say(`${projectsText(silent, lang)}没有新记录`, `nothing new of ${projectsText(silent, lang)}`) : ''
  ].filter(part => part !== '')
  return section(
    'week',
    say(`${dateText(since, lang)}(周一)以来的变化`, `What changed since Monday, ${dateText(since, lang)}`),
    html`${
      told.length > 0 &&
      html`<ul class="week">${told.slice(0, toldAtMost).map(
        ({ summary, news }) => html`
<li>${lightIcon(summary.light, summary.lastLight)}<p><a href="${linkTo(projectFolder(summary.id), lang, '')}">${nameMarkup(summary, lang)}</a> ${news.join(say(';', '; '))}</p></li>`
      )}
</ul>
`
    }${rest.length > 0 && html`<p><small>${rest.join(say(';', '; '))}${say('。', '.')}</small></p>`}`
  )
}

/** Colours in the order in which they ask for attention; a turn for the worse before the rest. */
const urgency = ({ light, week }: Summary): number => {
  const rank = (colour: Light) => lightOrder.indexOf(colour)
  const worse = week?.before && rank(light) < rank(week.before.light)
  return rank(light) - (worse ? lightOrder.length : 0)
}

const newsOf = (summary: Summary, week: WeekChange, dataDate: IsoDate, lang: Language): readonly string[] => {
  const say = sayIn(lang)
  const { before, reached } = week
  if (before === null) return [say('新登记', 'newly registered')]
  const colour = (light: Light) => colourWords[light][lang]
  return [
    ...(before.light === summary.light
      ? []
      : [
          say(
            `由${colour(before.light)}转为${colour(summary.light)}`,
            `turned from ${colour(before.light)} to ${colour(summary.light)}`
          )
        ]),
    ...openingMoved(summary, before.projectedFinish, dataDate, lang),
    ...(reached.length === 0
      ? []
      : [
          say(
            `完成${listed(
              reached.map(milestone => nameText(milestone, lang)),
              lang
            )}`,
            `reached ${listed(
              reached.map(milestone => nameText(milestone, lang)),
              lang
            )}`
          )
        ])
  ]
}

const openingMoved = (
  { projectedFinish: now }: Summary,
  before: string | null,
  dataDate: IsoDate,
  lang: Language
): readonly string[] => {
  if (now === null || before === null || dateOf(now) === dateOf(before)) return []
  const say = sayIn(lang)
  const write = dayTextNear(dataDate)
  const days = daysBetween(dateOf(before), dateOf(now))
  const by = Math.abs(days)
  return [
    say(
      `预计启用由 ${write(before, lang)} 改为 ${write(now, lang)}(${days > 0 ? '推迟' : '提前'} ${by} 天)`,
      `opening moved from ${write(before, lang)} to ${write(now, lang)}, ${by} ${by === 1 ? 'day' : 'days'} ${days > 0 ? 'later' : 'earlier'}`
    )
  ]
}
