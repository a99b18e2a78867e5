import type { Role } from './author.ts'
import type { IsoDate } from './dates.ts'

/** What somebody may do: a bearer of a token, or a principal of IAM. */
export interface AccessGrant {
  /** By which it is revoked; of a token, its public part. */
  readonly id: string
  readonly role: Role
  /** Who holds it. Internal. */
  readonly name: string
  /** The projects a reporter may write to; every project for the other roles. */
  readonly projects: readonly string[]
  readonly createdAt: string
  /** The last day on which it holds; absent, it holds until it is revoked. Whoever lets somebody in looks at it. */
  readonly expiresOn?: IsoDate | undefined
}

/** By what a tracker lets callers in: by tokens, or by signatures of principals that IAM has checked. */
export type Authorisation = 'token' | 'iam'

/** A request for a token that its sender may repeat, to get the same token. */
export interface KeyedRequest {
  /** The sender's own key, and whose it is. */
  readonly key: string
  /** Hash of everything asked under it. */
  readonly hash: string
  /** The token of the sender, whole: with it, and not without, the token that was issued can be told again. */
  readonly bearer: string
}

/** What came of a {@link KeyedRequest}. */
export type Issued =
  | {
      readonly type: 'issued'
      readonly token: string
      readonly grant: AccessGrant
      /** The answer to an earlier request under the same key. */
      readonly replayed: boolean
    }
  | { readonly type: 'key-reused' }

/** Who is let in: bearers of tokens, of which only a hash is kept, and principals of IAM. */
export interface Access {
  /** The grant of a token, `undefined` when it is unknown or revoked. */
  readonly find: (token: string) => Promise<AccessGrant | undefined>
  /** Issues a token; its text is known to the caller alone, from now on. */
  readonly issue: (
    grant: Omit<AccessGrant, 'id' | 'createdAt'>,
    at: string
  ) => Promise<{ readonly token: string; readonly grant: AccessGrant }>
  /**
   * Issues a token for a request that may come again: however often and however broken off, there is one token for a key,
   * and a repetition gets its text again, though only a hash of it is kept.
   */
  readonly issueOnce: (
    grant: Omit<AccessGrant, 'id' | 'createdAt'>,
    at: string,
    request: KeyedRequest
  ) => Promise<Issued>
  /** The grant of a principal of IAM (`schema/principal.ts`) whose signature somebody has verified; as for `find`. */
  readonly findSigner: (principal: string) => Promise<AccessGrant | undefined>
  /** Lets a principal of IAM in, without a token; said again, the last grant holds, and a revocation is over. */
  readonly admit: (principal: string, grant: Omit<AccessGrant, 'id' | 'createdAt'>, at: string) => Promise<AccessGrant>
  /** False when there is no such token. */
  readonly revoke: (id: string, at: string) => Promise<boolean>
  /**
   * Whether from that day on nobody else gets in as an admin for as long as this one; false for a grant that does not get in
   * as one itself. Two admins who give up in the same moment do not see each other do so.
   */
  readonly isLastAdmin: (id: string, today: IsoDate, authorisation: Authorisation) => Promise<boolean>
}

/** Where a guess comes from, and how many different ones from there are too many. */
export interface GuessSource {
  readonly name: string
  readonly most: number
}

/** Slows down whoever tries one secret after the other. Of secrets it sees hashes alone. */
export interface GuessLimit {
  /** Seconds to wait before a secret from there is looked at; `undefined` for none. */
  readonly waitOf: (sources: readonly GuessSource[], hash: string) => number | undefined
  readonly proved: (hash: string) => void
  readonly missed: (sources: readonly GuessSource[], hash: string) => void
}

/** Sessions of people on the internal pages: each is a secret of its own, so that no browser keeps a token. */
export interface Sessions {
  /** Opens a session of a bearer; its text is known to the browser alone, and it ends by itself. */
  readonly open: (bearer: AccessGrant) => Promise<{ readonly text: string; readonly lifeSeconds: number }>
  /** The grant of the bearer, `undefined` when the session is unknown or over, or the grant itself revoked. */
  readonly find: (text: string) => Promise<AccessGrant | undefined>
  readonly close: (text: string) => Promise<void>
}
