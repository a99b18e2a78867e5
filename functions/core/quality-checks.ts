import type { Check } from './assessment.ts'
import { addDays } from './dates.ts'
import { awaitedBy, closeoutPhase, constraintsOf } from './milestone.ts'
import type { MilestoneOutlook, Outlook } from './outlook.ts'
import { dateOf, type Schedule } from './schedule.ts'
import type { Text } from './text.ts'

/**
 * Checks of the schedule itself: the points of the DCMA 14-point assessment (2005, as in its EVMS programme) that fit a
 * network of milestones, close-out left out. Points about resources, high float and long durations do not fit: a milestone
 * plan has no resources, and a permit that takes sixty days is no bad planning. Each says what is wrong and what mends it.
 */
export const qualityChecks = (outlook: Outlook, schedule: Schedule): readonly Check[] => {
  const owed = outlook.milestones.filter(({ milestone }) => milestone.phase !== closeoutPhase)
  const open = owed.filter(({ done }) => !done)
  return [
    ...(open.length > 0
      ? [
          logic(owed, open, outlook),
          leads(open),
          hardConstraints(open),
          negativeFloat(open, schedule),
          pastForecasts(open, outlook)
        ]
      : []),
    ...missedMilestones(owed, outlook),
    ...criticalPathLength(outlook)
  ]
}

/** Shares and indices of the assessment. */
const allowedShare = 0.05
const leastIndex = 0.95

/** Point 1: everything unfinished but the first has a predecessor, everything but hand-over a successor. */
const logic = (
  owed: readonly MilestoneOutlook[],
  open: readonly MilestoneOutlook[],
  { handover, state }: Outlook
): Check => {
  const first = owed[0]?.milestone.id
  const awaited = awaitedBy(state.project.milestones)
  const loose = open.filter(
    ({ milestone }) =>
      (!milestone.predecessors?.length && milestone.id !== first) ||
      (!awaited.has(milestone.id) && milestone.id !== handover?.milestone.id)
  )
  return check('missing-logic', 1, loose.length <= open.length * allowedShare, idsOf(loose), {
    zh: `缺少前置或后续关系的里程碑不超过 ${percent(allowedShare)};请补上逻辑关系`,
    en: `At most ${percent(allowedShare)} of the milestones lack a predecessor or a successor; link them`
  })
}

/** Point 2: no link lets a successor begin before its predecessor is reached by a negative lag. */
const leads = (open: readonly MilestoneOutlook[]): Check => {
  const leading = open.filter(({ milestone }) => milestone.predecessors?.some(({ lag }) => lag < 0))
  return check('leads', 2, leading.length === 0, idsOf(leading), {
    zh: '不使用负时滞;请拆分前置工作',
    en: 'No lead (negative lag); split the predecessor instead'
  })
}

/** Point 5: dates imposed against the network hide what it says. */
const hardConstraints = (open: readonly MilestoneOutlook[]): Check => {
  const hard: readonly string[] = ['MSO', 'MFO', 'SO', 'FO', 'SNLT', 'FNLT']
  const constrained = open.filter(({ milestone }) => constraintsOf(milestone).some(({ type }) => hard.includes(type)))
  return check('hard-constraints', 5, constrained.length <= open.length * allowedShare, idsOf(constrained), {
    zh: `硬约束不超过 ${percent(allowedShare)};请改用不早于类约束`,
    en: `At most ${percent(allowedShare)} hard constraints; use a "no earlier than" instead`
  })
}

/** Point 7. */
const negativeFloat = (open: readonly MilestoneOutlook[], { dates }: Schedule): Check => {
  const negative = open.filter(({ milestone }) => (dates.get(milestone.id)?.totalFloat ?? 0) < 0)
  return check('negative-float', 7, negative.length === 0, idsOf(negative), {
    zh: '没有负时差;有则须压缩后续工期或调整要求日期',
    en: 'No negative float; where there is some, shorten what follows or change the required date'
  })
}

/** Point 9: a forecast before the data date is not one any more. An actual date in the future is refused when reported. */
const pastForecasts = (open: readonly MilestoneOutlook[], { dataDate }: Outlook): Check => {
  const past = open.filter(
    ({ progress }) => progress.forecastFinish !== undefined && dateOf(progress.forecastFinish) < dataDate
  )
  return check('invalid-dates', 9, past.length === 0, idsOf(past), {
    zh: '未完成里程碑的预计日期不早于数据日期;请更新预计',
    en: 'No forecast of something unfinished lies before the data date; forecast again'
  })
}

/** Points 11 and 14: what was due before the data date, reached by its date, or at all (baseline execution index). */
const missedMilestones = (owed: readonly MilestoneOutlook[], { dataDate }: Outlook): readonly Check[] => {
  const due = owed.filter(({ baselineFinish }) => baselineFinish !== undefined && dateOf(baselineFinish) < dataDate)
  if (due.length === 0) return []
  const missed = due.filter(({ done, variance }) => !done || (variance?.calendarDays ?? 0) > 0)
  const reached = owed.filter(({ done }) => done).length
  const index = reached / due.length
  return [
    check('missed-milestones', 11, missed.length <= due.length * allowedShare, `${missed.length}/${due.length}`, {
      zh: `到期里程碑中误期的不超过 ${percent(allowedShare)}`,
      en: `At most ${percent(allowedShare)} of the milestones that fell due came late or not at all`
    }),
    check('baseline-execution', 14, index >= leastIndex, `BEI ${index.toFixed(2)} = ${reached}/${due.length}`, {
      zh: `基线执行指数不低于 ${leastIndex}`,
      en: `The baseline execution index is at least ${leastIndex}`
    })
  ]
}

/** Point 13: critical path length index, (path + float) ÷ path, in working days from the data date to hand-over. */
const criticalPathLength = ({ handover, state, dataDate, cn }: Outlook): readonly Check[] => {
  const { requiredBy } = state.project
  if (!handover || handover.done || requiredBy === undefined) return []
  const finish = dateOf(handover.projectedFinish)
  const length = cn.count(addDays(dataDate, -1), finish)
  if (length <= 0) return []
  const index = (length + cn.count(finish, requiredBy)) / length
  return [
    check('critical-path-length', 13, index >= leastIndex, `CPLI ${index.toFixed(2)}`, {
      zh: `关键线路长度指数不低于 ${leastIndex};更低则余下的路按期走完不现实`,
      en: `The critical path length index is at least ${leastIndex}; below it what is left cannot realistically be done in time`
    })
  ]
}

const idsOf = (milestones: readonly MilestoneOutlook[]): string =>
  milestones.map(({ milestone }) => milestone.id).join(' ')

const percent = (share: number): string => `${Math.round(100 * share)}%`

const check = (id: string, point: number, ok: boolean, facts: string, rule: Text): Check => ({
  id,
  kind: 'schedule',
  law: `DCMA 14-point ${point}`,
  ok,
  text: facts === '' ? rule : { zh: `${rule.zh}(${facts})`, en: `${rule.en} (${facts})` }
})
