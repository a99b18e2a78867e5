import { assess } from '../core/assess.ts'
import { dateInShanghai } from '../core/dates.ts'
import { type DigestEntry, digests } from '../core/digest.ts'
import type { BureauLog, Clock, StateStore } from '../core/ports.ts'
import type { Rules } from '../core/rules.ts'
import { changeBureau } from './change-bureau.ts'
import { type DeliverDeps, deliver } from './deliver.ts'
import { type Failure, inParallel } from './in-parallel.ts'
import { contextOf, notifier } from './notify.ts'

const width = 4

/** What sending digests needs. */
export interface DigestDeps extends DeliverDeps {
  readonly store: StateStore
  readonly bureau: BureauLog
  readonly clock: Clock
  readonly rules: Rules
}

/**
 * Sends everybody their digest of the day; nothing on a day that does not work in `cn`, make-up Saturdays included among
 * those that do. It covers what there was to tell since the last digest that everybody got, so one that did not go out is
 * made up for. Safe to repeat. A failure's item is the project that could not be assessed or the recipient that could
 * not be reached; the others get their digest.
 */
export const sendDigests = async (deps: DigestDeps): Promise<readonly Failure<string>[]> => {
  const today = dateInShanghai(deps.clock.now())
  const cn = deps.rules.calendars('cn')
  if (!cn?.isWorking(today)) return []
  const { bureau } = await deps.bureau.load()
  const since = bureau.digestsSentOn ?? cn.offset(today, -1)
  if (since >= today) return []
  const entries: DigestEntry[] = []
  const unread = await inParallel(deps.store.all(), 1, async ({ state }) => {
    entries.push({ state, assessment: assess(state, today, deps.rules) })
  })
  const messages = digests(entries, { since, today }, contextOf(bureau, deps))
  const unsent = await inParallel(messages, width, message => deliver(message, today, deps))
  if (unsent.length === 0)
    await changeBureau(
      ({ digestsSentOn = '' }) => (digestsSentOn < today ? [{ type: 'digests-sent', date: today }] : []),
      notifier,
      deps
    )
  return [
    ...unread.map(({ item, error }) => ({ item: item.project, error })),
    ...unsent.map(({ item, error }) => ({ item: item.recipient, error }))
  ]
}
