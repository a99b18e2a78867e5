import { type Language, sayIn } from '../pages/language.ts'

/** The field of a report that a JSON pointer names, as the form calls it; '' where the form has no such field. */
export const fieldText = (pointer: string, lang: Language): string => {
  const say = sayIn(lang)
  const [, part = '', , field = '', at = '0'] = pointer.split('/')
  if (part === 'count') return say('数量', 'Number done')
  switch (field) {
    case 'milestoneId':
      return say('里程碑', 'Milestone')
    case 'percentComplete':
      return say('进度', 'Percent')
    case 'actualStart':
      return say('实际开始', 'Started on')
    case 'actualFinish':
      return say('完成于', 'Reached on')
    case 'forecastFinish':
      return say('预计完成', 'Expected')
    case 'delay':
      return say('原因', 'Reason')
    case 'photos':
      return say(`照片 ${Number(at) + 1}`, `Photograph ${Number(at) + 1}`)
    default:
      return part === 'note' || field === 'note' ? say('备注', 'Note') : ''
  }
}
