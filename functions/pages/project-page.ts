import type { PageFile } from '../core/ports.ts'
import { isInUse } from '../core/prospect.ts'
import { baselineSection } from './baseline-section.ts'
import { countSection } from './count-section.ts'
import { timeMarkup } from './date-text.ts'
import { delaySection } from './delay-section.ts'
import { forecastSection } from './forecast-section.ts'
import { gantt } from './gantt.ts'
import { guardSection } from './guard-section.ts'
import { history } from './history.ts'
import { type Language, nameMarkup, nameText, planWords } from './language.ts'
import { linkTo, pageFile, projectFolder, rootFrom } from './layout.ts'
import { lightMark } from './light-mark.ts'
import { html, type Markup, type Piece } from './markup.ts'
import { milestoneTable } from './milestone-table.ts'
import { milestoneTrend } from './milestone-trend.ts'
import { percentText, ratioText, workingDaysText } from './numbers.ts'
import { photoSection } from './photo-section.ts'
import { type Neighbour, type ProjectPageData, type ProjectView, projectView } from './project-view.ts'
import { checkSection, ruleSection } from './rule-section.ts'
import { sCurve } from './s-curve.ts'
import { section } from './section.ts'
import { stateSentence } from './state-sentence.ts'

/** The page of one project. */
export const projectPage = (data: ProjectPageData, lang: Language): PageFile => {
  const view = projectView(data, lang)
  const { project, assessment, say } = view
  const folder = projectFolder(project.id)
  const sentence = stateSentence(view)
  const json = `${rootFrom(lang, folder)}data/projects/${encodeURIComponent(project.id)}.json`
  const calendar = `${rootFrom(lang, folder)}projects/${encodeURIComponent(project.id)}/calendar.ics`
  const [chart, trend, curve] = [gantt(view), milestoneTrend(view), sCurve(view)]
  return pageFile({
    lang,
    folder,
    kind: 'project',
    title: nameText(project, lang),
    description: sentence,
    dataDate: assessment.dataDate,
    demonstration: project.demonstration,
    provisional: assessment.provisional,
    demonstrationClock: data.demonstrationClock,
    siteUrl: data.siteUrl,
    main: html`${path(view, data.neighbours, folder)}
<div class="title"><h1>${nameMarkup(project, lang)}</h1>${lightMark(assessment.light, lang, assessment.lastLight)}</div>
<p class="headline">${capitalised(sentence)}</p>
${facts(view)}
${source(view)}
${ruleSection(view)}
<div class="columns">
${forecastSection(view)}
${guardSection(view)}
</div>
${countSection(view)}
${chart && section('gantt', say('进度横道图', 'Schedule'), chart)}
${trend && section('trend', say('里程碑趋势', 'Milestone trend'), trend)}
${curve && section('curve', say('S 曲线', 'S-curve'), curve)}
${section('milestones', say('里程碑节点', 'Milestones'), milestoneTable(view))}
${delaySection(view)}
${baselineSection(view)}
${checkSection(view)}
${photoSection(view)}
${section('history', say('记录', 'History'), history(view, json))}
<p class="machine"><a href="${json}">${say('本项目数据(JSON)', 'Data of this project (JSON)')}</a> · <a href="${calendar}">${say('本项目节点日历(ICS)', 'Calendar of its milestones (ICS)')}</a></p>`
  })
}

const capitalised = (sentence: string): string => sentence.charAt(0).toUpperCase() + sentence.slice(1)

const path = ({ lang, say }: ProjectView, neighbours: ProjectPageData['neighbours'], folder: string): Markup => {
  const step = (neighbour: Neighbour | undefined, kind: 'prev' | 'next', words: string) =>
    neighbour &&
    html`<li class="${kind}"><a rel="${kind}" href="${linkTo(projectFolder(neighbour.id), lang, folder)}">${words}${nameMarkup(neighbour, lang)}</a></li>`
  return html`<nav class="path" aria-label="${say('项目之间', 'Between projects')}"><ul>
<li><a href="${linkTo('', lang, folder)}">${say('全部项目', 'All projects')}</a></li>${step(neighbours.previous, 'prev', '← ')}${step(neighbours.next, 'next', '→ ')}
</ul></nav>`
}

const facts = ({ project, assessment, state, lang, say }: ProjectView): Markup => {
  const { requiredBy, projectedFinish, baselineFinish, currentFinish, marginWorkingDays } = assessment
  const { percentComplete, plannedPercent, spi, spiT } = assessment
  const fact = (name: string, value: Piece, note?: Piece) =>
    html`<div><dt>${name}</dt><dd>${value}${note && html`<small>${note}</small>`}</dd></div>`
  return html`<dl class="facts">
${fact(say('要求启用', 'Required in use'), requiredBy === null ? say('未定', 'no date') : timeMarkup(requiredBy, lang))}
${fact(
  isInUse(assessment) ? say('实际启用', 'In use') : say('预计启用', 'Expected in use'),
  projectedFinish === null ? '—' : timeMarkup(projectedFinish, lang),
  marginWorkingDays !== null &&
    (marginWorkingDays < 0
      ? say(`晚 ${workingDaysText(-marginWorkingDays, lang)}`, `${workingDaysText(-marginWorkingDays, lang)} late`)
      : say(`余 ${workingDaysText(marginWorkingDays, lang)}`, `${workingDaysText(marginWorkingDays, lang)} to spare`))
)}
${fact(
  say('原计划启用', 'Originally planned'),
  baselineFinish === null ? '—' : timeMarkup(baselineFinish, lang),
  currentFinish !== null &&
    currentFinish !== baselineFinish &&
    html`${say('现计划 ', 'now planned ')}${timeMarkup(currentFinish, lang)}`
)}
${fact(
  say('完成', 'Done'),
  percentText(percentComplete),
  plannedPercent !== null && say(`序时 ${percentText(plannedPercent)}`, `${percentText(plannedPercent)} planned`)
)}
${
  spi !== null &&
  fact(
    'SPI',
    ratioText(spi),
    spiT !== null ? say(`SPI(t) ${ratioText(spiT)}`, `SPI(t) ${ratioText(spiT)}`) : say('完成 ÷ 序时', 'done ÷ planned')
  )
}
${fact(say('最近填报', 'Last report'), state.lastReportOn === undefined ? say('无', 'none') : timeMarkup(state.lastReportOn, lang))}
${project.responsibleUnit !== undefined && fact(say('责任单位', 'Responsible'), planWords(project.responsibleUnit, lang), project.town !== undefined && planWords(project.town, lang))}
</dl>`
}

const source = ({ project, lang, say }: ProjectView): Markup | undefined => {
  if (!project.source) return undefined
  const { document, item, owed } = project.source
  return html`<p class="source"><b>${say('任务来源', 'Source')}</b> ${planWords(document, lang)} ${say('第', 'item')} ${planWords(item, lang)} ${say('项', '')}${
    owed !== undefined && html`<q>${planWords(owed, lang)}</q>`
  }${project.programme !== undefined && project.programme !== owed && html` <small>${planWords(project.programme, lang)}</small>`}</p>`
}
