import { conditions } from '@capital-project-tracker/client'
import { answered, type Failure, remedyFor, trackerFor } from './api.ts'
import type { Session } from './database.ts'
import { isOf, readOutbox, update } from './outbox.ts'
import type { Outgoing, Refusal } from './outgoing.ts'
import { bearerOf, endSession, readSession } from './session.ts'
import { upload } from './upload.ts'

/**
 * Sends what waits of whoever is signed in, oldest first, until it is all gone or the network is. One window or worker at a time does it, by a lock
 * of the browser; what another has sent meanwhile is no longer among what waits.
 * @returns how many were settled, one way or the other.
 */
export const deliverWaiting = (): Promise<number> =>
  navigator.locks.request('report-outbox', async () => {
    const session = await readSession()
    // Without a network nothing goes out, so that no report counts as one that may have arrived.
    if (!session || session.ended || !navigator.onLine) return 0
    const waiting = await waitingOf(session)
    for (const [settled, item] of waiting.entries())
      if ((await deliver(item, session.token)) === 'later') return settled
    return waiting.length
  })

/** Whether anything is left to be sent that may be sent now. */
export const isAnyWaiting = async (): Promise<boolean> => {
  const session = await readSession()
  return session !== undefined && (await waitingOf(session)).length > 0
}

const waitingOf = async ({ token }: Session): Promise<readonly Outgoing[]> =>
  (await readOutbox())
    .filter(isOf(bearerOf(token)))
    .filter(({ outcome }) => outcome.type === 'waiting')
    .toReversed()

const deliver = async (item: Outgoing, token: string): Promise<'settled' | 'later'> => {
  if (item.attempt && !isKnownUnder(token, item.attempt)) return settle({ ...item, outcome: { type: 'doubtful' } })
  const tracker = trackerFor(token)
  for (const [at, photo] of photosOf(item).entries()) {
    const stored = await upload(tracker, item.project, photo)
    if (stored.type !== 'done') return settleFailure(item, stored, token, `/reports/0/photos/${at}`)
  }
  // Before it goes out: whatever happens to this window, it is known that it may have arrived.
  const attempt = item.attempt ?? { at: new Date().toISOString(), bearer: bearerOf(token) }
  await update({ ...item, attempt })
  const answer = await answered(
    tracker.POST('/v1/projects/{id}/reports', {
      params: { path: { id: item.project }, header: conditions({ key: item.key }) },
      body: item.body
    })
  )
  if (answer.type !== 'done') return settleFailure(item, answer, token)
  const { version } = answer.data
  const { photos: _arrived, ...draft } = item.draft
  return settle({ ...item, draft, outcome: { type: 'accepted', version, at: new Date().toISOString() } })
}

/** No change has no photographs, whatever was chosen before. */
const photosOf = ({ body, draft: { photos = [] } }: Outgoing) => ('reports' in body ? photos : [])

/** The tracker remembers a key for seven days; close to that an answer that is missing is asked for no longer. */
const keyMemoryHours = 6.5 * 24

/** Whether the tracker still knows the attempt by its key: that of another bearer, or a forgotten one, would count twice. */
const isKnownUnder = (token: string, { at, bearer }: NonNullable<Outgoing['attempt']>): boolean =>
  bearer === bearerOf(token) && Date.now() - Date.parse(at) < keyMemoryHours * 3_600_000

/**
 * `item` is as it was before the attempt: a refusal says that this one wrote nothing, and nothing of earlier ones. `field`
 * points to what went out by itself.
 */
const settleFailure = async (
  item: Outgoing,
  failure: Failure,
  token: string,
  field?: string
): Promise<'settled' | 'later'> => {
  switch (remedyFor(failure)) {
    case 'later':
      return 'later'
    case 'sign-in':
      await endSession(token)
      await update(item)
      return 'later'
    case 'tell':
      return settle({ ...item, outcome: { type: 'refused', refusal: refusalOf(failure, field) } })
  }
}

const refusalOf = (failure: Failure, only: string | undefined): Refusal => {
  if (failure.type !== 'refused')
    return { code: failure.type, detail: failure.type === 'unexpected' ? `HTTP ${failure.status}` : '', errors: [] }
  const { code, detail, errors } = failure.problem
  return { code, detail, errors: only === undefined ? errors : errors.map(error => ({ ...error, pointer: only })) }
}

const settle = async (item: Outgoing): Promise<'settled'> => {
  await update(item)
  return 'settled'
}
