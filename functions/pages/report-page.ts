import { delayCodes } from '../core/events.ts'
import type { PageFile } from '../core/ports.ts'
import { type Language, sayIn } from './language.ts'
import { pageFile } from './layout.ts'
import { html, type Markup, type Piece } from './markup.ts'
import { section } from './section.ts'
import { delayWords } from './words.ts'

/**
 * The form in which a project manager reports (`POST /v1/projects/{id}/reports`). It is disabled until its script runs,
 * so that a browser without script never sends a token anywhere; the same report by curl stands below it.
 */
export const reportPage = (lang: Language, siteUrl: string | undefined): PageFile => {
  const say = sayIn(lang)
  return pageFile({
    lang,
    folder: 'report/',
    kind: 'report',
    siteUrl,
    title: say('进展填报', 'Report progress'),
    description: say('项目填报人在此填报节点进展', 'Project reporters report the progress of milestones here'),
    scripts: ['report.js'],
    main: html`<h1>${say('进展填报', 'Report progress')}</h1>
<p class="headline">${say(
      '只填有变化的栏目;没有变化就按「无变化」,系统据此知道您看过。',
      'Fill in what has changed only. If nothing has, press "No change", so that the tracker knows you looked.'
    )}</p>
<noscript><p class="warning">${say(
      '浏览器未启用脚本,表单不能提交;请用下方的命令行方式。',
      'Your browser runs no script, so the form cannot be sent; use the command line below.'
    )}</p></noscript>
${form(lang)}
${section('curl', say('不用表单:命令行', 'Without the form: command line'), commandLine(lang))}`
  })
}

const form = (lang: Language): Markup => {
  const say = sayIn(lang)
  const optional = say('可不填', 'optional')
  return html`<form id="report" autocomplete="off" novalidate${messages(lang)}>
<fieldset disabled id="fields"><legend class="unseen">${say('填报内容', 'Report')}</legend>
${field('token', say('填报令牌', 'Token'), html`<input id="token" name="token" type="password" autocomplete="off" required aria-describedby="token-hint token-error">`, say('由管理员发放,只保存在本窗口,关闭即清除', 'Issued by an administrator; kept in this window only, until it is closed'))}
${field('project', say('项目', 'Project'), html`<select id="project" name="project" required aria-describedby="project-hint project-error"><option value="">${say('请选择', 'Choose')}</option></select>`, '')}
${field('milestoneId', say('节点', 'Milestone'), html`<select id="milestoneId" name="milestoneId" aria-describedby="milestoneId-hint milestoneId-error"><option value="">${say('先选项目', 'Choose a project first')}</option></select>`, say('已完成的节点不再列出', 'Milestones already reached are not listed'))}
<div class="pair">
${field('percentComplete', say('完成百分比', 'Percent complete'), html`<input id="percentComplete" name="percentComplete" type="number" inputmode="decimal" min="0" max="100" step="any" aria-describedby="percentComplete-hint percentComplete-error">`, say('0 到 100;达到节点请填实际完成日期', '0 to 100; a milestone is reached by its actual finish'))}
${field('forecastFinish', say('预计完成', 'Forecast finish'), dateInput('forecastFinish'), say('晚于计划时须选原因', 'a later date than planned needs a reason'))}
${field('actualStart', say('实际开始', 'Actual start'), dateInput('actualStart'), optional)}
${field('actualFinish', say('实际完成', 'Actual finish'), dateInput('actualFinish'), optional)}
${field('delayCode', say('滞后原因', 'Reason for delay'), html`<select id="delayCode" name="delayCode" aria-describedby="delayCode-hint delayCode-error"><option value="">${say('无', 'none')}</option>${delayCodes.map(code => html`<option value="${code}">${delayWords[code][lang]}</option>`)}</select>`, say('公开页面只显示原因类别', 'the public page shows the class of reason only'))}
${field('delayNote', say('原因说明', 'Note on the reason'), html`<input id="delayNote" name="delayNote" maxlength="500" aria-describedby="delayNote-hint delayNote-error">`, say('选「其他」时必填;不公开', 'needed for "other"; not published'))}
</div>
<div id="count-field" hidden>${field('countDone', say('累计完成数量', 'Number done in all'), html`<input id="countDone" name="countDone" type="number" inputmode="numeric" min="0" step="1" aria-describedby="countDone-hint countDone-error">`, say('按数量考核的项目填写', 'for projects that are counted'))}</div>
${field('note', say('备注', 'Note'), html`<textarea id="note" name="note" rows="2" maxlength="2000" aria-describedby="note-hint note-error"></textarea>`, say('不公开', 'not published'))}
<p class="buttons"><button type="submit" class="primary">${say('提交进展', 'Send report')}</button> <button type="button" id="no-change">${say('无变化', 'No change')}</button></p>
</fieldset>
<div id="answer" class="answer" role="status" tabindex="-1"></div>
</form>`
}

/** What the script says; it has no words of its own. */
const messages = (lang: Language): Markup => {
  const say = sayIn(lang)
  return html` data-sending="${say('正在提交…', 'Sending…')}" data-accepted="${say('已收到,记为第 {version} 版。', 'Received as version {version}.')}" data-unchanged="${say('已记录:无变化(第 {version} 版)。', 'Recorded: no change (version {version}).')}" data-page="${say('查看项目页', 'See the project page')}" data-failed="${say('没有提交成功:', 'Not accepted: ')}" data-unreachable="${say('连不上服务器,请稍后再试;重复提交不会重复记录。', 'The server cannot be reached. Try again later: sending twice records once.')}" data-required="${say('请填写此项', 'Please fill this in')}" data-empty="${say('请至少填写一项变化,或按「无变化」', 'Fill in at least one change, or press "No change"')}" data-choose="${say('请选择', 'Choose')}"`
}

const field = (
  id: string,
  label: string,
  control: Piece,
  hint: string
): Markup => html`<div class="field"><label for="${id}">${label}</label>
${control}
<small id="${id}-hint">${hint}</small>
<p class="error" id="${id}-error"></p></div>`

const dateInput = (id: string): Markup =>
  html`<input id="${id}" name="${id}" type="date" aria-describedby="${id}-hint ${id}-error">`

const commandLine = (lang: Language): Markup => {
  const say = sayIn(lang)
  return html`<p>${say('把 TOKEN、网址与项目编号换成您的:', 'Put in your token, the address of the site and the id of the project:')}</p>
<pre tabindex="0"><code>curl -X POST https://SITE/v1/projects/PROJECT/reports \\
  -H 'Authorization: Bearer TOKEN' \\
  -H 'Content-Type: application/json' \\
  -H 'Idempotency-Key: 2021-06-21-1' \\
  -d '{"reports":[{"milestoneId":"C3","percentComplete":80,"forecastFinish":"2021-07-15",
       "delay":{"code":"WEATHER"}}]}'</code></pre>
<p>${say('没有变化:', 'No change:')}</p>
<pre tabindex="0"><code>curl -X POST https://SITE/v1/projects/PROJECT/reports \\
  -H 'Authorization: Bearer TOKEN' -H 'Content-Type: application/json' \\
  -d '{"noChange":true}'</code></pre>
<p>${say('同一个 Idempotency-Key 重复提交只记录一次。', 'The same Idempotency-Key sent again records once.')}</p>`
}
