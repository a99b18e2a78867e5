import { halfIn } from '@capital-project-tracker/client'
import { momentText } from './clock.ts'
import { make } from './elements.ts'
import { fieldText } from './field-text.ts'
import { lang, printed, say } from './language.ts'
import { drop } from './outbox.ts'
import type { Outgoing, Refusal } from './outgoing.ts'
import { correctPlace, outboxPlace } from './place.ts'

/** What is waiting, what was accepted, and what was refused and why. */
export const outboxView = (items: readonly Outgoing[]): HTMLElement =>
  make(
    'div',
    {},
    make('h2', { tabIndex: -1 }, say('已填报', 'Reports')),
    items.length === 0
      ? make('p', {}, say('本机尚无填报', 'Nothing was reported from here yet'))
      : make('ul', { className: 'outbox' }, ...items.map(row))
  )

/** How many wait and were refused, and how it went with the one that matters most; leads to the list. */
export const outboxBar = (items: readonly Outgoing[]): HTMLElement | undefined => {
  const about = items.find(isForPerson) ?? items.find(({ outcome }) => outcome.type === 'waiting') ?? items[0]
  if (!about) return undefined
  const waiting = items.filter(({ outcome }) => outcome.type === 'waiting').length
  const wrong = items.filter(isForPerson).length
  return make(
    'a',
    { href: outboxPlace, className: `outbox-bar ${wrong > 0 ? 'bad' : waiting > 0 ? 'waiting' : 'good'}` },
    make(
      'b',
      {},
      [
        wrong > 0 && say(`${wrong} 条待处理`, `${wrong} to look at`),
        waiting > 0 && say(`${waiting} 条待发送`, `${waiting} waiting`),
        wrong + waiting === 0 && say('全部已收到', 'All received')
      ]
        .filter(Boolean)
        .join(' · ')
    ),
    make('span', {}, about.title + colon + outcomeText(about))
  )
}

const isForPerson = ({ outcome }: Outgoing): boolean => outcome.type === 'refused' || outcome.type === 'doubtful'

const row = (item: Outgoing): HTMLElement => {
  const { key, title, names, madeAt, outcome } = item
  const onclick = (): void => {
    drop(key)
  }
  return make(
    'li',
    { className: outcome.type },
    make('b', {}, title),
    make(
      'span',
      {},
      [
        names?.milestone && names.project,
        photosText(item),
        say(`${momentText(madeAt)} 填`, `made ${momentText(madeAt)}`)
      ]
        .filter(Boolean)
        .join(' · ')
    ),
    make('p', { className: 'outcome' }, outcomeText(item)),
    outcome.type === 'refused' && make('ul', {}, ...errorTexts(item).map(error => make('li', {}, error))),
    isForPerson(item) &&
      make(
        'p',
        { className: 'buttons' },
        make(
          'a',
          { className: 'button primary', href: correctPlace(key) },
          outcome.type === 'doubtful'
            ? say('看过,再发一次', 'I looked: send again')
            : say('改正后重发', 'Correct and send')
        ),
        make('button', { type: 'button', onclick }, say('删除', 'Drop'))
      )
  )
}

const colon = say('\uff1a', ': ')

/** What is wrong field by field, by the names that the form has for them. */
const errorTexts = ({ outcome, names }: Outgoing): readonly string[] => {
  if (outcome.type !== 'refused') return []
  const told = (outcome.refusal?.errors ?? []).map(({ pointer, message }) => {
    const field = [names?.milestone, fieldText(pointer, lang)].filter(Boolean).join(' · ')
    return (field && field + colon) + printed(halfIn(message, lang))
  })
  return [...new Set(told)]
}

/** Why, in one sentence, where no field is wrong. */
const detailText = (refusal: Refusal | undefined): string =>
  refusal && refusal.errors.length === 0 ? printed(halfIn(refusal.detail, lang)) : ''

const photosText = ({ body }: Outgoing): string => {
  const photos = 'reports' in body ? (body.reports ?? []).flatMap(({ photos = [] }) => photos).length : 0
  if (photos === 0) return ''
  return say(`照片 ${photos} 张`, `${photos} ${photos === 1 ? 'photograph' : 'photographs'}`)
}

const outcomeText = ({ outcome }: Outgoing): string => {
  switch (outcome.type) {
    case 'waiting':
      return navigator.onLine ? say('待发送', 'waiting to be sent') : say('待发送,等网络', 'waiting for the network')
    case 'accepted':
      return say(
        `已收到,第 ${outcome.version} 版,${momentText(outcome.at)}`,
        `received as version ${outcome.version}, ${momentText(outcome.at)}`
      )
    case 'refused':
      return say('未被接受', 'Not accepted') + (detailText(outcome.refusal) && colon + detailText(outcome.refusal))
    case 'doubtful':
      return say(
        '发出过一次,没有等到回答,如今已无从核对。请看项目页是否已有记录,再决定重发或删除。',
        'It went out once without an answer and can be checked no more. See on the project page whether it is there, then send again or drop it.'
      )
  }
}
