import type { JudgeColour } from './commands.ts'
import { addMonths, type IsoDate } from './dates.ts'
import type { ColourJudged, JudgementWithdrawn } from './events.ts'
import { conditionsOf } from './flags.ts'
import {
  gravestOf,
  gravity,
  type HoldingRule,
  type JudgedLight,
  type Judgement,
  judgedRule,
  type Relief
} from './judgement.ts'
import { lightOf } from './light.ts'
import { outlookOf } from './outlook.ts'
import { type Fault, type Refusal, refusalOf } from './refusal.ts'
import type { Rules } from './rules.ts'
import type { TrackedProject } from './state.ts'

/**
 * A person's colour as an event, or why it is not accepted: worse than what is shown today at once, better than what the
 * rules give only with an approver and for one period (DOMAIN §4). Worse than an approved better colour needs nobody: it
 * takes that colour back, or leaves less of it.
 */
export const decideJudgement = (
  { light, reason, approvedBy }: JudgeColour,
  state: TrackedProject,
  rules: Rules,
  today: IsoDate
):
  | { readonly ok: true; readonly events: readonly [ColourJudged | JudgementWithdrawn] }
  | { readonly ok: false; readonly refusal: Refusal } => {
  const refused = (fault: Fault) => ({ ok: false, refusal: refusalOf([fault]) }) as const
  const { judgement: _earlier, ...unjudged } = state
  const outlook = outlookOf(unjudged, today, rules)
  const conditions = conditionsOf(outlook, rules.policy)
  const computed = lightOf(conditions, outlook.finished)
  if (computed === 'paused' || computed === 'no-baseline' || outlook.finished || state.status === 'paused')
    return refused({ code: 'not-coloured', path: ['light'] })
  const instead = gravestOf(conditions)
  if (gravity(light) > gravity(instead)) return { ok: true, events: [{ type: 'colour-judged', light, reason }] }
  const relief = reliefWorseThan(light, state.judgement, conditions, today)
  if (relief)
    return {
      ok: true,
      events: [
        light === instead ? { type: 'judgement-withdrawn', reason } : { type: 'colour-judged', light, reason, relief }
      ]
    }
  if (light === instead) return refused({ code: 'colour-as-computed', path: ['light'] })
  if (conditions.some(({ rule }) => rule === 'S1')) return refused({ code: 'silence-not-better', path: ['light'] })
  if (approvedBy === undefined) return refused({ code: 'approver-required', path: ['approvedBy'] })
  const until = addMonths(today, rules.policy.periodMonths)
  return { ok: true, events: [{ type: 'colour-judged', light, reason, relief: { approvedBy, instead, until } }] }
}

/** The approval of a better colour that holds today, where somebody now says a worse one. */
const reliefWorseThan = (
  light: JudgedLight,
  judgement: Judgement | undefined,
  found: readonly HoldingRule[],
  today: IsoDate
): Relief | undefined =>
  judgement?.relief && gravity(light) > gravity(judgement.light) && judgedRule(judgement, found, today)
    ? judgement.relief
    : undefined
