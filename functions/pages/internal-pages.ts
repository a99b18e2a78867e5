import type { Assessment } from '../core/assessment.ts'
import type { CaseView } from '../core/case-view.ts'
import { delayWords } from '../core/delay-words.ts'
import type { Delivery, DeliveryStatus } from '../core/delivery.ts'
import type { Person } from '../core/people.ts'
import type { SealedCommit } from '../core/ports.ts'
import { roleWords } from '../core/role-words.ts'
import { progressOf, type TrackedProject } from '../core/state.ts'
import { positionWords } from './case-words.ts'
import { timeMarkup, withDatesInWords } from './date-text.ts'
import { eventTexts } from './event-words.ts'
import { caseTable } from './internal-cases.ts'
import {
  contextPage,
  type InternalContext,
  type InternalFrame,
  internalPage,
  internalRoot,
  type Reader
} from './internal-layout.ts'
import { table } from './internal-table.ts'
import { type Language, nameMarkup, sayIn } from './language.ts'
import { projectFolder } from './layout.ts'
import { lightMark } from './light-mark.ts'
import { html, type Markup } from './markup.ts'
import { percentText } from './numbers.ts'
import { milestoneNames } from './project-view.ts'
import { section } from './section.ts'
import { ruleWords } from './words.ts'

/** Why somebody stands before the sign-in again. */
export type SignInTrouble = 'wrong-token' | 'not-for-viewers' | 'signed-out'

/** What the form that signs in says and holds. */
export interface SignInForm {
  readonly trouble?: SignInTrouble | undefined
  /** Goes out in the hidden field `form`, and comes back with the token. */
  readonly key: string
}

/** A project with what is said of it on the day of the page. */
export interface InternalProject {
  readonly state: TrackedProject
  readonly assessment: Assessment
}

/** The page that takes a token; it goes out in the body of a form, never in an address. */
export const signInPage = (frame: InternalFrame, { trouble, key }: SignInForm): string => {
  const say = sayIn(frame.lang)
  const troubles: Readonly<Record<SignInTrouble, string>> = {
    'wrong-token': say('令牌无效、已到期或已撤销。', 'The token is not valid, has expired, or has been revoked.'),
    'not-for-viewers': say('查阅令牌不能看内部页面。', 'A token of a viewer does not open the internal pages.'),
    'signed-out': say('已退出。', 'You have signed out.')
  }
  return internalPage({
    ...frame,
    title: say('登录', 'Sign in'),
    place: 'sign-in',
    main: html`${trouble && html`<p class="warning" role="alert">${troubles[trouble]}</p>`}
<form method="post" action="${internalRoot}sign-in" autocomplete="off">
<input type="hidden" name="form" value="${key}">
<div class="field"><label for="token">${say('令牌', 'Token')}</label>
<input id="token" name="token" type="password" required maxlength="200" autocomplete="off" aria-describedby="token-hint">
<small id="token-hint">${say('由管理员发放;登录 8 小时后失效', 'Issued by an administrator; a sign-in lasts eight hours')}</small></div>
<p class="buttons"><button type="submit" class="primary">${say('登录', 'Sign in')}</button></p>
</form>`
  })
}

/** Why there is no page, to somebody of whom nothing is known. */
export const internalProblemPage = (frame: InternalFrame, title: string, detail: string): string =>
  internalPage({
    ...frame,
    title,
    place: 'problem',
    main: html`<p class="warning" role="alert">${detail}</p>
<p><a href="${internalRoot}">${sayIn(frame.lang)('返回项目', 'Back to the projects')}</a></p>`
  })

/** What a reader may not see, or what is not there. */
export const internalNotice = (frame: InternalFrame, reader: Reader, kind: 'not-allowed' | 'not-found'): string => {
  const say = sayIn(frame.lang)
  const words = {
    'not-allowed': say('您的令牌不能看这一页。', 'Your token does not open this page.'),
    'not-found': say('没有这个页面。', 'There is no such page.')
  }
  return internalPage({
    ...frame,
    reader,
    title: words[kind],
    place: kind,
    main: html`<p><a href="${internalRoot}">${say('返回项目', 'Back to the projects')}</a></p>`
  })
}

/** Projects with the people who answer for them. `next` leads on where there are more. */
export const internalProjectsPage = (
  projects: readonly InternalProject[],
  next: string | undefined,
  context: InternalContext
): string => {
  const { lang } = context
  const say = sayIn(lang)
  return contextPage(
    context,
    '',
    say('项目与联系人', 'Projects and contacts'),
    html`${table(
      'projects',
      [
        say('项目', 'Project'),
        say('进度标识', 'Mark'),
        say('责任单位', 'Responsible'),
        say('项目负责人', 'Manager'),
        say('联系方式', 'Contact'),
        say('最近填报', 'Last report')
      ],
      projects.map(({ state, assessment }) => {
        const { project, lastReportOn } = state
        return [
          html`<a href="${internalRoot}${projectFolder(project.id)}">${nameMarkup(project, lang)}</a>`,
          lightMark(assessment.light, lang, assessment.lastLight),
          project.responsibleUnit ?? '—',
          project.manager?.name ?? '—',
          project.manager?.contact ?? '—',
          lastReportOn === undefined ? say('无', 'none') : timeMarkup(lastReportOn, lang)
        ]
      })
    )}${nextLink('', next, say('下一页', 'Next page'))}`
  )
}

/** One project with what the public does not see: people, notes, who wrote what. */
export const internalProjectPage = (
  { state, assessment }: InternalProject,
  { commits, cases }: { readonly commits: readonly SealedCommit[]; readonly cases: readonly CaseView[] },
  context: InternalContext
): string => {
  const { lang } = context
  const say = sayIn(lang)
  const { project } = state
  const { manager } = project
  const nameOf = milestoneNames(project, lang)
  const words = { lang, nameOf, withoutPeople: (typed: string) => typed, unit: project.count?.unit ?? '' }
  return contextPage(
    context,
    projectFolder(project.id),
    project.name,
    html`<p>${lightMark(assessment.light, lang, assessment.lastLight)} <a href="${lang === 'zh' ? '/' : '/en/'}${projectFolder(project.id)}">${say('公开页面', 'Public page')}</a></p>
<dl class="facts">
<div><dt>${say('项目负责人', 'Manager')}</dt><dd>${manager?.name ?? '—'}<small>${manager?.contact ?? ''}</small></dd></div>
<div><dt>${say('责任单位', 'Responsible')}</dt><dd>${project.responsibleUnit ?? '—'}</dd></div>
</dl>
${section('flags', say('在案标记', 'Open flags'), flagTable([{ state, assessment }], lang))}
${section('cases', say('督办单', 'Cases'), caseTable(cases, lang))}
${section('notes', say('填报说明', 'Notes of reporters'), noteTable({ state, assessment }, nameOf, lang))}
${section(
  'history',
  say('记录', 'History'),
  table(
    'history-table',
    [say('日期', 'Date'), say('版本', 'Version'), say('何人', 'Who'), say('内容', 'What')],
    commits.map(({ version, date, by, events }) => [
      timeMarkup(date, lang),
      version,
      `${roleWords[by.role][lang]} ${by.id}`,
      html`<ul class="plain">${eventTexts(events, words).map(sentence => html`<li>${sentence}</li>`)}</ul>`
    ])
  )
)}`
  )
}

/** Open flags over all projects, gravest first. */
export const internalFlagsPage = (projects: readonly InternalProject[], context: InternalContext): string =>
  contextPage(context, 'flags/', sayIn(context.lang)('在案标记', 'Open flags'), flagTable(projects, context.lang))

/** The directory, and everybody whom a plan names, with all of their projects. */
export const internalPeoplePage = (
  directory: readonly Person[],
  projects: readonly TrackedProject[],
  context: InternalContext
): string => {
  const { lang } = context
  const say = sayIn(lang)
  const people = Map.groupBy(
    projects.flatMap(({ project }) => (project.manager ? [{ project, manager: project.manager }] : [])),
    ({ manager }) => `${manager.name}\n${manager.contact ?? ''}`
  )
  return contextPage(
    context,
    'people/',
    say('人员', 'People'),
    html`${section(
      'directory',
      say('通讯录', 'Directory'),
      table(
        'directory-table',
        [
          say('姓名', 'Name'),
          say('职务', 'Position'),
          say('单位', 'Unit'),
          say('项目与镇街', 'Projects and towns'),
          say('渠道', 'Reached by')
        ],
        directory.map(({ name, position, unit, projects: own = [], towns = [], reach = [] }) => [
          name,
          positionWords[position][lang],
          unit ?? '—',
          [...own, ...towns].join(say('、', ', ')),
          reach
            .map(({ channel, address }) => [channel, address].filter(part => part !== undefined).join(' '))
            .join('; ')
        ])
      )
    )}
${section(
  'managers',
  say('计划中的项目负责人', 'Managers named in plans'),
  table(
    'managers-table',
    [say('姓名', 'Name'), say('联系方式', 'Contact'), say('负责项目', 'Projects')],
    [...people.values()].flatMap(held => {
      const [first] = held
      return first
        ? [
            [
              first.manager.name,
              first.manager.contact ?? '—',
              html`<ul class="plain">${held.map(({ project }) => html`<li><a href="${internalRoot}${projectFolder(project.id)}">${nameMarkup(project, lang)}</a></li>`)}</ul>`
            ]
          ]
        : []
    })
  )
)}`
  )
}

/** What became of the messages that people were sent, the last change first. */
export const internalDeliveriesPage = (
  deliveries: readonly Delivery[],
  next: string | undefined,
  context: InternalContext
): string => {
  const { lang } = context
  const say = sayIn(lang)
  return contextPage(
    context,
    'deliveries/',
    say('通知送达', 'Deliveries'),
    html`${table(
      'deliveries',
      [
        say('日期', 'Date'),
        say('渠道', 'Channel'),
        say('收件人', 'Recipient'),
        say('主题', 'Subject'),
        say('状态', 'Status'),
        say('次数', 'Attempts'),
        say('答复', 'Answer')
      ],
      deliveries.map(({ date, channel, recipient, subject, status, attempts, history }) => {
        const last = history.at(-1)
        return [
          timeMarkup(date, lang),
          channel,
          recipient,
          subject,
          deliveryWords[status][lang],
          attempts,
          [last?.httpStatus, last?.code, last?.reason?.[lang]].filter(part => part !== undefined).join(' · ')
        ]
      })
    )}${nextLink('deliveries/', next, say('更早的', 'Earlier ones'))}`
  )
}

const deliveryWords: Readonly<Record<DeliveryStatus, { readonly zh: string; readonly en: string }>> = {
  queued: { zh: '待发', en: 'queued' },
  sent: { zh: '已送达', en: 'sent' },
  failed: { zh: '失败', en: 'failed' },
  unknown: { zh: '不明', en: 'unknown' }
}

const nextLink = (place: string, next: string | undefined, words: string): Markup | undefined =>
  next === undefined
    ? undefined
    : html`<p><a href="${internalRoot}${place}?cursor=${encodeURIComponent(next)}">${words}</a></p>`

const gravity = ['red', 'stale', 'yellow', 'no-baseline', 'paused', 'blue', 'green']

const flagTable = (projects: readonly InternalProject[], lang: Language): Markup => {
  const say = sayIn(lang)
  const flags = projects
    .flatMap(({ state, assessment }) => assessment.flags.map(flag => ({ project: state.project, flag })))
    .toSorted((a, b) => gravity.indexOf(a.flag.severity) - gravity.indexOf(b.flag.severity))
  if (flags.length === 0) return html`<p>${say('没有在案标记。', 'No flag is open.')}</p>`
  return table(
    'flag-table',
    [say('规则', 'Rule'), say('项目', 'Project'), say('自', 'Since'), say('内容', 'What')],
    flags.map(({ project, flag }) => [
      html`${lightMark(flag.severity, lang)} ${flag.rule} ${ruleWords[flag.rule][lang]}`,
      html`<a href="${internalRoot}${projectFolder(project.id)}">${nameMarkup(project, lang)}</a>`,
      timeMarkup(flag.since, lang),
      withDatesInWords(flag.text[lang], lang)
    ])
  )
}

const noteTable = ({ state, assessment }: InternalProject, nameOf: (id: string) => string, lang: Language): Markup => {
  const say = sayIn(lang)
  const notes = assessment.milestones.flatMap(({ id, percentComplete }) => {
    const { note, delay } = progressOf(state, id)
    return note === undefined && delay?.note === undefined ? [] : [{ id, percentComplete, note, delay }]
  })
  if (notes.length === 0) return html`<p>${say('没有说明。', 'There are none.')}</p>`
  return table(
    'note-table',
    [say('节点', 'Milestone'), say('完成', 'Done'), say('说明', 'Note'), say('滞后原因', 'Reason for delay')],
    notes.map(({ id, percentComplete, note, delay }) => [
      nameOf(id),
      percentText(percentComplete),
      note ?? '—',
      delay === undefined
        ? '—'
        : [delayWords[delay.code][lang], delay.note].filter(part => part !== undefined).join(':')
    ])
  )
}
