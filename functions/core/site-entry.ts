import type { MilestoneStatus } from './assessment.ts'
import type { Author } from './author.ts'
import type { IsoDate } from './dates.ts'
import type { DelayCode } from './delay.ts'
import type { ScheduleDate } from './milestone.ts'
import type { Light } from './policy.ts'
import type { Summary } from './ports.ts'
import type { Prospect } from './prospect.ts'
import type { Text } from './text.ts'

/** A milestone as the calendar and the ledger show it. */
export interface EntryMilestone {
  readonly id: string
  readonly name: string
  readonly nameEn?: string | undefined
  readonly phase?: string | undefined
  readonly status: MilestoneStatus
  readonly light: Light
  readonly percentComplete: number
  /** As first approved. */
  readonly originalFinish: ScheduleDate | null
  /** As approved now. */
  readonly baselineFinish: ScheduleDate | null
  /** The actual finish, else the projected one; the approved one of a cancelled milestone. */
  readonly finish: ScheduleDate | null
  readonly actualStart?: ScheduleDate | undefined
  readonly actualFinish?: ScheduleDate | undefined
  /** What the project manager promised last. */
  readonly forecastFinish?: ScheduleDate | undefined
  readonly delay?: DelayCode | undefined
  /** Working days (`cn`) from the approved finish to the projected one; positive is late. */
  readonly lateWorkingDays: number | null
}

/** One commit as the feed tells it: sentences for the public, without people. */
export interface EntryNews {
  readonly version: number
  /** Instant of the commit, ISO 8601 in UTC. */
  readonly at: string
  readonly date: IsoDate
  readonly role: Author['role']
  readonly hash: string
  readonly sentences: readonly Text[]
}

/**
 * What the files about many projects show of one project: overview, calendar, feed, ledger. They are made of these alone,
 * so that a publication reads none of the projects that have not changed. Public: it names no person.
 */
export interface SiteEntry {
  readonly summary: Summary
  /** In the order of the plan. */
  readonly milestones: readonly EntryMilestone[]
  /** Newest first; the last few. */
  readonly news: readonly EntryNews[]
  /** When its dates became what they are: grows whenever one of them moves, and stays while none does. */
  readonly revision: { readonly number: number; readonly at: string }
}

/**
 * What the published site knows of itself. It stands among its files, so that a publication after one report reads this
 * and that project, and no other. A large site is divided: then it holds a digest of each part, and the entries of a part
 * stand in a file of their own.
 */
export type SiteIndex = WholeIndex | DividedIndex

interface IndexHead {
  /** The day on which every number in it was evaluated. */
  readonly dataDate: IsoDate
  /** Address that the machine forms point to. */
  readonly siteUrl?: string | undefined
}

/** The index of a site whose overview shows every project. */
export interface WholeIndex extends IndexHead {
  readonly kind: 'whole'
  /** In the order of the overview. */
  readonly entries: readonly SiteEntry[]
}

/** The index of a site whose overview shows towns, and each part of a town on a page of its own. */
export interface DividedIndex extends IndexHead {
  readonly kind: 'divided'
  readonly parts: readonly SitePart[]
}

/** A stretch of the projects of one town, in the order of the overview, and what the overview shows of it. */
export interface SitePart {
  /** Folder of its pages, ending in `/`: `towns/运河街道/2/`. */
  readonly folder: string
  /** Null where the plans name no town. */
  readonly town: string | null
  /** From 1. */
  readonly page: number
  /** Projects from this place in the order on stand in it, up to the next part of the town; `''` of the first. */
  readonly from: string
  readonly total: number
  readonly lights: Readonly<Record<Light, number>>
  readonly prospects: Readonly<Record<Prospect, number>>
  readonly demonstration: boolean
  readonly provisional: boolean
  /** Those that will miss their required date, the furthest first; a few. */
  readonly endangered: readonly Summary[]
  /** A few with what falls due next, with those milestones alone. */
  readonly due: readonly SiteEntry[]
  /** A few of which something was told last, without milestones. */
  readonly latest: readonly SiteEntry[]
}
