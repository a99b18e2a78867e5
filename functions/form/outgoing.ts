import type { ReportBody } from './api.ts'
import type { Draft } from './draft.ts'

/** A report on its way. */
export interface Outgoing {
  /** The Idempotency-Key, made when the draft was begun: however often and from wherever it goes out, it is recorded once. */
  readonly key: string
  /** Who filled it in, by the public id of the token, under which alone it is sent; reports of older forms do not say. */
  readonly bearer?: string | undefined
  readonly project: string
  /** What it says, for whoever looks at the list. */
  readonly title: string
  /** What it is about by name; reports of older forms have none. */
  readonly names?: { readonly project: string; readonly milestone?: string | undefined } | undefined
  /** What was filled in, so that a refused one can be corrected. */
  readonly draft: Draft
  /** What is sent, unchanged for as long as the key: the tracker compares it when a key comes again. */
  readonly body: ReportBody
  /** ISO 8601. */
  readonly madeAt: string
  /** When it first went out, and whose token it carried, where no answer is known. */
  readonly attempt?: { readonly at: string; readonly bearer: string } | undefined
  readonly outcome: Outcome
}

/** How far a report has come. */
export type Outcome =
  | { readonly type: 'waiting' }
  | { readonly type: 'accepted'; readonly version: number; readonly at: string }
  /** Reports of older forms do not say why. */
  | { readonly type: 'refused'; readonly refusal?: Refusal | undefined }
  /** It went out once, and an answer under the same key can be had no more; only a person can tell whether it arrived. */
  | { readonly type: 'doubtful' }

/** Why a report was not accepted; every sentence stands in both languages, since whoever reads it may use another page. */
export interface Refusal {
  readonly code: string
  readonly detail: string
  readonly errors: readonly { readonly pointer: string; readonly code: string; readonly message: string }[]
}
