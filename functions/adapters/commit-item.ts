import * as z from 'zod'
import type { SealedCommit } from '../core/ports.ts'
import type { TrackedProject } from '../core/state.ts'
import { authorTextSchema, eventsTextSchema } from '../schema/commit.ts'
import { decoding } from '../schema/decoding.ts'
import { stateTextSchema } from '../schema/state.ts'
import type { SealedText } from './commit-seal.ts'
import { type PackedText, packedTextSchema, packText, sizeOfPacked } from './packed-text.ts'

/** Every so many commits the log holds the folded state, so that a load reads at most so many items. */
export const snapshotInterval = 16

/**
 * Number of the fold that made a snapshot. Raise it with every change of `core/evolve` that gives another state for the
 * same commits: snapshots with another number are passed over and the state is folded from the whole log.
 */
export const foldFormat = 6

/** A commit as an item of the log table; both twins store exactly this. */
export interface CommitItem extends Readonly<Record<string, unknown>> {
  readonly project: string
  readonly version: number
  readonly events: PackedText
  readonly by: string
  readonly at: string
  readonly date: string
  readonly idempotencyKey?: string
  readonly requestHash?: string
  readonly nonce?: string | undefined
  readonly previousHash: string
  readonly hash: string
  /** JSON text of the state after this commit: a cache, not part of the hash. */
  readonly snapshot?: PackedText
  readonly foldFormat?: number
}

/** A commit whose stored form cannot be read; `cause` says where. */
export class UndecodableCommitError extends Error {
  override readonly name = 'UndecodableCommitError'
}

/** A commit that is larger than an item of DynamoDB may be (400 KB). */
export class CommitTooLargeError extends Error {
  override readonly name = 'CommitTooLargeError'
}

const largestItemBytes = 400 * 1024
const otherAttributesBytes = 2 * 1024

/**
 * The item of a sealed commit, with the state after it where one is due. A snapshot that would not fit is left out: the
 * log is complete without it.
 * @throws CommitTooLargeError when the events alone do not fit.
 */
export const itemOf = (sealed: SealedText, after: TrackedProject): CommitItem => {
  const { request, ...fields } = sealed
  const events = packText(sealed.events)
  const room = largestItemBytes - otherAttributesBytes - sizeOfPacked(events)
  if (room < 0) throw new CommitTooLargeError(`${sealed.project}: commit ${sealed.version} is larger than 400 KB`)
  const snapshot = sealed.version % snapshotInterval === 0 ? packText(JSON.stringify(after)) : undefined
  return {
    ...fields,
    events,
    ...(request === undefined ? {} : { idempotencyKey: request.key, requestHash: request.hash }),
    ...(snapshot === undefined || sizeOfPacked(snapshot) > room ? {} : { snapshot, foldFormat })
  }
}

const itemSchema = z.object({
  project: z.string(),
  version: z.int().min(1),
  events: packedTextSchema,
  by: z.string(),
  at: z.string(),
  date: z.string(),
  idempotencyKey: z.string().optional(),
  requestHash: z.string().optional(),
  nonce: z.string().optional(),
  previousHash: z.string(),
  hash: z.string()
})

/** Attributes that are in no hash: the carried state, and the fold that made it. */
const cacheAttributes = ['snapshot', 'foldFormat']

const snapshotSchema = z.object({
  foldFormat: z.literal(foldFormat),
  snapshot: packedTextSchema.pipe(stateTextSchema)
})

/**
 * The sealed texts of an item, not looked into.
 * @throws UndecodableCommitError when an attribute is missing or of another type.
 */
export const sealedTextOf = (item: unknown): SealedText => {
  const decoded = itemSchema.safeParse(item, decoding())
  if (!decoded.success) throw new UndecodableCommitError(`${nameOf(item)} is damaged`, { cause: decoded.error })
  const { idempotencyKey, requestHash, ...fields } = decoded.data
  return idempotencyKey === undefined || requestHash === undefined
    ? fields
    : { ...fields, request: { key: idempotencyKey, hash: requestHash } }
}

/**
 * The commit of sealed texts.
 * @throws UndecodableCommitError when its events or its author cannot be read.
 */
export const commitOf = (sealed: SealedText): SealedCommit => {
  const events = eventsTextSchema.safeParse(sealed.events, decoding())
  const by = authorTextSchema.safeParse(sealed.by, decoding())
  if (!events.success || !by.success)
    throw new UndecodableCommitError(`${nameOf(sealed)} cannot be read`, { cause: events.error ?? by.error })
  return { ...sealed, events: events.data, by: by.data }
}

/**
 * Attributes that no seal covers: some that no commit has, and one half of a request without the other. Reading passes over
 * them, so that a later version may add some; verification does not.
 */
export const strayAttributesOf = (item: unknown): readonly string[] => {
  const names = typeof item === 'object' && item !== null ? Object.keys(item) : []
  const requestHalves = names.filter(name => name === 'idempotencyKey' || name === 'requestHash')
  return [
    ...names.filter(name => !(name in itemSchema.shape) && !cacheAttributes.includes(name)),
    ...(requestHalves.length === 1 ? requestHalves : [])
  ]
}

/** How an item stands to the state that it may carry. `foreign`: that of an earlier fold, which is passed over. */
export type CarriedForm = 'none' | 'current' | 'foreign' | 'damaged'

const cacheSchema = z.object({ snapshot: packedTextSchema, foldFormat: z.int().min(1) })

/** Which state an item says that it carries, and whether it can be right. `format` is the number of the fold that reads it. */
export const carriedFormOf = (item: unknown, format: number): CarriedForm => {
  if (typeof item !== 'object' || item === null || !cacheAttributes.some(name => name in item)) return 'none'
  const cache = cacheSchema.safeParse(item)
  if (!cache.success || cache.data.foldFormat > format) return 'damaged'
  return cache.data.foldFormat === format ? 'current' : 'foreign'
}

/** The state that an item carries; `undefined` when it carries none that this code made. Never an error: it is a cache. */
export const snapshotOf = (item: unknown): TrackedProject | undefined => {
  const decoded = snapshotSchema.safeParse(item, decoding())
  return decoded.success ? decoded.data.snapshot : undefined
}

const keySchema = z.object({ project: z.string(), version: z.number() })

/** Name of a commit in a message, as far as its key can be read. */
const nameOf = (item: unknown): string => {
  const key = keySchema.safeParse(item)
  return key.success ? `${key.data.project}: commit ${key.data.version}` : 'a commit without a key'
}
