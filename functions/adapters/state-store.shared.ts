import * as z from 'zod'
import type { Snapshot, Summary, SummaryFilter } from '../core/ports.ts'
import { projectIdSchema } from '../schema/fields.ts'
import { stateTextSchema, summaryTextSchema } from '../schema/state.ts'
import { type PackedText, packedTextSchema, packText } from './packed-text.ts'

/** A snapshot as an item of the state table: what is filtered by stands beside the summary and the body. */
export interface SnapshotItem extends Readonly<Record<string, unknown>> {
  readonly project: string
  readonly version: number
  readonly evaluatedOn: string
  readonly reviewDueOn: string
  readonly light: string
  readonly programme?: string
  readonly town?: string
  /** JSON text of the summary. */
  readonly summary: string
  /** JSON text of the state. */
  readonly body: PackedText
}

/** A snapshot that cannot be read, or is larger than an item may be; rebuilding it from the log puts it right. */
export class UndecodableSnapshotError extends Error {
  override readonly name = 'UndecodableSnapshotError'
}

/** A cursor that no list has given out. */
export class BadCursorError extends Error {
  override readonly name = 'BadCursorError'
}

/** The item of a snapshot. */
export const itemOfSnapshot = ({
  project,
  version,
  evaluatedOn,
  reviewDueOn,
  summary,
  state
}: Snapshot): SnapshotItem => ({
  project,
  version,
  evaluatedOn,
  reviewDueOn,
  light: summary.light,
  ...(summary.programme === undefined ? {} : { programme: summary.programme }),
  ...(summary.town === undefined ? {} : { town: summary.town }),
  summary: JSON.stringify(summary),
  body: packText(JSON.stringify(state))
})

const itemSchema = z.object({
  project: z.string(),
  version: z.int(),
  evaluatedOn: z.string(),
  reviewDueOn: z.string(),
  summary: summaryTextSchema,
  body: packedTextSchema.pipe(stateTextSchema)
})

const listedSchema = z.object({ project: z.string(), summary: summaryTextSchema })

/**
 * The snapshot of an item.
 * @throws UndecodableSnapshotError
 */
export const snapshotOfItem = (item: unknown): Snapshot => {
  const { body, ...fields } = decode(itemSchema, item)
  return { ...fields, state: body }
}

/**
 * The summary of an item, and its key.
 * @throws UndecodableSnapshotError
 */
export const summaryOfItem = (item: unknown): { readonly project: string; readonly summary: Summary } =>
  decode(listedSchema, item)

const decode = <Schema extends z.ZodType>(schema: Schema, item: unknown): z.output<Schema> => {
  const decoded = schema.safeParse(item)
  if (decoded.success) return decoded.data
  const key = z.object({ project: z.string() }).safeParse(item)
  throw new UndecodableSnapshotError(`the snapshot of ${key.data?.project ?? 'a project'} cannot be read`, {
    cause: decoded.error
  })
}

/** Attributes that a list can be filtered by. */
export const filterFields = ['light', 'programme', 'town'] as const satisfies readonly (keyof SummaryFilter)[]

/** The cursor after a project: opaque to the reader, safe in an address. */
export const cursorAfter = (project: string): string => Buffer.from(project, 'utf8').toString('base64url')

/**
 * The project that a cursor stands after.
 * @throws BadCursorError
 */
export const projectOfCursor = (cursor: string): string => {
  const project = projectIdSchema.safeParse(Buffer.from(cursor, 'base64url').toString('utf8'))
  if (!project.success || cursorAfter(project.data) !== cursor)
    throw new BadCursorError('the cursor is not of this list')
  return project.data
}

/** Told of a snapshot that cannot be read where many are: the others are read all the same. */
export type UnreadableListener = (error: UndecodableSnapshotError) => void

/** Passes the error on, for commands that must not go on without a project. */
export const refuseUnreadable: UnreadableListener = error => {
  throw error
}

/** What can be read of some items; one bad project never hides the others. */
export const readableOf = <Item, Decoded>(
  items: readonly Item[],
  decode: (item: Item) => Decoded,
  onUnreadable: UnreadableListener
): readonly Decoded[] =>
  items.flatMap(item => {
    try {
      return [decode(item)]
    } catch (error) {
      if (!(error instanceof UndecodableSnapshotError)) throw error
      onUnreadable(error)
      return []
    }
  })
