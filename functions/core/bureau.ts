import type { Author } from './author.ts'
import type { IsoDate } from './dates.ts'
import type { Person } from './people.ts'

/**
 * What concerns the bureau as a whole and no single project: the numbers of cases, the directory of people, and how far
 * notices have been told. It has a log of its own in the table of the logs, under a name that no project can have.
 */
export const bureauLogName = '@bureau'

/** A case got its number of the year, 〔2021〕第7号: serials run from 1 without a gap. */
export interface CaseNumbered {
  readonly type: 'case-numbered'
  readonly caseId: string
  readonly year: number
  readonly serial: number
}

/** Somebody was entered in the directory, or entered anew. */
export interface PersonEntered {
  readonly type: 'person-entered'
  readonly person: Person
}

/** Somebody left the directory. */
export interface PersonRemoved {
  readonly type: 'person-removed'
  readonly personId: string
}

/** Everything up to an instant that the daily review caused is being told, from the instant before (exclusive). */
export interface ReviewTold {
  readonly type: 'review-told'
  readonly from: string
  readonly upTo: string
}

/** A review of the projects came to its end, whatever it found. */
export interface ReviewEnded {
  readonly type: 'review-ended'
  /** Instant, ISO 8601 in UTC. */
  readonly at: string
}

/** Everybody has had the digest of a day. */
export interface DigestsSent {
  readonly type: 'digests-sent'
  readonly date: IsoDate
}

/** Everything that can happen to the bureau as a whole. */
export type BureauEvent = CaseNumbered | PersonEntered | PersonRemoved | ReviewEnded | ReviewTold | DigestsSent

/** One change of the bureau, as a commit of a project is one of a project. */
export interface BureauCommit {
  readonly version: number
  readonly events: readonly BureauEvent[]
  readonly by: Author
  /** Instant, ISO 8601 in UTC. */
  readonly at: string
  /** The same as a civil date in Asia/Shanghai. */
  readonly date: IsoDate
  readonly nonce?: string | undefined
}

/** The number of a case. */
export interface CaseNumber {
  readonly year: number
  readonly serial: number
}

/** A fold of the bureau's log. */
export interface Bureau {
  readonly version: number
  /** By id of the case. */
  readonly numbers: Readonly<Record<string, CaseNumber>>
  /** By id. */
  readonly people: Readonly<Record<string, Person>>
  /** Instant at which the last review came to its end. */
  readonly reviewedAt?: string | undefined
  readonly reviewTold?: { readonly from: string; readonly upTo: string } | undefined
  readonly digestsSentOn?: IsoDate | undefined
}

/** A bureau of which nothing is known. */
export const emptyBureau: Bureau = { version: 0, numbers: {}, people: {} }

/** The bureau after commits, which must follow it without a gap. */
export const foldBureau = (bureau: Bureau, commits: readonly BureauCommit[]): Bureau =>
  commits.reduce((before, commit) => {
    if (commit.version !== before.version + 1)
      throw new RangeError(`bureau: commit ${commit.version} cannot follow version ${before.version}`)
    return { ...commit.events.reduce(evolveBureau, before), version: commit.version }
  }, bureau)

const evolveBureau = (bureau: Bureau, event: BureauEvent): Bureau => {
  switch (event.type) {
    case 'case-numbered': {
      const { caseId, year, serial } = event
      return { ...bureau, numbers: { ...bureau.numbers, [caseId]: { year, serial } } }
    }
    case 'person-entered':
      return { ...bureau, people: { ...bureau.people, [event.person.id]: event.person } }
    case 'person-removed': {
      const { [event.personId]: _removed, ...people } = bureau.people
      return { ...bureau, people }
    }
    case 'review-ended':
      return { ...bureau, reviewedAt: event.at }
    case 'review-told':
      return { ...bureau, reviewTold: { from: event.from, upTo: event.upTo } }
    case 'digests-sent':
      return { ...bureau, digestsSentOn: event.date }
  }
}

/** Longest time without a review on a day that works: a day and what a late one may take (DOMAIN §6, dead man's switch). */
const longestWithoutReview = 26 * 3_600_000

/**
 * Whether colours and flags may be those of yesterday, because no review has come to its end for 26 hours. On a day that does
 * not work nobody is alarmed.
 * @param now instant, ISO 8601 in UTC.
 */
export const isReviewMissing = ({ reviewedAt }: Bureau, now: string, isWorkingDay: boolean): boolean =>
  isWorkingDay && (reviewedAt === undefined || Date.parse(now) - Date.parse(reviewedAt) > longestWithoutReview)

/** Numbers for the cases that have none yet, in the order of their opening: the next serials of the year of that day. */
export const numbering = (
  bureau: Bureau,
  cases: readonly { readonly id: string; readonly openedOn: IsoDate }[]
): readonly CaseNumbered[] => {
  const last = new Map<number, number>()
  for (const { year, serial } of Object.values(bureau.numbers)) last.set(year, Math.max(serial, last.get(year) ?? 0))
  const unnumbered = new Map(cases.filter(({ id }) => bureau.numbers[id] === undefined).map(one => [one.id, one]))
  const inOrder = [...unnumbered.values()].toSorted((a, b) => compare(a.openedOn, b.openedOn) || compare(a.id, b.id))
  return inOrder.map(({ id, openedOn }) => {
    const year = Number(openedOn.slice(0, 4))
    const serial = (last.get(year) ?? 0) + 1
    last.set(year, serial)
    return { type: 'case-numbered', caseId: id, year, serial }
  })
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** A number as the bureau writes it. */
export const caseNumberText = ({ year, serial }: CaseNumber): string => `〔${year}〕第${serial}号`
