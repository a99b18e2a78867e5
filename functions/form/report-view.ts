import type { AgendaMilestone } from '../core/agenda.ts'
import { type DelayCode, delayCodes } from '../core/delay.ts'
import { delayWords } from '../core/delay-words.ts'
import { nameText } from '../pages/language.ts'
import { percentText } from '../pages/numbers.ts'
import type { AgendaReply } from './api.ts'
import { dayText, todayOf } from './clock.ts'
import {
  atLeast,
  bodyOf,
  type Draft,
  laterDates,
  type Missing,
  missingIn,
  needsReason,
  reportsOf,
  type Said
} from './draft.ts'
import { back, choice, field, fill, group, make } from './elements.ts'
import { standing } from './home-view.ts'
import { lang, say } from './language.ts'
import type { Outgoing } from './outbox.ts'
import { photoField } from './photo-field.ts'

/** A report to be filled in. */
export interface Filling {
  readonly agenda: AgendaReply
  readonly draft: Draft
  /** Called with the reports when the draft is sent off: once, unless they could not be kept. */
  readonly send: (items: readonly Outgoing[]) => Promise<void>
}

/** The form about one milestone, the count or the whole project: what is said, and only what that asks for. */
export const reportView = ({ agenda, draft: first, send }: Filling): HTMLElement => {
  const { subject } = first
  const project = agenda.projects.find(({ id }) => id === subject.project)
  const milestone =
    subject.type === 'milestone' ? project?.milestones.find(({ id }) => id === subject.milestone) : undefined
  if (!project || (subject.type === 'milestone' && !milestone))
    return make(
      'div',
      {},
      back(),
      make('p', { className: 'warning' }, say('该节点已完成,或不在您的项目内', 'It is reached, or not among yours'))
    )
  const today = todayOf(agenda)
  const recorded = { percent: milestone?.percentComplete, count: project.count?.done }
  let draft: Draft = { ...first, said: atLeast(first.said, recorded) }
  const details = make('div', { className: 'details' })
  const problem = make('p', { className: 'error', role: 'alert' })

  const change = (more: Partial<Draft>): void => {
    draft = { ...draft, ...more }
    problem.textContent = ''
    // Only where the question comes or goes: what is being typed into stays.
    const asks = needsReason(draft.said, milestone)
    if (asks !== reasons.hasChildNodes()) fill(reasons, ...(asks ? reasonFields(draft, change) : []))
  }
  const choose = (said: Said): void => {
    fill(details, ...fieldsFor(said, milestone, today, change))
    change({ said })
  }
  const reasons = make('div', { className: 'details' })
  const photos = milestone && photoField(draft.photos ?? [], chosen => change({ photos: chosen }))
  const title = milestone ? nameText(milestone, lang) : nameText(project, lang)
  const button = make('button', { type: 'submit', className: 'primary' }, say('发送', 'Send'))
  const form = make(
    'form',
    { className: 'report-form', noValidate: true },
    back(),
    make('h2', { tabIndex: -1 }, title),
    milestone
      ? make('p', { className: 'standing' }, `${nameText(project, lang)} · ${standing(milestone, today)}`)
      : make('p', { className: 'standing' }, subjectText(draft.subject)),
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
  // Of the draft: however often it is sent off, it is recorded once.
  const key = crypto.randomUUID()
  const outgoing = (report: Draft, at: number): Outgoing => ({
    key: `${key}-${at}`,
    project: project.id,
    title:
      `${report.subject.type === 'milestone' ? title : nameText(project, lang)} ${saidText(report.said, today)}`.trim(),
    names: { project: nameText(project, lang), milestone: milestone && nameText(milestone, lang) },
    draft: report,
    body: bodyOf(report, needsReason(report.said, milestone)),
    lang,
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
    else await send(reportsOf(draft).map(outgoing))
  }
  form.onsubmit = async event => {
    event.preventDefault()
    if (button.disabled) return
    button.disabled = true
    try {
      await sendOff()
    } finally {
      button.disabled = false
      button.textContent = say('发送', 'Send')
    }
  }
  if (draft.said) choose(draft.said)
  return form
}

const choices = (
  { said }: Draft,
  { percentComplete, projectedFinish }: AgendaMilestone,
  today: string,
  choose: (said: Said) => void
): HTMLElement => {
  const option = (text: string, chosen: Said): HTMLElement =>
    choice('said', text, said?.type === chosen.type, () => choose(chosen))
  return group(
    say('情况', 'What is new'),
    'choices',
    option(say('已完成', 'Done'), { type: 'done', on: today }),
    option(say('进度', 'Percent'), { type: 'percent', percent: percentComplete }),
    option(say('新日期', 'New date'), { type: 'date', ...(projectedFinish ? {} : { finish: today }) }),
    option(say('全项目无变化', 'Nothing changed in the project'), { type: 'no-change' })
  )
}

type Change = (more: Partial<Draft>) => void

const fieldsFor = (
  said: Said,
  milestone: AgendaMilestone | undefined,
  today: string,
  change: Change
): readonly HTMLElement[] => {
  switch (said.type) {
    case 'done':
      return [doneField(said.on, milestone, today, change)]
    case 'percent':
      return percentFields(said.percent, milestone?.percentComplete ?? 0, change)
    case 'date':
      return milestone ? dateFields(said.finish, milestone, today, change) : []
    case 'count':
      return [countField(said.done, change)]
    case 'no-change':
      return [
        make(
          'p',
          {},
          say(
            '记为:今天看过,整个项目没有变化。',
            'Recorded as: looked today, nothing has changed in the whole project.'
          ) + (milestone ? say('照片记在本节点。', ' Photographs are recorded with this milestone.') : '')
        )
      ]
  }
}

const dateInput = (value: string, unit: AgendaMilestone['unit'] | undefined): HTMLInputElement =>
  make('input', { type: unit === 'hour' ? 'datetime-local' : 'date', value })

const doneField = (on: string, milestone: AgendaMilestone | undefined, today: string, change: Change): HTMLElement => {
  const input = dateInput(milestone?.unit === 'hour' && !on.includes('T') ? `${on}T17:00` : on, milestone?.unit)
  input.max = milestone?.unit === 'hour' ? `${today}T23:59` : today
  input.onchange = () => change({ said: { type: 'done', on: input.value || today } })
  return field(say('完成于', 'Reached on'), input)
}

const steps = [10, 25, 50, 75, 90, 100]

const percentFields = (percent: number, before: number, change: Change): readonly HTMLElement[] => {
  const input = make('input', {
    type: 'range',
    min: String(Math.ceil(before)),
    max: '100',
    step: '1',
    value: String(percent)
  })
  const output = make('output', {}, percentText(percent))
  const show = (value: number): void => {
    input.value = String(value)
    output.textContent = `${value}%`
    change({ said: { type: 'percent', percent: value } })
  }
  input.oninput = () => show(Number(input.value))
  const chips = steps.filter(step => step > before)
  return [
    group(
      say(`完成百分比(已记录 ${percentText(before)})`, `Percent complete (${percentText(before)} is recorded)`),
      'chips',
      ...chips.map(step => make('button', { type: 'button', onclick: () => show(step) }, `${step}%`))
    ),
    field(say('或拖动', 'Or drag'), input),
    output
  ]
}

const dateFields = (
  finish: string | undefined,
  milestone: AgendaMilestone,
  today: string,
  change: Change
): readonly HTMLElement[] => {
  const input = dateInput(finish ?? '', milestone.unit)
  const set = (date: string): void => {
    input.value = date
    change({ said: { type: 'date', finish: date || undefined } })
  }
  input.min = milestone.unit === 'hour' ? `${today}T00:00` : today
  input.onchange = () => set(input.value)
  const hour = milestone.unit === 'hour' ? 'T17:00' : ''
  return [
    group(
      say('预计完成', 'Expected'),
      'chips',
      ...laterDates(milestone, today).map(date =>
        choice('later', dayText(date, today), finish === date + hour, () => set(date + hour))
      )
    ),
    field(say('或另选日期', 'Or another date'), input)
  ]
}

const countField = (done: number | undefined, change: Change): HTMLElement => {
  const input = make('input', {
    type: 'number',
    inputMode: 'numeric',
    min: '0',
    value: done === undefined ? '' : String(done)
  })
  input.oninput = () =>
    change({ said: { type: 'count', ...(input.value === '' ? {} : { done: Number(input.value) }) } })
  return field(say('累计完成数量', 'Number done in all'), input)
}

const reasonFields = ({ delay }: Draft, change: Change): readonly HTMLElement[] => {
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

/** What is said in a few words, for the list. */
const saidText = (said: Said | undefined, today: string): string => {
  if (!said) return ''
  switch (said.type) {
    case 'done':
      return say(`${dayText(said.on, today)}完成`, `done ${dayText(said.on, today)}`)
    case 'percent':
      return percentText(said.percent)
    case 'date':
      return said.finish === undefined
        ? ''
        : say(`预计 ${dayText(said.finish, today)}`, `expected ${dayText(said.finish, today)}`)
    case 'count':
      return said.done === undefined ? '' : String(said.done)
    case 'no-change':
      return say('全项目无变化', 'nothing changed in the project')
  }
}

const missingText = (missing: Missing): string => {
  switch (missing) {
    case 'choice':
      return say('请先选一项', 'Choose one first')
    case 'date':
      return say('请选日期', 'Choose a date')
    case 'done-in-future':
      return say('完成日期不能晚于今天', 'It cannot have been reached after today')
    case 'date-in-past':
      return say('预计完成不能早于今天', 'It cannot be expected before today')
    case 'count':
      return say('请填数量', 'Fill in the number')
    case 'reason':
      return say('晚于原定日期,请选原因', 'A later date needs a reason')
    case 'reason-note':
      return say('选「其他」时请写明原因', 'The reason "other" needs a note')
  }
}
