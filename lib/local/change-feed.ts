import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda'
import * as z from 'zod'
import type { Change, ChangeSource, Position } from './change-source.ts'

/** Who is told of the changes of a table. */
export interface Consumer {
  readonly name: string
  readonly source: ChangeSource
  readonly batchSize: number
  /** How long changes are gathered before a batch goes out. */
  readonly windowMilliseconds: number
  /** Answers a partial batch response or nothing; what it throws fails the whole batch. */
  readonly deliver: (event: DynamoDBStreamEvent) => Promise<unknown>
}

/** Where each consumer stands with each project, kept through crashes. */
export interface Positions {
  readonly get: (consumer: string, project: string) => Promise<Position | undefined>
  readonly put: (consumer: string, positions: ReadonlyMap<string, Position>) => Promise<void>
}

/** Settings and surroundings of {@link changeFeed}. */
export interface ChangeFeedOptions {
  readonly positions: Positions
  /** Told of every failed delivery; it will be repeated. */
  readonly report: (consumer: string, projects: readonly string[], error: unknown) => void
  /** Wait before the n-th repetition, in milliseconds. */
  readonly backoff?: (attempt: number) => number
}

/** Brings the changes of tables to their consumers. */
export interface ChangeFeed {
  /** Says that something of a project was written; the feed reads what. */
  readonly nudge: (table: 'log' | 'state', project: string) => void
  /** Looks through every project for what was not delivered before the last end, however that came. */
  readonly catchUp: () => Promise<void>
  /** Resolves when every consumer has seen all that can be delivered now; what waits for a repetition is left out. */
  readonly settled: () => Promise<void>
  /** Finishes the deliveries under way; what is left is delivered after the next start. */
  readonly stop: () => Promise<void>
}

/**
 * Delivers changes at least once: the changes of a project in their order, from the last position that was recorded,
 * which moves only after the consumer has taken them. A project that fails is repeated after a wait and holds up no
 * other.
 */
export const changeFeed = (consumers: readonly Consumer[], options: ChangeFeedOptions): ChangeFeed => {
  const workers = consumers.map(consumer => ({ consumer, worker: workerOf(consumer, options) }))
  let catchingUp: Promise<void> = Promise.resolve()
  let stopped = false
  const each = async (work: (worker: Worker) => Promise<void>) => {
    await Promise.all(workers.map(({ worker }) => work(worker)))
  }
  const lookThrough = async () => {
    for (const [source, readers] of Map.groupBy(workers, ({ consumer }) => consumer.source))
      for await (const project of source.projects()) {
        if (stopped) return
        const head = await source.head(project)
        for (const { consumer, worker } of readers)
          if (await isBehind(consumer.name, project, head, options.positions)) worker.wake(project)
      }
  }
  return {
    nudge: (table, project) => {
      for (const { consumer, worker } of workers) if (consumer.source.table === table) worker.wake(project)
    },
    catchUp: () => {
      catchingUp = lookThrough()
      return catchingUp
    },
    settled: () => each(worker => worker.settled()),
    stop: async () => {
      stopped = true
      await catchingUp.catch(() => {})
      await each(worker => worker.stop())
    }
  }
}

/**
 * A position beyond the head means that the log was put back to an earlier day, or that power failed before it reached
 * the disk: without going back too, the feed would pass over the versions written again.
 */
const isBehind = async (
  consumer: string,
  project: string,
  head: Position | undefined,
  positions: Positions
): Promise<boolean> => {
  if (head === undefined) return true
  const position = await positions.get(consumer, project)
  if (position && position.ordinal > head.ordinal) await positions.put(consumer, new Map([[project, head]]))
  return (position?.ordinal ?? 0) < head.ordinal
}

interface Worker {
  readonly wake: (project: string) => void
  readonly settled: () => Promise<void>
  readonly stop: () => Promise<void>
}

const longestWait = 30_000
const defaultBackoff = (attempt: number): number => Math.min(longestWait, 100 * 2 ** attempt)

const workerOf = (consumer: Consumer, options: ChangeFeedOptions): Worker => {
  const { name, source, batchSize, windowMilliseconds } = consumer
  const { positions, report, backoff = defaultBackoff } = options
  const awake = new Set<string>()
  const attempts = new Map<string, number>()
  const repetitions = new Map<string, NodeJS.Timeout>()
  const waiting: (() => void)[] = []
  let window: NodeJS.Timeout | undefined
  let running: Promise<void> | undefined
  let stopped = false

  const wake = (project: string) => {
    // One that waits for its repetition will then find everything.
    if (stopped || repetitions.has(project)) return
    awake.add(project)
    schedule()
  }

  const schedule = () => {
    if (stopped || running || window) return
    if (awake.size === 0) {
      for (const resolve of waiting.splice(0)) resolve()
      return
    }
    window = setTimeout(() => {
      window = undefined
      running = deliverBatch().finally(() => {
        running = undefined
        schedule()
      })
    }, windowMilliseconds)
  }

  const deliverBatch = async (): Promise<void> => {
    const changes = await collect()
    if (changes.length === 0) return
    const { failures, cause } = await outcomeOf(changes)
    const taken = new Map<string, Position>()
    const failed: string[] = []
    for (const [project, own] of Map.groupBy(changes, change => change.project)) {
      const firstFailed = own.findIndex(({ record }) => failures.has(sequenceOf(record)))
      const last = own.at(firstFailed < 0 ? -1 : firstFailed - 1)
      if (last && firstFailed !== 0) taken.set(project, last.position)
      if (firstFailed < 0) attempts.delete(project)
      else failed.push(project)
    }
    if (failed.length > 0) postpone(failed, cause)
    try {
      await positions.put(name, taken)
    } catch (error) {
      // What was taken will be delivered again.
      postpone([...taken.keys()], error)
    }
  }

  const collect = async (): Promise<readonly Change[]> => {
    const changes: Change[] = []
    for (const project of [...awake]) {
      const space = batchSize - changes.length
      if (space === 0) break
      // Before it is read, so that a write during the reading wakes it again.
      awake.delete(project)
      try {
        const found = await source.since(project, await positions.get(name, project), space)
        changes.push(...found)
        if (found.length === space) awake.add(project)
      } catch (error) {
        postpone([project], error)
      }
    }
    return changes
  }

  const outcomeOf = async (
    changes: readonly Change[]
  ): Promise<{ readonly failures: ReadonlySet<string>; readonly cause?: unknown }> => {
    try {
      const failures = failuresOf(await consumer.deliver({ Records: changes.map(({ record }) => record) }), changes)
      return { failures, cause: new Error(`${failures.size} of ${changes.length} records failed`) }
    } catch (error) {
      return { failures: new Set(changes.map(({ record }) => sequenceOf(record))), cause: error }
    }
  }

  const postpone = (projects: readonly string[], error: unknown) => {
    report(name, projects, error)
    for (const project of projects) {
      awake.delete(project)
      const attempt = (attempts.get(project) ?? 0) + 1
      attempts.set(project, attempt)
      if (stopped || repetitions.has(project)) continue
      repetitions.set(
        project,
        setTimeout(() => {
          repetitions.delete(project)
          wake(project)
        }, backoff(attempt))
      )
    }
  }

  return {
    wake,
    settled: () =>
      new Promise(resolve => {
        waiting.push(resolve)
        schedule()
      }),
    stop: async () => {
      stopped = true
      clearTimeout(window)
      for (const repetition of repetitions.values()) clearTimeout(repetition)
      await running
      for (const resolve of waiting.splice(0)) resolve()
    }
  }
}

const responseSchema = z.object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })).optional() })

/**
 * The sequence numbers that a consumer could not take.
 * @throws Error when it names one it was not given, or none: then nobody knows what failed, and Lambda too repeats all.
 */
const failuresOf = (answer: unknown, changes: readonly Change[]): ReadonlySet<string> => {
  if (answer === undefined || answer === null) return new Set()
  const { batchItemFailures = [] } = responseSchema.parse(answer)
  const given = new Set(changes.map(({ record }) => sequenceOf(record)))
  const failures = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier))
  for (const failure of failures)
    if (!given.has(failure))
      throw new Error(`the response names the record ${failure || '(none)'}, which was not given`)
  return failures
}

const sequenceOf = ({ dynamodb }: DynamoDBRecord): string => dynamodb?.SequenceNumber ?? ''
