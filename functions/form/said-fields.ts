import type { AgendaMilestone } from '../core/agenda.ts'
import { percentText } from '../pages/numbers.ts'
import { dayText } from './clock.ts'
import { asksStart, type Draft, laterDates, onDay, type Said } from './draft.ts'
import { choice, field, group, make } from './elements.ts'
import { say } from './language.ts'

/** What the fields of a draft are made from. */
export interface Answering {
  readonly milestone: AgendaMilestone | undefined
  /** The start that was filled in before. */
  readonly start: string | undefined
  /** `YYYY-MM-DD`, the day at the site. */
  readonly today: string
  readonly change: (more: Partial<Draft>) => void
}

/** The fields that what is said asks for. */
export const fieldsFor = (said: Said, answering: Answering): readonly HTMLElement[] => {
  const { milestone, today, change } = answering
  const start = asksStart(said, milestone) ? [startField(answering)] : []
  switch (said.type) {
    case 'done':
      return [doneField(said.on, milestone, today, change), ...start]
    case 'percent':
      return [...percentFields(said.percent, milestone?.percentComplete ?? 0, change), ...start]
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

const doneField = (
  on: string,
  milestone: AgendaMilestone | undefined,
  today: string,
  change: Answering['change']
): HTMLElement => {
  const input = dateInput(on, milestone?.unit)
  input.max = lastMoment(today, milestone)
  input.onchange = () => change({ said: { type: 'done', on: input.value || on } })
  return field(say('完成于', 'Reached on'), input)
}

const startField = ({ milestone, start, today, change }: Answering): HTMLElement => {
  const input = dateInput(start ?? '', milestone?.unit)
  input.max = lastMoment(today, milestone)
  input.onchange = () => change({ start: input.value || undefined })
  return field(say('实际开始(选填)', 'Started on (optional)'), input)
}

const lastMoment = (today: string, milestone: AgendaMilestone | undefined): string =>
  milestone?.unit === 'hour' ? `${today}T23:59` : today

const steps = [10, 25, 50, 75, 90, 100]

const percentFields = (percent: number, before: number, change: Answering['change']): readonly HTMLElement[] => {
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
  change: Answering['change']
): readonly HTMLElement[] => {
  const input = dateInput(finish ?? '', milestone.unit)
  const set = (date: string): void => {
    input.value = date
    change({ said: { type: 'date', finish: date || undefined } })
  }
  input.min = milestone.unit === 'hour' ? `${today}T00:00` : today
  input.onchange = () => set(input.value)
  return [
    group(
      say('预计完成', 'Expected'),
      'chips',
      ...laterDates(milestone, today).map(day => {
        const date = onDay(day, milestone)
        return choice('later', dayText(day, today), finish === date, () => set(date))
      })
    ),
    field(say('或另选日期', 'Or another date'), input)
  ]
}

const countField = (done: number | undefined, change: Answering['change']): HTMLElement => {
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
