import type { CaseLevel } from '../core/case-events.ts'
import type { CaseView } from '../core/case-view.ts'
import type { Position } from '../core/people.ts'
import type { Text } from '../core/text.ts'

/** What has become of a case. */
export const caseStatusWords: Readonly<Record<CaseView['status'], Text>> = {
  open: { zh: '待答复', en: 'to be answered' },
  acknowledged: { zh: '已答复', en: 'answered' },
  closed: { zh: '已销号', en: 'closed' }
}

/** Whether the reason of a delay excuses it. */
export const excuseWords: Readonly<Record<CaseView['excuse'], Text>> = {
  excused: { zh: '有正当理由', en: 'excused' },
  fault: { zh: '无正当理由', en: 'a fault' },
  undecided: { zh: '理由待裁定', en: 'to be ruled on' }
}

/** Who has to answer at each level, in the order of answering. */
export const levelWords: Readonly<Record<CaseLevel, Text>> = {
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
