import type { CaseEvent, CaseLevel } from './case-events.ts'
import { type Case, silenceId } from './case-state.ts'
import type { IsoDate } from './dates.ts'
import { type FlagKey, flagId } from './flag.ts'
import type { OpenFlag, TrackedProject } from './state.ts'

/** The state after an event in the life of a flag or a case, accepted on `date`. */
export const evolveCases = <State extends TrackedProject>(state: State, event: CaseEvent, date: IsoDate): State => {
  switch (event.type) {
    case 'flag-fired':
      return withFlag(state, event, flag => ({ ...flag, status: 'firing', firedOn: date, toldFrom: date }))
    case 'flag-resolved':
      return { ...state, flags: without(state.flags, flagId(event)) }
    case 'flag-suppressed':
      return withFlag(state, event, flag => ({ ...flag, suppressedBy: event.by }))
    case 'flag-released':
      return withFlag(state, event, flag => ({ ...without(flag, 'suppressedBy'), toldFrom: date }))
    case 'flags-silenced': {
      const { type: _event, ...said } = event
      return { ...state, silences: { ...state.silences, [silenceId(said)]: { ...said, since: date } } }
    }
    case 'case-opened': {
      const { caseId: id, rule, milestoneId } = event
      return withCase(state, {
        id,
        rule,
        ...(milestoneId === undefined ? {} : { milestoneId }),
        openedOn: date,
        ...waitingFrom(date, 0)
      })
    }
    case 'case-reopened':
      return withCaseOf(state, event.caseId, known => ({ ...opened(known), ...waitingFrom(date, 0) }))
    case 'case-acknowledged': {
      const { committedFinish, measure, expiresOn, author } = event
      const acknowledgement = { on: date, committedFinish, measure, expiresOn, author }
      const answered = withCaseOf(state, event.caseId, known => ({
        ...opened(known),
        status: 'acknowledged',
        acknowledgement
      }))
      return withFlagOfCase(answered, event.caseId, flag => ({ ...flag, status: 'acknowledged' }))
    }
    case 'acknowledgement-expired': {
      const waiting = withCaseOf(state, event.caseId, known => ({
        ...opened(known),
        ...waitingFrom(date, event.level)
      }))
      return withFlagOfCase(waiting, event.caseId, flag => ({
        ...flag,
        status: 'firing',
        toldFrom: date
      }))
    }
    case 'case-escalated':
      return withCaseOf(state, event.caseId, known => ({ ...known, level: event.level, levelOn: date }))
    case 'delay-ruled': {
      const { type: _event, caseId, ...said } = event
      return withCaseOf(state, caseId, known => ({ ...known, ruling: { ...said, on: date } }))
    }
    case 'case-closed': {
      const { evidence, author } = event
      return withCaseOf(state, event.caseId, known => ({
        ...opened(known),
        status: 'closed',
        closing: { on: date, evidence, author },
        ...(known.status === 'acknowledged' ? { acknowledgement: known.acknowledgement } : {})
      }))
    }
  }
}

const waitingFrom = (date: IsoDate, level: CaseLevel) =>
  ({ status: 'open', level, levelOn: date, waitingSince: date, waitingLevel: level }) as const

/** What a case keeps whatever becomes of it. */
const opened = ({ id, rule, milestoneId, openedOn, level, levelOn, ruling }: Case) => ({
  id,
  rule,
  ...(milestoneId === undefined ? {} : { milestoneId }),
  openedOn,
  level,
  levelOn,
  ...(ruling === undefined ? {} : { ruling })
})

const withCase = <State extends TrackedProject>(state: State, known: Case): State => ({
  ...state,
  cases: { ...state.cases, [known.id]: known }
})

const withCaseOf = <State extends TrackedProject>(state: State, id: string, change: (known: Case) => Case): State => {
  const known = state.cases?.[id]
  return known ? withCase(state, change(known)) : state
}

const withFlag = <State extends TrackedProject>(
  state: State,
  key: FlagKey,
  change: (flag: OpenFlag) => OpenFlag
): State => {
  const id = flagId(key)
  const flag = state.flags[id]
  return flag ? { ...state, flags: { ...state.flags, [id]: change(flag) } } : state
}

const withFlagOfCase = <State extends TrackedProject>(
  state: State,
  id: string,
  change: (flag: OpenFlag) => OpenFlag
): State => {
  const known = state.cases?.[id]
  return known ? withFlag(state, known, change) : state
}

const without = <Value extends object, Key extends keyof Value>(value: Value, key: Key): Omit<Value, Key> => {
  const { [key]: _gone, ...rest } = value
  return rest
}
