import type { Bureau } from '../core/bureau.ts'
import { addDays, dateInShanghai, timeInShanghai } from '../core/dates.ts'
import { instantNotices, isUrgent, messagesOf, type Notice } from '../core/notices.ts'
import type { SealedCommit, StateStore } from '../core/ports.ts'
import type { TrackedProject } from '../core/state.ts'
import { casesOpenedBy, changeBureau, numberCases } from './change-bureau.ts'
import { inParallel, throwFailures } from './in-parallel.ts'
import { contextOf, deliverAll, type NotifyDeps, notifier } from './notify.ts'

const width = 4

/** What telling of a review needs. */
export interface ReviewNoticeDeps extends NotifyDeps {
  readonly store: StateStore
}

/**
 * Tells everybody in one message what reviews have found since this was done last: reds that time alone has brought, cases
 * that went up. The stretch of time is put into the bureau's log before anything is sent, so that a repetition after a crash
 * sends the same messages, which the ledger then knows, and no commit falls between two stretches.
 */
export const tellOfReview = async (deps: ReviewNoticeDeps): Promise<void> => {
  const now = deps.clock.now()
  const { bureau } = await deps.bureau.load()
  const last = bureau.reviewTold
  if (last && dateInShanghai(last.upTo) === dateInShanghai(now)) await tellStretch(last, bureau, deps)
  const from = last?.upTo ?? instantBefore(now, deps.rules.policy.noticeFreshDays)
  const found = await commitsOfReviews({ from, upTo: now }, deps)
  if (found.length === 0) return
  const stretch = { from, upTo: now }
  const after = await changeBureau(
    known => (known.reviewTold?.upTo === last?.upTo ? [{ type: 'review-told', ...stretch }] : []),
    notifier,
    deps
  )
  if (after.reviewTold?.upTo === now) await tellStretch(stretch, after, deps)
}

interface Stretch {
  readonly from: string
  readonly upTo: string
}

const tellStretch = async (stretch: Stretch, bureau: Bureau, deps: ReviewNoticeDeps): Promise<void> => {
  const commits = await commitsOfReviews(stretch, deps)
  const states: { readonly commit: SealedCommit; readonly state: TrackedProject }[] = []
  const unread = await inParallel(commits, width, async commit => {
    const { state } = await deps.log.load(commit.project, commit.version)
    if (state.status !== 'unregistered') states.push({ commit, state })
  })
  throwFailures(
    'notices of the review',
    unread.map(({ item, error }) => ({ item: item.project, error }))
  )
  const numbered = await numberCases(
    states.flatMap(({ commit, state }) => casesOpenedBy(commit.events, state)),
    deps
  )
  const context = contextOf({ ...bureau, numbers: numbered.numbers }, deps)
  const at = { today: dateInShanghai(stretch.upTo), time: timeInShanghai(stretch.upTo) }
  const notices: Notice[] = states
    .toSorted((a, b) =>
      a.commit.project < b.commit.project
        ? -1
        : a.commit.project > b.commit.project
          ? 1
          : a.commit.version - b.commit.version
    )
    .flatMap(({ commit, state }) => instantNotices(commit, state, at, context))
  const subjectOf = (matters: number) => `${at.today} 红色预警与督办:${matters}项`
  const messages = messagesOf(notices, subjectOf, `review/${stretch.upTo}`, deps.rules.policy.mostLines)
  await deliverAll('notices of the review', messages, at.today, deps)
}

/** Commits of reviews in a stretch of time that may have to be told, of the projects that changed in it. */
const commitsOfReviews = async (
  { from, upTo }: Stretch,
  { store, log }: ReviewNoticeDeps
): Promise<readonly SealedCommit[]> => {
  const found: SealedCommit[] = []
  const since = dateInShanghai(from)
  for await (const { state } of store.all()) {
    if (state.changedOn < since) continue
    let before: number | undefined
    for (;;) {
      const page = await log.commits(state.project.id, { before, newestFirst: true, limit: commitsAtATime })
      found.push(
        ...page.filter(({ at, by, events }) => from < at && at <= upTo && by.role === 'system' && events.some(isUrgent))
      )
      before = page.at(-1)?.version
      if (page.length < commitsAtATime || page.some(({ at }) => at <= from)) break
    }
  }
  return found
}

const commitsAtATime = 8

const instantBefore = (instant: string, days: number): string =>
  `${addDays(instant.slice(0, 10), -days)}${instant.slice(10)}`
