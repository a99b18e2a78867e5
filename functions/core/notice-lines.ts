import type { Flag } from './assessment.ts'
import { type CaseNumber, caseNumberText } from './bureau.ts'
import type { Case } from './case-state.ts'
import { type IsoDate, isIsoDate } from './dates.ts'
import type { Milestone, Project } from './milestone.ts'

/**
 * A flag in one line, `项目 | 里程碑 | 计划3月15日 预计4月9日 | 滞后17个工作日 | R1`: absolute dates, working days and the rule
 * (DOMAIN §6). `passedOn` counts the milestones that only pass the same slip on; a year is named where it is not that of `today`.
 */
export const flagLine = (flag: Flag, project: Project, today: IsoDate, passedOn = 0): string => {
  const { rule, facts: f } = flag
  const date = (value: string | number | undefined) => shortDate(String(value), today)
  const parts = (): readonly string[] => {
    switch (rule) {
      case 'Y1':
      case 'R1':
        return [
          `计划${date(f.baselineFinish)} ${f.basis === 'actual' ? '实际' : '预计'}${date(f.projectedFinish)}`,
          `滞后${f.workingDays}个工作日`
        ]
      case 'R3':
        return [`要求${date(f.requiredBy)} 预计${date(f.projectedFinish)}`, `超出${f.workingDays}个工作日`]
      case 'Y2':
      case 'R2':
        return [`应完成${f.plannedPercent}% 实际${f.percentComplete}%`, `相差${f.points}个百分点`]
      case 'G1':
      case 'B1':
      case 'Y3':
      case 'Y4':
      case 'Y5':
      case 'R4':
      case 'R5':
      case 'R6':
      case 'R7':
      case 'S1':
      case 'P1':
      case 'N1':
        return [flag.text.zh]
    }
  }
  const also = passedOn > 0 ? [`另有${passedOn}个里程碑随之滞后`] : []
  return [project.name, milestoneName(flag.milestoneId, project), ...parts(), ...also, rule].join(' | ')
}

/** What a line says of the case behind it. */
export const caseMark = (number: CaseNumber | undefined): string =>
  ` | 督办${number === undefined ? '' : caseNumberText(number)}`

/** A case that nobody answered, with who has to now. */
export const unansweredLine = (known: Case, project: Project, number: CaseNumber | undefined, today: IsoDate): string =>
  [
    project.name,
    milestoneName(known.milestoneId, project),
    `${shortDate(known.openedOn, today)}督办`,
    `未答复或答复已失效,现由${levelTitles[known.level]}督办`,
    known.rule
  ].join(' | ') + caseMark(number)

/** A case that can be closed as soon as its evidence is there. */
export const evidenceLine = (known: Case, project: Project, number: CaseNumber | undefined): string =>
  [project.name, milestoneName(known.milestoneId, project), '已不再触发,请提交佐证销号', known.rule].join(' | ') +
  caseMark(number)

/** A date of a milestone, as reminders name it. */
export interface OwedDate {
  readonly milestone: Milestone
  readonly finish: IsoDate
  /** Until the date, or since it. */
  readonly workingDays: number
  readonly project: Project
}

/** A date that comes near, in working days. */
export const reminderLine = (owed: OwedDate, today: IsoDate): string =>
  owedLine(owed, today, owed.workingDays === 0 ? '最后1个工作日' : `还有${owed.workingDays}个工作日`)

/** A date that passed, with the two answers that there are. */
export const overdueLine = (owed: OwedDate, today: IsoDate): string =>
  owedLine(owed, today, `已逾期${owed.workingDays}个工作日`, '请填报:已完成,或新的日期与原因')

const owedLine = ({ milestone, finish, project }: OwedDate, today: IsoDate, ...said: readonly string[]): string =>
  [project.name, milestone.name, `应于${shortDate(finish, today)}完成`, ...said].join(' | ')

const levelTitles = ['项目负责人', '责任股室', '分管副局长', '局长'] as const

const milestoneName = (id: string | undefined, { milestones }: Project): string =>
  id === undefined ? '项目' : (milestones.find(milestone => milestone.id === id)?.name ?? id)

/** `3月15日`; `2022年3月15日` in another year than that of `today`. */
export const shortDate = (date: string, today: IsoDate): string => {
  if (!isIsoDate(date)) return date
  const [year = '', month, day] = date.split('-')
  return `${year === today.slice(0, 4) ? '' : `${year}年`}${Number(month)}月${Number(day)}日`
}

/** A heading over lines of one kind. */
export const headingLine = (title: string): string => `【${title}】`

/**
 * The text of a message of so many lines at most, which says how many matters it leaves out. A heading is no matter.
 */
export const textWithin = (lines: readonly string[], mostLines: number): string => {
  const left = lines.slice(mostLines).filter(line => !/^【[^】]*】$/.test(line)).length
  return [...lines.slice(0, mostLines), ...(left > 0 ? [`另有${left}项,见内部页面`] : [])].join('\n')
}
