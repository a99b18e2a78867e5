import type { Assessment } from './assessment.ts'
import type { Bureau, BureauCommit } from './bureau.ts'
import type { IsoDate } from './dates.ts'
import type { DelayCode } from './delay.ts'
import type { Delivery, DeliveryStatus, SendOutcome } from './delivery.ts'
import type { Commit } from './events.ts'
import type { ScheduleDate } from './milestone.ts'
import type { Pace } from './pace.ts'
import type { Reach } from './people.ts'
import type { PhotoType } from './photo.ts'
import type { ProjectState, TrackedProject } from './state.ts'

/** A commit as it stands in the log, chained to the one before by hash (SHA-256, hex). */
export interface SealedCommit extends Commit {
  /** Hash of the commit before; 64 zeros for the first. */
  readonly previousHash: string
  readonly hash: string
}

/** What came of an append: written, or somebody else wrote this version first. */
export type AppendResult = { readonly type: 'appended'; readonly commit: SealedCommit } | { readonly type: 'conflict' }

/** A stretch of a project's log. */
export interface CommitRange {
  /** Versions above this one only. */
  readonly after?: number | undefined
  /** Versions below this one only. */
  readonly before?: number | undefined
  readonly newestFirst?: boolean | undefined
  readonly limit?: number | undefined
}

/** The log of commits per project: append only, the one truth. */
export interface EventLog {
  /**
   * The state of a project with the hash of its last commit, read from the log itself in one query, so that a writer
   * sees its own write. `upTo` gives the state as it was at that version.
   */
  readonly load: (project: string, upTo?: number) => Promise<{ readonly state: ProjectState; readonly hash: string }>
  /** Appends a commit whose version follows the state it was decided on. `after` is the state including it. */
  readonly append: (commit: Commit, previousHash: string, after: TrackedProject) => Promise<AppendResult>
  readonly commits: (project: string, range?: CommitRange) => Promise<readonly SealedCommit[]>
  /** The ids of all projects that have a log. */
  readonly projects: () => AsyncIterable<string>
}

/** The log of the bureau as a whole: numbers of cases, people, how far notices were told. */
export interface BureauLog {
  /** The folded log with the hash of its last commit, read from the log itself. */
  readonly load: () => Promise<{ readonly bureau: Bureau; readonly hash: string }>
  /** Appends a commit whose version follows; `conflict` when somebody else wrote it first. `after` includes it. */
  readonly append: (commit: BureauCommit, previousHash: string, after: Bureau) => Promise<'appended' | 'conflict'>
}

/** What lists, pages and digests need of a project without decoding its state. Holds no person. */
export interface Summary {
  readonly id: string
  readonly name: string
  readonly nameEn?: string | undefined
  readonly programme?: string | undefined
  /** What the source document says is owed, in its words. */
  readonly owed?: string | undefined
  readonly town?: string | undefined
  readonly category?: string | undefined
  readonly responsibleUnit?: string | undefined
  readonly demonstration: boolean
  readonly version: number
  /** The day on which the numbers were evaluated. */
  readonly dataDate: IsoDate
  readonly light: Assessment['light']
  readonly lastLight?: Assessment['lastLight']
  readonly rules: Assessment['rules']
  readonly percentComplete: number
  readonly plannedPercent: number | null
  readonly baselineFinish: ScheduleDate | null
  readonly projectedFinish: ScheduleDate | null
  readonly requiredBy: IsoDate | null
  readonly marginWorkingDays: number | null
  readonly variance: Assessment['variance']
  readonly provisional: boolean
  readonly lastReportOn: IsoDate | null
  /** Articles that a legal check finds broken (`建筑法 §61`); no colour, and no secret either. */
  readonly brokenLaws: readonly string[]
  /** The next milestone not done, by its approved finish. */
  readonly next: DueMilestone | null
  /** Milestones not done that fall due within four weeks by their approved finish, overdue ones first, ten at most. */
  readonly due?: readonly DueMilestone[] | undefined
  /** Where the project stands on the way that the four rates count; a step that its plan lacks is absent. */
  readonly stages?: Stages | undefined
  /** What is built and how much of it (建设内容/规模), in the words of the plan. */
  readonly scope?: string | undefined
  /** Counted works: how many there will be and how many there are. */
  readonly count?: { readonly unit: string; readonly total: number; readonly done: number } | undefined
  /** The reasons given for what is late now, each once. */
  readonly delays?: readonly DelayCode[] | undefined
  /** When an approved stop is looked at again. */
  readonly pausedUntil?: IsoDate | undefined
  /** The last days on which another way to open can be decided; only while the required date is in danger. */
  readonly decideBy?: { readonly borrowedPremises: IsoDate; readonly phasedOpening: IsoDate } | undefined
  /** What changed since Monday; known where the whole log was read, for the site, and only of a project that changed. */
  readonly week?: WeekChange | undefined
}

/** A milestone with the date by which it is due. */
export interface DueMilestone {
  readonly id: string
  readonly name: string
  readonly nameEn?: string | undefined
  readonly finish: ScheduleDate
}

/** A step on the way: for when it was approved, when it comes or came, and whether it has. */
export interface Stage {
  readonly planned: ScheduleDate | null
  readonly projected: ScheduleDate | null
  readonly reached: boolean
}

/** 开工, 竣工验收 and 启用. */
export interface Stages {
  readonly started?: Stage | undefined
  readonly completed?: Stage | undefined
  readonly inUse?: Stage | undefined
}

/** A project now against what it was at the end of a Monday. */
export interface WeekChange {
  /** The Monday; what was written on it is not among the changes. */
  readonly since: IsoDate
  /** As it stood on that Monday; null of a project registered since. */
  readonly before: Pick<Summary, 'light' | 'projectedFinish' | 'percentComplete'> | null
  /** Milestones reached since. */
  readonly reached: readonly Omit<DueMilestone, 'finish'>[]
}

/** A project's state as of a version, with what followed from it on the day it was last evaluated. */
export interface Snapshot {
  readonly project: string
  readonly version: number
  /** Data date of the evaluation. */
  readonly evaluatedOn: IsoDate
  /** The first date on which silence alone could change a colour or a flag; a review is due then. */
  readonly reviewDueOn: IsoDate
  readonly summary: Summary
  readonly state: TrackedProject
}

/** Filters of a list; absent fields admit everything. */
export interface SummaryFilter {
  readonly light?: string | undefined
  readonly programme?: string | undefined
  readonly town?: string | undefined
}

/** One page of a list, with the cursor of the next one where there is more. */
export interface SummaryPage {
  readonly summaries: readonly Summary[]
  readonly cursor?: string | undefined
}

/** Snapshots of all projects: a cache of the log, rebuilt from it at any time. */
export interface StateStore {
  readonly get: (project: string) => Promise<Snapshot | undefined>
  /** Stores a snapshot unless a newer version, or a later evaluation of the same version, is there already. */
  readonly put: (snapshot: Snapshot) => Promise<'stored' | 'outdated'>
  /** Ids of the projects whose review is due on or before `today`; the others are passed over undecoded. */
  readonly due: (today: IsoDate) => AsyncIterable<string>
  readonly list: (filter: SummaryFilter, limit: number, cursor?: string) => Promise<SummaryPage>
  /** Every snapshot, decoded. */
  readonly all: () => AsyncIterable<Snapshot>
}

/** What one recipient is to be told. */
export interface Message {
  /** Who it is for: a person, role or unit as the plan names it; never printed on a public page. */
  readonly recipient: string
  readonly subject: string
  /** Lines separated by `\n`. */
  readonly text: string
  /** Absent: over every configured channel. */
  readonly reach?: readonly Reach[] | undefined
  /**
   * What it is for, where at most one message of the kind may reach somebody on a date, whatever it says by then; absent,
   * the content itself tells one from another.
   */
  readonly occasion?: string | undefined
}

/** Where messages go. */
export interface Channel {
  readonly name: string
  /** The receiver drops a second copy of a key, so that sending again does no harm. */
  readonly dropsCopies: boolean
  /** It takes every message, also one that names other channels: the outbox of a tracker on one machine. */
  readonly takesAll?: true
  /** How fast the receiver takes messages; absent is as fast as they come. */
  readonly pace?: Pace
  /** The parts in which a message goes out, one after the other, each within the channel's limits. */
  readonly partsOf: (message: Message) => readonly Message[]
  /**
   * Sends one part. `key` is the same for every attempt at it. Whatever the receiver says is an outcome; what is thrown
   * counts as a process that died.
   */
  readonly send: (key: string, part: Message, address?: string) => Promise<SendOutcome>
}

/** Filters of a list of deliveries; absent fields admit everything. */
export interface DeliveryFilter {
  readonly status?: DeliveryStatus | undefined
}

/** One page of a list, the last change first, with the cursor of the next one where there is more. */
export interface DeliveryPage {
  readonly deliveries: readonly Delivery[]
  readonly cursor?: string | undefined
}

/** The ledger of deliveries: each message at most once per recipient, date and content (DOMAIN §6). */
export interface DeliveryLog {
  readonly find: (key: string) => Promise<Delivery | undefined>
  /** Writes the record that follows the one in the ledger; `outdated` when another writer was first. */
  readonly save: (delivery: Delivery) => Promise<'saved' | 'outdated'>
  readonly list: (filter: DeliveryFilter, limit: number, cursor?: string) => Promise<DeliveryPage>
  /** Keys of deliveries that should have been looked at again before an instant. */
  readonly overdue: (before: string) => AsyncIterable<string>
}

/** Keeps the pace of receivers, over all processes that send. */
export interface Pacer {
  readonly take: (
    pace: Pace,
    now: string
  ) => Promise<{ readonly type: 'free' } | { readonly type: 'full'; readonly until: string }>
  /** Nothing goes there for so long. */
  readonly close: (pace: Pace, seconds: number, now: string) => Promise<void>
}

/** Brings deliveries back to whoever sends them. */
export interface RetryQueue {
  /** Has the delivery looked at again after so many seconds, perhaps somewhat sooner or later. */
  readonly add: (key: string, seconds: number) => Promise<void>
}

/** A file of the site that is text, written as UTF-8. `path` has no leading slash: `projects/x/index.html`. */
export interface PageFile {
  readonly path: string
  readonly body: string
  readonly contentType: string
}

/** Any file of the site, a workbook among them. */
export interface SiteFile extends Omit<PageFile, 'body'> {
  readonly body: string | Uint8Array
}

/** The public folder of the site. */
export interface PageStore {
  /** Writes a file unless the same content is there already. */
  readonly put: (file: SiteFile) => Promise<'written' | 'unchanged'>
  /** The text of a file as it was written last; `undefined` where there is none. */
  readonly read: (path: string) => Promise<string | undefined>
  /** Takes a file off the site; does nothing where there is none. */
  readonly remove: (path: string) => Promise<void>
}

/** The programs of the form for reports, bundled for the browser. */
export interface FormPrograms {
  /** What runs before the page is there. */
  readonly first: string
  /** The script of the page. */
  readonly page: string
  /** The service worker, which keeps the page and sends what waits. */
  readonly worker: string
}

/** What is to be uploaded. */
export interface PhotoOffer {
  readonly project: string
  /** Of `photoName`. */
  readonly name: string
  /** Of the bytes, hex. */
  readonly sha256: string
  readonly bytes: number
  readonly contentType: PhotoType
  /** Wall clock of the camera, `YYYY-MM-DDTHH:mm`, perhaps with seconds. */
  readonly takenAt?: string | undefined
}

/** Where and how bytes are uploaded; the address stands from the root of the site. */
export interface PhotoUpload {
  readonly method: 'PUT'
  readonly url: string
  /** To be sent as they are: what they say of the bytes is compared. */
  readonly headers: Readonly<Record<string, string>>
  /** Instant after which the address takes nothing more. */
  readonly expiresAt: string
}

/** The bytes of a photograph, as they were uploaded. */
export interface StoredPhoto {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly contentType: string
  readonly takenAt?: string | undefined
}

/** Photographs of projects: uploads, which expire, and those that reports have named, which are kept. */
export interface PhotoStore {
  /** Opens a way to upload these bytes and no others, for a while; asked again, the upload may be repeated. */
  readonly offer: (offer: PhotoOffer) => Promise<PhotoUpload>
  /** An upload; `undefined` when there is none, or none any more. */
  readonly read: (project: string, name: string) => Promise<StoredPhoto | undefined>
  readonly isKept: (project: string, name: string) => Promise<boolean>
  /** Keeps a photograph for good, where everybody can look at it. */
  readonly keep: (project: string, name: string, photo: StoredPhoto) => Promise<void>
}

/** Signs what others are to be able to check with a public key. */
export interface Signer {
  /** The text as a signed note (C2SP): the text itself, an empty line, and a line with the signature. */
  readonly sign: (text: string) => Promise<string>
}

/** Signed checkpoints by their numbers: append only, and kept apart from the log. */
export interface CheckpointStore {
  /** The numbers that are there, in order. */
  readonly numbers: () => Promise<readonly number[]>
  readonly read: (number: number) => Promise<string | undefined>
  /** Never overwrites: `exists` when somebody else wrote this number first. */
  readonly add: (number: number, note: string) => Promise<'added' | 'exists'>
}

/** The only clock. */
export interface Clock {
  /** The instant, ISO 8601 in UTC. */
  readonly now: () => string
}
