import type { SealedCommit } from '../core/ports.ts'
import { roleWords } from '../core/role-words.ts'
import { timeMarkup } from './date-text.ts'
import { type EventContext, eventTexts } from './event-words.ts'
import { html, type Markup } from './markup.ts'
import type { ProjectView } from './project-view.ts'

/** The page shows so many commits; the JSON form has them all. */
const shownAtMost = 40

/** The log of a project, newest first: what happened, when, by which class of author, under which hash. */
export const history = (view: ProjectView, jsonAddress: string): Markup => {
  const { commits, say, project } = view
  const context = { ...view, unit: project.count?.unit ?? '' }
  const older = commits.length - shownAtMost
  return html`<ol class="history" reversed>${commits.slice(0, shownAtMost).map(commit => entry(commit, context))}
</ol>${
    older > 0 &&
    html`
<p><a href="${jsonAddress}">${say(`更早的 ${older} 次记录见 JSON 数据`, `${older} earlier entries are in the JSON data`)}</a></p>`
  }`
}

const entry = ({ version, date, by, events, hash }: SealedCommit, context: ProjectView & EventContext): Markup => {
  const { lang, say } = context
  return html`
<li value="${version}"><p>${timeMarkup(date, lang)} · ${roleWords[by.role][lang]} · ${say(`第 ${version} 版`, `version ${version}`)} · <code title="SHA-256">${hash.slice(0, 12)}</code></p><ul>${eventTexts(
    events,
    context
  ).map(sentence => html`<li>${sentence}</li>`)}</ul></li>`
}
