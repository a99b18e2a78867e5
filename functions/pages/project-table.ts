import type { IsoDate } from '../core/dates.ts'
import type { Summary } from '../core/ports.ts'
import { dayTextNear, timeMarkup } from './date-text.ts'
import { type Language, nameMarkup, planWords, sayIn } from './language.ts'
import { linkTo, projectFolder } from './layout.ts'
import { lightMark } from './light-mark.ts'
import { html, type Markup, type Piece } from './markup.ts'
import { percentText, signedText, workingDaysText } from './numbers.ts'
import { progressBar } from './progress-bar.ts'
import { isInUse } from './prospect.ts'
import { ruleWords } from './words.ts'

/** The bureau's table: 序号, 项目, 任务目标, 进展, 存在问题, 进度标识. Each row carries its colour for the filter. */
export const projectTable = (summaries: readonly Summary[], dataDate: IsoDate, lang: Language): Markup => {
  const say = sayIn(lang)
  const heads = [
    say('序号', 'No.'),
    say('项目', 'Project'),
    say('任务目标', 'Goal'),
    say('进展', 'Progress'),
    say('存在问题', 'Problems'),
    say('进度标识', 'Mark')
  ]
  return html`<table class="projects">
<caption class="unseen">${say('项目、任务目标、进展、存在问题与进度标识', 'Projects with goal, progress, problems and mark')}</caption>
<thead><tr>${heads.map(head => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${summaries.map((summary, index) => row(summary, index + 1, heads, dataDate, lang))}
</tbody></table>`
}

const row = (summary: Summary, number: number, heads: readonly string[], dataDate: IsoDate, lang: Language): Markup => {
  const place = [summary.town, summary.responsibleUnit].filter(words => words !== undefined).join(' · ')
  const cell = (index: number, inside: Piece) => html`<td data-label="${heads[index]}"><div>${inside}</div></td>`
  return html`
<tr class="row-${summary.light}"><td class="number">${number}</td><th scope="row"><a href="${linkTo(projectFolder(summary.id), lang, '')}">${nameMarkup(summary, lang)}</a>${
    place !== '' && html`<small>${planWords(place, lang)}</small>`
  }</th>${cell(2, goal(summary, lang))}${cell(3, progress(summary, dataDate, lang))}${cell(4, problems(summary, lang))}${cell(5, lightMark(summary.light, lang, summary.lastLight))}</tr>`
}

const goal = ({ owed, programme, requiredBy }: Summary, lang: Language): Markup => {
  const say = sayIn(lang)
  const by = requiredBy === null ? undefined : timeMarkup(requiredBy, lang)
  const goalWords = owed ?? programme
  return html`${goalWords !== undefined && html`${planWords(goalWords, lang)}<br>`}${
    by
      ? html`<span class="due">${say('', 'in use by ')}${by}${say('前启用', '')}</span>`
      : say('未定启用期限', 'no required date')
  }`
}

const progress = (summary: Summary, dataDate: IsoDate, lang: Language): Markup => {
  const write = dayTextNear(dataDate)
  const say = sayIn(lang)
  const { percentComplete, plannedPercent, next, projectedFinish, marginWorkingDays } = summary
  return html`${progressBar(percentComplete, plannedPercent)}<b>${percentText(percentComplete)}</b>${
    plannedPercent !== null &&
    html` <small>${say(`序时 ${percentText(plannedPercent)}`, `${percentText(plannedPercent)} planned`)}</small>`
  }${next && html`<br>${say('下一节点:', 'Next: ')}${nameMarkup(next, lang)} ${timeMarkup(next.finish, lang, write)}`}${
    !isInUse(summary) &&
    projectedFinish !== null &&
    html`<br>${say('预计启用 ', 'In use ')}${timeMarkup(projectedFinish, lang, write)}${
      marginWorkingDays !== null && html` <small>(${marginText(marginWorkingDays, lang)})</small>`
    }`
  }`
}

const marginText = (margin: number, lang: Language): string => {
  const say = sayIn(lang)
  const days = workingDaysText(Math.abs(margin), lang)
  return margin < 0 ? say(`晚 ${days}`, `${days} late`) : say(`余 ${days}`, `${days} to spare`)
}

/** The rules that hold, by name; the arithmetic is on the page of the project. */
const problems = ({ rules, variance, light, brokenLaws }: Summary, lang: Language): Markup | string => {
  const say = sayIn(lang)
  const faults = rules.filter(rule => rule !== 'G' && rule !== 'B1')
  if (faults.length === 0 && brokenLaws.length === 0) return light === 'done' ? '—' : say('无', 'none')
  return html`<ul class="plain">${faults.map(rule => html`<li>${ruleWords[rule][lang]} <small>${rule}</small></li>`)}${brokenLaws.map(law => html`<li><b>${say('违反程序', 'Against')}</b> ${planWords(law, lang)}</li>`)}</ul>${
    variance !== null &&
    variance.workingDays !== 0 &&
    html`<small>${say('较基线 ', 'against baseline ')}${say(`${signedText(variance.workingDays)} 个工作日`, `${signedText(variance.workingDays)} working days`)}</small>`
  }`
}
