import { assess } from '../core/assess.ts'
import type { Rules } from '../core/assessment.ts'
import { dateInShanghai } from '../core/dates.ts'
import { type DigestEntry, digests, instantNotices } from '../core/notices.ts'
import type { Clock, EventLog, StateStore } from '../core/ports.ts'
import { type DeliverDeps, deliver } from './deliver.ts'
import { type Failure, inParallel, throwFailures } from './in-parallel.ts'

const width = 4

/** What sending notices needs. */
export interface NotifyDeps extends DeliverDeps {
  readonly log: EventLog
  readonly clock: Clock
  readonly rules: Rules
}

/**
 * Sends the instant notices of one commit. Safe to repeat: the ledger knows what was sent.
 * @throws AggregateError after all of them when some could not be sent.
 */
export const notifyOfCommit = async (project: string, version: number, deps: NotifyDeps): Promise<void> => {
  const [commit] = await deps.log.commits(project, { after: version - 1, before: version + 1 })
  const raisesRed = commit?.events.some(event => event.type === 'flag-raised' && event.severity === 'red')
  if (!commit || !raisesRed) return
  const { state } = await deps.log.load(project, version)
  if (state.status === 'unregistered') return
  const assessment = assess(state, commit.date, deps.rules)
  const today = dateInShanghai(deps.clock.now())
  const messages = instantNotices(commit, state.project, assessment, today, deps.rules.policy)
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
    entries.push({ project: state.project, assessment: assess(state, today, deps.rules) })
  })
  const messages = digests(entries, today)
  const unsent = await inParallel(messages, width, message => deliver(message, today, deps))
  return [
    ...unread.map(({ item, error }) => ({ item: item.project, error })),
    ...unsent.map(({ item, error }) => ({ item: item.recipient, error }))
  ]
}
