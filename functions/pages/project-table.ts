import type { IsoDate } from '../core/dates.ts'
import { delayWords } from '../core/delay-words.ts'
import type { Stage, Summary } from '../core/ports.ts'
import { isInUse } from '../core/prospect.ts'
import { dayTextNear, monthOfYearText, timeMarkup } from './date-text.ts'
import { type Language, listed, nameMarkup, planWords, sayIn } from './language.ts'
import { linkTo, projectFolder } from './layout.ts'
import { lightMark } from './light-mark.ts'
import { html, type Markup, type Piece } from './markup.ts'
import { nextSteps } from './next-step.ts'
import { percentText, workingDaysText } from './numbers.ts'
import { progressBar } from './progress-bar.ts'
import { ruleWords } from './words.ts'

/**
 * The bureau's table in the column order of a published practice (滕州), the person responsible left out: 序号, 项目名称,
 * 建设内容/规模, 责任单位, 开工/计划竣工, 年度目标, 当前进度, 存在问题, 下步措施. Each row carries its colour for the filter.
 */
export const projectTable = (summaries: readonly Summary[], dataDate: IsoDate, lang: Language, from = ''): Markup => {
  const say = sayIn(lang)
  const heads = [
    say('序号', 'No.'),
    say('项目名称', 'Project'),
    say('建设内容/规模', 'Scope'),
    say('责任单位', 'Responsible'),
    say('开工/计划竣工', 'Start / completion'),
    say('年度目标', 'Goal of the year'),
    say('当前进度', 'Progress'),
    say('存在问题', 'Problems'),
    say('下步措施', 'Next step')
  ]
  return html`<table class="projects" data-search="${say('查找', 'Find')}">
<caption class="unseen">${say('项目的规模、责任单位、起止、目标、进度、问题与措施', 'Projects with scope, unit, dates, goal, progress, problems and next step')}</caption>
<thead><tr>${heads.map(head => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${summaries.map((summary, index) => row(summary, index + 1, { heads, dataDate, lang, from }))}
</tbody></table>`
}

/** What every row needs beside its project. */
interface TableView {
  readonly heads: readonly string[]
  readonly dataDate: IsoDate
  readonly lang: Language
  /** The folder of the page that the table stands on. */
  readonly from: string
}

const row = (summary: Summary, number: number, { heads, dataDate, lang, from }: TableView): Markup => {
  const { town, scope, count, responsibleUnit } = summary
  const cells: readonly Piece[] = [
    scope !== undefined ? planWords(scope, lang) : count ? `${count.total} ${count.unit}` : '—',
    responsibleUnit === undefined ? '—' : planWords(responsibleUnit, lang),
    dates(summary, lang),
    goal(summary, lang),
    progress(summary, dataDate, lang),
    problems(summary, lang),
    steps(summary, dataDate, lang)
  ]
  return html`
<tr class="row-${summary.light}"><td class="number">${number}</td><th scope="row"><a href="${linkTo(projectFolder(summary.id), lang, from)}">${nameMarkup(summary, lang)}</a>${
    town !== undefined && html`<small>${planWords(town, lang)}</small>`
  }${lightMark(summary.light, lang, summary.lastLight)}</th>${cells.map(
    (inside, index) => html`<td data-label="${heads[index + 2]}"><div>${inside}</div></td>`
  )}</tr>`
}

/** The month of the start of works and the planned month of their acceptance; a step not taken yet says so. */
const dates = ({ stages, baselineFinish }: Summary, lang: Language): Markup => {
  const say = sayIn(lang)
  const month = (date: string | null | undefined) => (date == null ? '—' : timeMarkup(date, lang, monthOfYearText))
  const start = (stage: Stage) =>
    stage.reached
      ? html`${month(stage.projected)}${say('开工', ' started')}`
      : html`${month(stage.planned ?? stage.projected)}${say('计划开工', ' planned start')}`
  const planned = stages?.completed ? stages.completed.planned : baselineFinish
  const what = stages?.completed ? say('计划竣工', ' planned completion') : say('计划启用', ' planned opening')
  return html`${stages?.started && html`${start(stages.started)}<br>`}${
    planned === null ? say('无批准计划', 'no approved plan') : html`${month(planned)}${what}`
  }`
}

const goal = ({ owed, programme, requiredBy }: Summary, lang: Language): Markup => {
  const say = sayIn(lang)
  const goalWords = owed ?? programme
  return html`${goalWords !== undefined && html`${planWords(goalWords, lang)}<br>`}<small>${
    requiredBy === null
      ? say('未定启用期限', 'no required date')
      : html`${timeMarkup(requiredBy, lang)}${say('前启用', ' at the latest')}`
  }</small>`
}

const progress = (summary: Summary, dataDate: IsoDate, lang: Language): Markup => {
  const say = sayIn(lang)
  const { percentComplete, plannedPercent, projectedFinish, marginWorkingDays, count } = summary
  return html`${progressBar(percentComplete, plannedPercent)}<b>${percentText(percentComplete)}</b>${
    plannedPercent !== null &&
    html` <small>${say(`序时 ${percentText(plannedPercent)}`, `${percentText(plannedPercent)} planned`)}</small>`
  }${count && html`<br>${say(`已完成 ${count.done} ${count.unit}`, `${count.done} of ${count.total} done`)}`}${
    projectedFinish !== null &&
    html`<br>${isInUse(summary) ? say('已启用 ', 'In use since ') : say('预计启用 ', 'In use ')}${timeMarkup(projectedFinish, lang, dayTextNear(dataDate))}${
      marginWorkingDays !== null && !isInUse(summary) && html` <small>(${marginText(marginWorkingDays, lang)})</small>`
    }`
  }`
}

const marginText = (margin: number, lang: Language): string => {
  const say = sayIn(lang)
  const days = workingDaysText(Math.abs(margin), lang)
  return margin < 0 ? say(`晚 ${days}`, `${days} late`) : say(`余 ${days}`, `${days} to spare`)
}

/** The rules that hold, by name, and the reasons given; the arithmetic is on the page of the project. */
const problems = ({ rules, light, brokenLaws, delays = [] }: Summary, lang: Language): Markup | string => {
  const say = sayIn(lang)
  const faults = rules.filter(rule => rule !== 'G' && rule !== 'B1')
  if (faults.length === 0 && brokenLaws.length === 0) return light === 'done' ? '—' : say('无', 'none')
  return html`<ul class="plain">${faults.map(rule => html`<li>${ruleWords[rule][lang]} <small>${rule}</small></li>`)}${brokenLaws.map(law => html`<li><b>${say('违反程序', 'Against')}</b> ${planWords(law, lang)}</li>`)}</ul>${
    delays.length > 0 &&
    html`<small>${say('原因:', 'reason: ')}${listed(
      delays.map(code => delayWords[code][lang]),
      lang
    )}</small>`
  }`
}

const steps = (summary: Summary, dataDate: IsoDate, lang: Language): Markup | string => {
  const next = nextSteps(summary, dataDate, lang)
  return next.length === 0 ? '—' : html`<ul class="plain">${next.map(step => html`<li>${step}</li>`)}</ul>`
}
