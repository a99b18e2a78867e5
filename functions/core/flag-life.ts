import type { Case } from './case-state.ts'
import { caseOfFlag, excuseOf, flagOfCase, levelAbove, levelOn, nextCaseId } from './cases.ts'
import { causesOf } from './cause.ts'
import type { IsoDate } from './dates.ts'
import type { ProjectEvent } from './events.ts'
import { evolveEvent } from './evolve.ts'
import { type FlagKey, flagId } from './flag.ts'
import { type Condition, conditionsOf } from './flags.ts'
import { type Outlook, outlookOf } from './outlook.ts'
import { type Policy, type RuleId, severityOf } from './policy.ts'
import type { Rules } from './rules.ts'
import type { OpenFlag, TrackedProject } from './state.ts'
import { suppressionOf } from './suppression.ts'

/**
 * Everything that a day does to the flags and cases of a project beside what people do (DOMAIN §6): the rules that began
 * or ceased to hold, what fires, is over, or is muted, the cases that opens, the answers that run out and the levels that
 * are reached. An evaluation counts once a day, so a second one on the same day finds nothing.
 */
export const flagChanges = (state: TrackedProject, rules: Rules, today: IsoDate): readonly ProjectEvent[] => {
  const outlook = outlookOf(state, today, rules)
  const day: Day = { outlook, conditions: conditionsOf(outlook, rules.policy), policy: rules.policy, today }
  const events: ProjectEvent[] = []
  let now = state
  for (const step of [raisedAndCleared, expired, firedAndResolved, mutedAndReleased, openedCases, escalated]) {
    const found = step(now, day)
    now = found.reduce<TrackedProject>((before, event) => {
      const after = evolveEvent(before, event, today)
      return after.status === 'unregistered' ? before : after
    }, now)
    events.push(...found)
  }
  return events
}

/** What one evaluation sees. */
interface Day {
  readonly outlook: Outlook
  readonly conditions: readonly Condition[]
  readonly policy: Policy
  readonly today: IsoDate
}

type Step = (state: TrackedProject, day: Day) => readonly ProjectEvent[]

/** The flags that a state should have on a date and has not, and the other way round. */
const raisedAndCleared: Step = (state, { conditions }) => {
  const holding = new Set(conditions.map(flagId))
  const standing = new Set(Object.entries(state.flags).flatMap(([id, flag]) => (isUp(flag) ? [id] : [])))
  return [
    ...Object.entries(state.flags).flatMap(([id, flag]) =>
      standing.has(id) && !holding.has(id) ? [{ type: 'flag-cleared' as const, ...keyOf(flag) }] : []
    ),
    ...conditions
      .filter(condition => !standing.has(flagId(condition)))
      .map(condition => ({ type: 'flag-raised' as const, severity: severityOf[condition.rule], ...condition }))
  ]
}

/** An answer that ran out while its flag is up fires again, one level up; of an excusable delay nobody further hears. */
const expired: Step = (state, { outlook, today }) =>
  Object.values(state.cases ?? {}).flatMap(known =>
    known.status === 'acknowledged' && known.acknowledgement.expiresOn <= today && flagOfCase(state, known)
      ? [
          {
            type: 'acknowledgement-expired' as const,
            caseId: known.id,
            level: excuseOf(known, outlook).excuse === 'excused' ? known.level : levelAbove(known.level)
          }
        ]
      : []
  )

/** Two evaluations in a row, on two days, make a flag fire or end it; the gravest, and what a person judged, fire at the first. */
const firedAndResolved: Step = (state, { today }) =>
  Object.values(state.flags).flatMap((flag): readonly ProjectEvent[] => {
    if (flag.clearedOn !== undefined)
      // During a pause nothing is evaluated, so nothing ends.
      return flag.clearedOn < today && state.status === 'active' ? [{ type: 'flag-resolved', ...keyOf(flag) }] : []
    const fires = flag.status === 'pending' && (firesAtOnce.has(flag.rule) || flag.since < today)
    return fires ? [{ type: 'flag-fired', ...keyOf(flag) }] : []
  })

const firesAtOnce: ReadonlySet<RuleId> = new Set<RuleId>(['R1', 'R3', 'G1', 'Y5', 'R7'])

const mutedAndReleased: Step = (state, { outlook, conditions, policy, today }) =>
  Object.values(state.flags).flatMap((flag): readonly ProjectEvent[] => {
    // What is not told yet, or over at the next look, needs no muting; a pause holds both where they are.
    if (flag.status === 'pending' || (flag.clearedOn !== undefined && state.status === 'active')) return []
    const by = suppressionOf(flag, state, conditions, outlook.cn, today, policy)
    if (by === flag.suppressedBy) return []
    return by === undefined
      ? [{ type: 'flag-released', ...keyOf(flag) }]
      : [{ type: 'flag-suppressed', ...keyOf(flag), by }]
  })

/** A red that fires and is told is a matter for somebody, unless another red already is the matter behind it. */
const openedCases: Step = (state, { outlook, conditions }) => {
  const events: ProjectEvent[] = []
  let now = state
  for (const flag of Object.values(state.flags)) {
    if (flag.severity !== 'red' || !isFiring(flag) || isConsequence(flag, conditions, outlook)) continue
    const known = caseOfFlag(now, flag)
    if (known && !hasFiredAgain(flag, known)) continue
    const event: ProjectEvent = known
      ? { type: 'case-reopened', caseId: known.id }
      : { type: 'case-opened', caseId: nextCaseId(now), ...keyOf(flag) }
    events.push(event)
    const after = evolveEvent(now, event, outlook.dataDate)
    if (after.status !== 'unregistered') now = after
  }
  return events
}

/** A new firing of the flag, after the case was closed or while it waited without one. */
const hasFiredAgain = (flag: OpenFlag, known: Case): boolean => {
  const before = known.status === 'closed' ? known.closing.on : known.status === 'open' ? known.waitingSince : null
  return before !== null && flag.firedOn !== undefined && flag.firedOn > before
}

/** Working days without an answer carry a case up (DOMAIN §6); an excusable delay is no fault and stays where it is. */
const escalated: Step = (state, { outlook, policy, today }) =>
  Object.values(state.cases ?? {}).flatMap(known => {
    const flag = flagOfCase(state, known)
    if (known.status !== 'open' || !flag || !isFiring(flag)) return []
    if (excuseOf(known, outlook).excuse === 'excused') return []
    const level = levelOn(known, state, outlook.cn, today, policy)
    return level > known.level ? [{ type: 'case-escalated' as const, caseId: known.id, level }] : []
  })

/** The rule held at the last evaluation. */
const isUp = (flag: OpenFlag): boolean => flag.clearedOn === undefined

const isFiring = (flag: OpenFlag): boolean => flag.status === 'firing' && isUp(flag) && flag.suppressedBy === undefined

/** A slip that only passes on another red slip is the same matter: the network says what drives each date. */
export const isConsequence = (flag: FlagKey, conditions: readonly FlagKey[], outlook: Outlook): boolean =>
  flag.rule === 'R1' &&
  flag.milestoneId !== undefined &&
  causesOf(flag.milestoneId, outlook)
    .slice(1)
    .some(({ milestone }) => conditions.some(other => other.rule === 'R1' && other.milestoneId === milestone.id))

const keyOf = ({ rule, milestoneId }: FlagKey): FlagKey =>
  milestoneId === undefined ? { rule } : { rule, milestoneId }
