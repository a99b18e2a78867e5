import type { IsoDate } from '../core/dates.ts'
import type { Summary } from '../core/ports.ts'
import { byMargin, countProspects, type Prospect, prospectOf } from '../core/prospect.ts'
import { dayTextNear } from './date-text.ts'
import { type Language, nameMarkup, sayIn } from './language.ts'
import { linkTo, projectFolder } from './layout.ts'
import { html, type Markup } from './markup.ts'
import { projectsText, workingDaysText } from './numbers.ts'

/** At most so many endangered projects are named; the table below has the others. */
const namedAtMost = 8

/**
 * The sentences that a director reads first: how many are on time, how many are in danger, how it stands with the schools
 * that must open on the next 1 September, and which are in danger. `from` is the folder of the page it stands on.
 */
export const headline = (summaries: readonly Summary[], dataDate: IsoDate, lang: Language, from = ''): Markup => {
  const endangered = summaries.filter(summary => prospectOf(summary) === 'endangered').sort(byMargin)
  return html`${prospectSentence(countProspects(summaries), lang)}${september(summaries, dataDate, lang)}${endangered.length > 0 && endangeredList(endangered, endangered.length, { dataDate, lang, from })}`
}

/** How many projects have which prospect, in a sentence. */
export const prospectSentence = (counts: Readonly<Record<Prospect, number>>, lang: Language): Markup => {
  const say = sayIn(lang)
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
  const onTime = say(`${counts['on-time']} 个预计按期`, `${counts['on-time']} on time`)
  const parts = [
    counts.done > 0 && html`${say(`${counts.done} 个已完成`, `${counts.done} done`)}`,
    html`<b class="good">${onTime}</b>`,
    counts.endangered > 0
      ? html`<b class="bad">${say(`${counts.endangered} 个可能误期`, `${counts.endangered} in danger of missing the required date`)}</b>`
      : html`${say('没有项目可能误期', 'none in danger of missing its required date')}`,
    counts.behind > 0 &&
      html`${say(`${counts.behind} 个滞后(未定启用期限)`, `${counts.behind} behind plan without a required date`)}`,
    counts.unknown > 0 &&
      html`${say(`${counts.unknown} 个暂不能判断(逾期未报、暂停或无基线)`, `${counts.unknown} cannot be judged (silent, paused or without baseline)`)}`
  ].filter(part => part !== false)
  const separator = say('\uff0c', ', ')
  return html`<p class="headline">${say(`${projectsText(total, lang)}:`, `${projectsText(total, lang)}: `)}${parts.map(
    (part, index) => html`${index > 0 && separator}${part}`
  )}${say('。', '.')}</p>`
}

/** The first day of the next school year that has not begun. */
const nextSchoolYear = (dataDate: IsoDate): IsoDate => {
  const year = Number(dataDate.slice(0, 4))
  const opening = `${year}-09-01`
  return dataDate <= opening ? opening : `${year + 1}-09-01`
}

/** Schools whose required date lies in the twelve months up to the next 1 September must be open on that day. */
const september = (summaries: readonly Summary[], dataDate: IsoDate, lang: Language): Markup | undefined => {
  const opening = nextSchoolYear(dataDate)
  const before = `${Number(opening.slice(0, 4)) - 1}-09-01`
  const owed = summaries.filter(({ requiredBy }) => requiredBy !== null && requiredBy > before && requiredBy <= opening)
  if (owed.length === 0) return undefined
  const say = sayIn(lang)
  const counts = countProspects(owed)
  const day = dayTextNear(dataDate)(opening, lang)
  const parts = [
    counts.done > 0 && html`${say(`${counts.done} 个已启用`, `${counts.done} in use`)}`,
    html`${say(`${counts['on-time']} 个预计赶上`, `${counts['on-time']} on time`)}`,
    counts.endangered > 0
      ? html`<b class="bad">${say(`${counts.endangered} 个可能赶不上`, `${counts.endangered} in danger of missing it`)}</b>`
      : html`${say('没有项目可能赶不上', 'none in danger of missing it')}`,
    counts.unknown > 0 && html`${say(`${counts.unknown} 个暂不能判断`, `${counts.unknown} cannot be judged`)}`
  ].filter(part => part !== false)
  return html`
<p class="september">${say(`${day}开学前应启用 ${owed.length} 个:`, `${owed.length} must be in use before school begins on ${day}: `)}${parts.map(
    (part, index) => html`${index > 0 && say('\uff0c', ', ')}${part}`
  )}${say('。', '.')}</p>`
}

/** The endangered by name, the furthest from their date first; `total` counts those that are not named, too. */
export const endangeredList = (
  endangered: readonly Summary[],
  total: number,
  { dataDate, lang, from }: { readonly dataDate: IsoDate; readonly lang: Language; readonly from: string }
): Markup => {
  const say = sayIn(lang)
  const more = total - Math.min(endangered.length, namedAtMost)
  return html`
<ul class="endangered">${endangered.slice(0, namedAtMost).map(
    summary => html`
<li><a href="${linkTo(projectFolder(summary.id), lang, from)}">${nameMarkup(summary, lang)}</a> ${missed(summary, dataDate, lang)}</li>`
  )}${
    more > 0 &&
    html`
<li>${say(`另有 ${projectsText(more, lang)}`, `and ${projectsText(more, lang)} more`)}</li>`
  }
</ul>`
}

/** `预计 9月30日,晚 25 个工作日`. */
const missed = (summary: Summary, dataDate: IsoDate, lang: Language): string => {
  const say = sayIn(lang)
  const { projectedFinish, requiredBy, marginWorkingDays } = summary
  const write = dayTextNear(dataDate)
  const late = workingDaysText(-(marginWorkingDays ?? 0), lang)
  const by = (date: IsoDate | null) => (date === null ? '—' : write(date, lang))
  return say(
    `要求 ${by(requiredBy)},预计 ${by(projectedFinish)},晚 ${late}`,
    `required by ${by(requiredBy)}, expected ${by(projectedFinish)}, ${late} late`
  )
}
