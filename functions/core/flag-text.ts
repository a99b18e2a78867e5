import type { FlagFacts } from './flag.ts'
import type { Condition } from './flags.ts'
import type { Approver } from './judgement.ts'
import type { Text } from './text.ts'

/**
 * The sentence behind a flag, with the numbers that make it checkable: absolute dates, working days (工作日, calendar
 * `cn`) and the threshold. `name` is the milestone's, in each language; unused by rules that concern the project.
 */
export const flagText = ({ rule, facts: f }: Condition, name: Text): Text => {
  switch (rule) {
    case 'B1':
      return {
        zh: `${name.zh}应于 ${f.due} 完成,还有 ${f.workingDays} 个工作日(≤ ${f.within})`,
        en: `${name.en} is due on ${f.due}, in ${f.workingDays} working days (≤ ${f.within})`
      }
    case 'Y1':
    case 'R1': {
      const limit = rule === 'R1' ? `> ${f.limit}` : `≥ ${f.limit}`
      const done = f.basis === 'actual'
      return {
        zh: `${name.zh}计划 ${f.baselineFinish},${done ? '实际' : '预计'} ${f.projectedFinish},滞后 ${f.workingDays} 个工作日(${limit})`,
        en: `${name.en} was planned for ${f.baselineFinish} and ${done ? 'came' : 'is expected'} on ${f.projectedFinish}, ${f.workingDays} working days late (${limit})`
      }
    }
    case 'Y2':
    case 'R2': {
      const limit = rule === 'R2' ? `> ${f.limit}` : `≥ ${f.limit}`
      return {
        zh: `序时进度应完成 ${f.plannedPercent}%,实际完成 ${f.percentComplete}%,相差 ${f.points} 个百分点(${limit})`,
        en: `${f.plannedPercent} % should be done and ${f.percentComplete} % is, a gap of ${f.points} points (${limit})`
      }
    }
    case 'Y3':
      return {
        zh: `计划 ${f.baselineFinish} 启用,距要求日期 ${f.requiredBy} 原有 ${f.floatWorkingDays} 个工作日余量,现预计 ${f.projectedFinish},已用去 ${f.usedWorkingDays} 个(${f.usedPercent}% > ${f.limit}%)`,
        en: `In use was planned for ${f.baselineFinish}, ${f.floatWorkingDays} working days before the required ${f.requiredBy}; now ${f.projectedFinish}, so ${f.usedWorkingDays} of them are used (${f.usedPercent} % > ${f.limit} %)`
      }
    case 'R3':
      return {
        zh: `按网络计划推算 ${f.projectedFinish} 才能启用,晚于要求日期 ${f.requiredBy},超出 ${f.calendarDays} 天(${f.workingDays} 个工作日)`,
        en: `The network puts the school in use on ${f.projectedFinish}, after the required ${f.requiredBy}, by ${f.calendarDays} days (${f.workingDays} of them working days)`
      }
    case 'Y4':
      return {
        zh: `计划 ${f.planned} ${name.zh},计划月份已过仍未开工(至 ${f.limitDate} 转红)`,
        en: `${name.en} was planned for ${f.planned}; its month has passed without it (red after ${f.limitDate})`
      }
    case 'R6':
      return {
        zh: `计划 ${f.planned} ${name.zh},超过 ${f.months} 个月(${f.limitDate})仍未开工`,
        en: `${name.en} was planned for ${f.planned}; ${f.months} months later (${f.limitDate}) it has not come`
      }
    case 'R4':
      return {
        zh: `${f.yellow} 自 ${f.since} 起连续 ${f.periods} 期未改善${f.before === '' ? '' : `(起始 ${f.before},现为 ${f.now})`}`,
        en: `${f.yellow} has stood since ${f.since}, ${f.periods} periods without improvement${f.before === '' ? '' : ` (then ${f.before}, now ${f.now})`}`
      }
    case 'R5':
      return {
        zh: `${f.months} 个月无报告或无可见进展(最近报告 ${f.lastReportOn},最近进展 ${f.lastProgressOn},已 ${f.days} 天)`,
        en: `No report or no visible progress for ${f.months} months (last report ${f.lastReportOn}, last progress ${f.lastProgressOn}, ${f.days} days)`
      }
    case 'G1':
    case 'Y5':
    case 'R7':
      return judgedText(f)
    case 'S1':
      return f.awaited === 'pause-review'
        ? {
            zh: `暂停应于 ${f.lastReportOn} 复核,已逾期 ${f.days} 天`,
            en: `The pause was to be reviewed on ${f.lastReportOn}, ${f.days} days ago`
          }
        : {
            zh: `自 ${f.lastReportOn} 起 ${f.days} 天没有报告(约定 ${f.allowedDays} 天内一报)`,
            en: `No report since ${f.lastReportOn}, ${f.days} days (one is agreed every ${f.allowedDays} days)`
          }
    case 'P1':
      return {
        zh: `自 ${f.since} 起批准暂停:${f.reason};${f.reviewOn} 复核`,
        en: `Paused with approval since ${f.since}: ${f.reason}; to be reviewed on ${f.reviewOn}`
      }
    case 'N1':
      return {
        zh: '没有批准的基线计划,无从判断快慢',
        en: 'No baseline has been approved, so it is neither early nor late'
      }
  }
}

const judgedText = ({ judgedOn, reason, approvedBy, until }: FlagFacts): Text => {
  if (approvedBy === undefined)
    return {
      zh: `人工判定(${judgedOn}):${reason}`,
      en: `Judged so by a person on ${judgedOn}: ${reason}`
    }
  const approver = approverWords[approvedBy]
  return {
    zh: `经${approver?.zh ?? approvedBy}批准,自 ${judgedOn} 起一期内人工调好(${until} 起恢复规则颜色):${reason}`,
    en: `Judged better with the approval of the ${approver?.en ?? approvedBy} from ${judgedOn} for one period, until the rules colour it again on ${until}: ${reason}`
  }
}

const approverWords: Readonly<Record<string, Text>> = {
  'deputy-director': { zh: '分管副局长', en: 'deputy director' },
  director: { zh: '局长', en: 'director' }
} satisfies Record<Approver, Text>
