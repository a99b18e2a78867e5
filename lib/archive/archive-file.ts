import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { pipeline, Readable } from 'node:stream'
import { pipeline as piped } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import * as z from 'zod'
import { jsonTextOf } from '../../functions/schema/fields.ts'
import { type ItemJson, itemSchema } from '../dynamodb-json.ts'
import type { TableName } from '../tables.ts'

/** The tables that an archive holds. */
export const archivedTables = ['log', 'access', 'delivery'] as const satisfies readonly TableName[]

/** A table of an archive. */
export type ArchivedTable = (typeof archivedTables)[number]

/** One item, and whose it is. */
export interface ArchivedItem {
  readonly table: ArchivedTable
  readonly item: ItemJson
}

/** How many items of each table. */
export type ItemCounts = Readonly<Record<ArchivedTable, number>>

/** The first line of an archive. */
export interface ArchiveHeader {
  readonly format: typeof formatName
  readonly version: 1
  /** The tracker stood on the date of its demonstration. */
  readonly demonstration: boolean
}

/** A file is not an archive, not all of one, or not as it was written. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError'
}

const formatName = 'capital-project-tracker'

const headerSchema = jsonTextOf(
  z.strictObject({ format: z.literal(formatName), version: z.literal(1), demonstration: z.boolean() })
) satisfies z.ZodType<ArchiveHeader, string>
const itemLineSchema = jsonTextOf(z.strictObject({ table: z.enum(archivedTables), item: itemSchema }))
const trailerSchema = jsonTextOf(
  z.strictObject({
    items: z.strictObject({ log: z.int(), access: z.int(), delivery: z.int() }),
    sha256: z.string()
  })
)

/**
 * Writes an archive: lines of JSON under gzip, a header, an item a line, and at the end how many there were and the SHA-256 of all
 * before. The same items give the same bytes. The file is there whole or not at all.
 * @returns how many items of each table.
 */
export const writeArchive = async (
  file: string,
  { demonstration }: Pick<ArchiveHeader, 'demonstration'>,
  items: AsyncIterable<ArchivedItem>
): Promise<ItemCounts> => {
  const counts = { log: 0, access: 0, delivery: 0 }
  const hash = createHash('sha256')
  const line = (value: unknown): string => {
    const text = `${JSON.stringify(value)}\n`
    hash.update(text)
    return text
  }
  async function* lines(): AsyncIterable<string> {
    yield line({ format: formatName, version: 1, demonstration } satisfies ArchiveHeader)
    for await (const archived of items) {
      counts[archived.table] += 1
      yield line(archived)
    }
    yield `${JSON.stringify({ items: counts, sha256: hash.digest('hex') })}\n`
  }
  const draft = `${file}.part`
  try {
    await piped(Readable.from(lines()), createGzip(), createWriteStream(draft, { mode: 0o600 }))
    await rename(draft, file)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
  return counts
}

/**
 * Reads the header of an archive.
 * @throws ArchiveError
 */
export const readArchiveHeader = async (file: string): Promise<ArchiveHeader> => {
  for await (const line of linesOf(file)) return headerOf(line)
  throw new ArchiveError(`${file} is empty`)
}

/**
 * The items of an archive, in their order. What is wrong with it may show only at its end, so whoever must not act on a
 * damaged one reads it to the end first.
 * @throws ArchiveError
 */
export async function* readArchive(file: string): AsyncIterable<ArchivedItem> {
  const counts = { log: 0, access: 0, delivery: 0 }
  const hash = createHash('sha256')
  let number = 0
  let ended = false
  for await (const line of linesOf(file)) {
    number += 1
    if (ended) throw new ArchiveError(`${file} goes on after its end`)
    if (number === 1) headerOf(line)
    const archived = number === 1 ? undefined : itemLineSchema.safeParse(line).data
    if (number === 1 || archived) hash.update(`${line}\n`)
    if (archived) {
      counts[archived.table] += 1
      yield archived
    } else if (number > 1) {
      checkTrailer(file, number, line, counts, hash.digest('hex'))
      ended = true
    }
  }
  if (!ended) throw new ArchiveError(`${file} is cut off`)
}

const headerOf = (line: string): ArchiveHeader => {
  const header = headerSchema.safeParse(line)
  if (!header.success) throw new ArchiveError('this is no archive of the tracker, or one of a later version')
  return header.data
}

const checkTrailer = (file: string, number: number, line: string, counts: ItemCounts, sha256: string): void => {
  const trailer = trailerSchema.safeParse(line)
  if (!trailer.success) throw new ArchiveError(`line ${number} of ${file} cannot be read`)
  if (trailer.data.sha256 !== sha256) throw new ArchiveError(`${file} is not what was written: its SHA-256 differs`)
  for (const table of archivedTables)
    if (trailer.data.items[table] !== counts[table])
      throw new ArchiveError(`${file} has ${counts[table]} items of ${table}, and says ${trailer.data.items[table]}`)
}

async function* linesOf(file: string): AsyncIterable<string> {
  // Its error reaches the reader below as one of the last stream.
  const text = pipeline(createReadStream(file), createGunzip().setEncoding('utf8'), () => {})
  let rest = ''
  try {
    for await (const chunk of text) {
      const parts = (rest + chunk).split('\n')
      rest = parts.pop() ?? ''
      yield* parts
    }
  } catch (error) {
    const isThere = !(error instanceof Error && 'code' in error && error.code === 'ENOENT')
    throw new ArchiveError(isThere ? `${file} cannot be read to its end` : `there is no file ${file}`, { cause: error })
  }
  if (rest !== '') throw new ArchiveError(`${file} is cut off`)
}
