import { lightOf } from './assess.ts'
import type { Rules } from './assessment.ts'
import type { JudgeColour } from './commands.ts'
import { addMonths, type IsoDate } from './dates.ts'
import type { ColourJudged } from './events.ts'
import { conditionsOf } from './flags.ts'
import { gravestOf, gravity } from './judgement.ts'
import { outlookOf } from './outlook.ts'
import { type Fault, type Refusal, refusalOf } from './refusal.ts'
import type { TrackedProject } from './state.ts'

/**
 * A person's colour as an event, or why it is not accepted: worse than what the rules give today at once, better only with
 * an approver and for one period (DOMAIN §4). It is compared with the rules alone, not with an earlier judgement.
 */
export const decideJudgement = (
  { light, reason, approvedBy }: JudgeColour,
  state: TrackedProject,
  rules: Rules,
  today: IsoDate
):
  | { readonly ok: true; readonly events: readonly [ColourJudged] }
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
  if (light === instead) return refused({ code: 'colour-as-computed', path: ['light'] })
  if (conditions.some(({ rule }) => rule === 'S1')) return refused({ code: 'silence-not-better', path: ['light'] })
  if (approvedBy === undefined) return refused({ code: 'approver-required', path: ['approvedBy'] })
  const until = addMonths(today, rules.policy.periodMonths)
  return { ok: true, events: [{ type: 'colour-judged', light, reason, relief: { approvedBy, instead, until } }] }
}
