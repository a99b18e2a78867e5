import { assess } from '../core/assess.ts'
import type { Rules } from '../core/assessment.ts'
import { dateInShanghai } from '../core/dates.ts'
import { digests, instantNotices } from '../core/notices.ts'
import type { EventLog, StateStore } from '../core/ports.ts'
import { type DeliverDeps, deliver } from './deliver.ts'
import { type Failure, inParallel } from './in-parallel.ts'

/** What sending notices needs. */
export interface NotifyDeps extends DeliverDeps {
  readonly log: EventLog
  readonly rules: Rules
}

/** Sends the instant notices of one commit. Safe to repeat: the ledger knows what was sent. */
export const notifyOfCommit = async (project: string, version: number, deps: NotifyDeps): Promise<void> => {
  const [commit] = await deps.log.commits(project, { after: version - 1, before: version + 1 })
  const raisesRed = commit?.events.some(event => event.type === 'flag-raised' && event.severity === 'red')
  if (!commit || !raisesRed) return
  const { state } = await deps.log.load(project, version)
  if (state.status === 'unregistered') return
  const assessment = assess(state, commit.date, deps.rules)
  const today = dateInShanghai(deps.clock.now())
  for (const message of instantNotices(commit, state.project, assessment, today, deps.rules.policy))
    await deliver(message, commit.date, deps)
}

/** What sending digests needs. */
export interface DigestDeps extends DeliverDeps {
  readonly store: StateStore
  readonly rules: Rules
}

const width = 4

/**
 * Sends everybody their digest of the day; nothing on a day that does not work in `cn`, make-up Saturdays included among
 * those that do. Safe to repeat.
 */
export const sendDigests = async (deps: DigestDeps): Promise<readonly Failure<string>[]> => {
  const today = dateInShanghai(deps.clock.now())
  if (!deps.rules.calendars('cn')?.isWorking(today)) return []
  const entries = []
  for await (const { state } of deps.store.all())
    entries.push({ project: state.project, assessment: assess(state, today, deps.rules) })
  const messages = digests(entries, today)
  const failures = await inParallel(messages, width, message => deliver(message, today, deps))
  return failures.map(({ item, error }) => ({ item: item.recipient, error }))
}
