import type { IsoDate } from './dates.ts'

/** Where a log ended when somebody looked: its last commit, and by its hash every commit before it. */
export interface Head {
  /** Id of the project, or the name of the bureau's log. */
  readonly log: string
  readonly version: number
  /** Hash of that commit, 64 hexadecimal digits. */
  readonly hash: string
}

/**
 * Where all logs ended on a day. It is signed and kept apart from them: whoever rewrites a whole log, chain and all, would have
 * to forge every checkpoint since.
 */
export interface Checkpoint {
  /** From 1, without a gap. */
  readonly number: number
  /** The civil date in Asia/Shanghai; a day has one. */
  readonly date: IsoDate
  /** Instant at which it was begun, ISO 8601 in UTC. */
  readonly at: string
  /** SHA-256, hex, of the signed checkpoint before, all of it; 64 zeros for the first. */
  readonly previous: string
  /** Each log once, in the order of their names. */
  readonly heads: readonly Head[]
}

/** What stands in the place of the checkpoint before the first. */
export const noCheckpoint = '0'.repeat(64)

const title = 'capital-project-tracker checkpoint v1'

/**
 * A checkpoint as the text that is signed: a line for each field, then one for each log, `name version hash`. Programs of
 * other people read it, so this form must never change.
 */
export const checkpointText = ({ number, date, at, previous, heads }: Checkpoint): string =>
  [
    title,
    `number ${number}`,
    `date ${date}`,
    `at ${at}`,
    `previous ${previous}`,
    ...heads.map(({ log, version, hash }) => `${log} ${version} ${hash}`),
    ''
  ].join('\n')

/** The checkpoint of a text; `undefined` where a character of it is not as {@link checkpointText} writes it. */
export const readCheckpoint = (text: string): Checkpoint | undefined => {
  const [, number, date, at, previous, lines] = pattern.exec(text) ?? []
  if (number === undefined || date === undefined || at === undefined || previous === undefined || lines === undefined)
    return undefined
  const heads = lines.split('\n').flatMap(line => {
    const [log, version, hash] = line.split(' ')
    return log !== undefined && version !== undefined && hash !== undefined
      ? [{ log, version: Number(version), hash }]
      : []
  })
  const checkpoint = { number: Number(number), date, at, previous, heads }
  return checkpointText(checkpoint) === text ? checkpoint : undefined
}

const pattern = new RegExp(
  `^${title}\\nnumber ([1-9]\\d*)\\ndate (\\d{4}-\\d\\d-\\d\\d)\\nat (\\S+)\\nprevious ([0-9a-f]{64})\\n((?:\\S+ [1-9]\\d* [0-9a-f]{64}\\n)*)$`
)
