import { colouring, type HoldingRule, isRelief } from './judgement.ts'
import { type Light, type RuleId, ruleIds, severityOf } from './policy.ts'

/**
 * The colour of a project from the rules that hold (DOMAIN §4); silence mutes green, blue and yellow, not red, and an
 * approved better colour what it was approved instead of.
 */
export const lightOf = (conditions: readonly HoldingRule[], finished: boolean): Light => {
  // As good as every milestone of a plan.
  if (conditions.length === 0) return finished ? 'done' : 'green'
  const severities = new Set(colouring(conditions).map(({ rule }) => severityOf[rule]))
  if (finished) return severities.has('red') ? 'red' : severities.has('yellow') ? 'yellow' : 'done'
  // A pause whose review is overdue is silence, and no longer an excuse for it.
  if (severities.has('paused')) return severities.has('stale') ? 'stale' : 'paused'
  const colours = ['no-baseline', 'red', 'stale', 'yellow', 'blue'] as const
  return colours.find(severity => severities.has(severity)) ?? 'green'
}

/** The rules that hold, an approved better colour first and then the gravest, once each; `G` when none does. */
export const rulesOf = (conditions: readonly HoldingRule[]): readonly (RuleId | 'G')[] => {
  if (conditions.length === 0) return ['G']
  const relief = conditions.find(isRelief)?.rule
  const others = gravestFirst.filter(id => id !== relief && conditions.some(({ rule }) => rule === id))
  return relief === undefined ? others : [relief, ...others]
}

const gravestFirst = (['no-baseline', 'paused', 'red', 'stale', 'yellow', 'blue', 'green'] as const).flatMap(severity =>
  ruleIds.filter(rule => severityOf[rule] === severity)
)
