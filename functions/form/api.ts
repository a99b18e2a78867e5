import {
  type Answer as ApiAnswer,
  answerOf,
  type BodyOf,
  bearer,
  type DataOf,
  type Outcome,
  type TrackerClient,
  trackerClient
} from '@capital-project-tracker/client'
import type { Agenda } from '../core/agenda.ts'
import type { Role } from '../core/author.ts'
import type { IsoDate } from '../core/dates.ts'

/** What the bearer may report on. */
export interface AgendaReply {
  readonly bearer: { readonly id: string; readonly role: Role; readonly name: string }
  readonly today: IsoDate
  readonly demonstrationClock: boolean
  readonly projects: readonly Agenda[]
}

/** The body of a report. */
export type ReportBody = BodyOf<'/v1/projects/{id}/reports', 'post'>

/** What came of a request; `unreachable`: nobody knows whether it arrived. */
export type Answer<Data> = ApiAnswer<Data> | { readonly type: 'unreachable' }

/** An answer that is no yes. */
export type Failure = Exclude<Answer<never>, { readonly type: 'done' }>

/** In milliseconds: long enough for a photograph over a weak network. */
const longestWait = 60_000

/** Ends a request that takes too long; browsers without it, iOS 15 among them, end it themselves some day. */
export const giveUpLater = (): AbortSignal | null => AbortSignal.timeout?.(longestWait) ?? null

/**
 * The tracker at the page's own origin, asked by the bearer of a token, for problems in both languages. `known` is an
 * answer that has been asked for already.
 */
export const trackerFor = (token: string, known?: Promise<Response | undefined>): TrackerClient =>
  trackerClient({
    url: location.origin,
    authorise: bearer(token),
    language: 'mul',
    fetch: async request => (await known) ?? fetch(request, { cache: 'no-store', signal: giveUpLater() })
  })

/** What a call comes to; it never rejects. */
export const answered = async <Call extends Outcome>(call: Promise<Call>): Promise<Answer<DataOf<Call>>> => {
  try {
    return answerOf(await call)
  } catch {
    return { type: 'unreachable' }
  }
}

/** What is to be done about a failure: ask again later, sign in again, or tell whoever reports what was wrong. */
export const remedyFor = (failure: Failure): 'later' | 'sign-in' | 'tell' => {
  if (failure.type === 'unreachable') return 'later'
  const status = failure.type === 'refused' ? failure.problem.status : failure.status
  if (status === 401) return 'sign-in'
  return status >= 500 || status === 408 || status === 429 ? 'later' : 'tell'
}
