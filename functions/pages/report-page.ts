import type { PageFile } from '../core/ports.ts'
import { type Language, sayIn } from './language.ts'
import { type PageProgram, pageFile, type SiteSetting } from './layout.ts'
import { html, type Markup } from './markup.ts'
import { section } from './section.ts'

/** What the page of the form is made of beside itself. */
export const formProgram: PageProgram = {
  first: 'report-first.js',
  script: 'report.js',
  style: 'report.css',
  manifest: 'report.webmanifest'
}

/**
 * The form in which a project manager reports (`POST /v1/projects/{id}/reports`): a frame that the script fills. It is
 * disabled until then, so that a browser without script never sends a token anywhere; the same report by curl stands
 * below it.
 */
export const reportPage = (lang: Language, site: SiteSetting): PageFile => {
  const say = sayIn(lang)
  return pageFile({
    lang,
    folder: 'report/',
    kind: 'report',
    ...site,
    title: say('进展填报', 'Report progress'),
    description: say('项目填报人在此填报节点进展', 'Project reporters report the progress of milestones here'),
    program: formProgram,
    main: html`<h1>${say('进展填报', 'Report progress')}</h1>
<noscript><p class="warning">${say(
      '浏览器未启用脚本,表单不能提交;请用下方的命令行方式。',
      'Your browser runs no script, so the form cannot be sent; use the command line below.'
    )}</p></noscript>
<div id="app" class="app"><form id="sign-in"><fieldset disabled><legend class="unseen">${say('登录', 'Sign in')}</legend>
<label for="token">${say('填报令牌', 'Token')}</label>
<input id="token" name="token" type="password" autocomplete="off" required>
<p class="buttons"><button type="submit" class="primary">${say('登录', 'Sign in')}</button></p></fieldset></form></div>
${section('curl', say('不用表单:命令行', 'Without the form: command line'), commandLine(lang))}`
  })
}

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
