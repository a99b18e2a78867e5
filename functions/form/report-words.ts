import { percentText } from '../pages/numbers.ts'
import { dayText } from './clock.ts'
import type { Missing, Said } from './draft.ts'
import { say } from './language.ts'

/** What is said in a few words, for the list. */
export const saidText = (said: Said | undefined, today: string): string => {
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

/** What keeps a draft from being sent, in words. */
export const missingText = (missing: Missing): string => {
  switch (missing) {
    case 'choice':
      return say('请先选一项', 'Choose one first')
    case 'date':
      return say('请选日期', 'Choose a date')
    case 'done-in-future':
      return say('完成日期不能晚于今天', 'It cannot have been reached after today')
    case 'date-in-past':
      return say('预计完成不能早于今天', 'It cannot be expected before today')
    case 'start-in-future':
      return say('开始日期不能晚于今天', 'It cannot have begun after today')
    case 'start-after-finish':
      return say('开始日期不能晚于完成日期', 'It cannot have begun after it was reached')
    case 'count':
      return say('请填数量', 'Fill in the number')
    case 'reason':
      return say('晚于原定日期,请选原因', 'A later date needs a reason')
    case 'reason-note':
      return say('选「其他」时请写明原因', 'The reason "other" needs a note')
  }
}
