import type { Text } from '../core/assessment.ts'
import type { CaseLevel } from '../core/case-events.ts'
import type { CaseView } from '../core/case-view.ts'
import type { Position } from '../core/people.ts'
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
      html`${known.colour !== null && lightMark(known.colour, lang)} ${statusWords[known.status][lang]}<br><small>${excuseWords[known.excuse][lang]}</small>`,
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

const statusWords: Readonly<Record<CaseView['status'], Text>> = {
  open: { zh: '待答复', en: 'to be answered' },
  acknowledged: { zh: '已答复', en: 'answered' },
  closed: { zh: '已销号', en: 'closed' }
}

const excuseWords: Readonly<Record<CaseView['excuse'], Text>> = {
  excused: { zh: '有正当理由', en: 'excused' },
  fault: { zh: '无正当理由', en: 'a fault' },
  undecided: { zh: '理由待裁定', en: 'to be ruled on' }
}

/** Who has to answer at each level, in the order of answering. */
const levelWords: Readonly<Record<CaseLevel, Text>> = {
  0: { zh: '项目负责人', en: 'project manager' },
  1: { zh: '责任股室', en: 'section in charge' },
  2: { zh: '分管副局长', en: 'deputy director' },
  3: { zh: '局长', en: 'director' }
}

/** What somebody is, by the same words. */
export const positionWords: Readonly<Record<Position, Text>> = {
  manager: levelWords[0],
  'section-head': levelWords[1],
  'deputy-director': levelWords[2],
  director: levelWords[3]
}
