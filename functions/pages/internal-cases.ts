import type { CaseView } from '../core/case-view.ts'
import { caseStatusWords, excuseWords, levelWords } from './case-words.ts'
import { timeMarkup, withDatesInWords } from './date-text.ts'
import { contextPage, type InternalContext, internalRoot } from './internal-layout.ts'
import { table } from './internal-table.ts'
import { type Language, sayIn } from './language.ts'
import { projectFolder } from './layout.ts'
import { lightMark } from './light-mark.ts'
import { html, type Markup } from './markup.ts'
import { ruleWords } from './words.ts'

/** Cases (督办单) of all projects, in the order of the register. */
export const internalCasesPage = (cases: readonly CaseView[], context: InternalContext): string =>
  contextPage(context, 'cases/', sayIn(context.lang)('督办单', 'Cases'), caseTable(cases, context.lang))

/** Cases with who has to answer, what was promised, and what closed them. */
export const caseTable = (cases: readonly CaseView[], lang: Language): Markup => {
  const say = sayIn(lang)
  if (cases.length === 0) return html`<p>${say('没有督办单。', 'There is no case.')}</p>`
  return table(
    'case-table',
    [
      say('编号', 'Number'),
      say('项目', 'Project'),
      say('事由', 'Matter'),
      say('状态', 'Status'),
      say('层级', 'Level'),
      say('期限', 'Deadline'),
      say('答复', 'Answer'),
      say('销号', 'Closing')
    ],
    cases.map(known => [
      known.number.text,
      html`<a href="${internalRoot}${projectFolder(known.project)}">${known.projectName}</a>`,
      html`${known.rule} ${ruleWords[known.rule][lang]}${known.milestoneName !== undefined && ` · ${known.milestoneName}`}${
        known.text && html`<br><small>${withDatesInWords(known.text[lang], lang)}</small>`
      }`,
      html`${known.colour !== null && lightMark(known.colour, lang)} ${caseStatusWords[known.status][lang]}<br><small>${excuseWords[known.excuse][lang]}</small>`,
      levelWords[known.level][lang],
      known.deadline === null ? '—' : timeMarkup(known.deadline, lang),
      answerOf(known, lang),
      closingOf(known, lang)
    ])
  )
}

const answerOf = (known: CaseView, lang: Language): Markup | string => {
  const answer = known.status === 'open' ? undefined : known.acknowledgement
  return answer
    ? html`${sayIn(lang)('承诺 ', 'promised for ')}${timeMarkup(answer.committedFinish, lang)}: ${answer.measure} <small>${answer.author}</small>`
    : '—'
}

const closingOf = (known: CaseView, lang: Language): Markup | string => {
  if (known.status !== 'closed') return '—'
  const { on, evidence, author } = known.closing
  return html`${timeMarkup(on, lang)}: ${evidence} <small>${author}</small>`
}
