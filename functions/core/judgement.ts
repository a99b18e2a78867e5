import type { IsoDate } from './dates.ts'
import type { FlagFacts } from './flag.ts'
import type { Position } from './people.ts'
import { type Light, type RuleId, severityOf } from './policy.ts'

/** Colours that a person may judge a project to have, the better ones first. Blue is no fault, so nobody judges it. */
export const judgedLights = ['green', 'yellow', 'red'] as const

/** One of {@link judgedLights}. */
export type JudgedLight = (typeof judgedLights)[number]

/** Who may approve a better colour: those who are above the section that looks after the project. */
export const approvers = ['deputy-director', 'director'] as const satisfies readonly Position[]

/** One of {@link approvers}. */
export type Approver = (typeof approvers)[number]

/**
 * A person's colour in place of the computed one (DOMAIN §4). A worse one holds until it is taken back; a better one
 * covers no graver colour than the one it was approved `instead` of, and ends before `until`.
 */
export interface Judgement {
  readonly light: JudgedLight
  readonly reason: string
  /** The day on which it was made. */
  readonly since: IsoDate
  readonly relief?: Relief | undefined
}

/** What makes a colour better. */
export interface Relief {
  readonly approvedBy: Approver
  /** The computed colour that was put aside. */
  readonly instead: JudgedLight
  /** The first day on which it no longer holds. */
  readonly until: IsoDate
}

/** The rule under which each judged colour stands among the flags. */
export const ruleOfJudgement: Readonly<Record<JudgedLight, RuleId>> = { green: 'G1', yellow: 'Y5', red: 'R7' }

/** A rule that holds, as far as colours depend on it. */
export interface HoldingRule {
  readonly rule: RuleId
  readonly facts?: FlagFacts | undefined
}

/**
 * The rule by which a judgement holds on a day beside the rules found, if it does. A better colour needs a worse one to
 * put aside, never more than was approved, and a project that speaks: silence is never green.
 */
export const judgedRule = (
  judgement: Judgement | undefined,
  found: readonly HoldingRule[],
  dataDate: IsoDate
): { readonly rule: RuleId; readonly facts: FlagFacts } | undefined => {
  if (!judgement) return undefined
  const { light, reason, since, relief } = judgement
  const rule = ruleOfJudgement[light]
  if (!relief) return { rule, facts: { judgedOn: since, reason } }
  const computed = gravity(gravestOf(found))
  const covers = gravity(light) < computed && computed <= gravity(relief.instead)
  if (dataDate >= relief.until || !covers || found.some(known => known.rule === 'S1')) return undefined
  return { rule, facts: { judgedOn: since, reason, ...relief } }
}

/** Whether a rule that holds stands for a better colour than the others give. */
export const isRelief = ({ facts }: HoldingRule): boolean => facts?.instead !== undefined

/** The rules that colour a project: all that hold, without what an approved better colour puts aside. */
export const colouring = (holding: readonly HoldingRule[]): readonly HoldingRule[] => {
  const relief = holding.find(isRelief)
  if (!relief) return holding
  const most = gravity(severityOf[relief.rule])
  return holding.filter(({ rule }) => gravity(severityOf[rule]) <= most)
}

/** The gravest of the colours that rules give and people judge. */
export const gravestOf = (found: readonly HoldingRule[]): JudgedLight =>
  judgedLights.findLast(light => found.some(({ rule }) => severityOf[rule] === light)) ?? 'green'

/** How grave a colour is; what nobody judges is no fault, like green. */
export const gravity = (light: Light): number => Math.max(0, byGravity.indexOf(light))

const byGravity: readonly Light[] = judgedLights
