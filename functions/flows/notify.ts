import { assess } from '../core/assess.ts'
import type { Rules } from '../core/assessment.ts'
import { dateInShanghai } from '../core/dates.ts'
import { type DigestEntry, digests, instantNotices } from '../core/notices.ts'
import { severityOf } from '../core/policy.ts'
import type { BureauLog, Clock, EventLog, StateStore } from '../core/ports.ts'
import { casesOpenedBy, numberCases } from './change-bureau.ts'
import { type DeliverDeps, deliver } from './deliver.ts'
import { type Failure, inParallel, throwFailures } from './in-parallel.ts'

const width = 4

/** What sending notices needs. */
export interface NotifyDeps extends DeliverDeps {
  readonly log: EventLog
  readonly clock: Clock
  readonly bureau: BureauLog
  readonly rules: Rules
}

/**
 * Numbers the cases that one commit opened and sends its instant notices. Safe to repeat: the ledger knows what was sent.
 * @throws AggregateError after all of them when some could not be sent.
 */
export const notifyOfCommit = async (project: string, version: number, deps: NotifyDeps): Promise<void> => {
  const [commit] = await deps.log.commits(project, { after: version - 1, before: version + 1 })
  const opensCase = commit?.events.some(({ type }) => type === 'case-opened')
  const firesRed = commit?.events.some(event => event.type === 'flag-fired' && severityOf[event.rule] === 'red')
  if (!commit || !(firesRed || opensCase)) return
  const { state } = await deps.log.load(project, version)
  if (state.status === 'unregistered') return
  if (opensCase) await numberCases(casesOpenedBy(commit.events, state), deps)
  const assessment = assess(state, commit.date, deps.rules)
  const today = dateInShanghai(deps.clock.now())
  const messages = instantNotices(commit, state, assessment, today, deps.rules.policy)
  const failures = await inParallel(messages, width, message => deliver(message, commit.date, deps))
  throwFailures(
    `notices of ${project}`,
    failures.map(({ error }) => ({ item: `version ${version}`, error }))
  )
}

/** What sending digests needs. */
export interface DigestDeps extends DeliverDeps {
  readonly store: StateStore
  readonly clock: Clock
  readonly rules: Rules
}

/**
 * Sends everybody their digest of the day; nothing on a day that does not work in `cn`, make-up Saturdays included among
 * those that do. Safe to repeat. A failure's item is the project that could not be assessed or the recipient that could
 * not be reached; the others get their digest.
 */
export const sendDigests = async (deps: DigestDeps): Promise<readonly Failure<string>[]> => {
  const today = dateInShanghai(deps.clock.now())
  if (!deps.rules.calendars('cn')?.isWorking(today)) return []
  const entries: DigestEntry[] = []
  const unread = await inParallel(deps.store.all(), 1, async ({ state }) => {
    entries.push({ state, assessment: assess(state, today, deps.rules) })
  })
  const messages = digests(entries, today)
  const unsent = await inParallel(messages, width, message => deliver(message, today, deps))
  return [
    ...unread.map(({ item, error }) => ({ item: item.project, error })),
    ...unsent.map(({ item, error }) => ({ item: item.recipient, error }))
  ]
}
