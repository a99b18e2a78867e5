import { delayWords } from '../core/delay-words.ts'
import { momentText } from './clock.ts'
import type { Draft } from './draft.ts'
import { back, make } from './elements.ts'
import { lang, say } from './language.ts'
import { previewOf } from './picture.ts'
import { saidText } from './report-words.ts'

/** A draft that can be reported no more, as far as there is one. */
export interface Stranded {
  readonly draft: Draft
  readonly title: string
  readonly today: string
  /** When it was left half filled in; `undefined` where nothing was. */
  readonly leftAt: string | undefined
  readonly discard: () => void
}

/** Says that a milestone is reached, cancelled or another's, and shows what was filled in and not sent: it can still be read. */
export const strandedView = ({ draft, title, today, leftAt, discard }: Stranded): HTMLElement => {
  const { said, delay, note, photos = [] } = draft
  const lines = [saidText(said, today), delay && delayWords[delay.code][lang], delay?.note, note].filter(Boolean)
  return make(
    'div',
    { className: 'stranded' },
    back(),
    make('h2', { tabIndex: -1 }, title),
    make(
      'p',
      { className: 'warning' },
      say('该节点已完成或已取消,或不在您的项目内', 'It is reached or cancelled, or not among yours')
    ),
    leftAt !== undefined &&
      make(
        'p',
        { className: 'fresh' },
        say(`${momentText(leftAt)} 填,没有发送`, `Filled in at ${momentText(leftAt)}, and not sent`)
      ),
    ...lines.map(line => make('p', {}, line)),
    make('ul', { className: 'strip' }, ...photos.map(photo => make('li', {}, previewOf(photo)))),
    leftAt !== undefined && make('button', { type: 'button', onclick: discard }, say('删除', 'Drop'))
  )
}
