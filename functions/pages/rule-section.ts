import type { Assessment, Check, Flag } from '../core/assessment.ts'
import { timeMarkup, withDatesInWords } from './date-text.ts'
import { lightIcon } from './light-mark.ts'
import { html, type Markup } from './markup.ts'
import type { ProjectView } from './project-view.ts'
import { section } from './section.ts'
import { lightWords, ruleWords } from './words.ts'

/** The rules that hold, each with its arithmetic and since when. */
export const ruleSection = (view: ProjectView): Markup => {
  const { assessment, say } = view
  return section(
    'rules',
    say('为什么是这个颜色', 'Why this colour'),
    assessment.flags.length === 0
      ? html`<p>${lightIcon(assessment.light)} ${
          assessment.light === 'done'
            ? say('已交付启用,规则不再适用。', 'In use: no rule applies any more.')
            : say('没有触发任何规则。', 'No rule holds.')
        }</p>`
      : html`<ul class="rules">${rulesIn(assessment).map(flags => ruleEntries(flags, view))}
</ul>`
  )
}

/** At most so many flags of one rule stand in the open; the others fold away. */
const openAtMost = 2

/** The flags of each rule, the gravest rule first. */
const rulesIn = ({ rules, flags }: Assessment): readonly (readonly Flag[])[] =>
  [...new Set([...rules, ...flags.map(({ rule }) => rule)])]
    .map(rule => flags.filter(flag => flag.rule === rule))
    .filter(ofRule => ofRule.length > 0)

const ruleEntries = (flags: readonly Flag[], view: ProjectView): readonly Markup[] => {
  const open = flags.slice(0, flags.length > openAtMost + 1 ? openAtMost : flags.length)
  const folded = flags.slice(open.length)
  const [first] = folded
  const entries = open.map(flag => flagEntry(flag, view))
  if (!first) return entries
  return [
    ...entries,
    html`
<li class="folded"><details><summary>${view.say(
      `${first.rule} 另有 ${folded.length} 个节点`,
      `${first.rule} on ${folded.length} more milestones`
    )}</summary><ul class="rules">${folded.map(flag => flagEntry(flag, view))}
</ul></details></li>`
  ]
}

const flagEntry = ({ rule, severity, text, since, milestoneId }: Flag, view: ProjectView): Markup => {
  const { lang, say, nameOf, withoutPeople } = view
  return html`
<li class="${severity}">${lightIcon(severity)}<p><b>${rule} ${ruleWords[rule][lang]}</b>${
    milestoneId !== undefined && html` <span>${nameOf(milestoneId)}</span>`
  }<span class="unseen"> ${lightWords[severity].name[lang]}</span><br>${withDatesInWords(withoutPeople(text[lang]), lang)} <small>${say('自 ', 'since ')}${timeMarkup(since, lang)}${say(' 起', '')}</small></p></li>`
}

/** Legal and quality checks with their articles, failed ones first. */
export const checkSection = (view: ProjectView): Markup | undefined => {
  const { assessment, say } = view
  if (assessment.checks.length === 0) return undefined
  const failed = assessment.checks.filter(({ ok }) => !ok)
  const passed = assessment.checks.filter(({ ok }) => ok)
  return section(
    'checks',
    say('法定程序与计划质量核对', 'Legal and quality checks'),
    html`${
      failed.length > 0 &&
      html`<ul class="checks">${failed.map(check => checkEntry(check, view))}
</ul>`
    }${
      passed.length > 0 &&
      html`<details><summary>${say(`符合 ${passed.length} 项`, `${passed.length} kept`)}</summary><ul class="checks">${passed.map(
        check => checkEntry(check, view)
      )}
</ul></details>`
    }`
  )
}

const checkEntry = ({ ok, law, text }: Check, { lang, say, withoutPeople }: ProjectView): Markup =>
  html`
<li class="${ok ? 'pass' : 'fail'}"><b>${ok ? say('✓ 符合', '✓ kept') : say('✗ 不符', '✗ broken')}</b> ${withDatesInWords(withoutPeople(text[lang]), lang)} <small${lang === 'en' && html` lang="zh-CN"`}>${law}</small></li>`
