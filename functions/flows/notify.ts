import type { Author } from '../core/author.ts'
import type { Bureau } from '../core/bureau.ts'
import { dateInShanghai, type IsoDate, timeInShanghai } from '../core/dates.ts'
import { instantNotices, isUrgent, messagesOf, type NoticeContext } from '../core/notices.ts'
import type { BureauLog, Clock, EventLog, Message } from '../core/ports.ts'
import type { Rules } from '../core/rules.ts'
import { casesOpenedBy, numberCases } from './change-bureau.ts'
import { type DeliverDeps, deliver } from './deliver.ts'
import { inParallel, throwFailures } from './in-parallel.ts'

const width = 4

/** What sending notices needs. */
export interface NotifyDeps extends DeliverDeps {
  readonly log: EventLog
  readonly clock: Clock
  readonly bureau: BureauLog
  readonly rules: Rules
}

/** The tracker itself, as the one who keeps account of what was told. */
export const notifier: Author = { id: 'send-notices', role: 'system' }

/**
 * Numbers the cases that one commit opened and sends its instant notices; those of a review go out together once it has
 * come to its end (`tell-of-review.ts`). Safe to repeat: the ledger knows what was sent.
 * @throws AggregateError after all of them when some could not be sent.
 */
export const notifyOfCommit = async (project: string, version: number, deps: NotifyDeps): Promise<void> => {
  const [commit] = await deps.log.commits(project, { after: version - 1, before: version + 1 })
  const opensCase = commit?.events.some(({ type }) => type === 'case-opened')
  const isTold = commit?.by.role !== 'system' && commit?.events.some(isUrgent)
  if (!commit || !(opensCase || isTold)) return
  const { state } = await deps.log.load(project, version)
  if (state.status === 'unregistered') return
  const bureau = opensCase
    ? await numberCases(casesOpenedBy(commit.events, state), deps)
    : (await deps.bureau.load()).bureau
  if (!isTold) return
  const notices = instantNotices(commit, state, nowOf(deps), contextOf(bureau, deps))
  const subject = `红色预警:${state.project.name}`
  const { mostLines } = deps.rules.policy
  const messages = messagesOf(notices, () => subject, `commit/${project}/${version}`, mostLines)
  await deliverAll(`notices of ${project}`, messages, commit.date, deps)
}

/** The directory and the register of the bureau, as notices are made with. */
export const contextOf = ({ people, numbers }: Bureau, { rules }: { readonly rules: Rules }): NoticeContext => ({
  directory: people,
  numbers,
  rules
})

const nowOf = ({ clock }: NotifyDeps): { readonly today: IsoDate; readonly time: string } => {
  const now = clock.now()
  return { today: dateInShanghai(now), time: timeInShanghai(now) }
}

/**
 * Delivers messages, each whatever becomes of the others.
 * @throws AggregateError after all of them when some could not be sent.
 */
export const deliverAll = async (
  what: string,
  messages: readonly Message[],
  date: IsoDate,
  deps: NotifyDeps
): Promise<void> => {
  const failures = await inParallel(messages, width, message => deliver(message, date, deps))
  throwFailures(
    what,
    failures.map(({ item, error }) => ({ item: item.occasion ?? '', error }))
  )
}
