import { assess } from './assess.ts'
import type { Assessment, Flag } from './assessment.ts'
import type { CaseNumber } from './bureau.ts'
import { caseOfFlag } from './cases.ts'
import { daysBetween, type IsoDate } from './dates.ts'
import type { Commit, ProjectEvent } from './events.ts'
import { flagId } from './flag.ts'
import { isConsequence } from './flag-life.ts'
import { caseMark, flagLine, textWithin, unansweredLine } from './notice-lines.ts'
import { type Outlook, outlookOf } from './outlook.ts'
import { isQuiet } from './people.ts'
import type { Message } from './ports.ts'
import { type Directory, hearersOf, type News, type Recipient } from './routes.ts'
import type { Rules } from './rules.ts'
import type { TrackedProject } from './state.ts'

/** A line for somebody. */
export interface Notice {
  readonly recipient: Recipient
  readonly line: string
}

/** What every notice is made with. */
export interface NoticeContext {
  readonly directory: Directory
  readonly numbers: Readonly<Record<string, CaseNumber>>
  readonly rules: Rules
}

/**
 * What a commit calls for at once (DOMAIN §6): a red that begins to be told, to those in charge and to the leaders; a case
 * that nobody answered, to whoever it has reached. Who has quiet hours at `time` (`HH:MM` in Beijing) hears it in the digest,
 * and so does everybody of what is older than the policy's freshness, so that loading a history tells nobody what is long known.
 * @param state the project with the commit.
 */
export const instantNotices = (
  commit: Commit,
  state: TrackedProject,
  now: { readonly today: IsoDate; readonly time: string },
  context: NoticeContext
): readonly Notice[] => {
  if (!commit.events.some(isUrgent)) return []
  if (daysBetween(commit.date, now.today) > context.rules.policy.noticeFreshDays) return []
  const told = [...newReds(commit, state, context), ...unanswered(commit, state, context)]
  return told.filter(({ recipient }) => !recipient.person || !isQuiet(recipient.person, now.time))
}

/** Whether an event may have to be told at once. */
export const isUrgent = ({ type }: ProjectEvent): boolean =>
  type === 'flag-fired' || type === 'flag-released' || type === 'acknowledgement-expired' || type === 'case-escalated'

/** Notices gathered into one message a person, in the order given; a longer one than the policy allows says how much is left out. */
export const messagesOf = (
  notices: readonly Notice[],
  subjectOf: (matters: number) => string,
  occasion: string,
  mostLines: number
): readonly Message[] =>
  [...Map.groupBy(notices, ({ recipient }) => recipient.id).values()].map(own => {
    const lines = [...new Set(own.map(({ line }) => line))]
    const reach = own[0]?.recipient.reach
    return {
      recipient: own[0]?.recipient.id ?? '',
      subject: subjectOf(lines.length),
      text: textWithin(lines, mostLines),
      occasion,
      ...(reach === undefined ? {} : { reach })
    }
  })

/** A flag that is told: it has fired, its rule holds, and nothing mutes it. */
export const isTold = (flag: Flag, { flags }: TrackedProject): boolean => {
  const known = flags[flagId(flag)]
  return known !== undefined && known.status !== 'pending' && known.suppressedBy === undefined
}

/** A matter: a flag that is told, with how many milestones only pass its slip on. */
export interface Matter {
  readonly flag: Flag
  readonly passedOn: number
}

/** The flags that are told, those of one matter once. */
export const mattersOf = (state: TrackedProject, { flags }: Assessment, outlook: Outlook): readonly Matter[] => {
  const told = flags.filter(flag => isTold(flag, state))
  const passing = told.filter(flag => isConsequence(flag, flags, outlook))
  const first = told.find(flag => flag.rule === 'R1' && !passing.includes(flag))
  return told
    .filter(flag => !passing.includes(flag))
    .map(flag => ({ flag, passedOn: flag === first ? passing.length : 0 }))
}

const newReds = (commit: Commit, state: TrackedProject, context: NoticeContext): readonly Notice[] => {
  const begun = new Set(
    commit.events.flatMap(event =>
      event.type === 'flag-fired' || event.type === 'flag-released' ? [flagId(event)] : []
    )
  )
  const outlook = outlookOf(state, commit.date, context.rules)
  const matters = mattersOf(state, assess(state, commit.date, context.rules), outlook)
  return matters
    .filter(({ flag }) => flag.severity === 'red' && begun.has(flagId(flag)))
    .flatMap(matter => tell({ type: 'red' }, matterLine(matter, state, commit.date, context), state, context))
}

const unanswered = (commit: Commit, state: TrackedProject, context: NoticeContext): readonly Notice[] =>
  commit.events.flatMap(event => {
    if (event.type !== 'case-escalated' && event.type !== 'acknowledgement-expired') return []
    const known = state.cases?.[event.caseId]
    if (!known) return []
    const line = unansweredLine(known, state.project, context.numbers[known.id], commit.date)
    return tell({ type: 'unanswered', level: event.level }, line, state, context)
  })

/** A matter in one line, with its case where it has one. */
export const matterLine = (
  { flag, passedOn }: Matter,
  state: TrackedProject,
  today: IsoDate,
  { numbers }: NoticeContext
): string => {
  const known = caseOfFlag(state, flag)
  const line = flagLine(flag, state.project, today, passedOn)
  return known ? line + caseMark(numbers[known.id]) : line
}

/** A line for everybody who is to hear it. */
export const tell = (
  news: News,
  line: string,
  { project }: TrackedProject,
  { directory }: NoticeContext
): readonly Notice[] => hearersOf(news, project, directory).map(recipient => ({ recipient, line }))
