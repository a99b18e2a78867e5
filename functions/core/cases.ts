import type { Calendar } from './calendar.ts'
import type { CaseLevel } from './case-events.ts'
import type { AcknowledgedCase, Case, OpenCase } from './case-state.ts'
import { delayBehind, type Excuse, excuseOfCode } from './cause.ts'
import { addDays, type IsoDate, latest } from './dates.ts'
import type { DelayCode } from './delay.ts'
import { flagId } from './flag.ts'
import type { Outlook } from './outlook.ts'
import type { Policy } from './policy.ts'
import type { OpenFlag, TrackedProject } from './state.ts'
import { mutedUntil } from './suppression.ts'

/** The highest level, 局长: above it there is nobody to tell. */
export const topLevel: CaseLevel = 3

/** Id of the next case of a project, `{project}.{n}`. */
export const nextCaseId = ({ project, cases = {} }: TrackedProject): string =>
  `${project.id}.${Object.keys(cases).length + 1}`

/** The project of a case, by the id of the case; ids of projects hold no dot. */
export const projectOfCase = (caseId: string): string => caseId.slice(0, Math.max(0, caseId.lastIndexOf('.')))

/** The case that a flag opened, if it has. */
export const caseOfFlag = (state: TrackedProject, flag: Pick<OpenFlag, 'rule' | 'milestoneId'>): Case | undefined =>
  Object.values(state.cases ?? {}).find(known => flagId(known) === flagId(flag))

/** The flag behind a case while its rule holds. */
export const flagOfCase = (state: TrackedProject, known: Case): OpenFlag | undefined => {
  const flag = state.flags[flagId(known)]
  return flag?.clearedOn === undefined ? flag : undefined
}

/** The level above, at most {@link topLevel}. */
export const levelAbove = (level: CaseLevel): CaseLevel => (level === 0 ? 1 : level === 1 ? 2 : topLevel)

/**
 * The first day on which an answer given on `today` no longer holds: the day after the committed one, or the last of the
 * working days it may last at most, whichever is first.
 */
export const expiryOf = (today: IsoDate, committedFinish: IsoDate, cn: Calendar, policy: Policy): IsoDate => {
  const afterCommitted = addDays(committedFinish, 1)
  const longest = cn.offset(today, policy.answerWorkingDays)
  return afterCommitted < longest ? afterCommitted : longest
}

/** How far a case that waits has gone up by a day: by working days without an answer, from where it began to wait. */
export const levelOn = (
  known: OpenCase,
  state: TrackedProject,
  cn: Calendar,
  today: IsoDate,
  policy: Policy
): CaseLevel => {
  // Days on which nobody was to be told are not days without an answer.
  const from = latest(known.waitingSince, mutedUntil(known, state, cn, policy)) ?? known.waitingSince
  const waited = today > from ? cn.count(from, today) : 0
  const reached = (level: CaseLevel) =>
    waited >= policy.escalationWorkingDays[level] - policy.escalationWorkingDays[known.waitingLevel]
  return ([3, 2, 1] as const).find(level => level > known.level && reached(level)) ?? known.level
}

/** Whether a case is a fault: by the ruling on its reason of delay, else by what that reason is worth; without one it is. */
export const excuseOf = (
  known: Case,
  outlook: Outlook
): { readonly excuse: Excuse; readonly code?: DelayCode | undefined } => {
  const code = known.milestoneId === undefined ? undefined : delayBehind(known.milestoneId, outlook)?.code
  if (code === undefined) return { excuse: 'fault' }
  if (known.ruling?.code === code) return { excuse: known.ruling.excusable ? 'excused' : 'fault', code }
  return { excuse: excuseOfCode[code], code }
}

/** The last day by which a case is to be answered or, once it is, put right. */
export const deadlineOf = (known: AcknowledgedCase | OpenCase, cn: Calendar, policy: Policy): IsoDate =>
  known.status === 'acknowledged'
    ? known.acknowledgement.committedFinish
    : cn.offset(known.waitingSince, policy.answerWorkingDays)

/** The colour of an open case, 蓝 → 黄 → 红 as its deadline nears and passes; `closed` has none. */
export const colourOfCase = (
  known: Case,
  cn: Calendar,
  today: IsoDate,
  policy: Policy
): 'blue' | 'yellow' | 'red' | null => {
  if (known.status === 'closed') return null
  const deadline = deadlineOf(known, cn, policy)
  if (today > deadline) return 'red'
  return cn.count(today, deadline) <= policy.caseNearWorkingDays ? 'yellow' : 'blue'
}
