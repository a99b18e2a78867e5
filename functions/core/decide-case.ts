import type { CaseCommand } from './case-commands.ts'
import type { CaseEvent } from './case-events.ts'
import { expiryOf } from './cases.ts'
import { delayBehind } from './cause.ts'
import { addDays, type IsoDate } from './dates.ts'
import { outlookOf } from './outlook.ts'
import { type Fault, type Refusal, refusalOf } from './refusal.ts'
import type { Rules } from './rules.ts'
import type { TrackedProject } from './state.ts'

/** What people do in the matter of a flag or a case, as one event, or why it is not accepted. */
export const decideCase = (
  command: CaseCommand,
  state: TrackedProject,
  rules: Rules,
  today: IsoDate
): { readonly ok: true; readonly events: readonly CaseEvent[] } | { readonly ok: false; readonly refusal: Refusal } => {
  const found = eventOf(command, state, rules, today)
  return 'type' in found ? { ok: true, events: [found] } : { ok: false, refusal: refusalOf([found]) }
}

const eventOf = (command: CaseCommand, state: TrackedProject, rules: Rules, today: IsoDate): CaseEvent | Fault => {
  if (command.type === 'silence-flags') return silence(command, state, rules, today)
  const { caseId } = command
  const known = state.cases?.[caseId]
  if (!known) return { code: 'unknown-case', path: ['caseId'], params: { id: caseId } }
  if (known.status === 'closed') return { code: 'case-closed', path: ['caseId'], params: { on: known.closing.on } }
  switch (command.type) {
    case 'acknowledge-case': {
      const { committedFinish, measure, author } = command
      if (committedFinish < today) return { code: 'date-in-past', path: ['committedFinish'], params: { today } }
      if (known.status === 'acknowledged' && known.acknowledgement.expiresOn > today)
        return { code: 'already-acknowledged', path: ['caseId'], params: { until: known.acknowledgement.expiresOn } }
      const outlook = outlookOf(state, today, rules)
      const expiresOn = expiryOf(today, committedFinish, outlook.cn, rules.policy)
      return { type: 'case-acknowledged', caseId, committedFinish, measure, expiresOn, author }
    }
    case 'close-case':
      return { type: 'case-closed', caseId, evidence: command.evidence, author: command.author }
    case 'rule-delay': {
      const outlook = outlookOf(state, today, rules)
      const delay = known.milestoneId === undefined ? undefined : delayBehind(known.milestoneId, outlook)
      if (!delay) return { code: 'no-delay-reason', path: ['caseId'], params: { id: caseId } }
      const { excusable, reason, author } = command
      return { type: 'delay-ruled', caseId, code: delay.code, excusable, reason, author }
    }
  }
}

const silence = (
  { rule, milestoneId, until, reason, author }: CaseCommand & { type: 'silence-flags' },
  { project }: TrackedProject,
  { policy }: Rules,
  today: IsoDate
): CaseEvent | Fault => {
  const days = policy.longestSilenceDays
  if (until < today) return { code: 'date-in-past', path: ['until'], params: { today } }
  if (until > addDays(today, days)) return { code: 'silence-too-long', path: ['until'], params: { days } }
  if (milestoneId !== undefined && !project.milestones.some(({ id }) => id === milestoneId))
    return { code: 'unknown-milestone', path: ['milestoneId'], params: { id: milestoneId } }
  return {
    type: 'flags-silenced',
    ...(rule === undefined ? {} : { rule }),
    ...(milestoneId === undefined ? {} : { milestoneId }),
    until,
    reason,
    author
  }
}
