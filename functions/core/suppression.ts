import type { Calendar } from './calendar.ts'
import type { Suppression } from './case-events.ts'
import type { Silence } from './case-state.ts'
import { type IsoDate, latest } from './dates.ts'
import type { FlagKey } from './flag.ts'
import type { Condition } from './flags.ts'
import type { Project } from './milestone.ts'
import { type Policy, severityOf } from './policy.ts'
import type { TrackedProject } from './state.ts'

/**
 * Why a flag that holds is not told on a day, if it is not (DOMAIN §6). The colour stays as it is: what a flag shows and
 * whom it wakes are two things.
 */
export const suppressionOf = (
  flag: FlagKey,
  state: TrackedProject,
  conditions: readonly Condition[],
  cn: Calendar,
  today: IsoDate,
  policy: Policy
): Suppression | undefined => {
  if (state.status === 'paused' && flag.rule !== 'P1' && flag.rule !== 'S1') return 'pause'
  if (silenceOver(flag, state, today)) return 'silence'
  const quiet = quietUntil(state, cn, policy)
  if (quiet !== undefined && today <= quiet) return 'resume'
  return inhibitionOf(flag, conditions, state.project)
}

/** The last day until which nobody is told of a flag, by a silence or after a pause; past or to come. */
export const mutedUntil = (flag: FlagKey, state: TrackedProject, cn: Calendar, policy: Policy): IsoDate | undefined =>
  latest(
    quietUntil(state, cn, policy),
    ...Object.values(state.silences ?? {}).flatMap(silence => (covers(silence, flag) ? [silence.until] : []))
  )

/** DOMAIN §6: silence mutes blue and yellow, red the yellow of its milestone, a slip upstream the yellow slip behind it. */
export const inhibitionOf = (
  flag: FlagKey,
  conditions: readonly FlagKey[],
  project: Project
): Suppression | undefined => {
  const severity = severityOf[flag.rule]
  if (severity !== 'yellow' && severity !== 'blue') return undefined
  if (conditions.some(({ rule }) => rule === 'S1')) return 'stale'
  if (severity !== 'yellow' || flag.milestoneId === undefined) return undefined
  if (conditions.some(other => severityOf[other.rule] === 'red' && other.milestoneId === flag.milestoneId)) return 'red'
  if (flag.rule !== 'Y1') return undefined
  const slipped = new Set(conditions.filter(({ rule }) => rule === 'Y1' || rule === 'R1').map(f => f.milestoneId))
  return ancestorsOf(flag.milestoneId, project).some(id => slipped.has(id)) ? 'upstream' : undefined
}

const silenceOver = (flag: FlagKey, { silences = {} }: TrackedProject, today: IsoDate): boolean =>
  Object.values(silences).some(silence => silence.since <= today && today <= silence.until && covers(silence, flag))

const covers = (silence: Silence, { rule, milestoneId }: FlagKey): boolean =>
  (silence.rule === undefined || silence.rule === rule) &&
  (silence.milestoneId === undefined || silence.milestoneId === milestoneId)

/** A project that has just resumed has time to look around: the last of its quiet working days. */
const quietUntil = ({ resumedOn }: TrackedProject, cn: Calendar, policy: Policy): IsoDate | undefined =>
  resumedOn === undefined ? undefined : cn.offset(resumedOn, policy.quietWorkingDays)

const ancestorsOf = (id: string, { milestones }: Project): readonly string[] => {
  const found = new Set<string>()
  const visit = (current: string): void => {
    for (const { milestoneId } of milestones.find(m => m.id === current)?.predecessors ?? []) {
      if (found.has(milestoneId)) continue
      found.add(milestoneId)
      visit(milestoneId)
    }
  }
  visit(id)
  return [...found]
}
