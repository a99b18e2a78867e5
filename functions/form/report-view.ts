import type { AgendaMilestone } from '../core/agenda.ts'
import { type DelayCode, delayCodes } from '../core/delay.ts'
import { delayWords } from '../core/delay-words.ts'
import type { AgendaReply } from './api.ts'
import { momentText, todayOf } from './clock.ts'
import { atLeast, bodyOf, type Draft, missingIn, needsReason, onDay, reportKey, reportsOf, type Said } from './draft.ts'
import type { HalfFilled } from './drafts.ts'
import { back, choice, field, fill, group, type Inside, make } from './elements.ts'
import { standing } from './home-view.ts'
import { lang, nameOf, say } from './language.ts'
import type { Posted } from './outbox.ts'
import type { Outgoing } from './outgoing.ts'
import { photoField } from './photo-field.ts'
import { missingText, saidText } from './report-words.ts'
import { reportableIn } from './reportable.ts'
import { type Answering, fieldsFor } from './said-fields.ts'
import { strandedView } from './stranded-view.ts'

/** A report to be filled in. */
export interface Filling {
  readonly agenda: AgendaReply
  readonly draft: Draft
  /** The key of the draft, under which it is sent. */
  readonly key: string
  /** What it is about by name, as it was kept with the draft. */
  readonly title: string | undefined
  /** When the draft was left half filled in, where it goes on now. */
  readonly leftAt: string | undefined
  /** Called with the draft after every change. */
  readonly keep: (kept: Pick<HalfFilled, 'key' | 'title' | 'draft'>) => void
  /** Begins anew, without what was left half filled in. */
  readonly restart: () => void
  /** Called with the reports when the draft is sent off: once, unless they could not be kept. */
  readonly send: (items: readonly Outgoing[]) => Promise<Posted>
}

/** The form about one milestone, the count or the whole project: what is said, and only what that asks for. */
export const reportView = (filling: Filling): HTMLElement => {
  const { agenda, draft: first, leftAt, keep, restart, send } = filling
  const today = todayOf(agenda)
  const found = reportableIn(agenda.projects, first.subject)
  if (!found) return strandedView({ draft: first, title: filling.title ?? '', today, leftAt, discard: restart })
  const { project, milestone } = found
  const recorded = { percent: milestone?.percentComplete, count: project.count?.done }
  let { key } = filling
  let draft: Draft = { ...first, said: atLeast(first.said, recorded) }
  const details = make('div', { className: 'details' })
  const problem = make('p', { className: 'error', role: 'alert' })

  const reasons = make('div', { className: 'details' })

  const askWhy = (): void => {
    // Only where the question comes or goes: what is being typed into stays.
    const asks = needsReason(draft.said, milestone)
    if (asks !== reasons.hasChildNodes()) fill(reasons, ...(asks ? reasonFields(draft, change) : []))
  }
  const change = (more: Partial<Draft>): void => {
    draft = { ...draft, ...more }
    problem.textContent = ''
    askWhy()
    keep({ key, title, draft })
  }
  const ask = (said: Said): void => fill(details, ...fieldsFor(said, { milestone, start: draft.start, today, change }))
  const choose = (said: Said): void => {
    ask(said)
    change({ said })
  }
  const photos = milestone && photoField(draft.photos ?? [], chosen => change({ photos: chosen }))
  const title = milestone ? nameOf(milestone) : nameOf(project)
  const button = make('button', { type: 'submit', className: 'primary' }, say('发送', 'Send'))
  const form = make(
    'form',
    { className: 'report-form', noValidate: true },
    back(),
    make('h2', { tabIndex: -1 }, title),
    milestone
      ? make('p', { className: 'standing' }, `${nameOf(project)} · ${standing(milestone, today)}`)
      : make('p', { className: 'standing' }, subjectText(draft.subject)),
    leftAt !== undefined && leftNote(leftAt, restart),
    milestone ? choices(draft, milestone, today, choose) : undefined,
    details,
    reasons,
    photos?.element,
    make(
      'details',
      { open: draft.note !== undefined },
      make('summary', {}, say('备注', 'Note')),
      field(
        say('备注(不公开)', 'Note (not published)'),
        make('textarea', {
          rows: 2,
          maxLength: 2000,
          value: draft.note ?? '',
          oninput: event => change({ note: textOf(event) })
        })
      )
    ),
    make('div', { className: 'send' }, problem, button)
  )
  const outgoing = (report: Draft, at: number): Outgoing => ({
    key: reportKey(key, at),
    project: project.id,
    title: `${report.subject.type === 'milestone' ? title : nameOf(project)} ${saidText(report.said, today)}`.trim(),
    names: { project: nameOf(project), milestone: milestone && nameOf(milestone) },
    draft: report,
    body: bodyOf(report, milestone),
    madeAt: new Date().toISOString(),
    outcome: { type: 'waiting' }
  })
  const sendOff = async (): Promise<void> => {
    if (photos?.isBusy()) {
      button.textContent = say('照片处理好就发送…', 'Sending once the photographs are ready…')
      if (!(await photos.settled())) return
    }
    const missing = missingIn(draft, milestone, today)
    if (missing) problem.textContent = missingText(missing)
    else {
      form.inert = true
      if ((await send(reportsOf(draft).map(outgoing))) === 'sent-before') fill(problem, ...sentBefore(sayMore))
    }
  }
  const sayMore = (): void => {
    key = crypto.randomUUID()
    change({})
  }
  form.onsubmit = async event => {
    event.preventDefault()
    if (button.disabled) return
    button.disabled = true
    try {
      await sendOff()
    } catch (error) {
      problem.textContent = say(
        '没能存进本机,没有发送;请抄下要紧的内容,重新加载后再填',
        'It could not be stored here and was not sent: copy what matters, reload and fill it in again'
      )
      throw error
    } finally {
      form.inert = false
      button.disabled = false
      button.textContent = say('发送', 'Send')
    }
  }
  if (draft.said) {
    ask(draft.said)
    askWhy()
  }
  return form
}

const sentBefore = (onclick: () => void): readonly Inside[] => [
  say('这份填报已在另一窗口发送,没有重复发送', 'Another window has sent this report: it was not sent again'),
  make('button', { type: 'button', onclick }, say('另报一份', 'Make it another report'))
]

const leftNote = (at: string, restart: () => void): HTMLElement =>
  make(
    'p',
    { className: 'fresh left' },
    say(`${momentText(at)} 填到一半,还没有发送`, `Left half filled in at ${momentText(at)}, and not sent`),
    make('button', { type: 'button', onclick: restart }, say('重新填', 'Start again'))
  )

const choices = (
  { said }: Draft,
  milestone: AgendaMilestone,
  today: string,
  choose: (said: Said) => void
): HTMLElement => {
  const option = (text: string, chosen: Said): HTMLElement =>
    choice('said', text, said?.type === chosen.type, () => choose(chosen))
  return group(
    say('情况', 'What is new'),
    'choices',
    option(say('已完成', 'Done'), { type: 'done', on: onDay(today, milestone) }),
    option(say('进度', 'Percent'), { type: 'percent', percent: milestone.percentComplete }),
    option(say('新日期', 'New date'), {
      type: 'date',
      ...(milestone.projectedFinish ? {} : { finish: onDay(today, milestone) })
    }),
    option(say('全项目无变化', 'Nothing changed in the project'), { type: 'no-change' })
  )
}

const reasonFields = ({ delay }: Draft, change: Answering['change']): readonly HTMLElement[] => {
  const note = make('input', { maxLength: 500, value: delay?.note ?? '' })
  const other = field(say('说明(不公开)', 'Note (not published)'), note)
  other.hidden = delay?.code !== 'OTHER'
  let code: DelayCode = delay?.code ?? 'OTHER'
  const set = (): void => {
    other.hidden = code !== 'OTHER'
    change({ delay: { code, note: note.value.trim() || undefined } })
  }
  note.oninput = set
  const reason = (each: DelayCode): HTMLElement =>
    choice('reason', delayWords[each][lang], delay?.code === each, () => {
      code = each
      set()
    })
  return [
    group(say('晚于原定日期,原因是', 'Later than promised, because of'), 'chips', ...delayCodes.map(reason)),
    other
  ]
}

const textOf = (event: Event): string | undefined =>
  event.target instanceof HTMLTextAreaElement ? event.target.value.trim() || undefined : undefined

const subjectText = ({ type }: Draft['subject']): string =>
  type === 'count' ? say('按数量填报', 'Report the count') : say('全项目', 'The whole project')
