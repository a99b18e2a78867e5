import type { DynamoDBRecord } from 'aws-lambda'
import { dateInShanghai } from '../../functions/core/dates.ts'
import { type FunctionName, functionOf } from '../functions.ts'
import { type FailedEvent, failedEventOf } from './failed-event.ts'

/** A message of a queue, held back from other readers while it is worked on. */
export interface QueuedMessage {
  readonly id: string
  readonly body: string
  /** By which it is removed or given back. */
  readonly receipt: string
}

/** A queue of failed events. */
export interface FailedEventQueue {
  /** Some of its messages; none when there are no more that nobody works on. */
  readonly receive: () => Promise<readonly QueuedMessage[]>
  readonly remove: (message: QueuedMessage) => Promise<void>
  /** Gives a message back, to be received again at once. */
  readonly giveBack: (message: QueuedMessage) => Promise<void>
}

/** How replaying reaches the tracker. */
export interface ReplayDeps {
  readonly queue: FailedEventQueue
  /** Calls the function and answers what it answers. @throws Error when the call failed. */
  readonly invoke: (event: unknown) => Promise<unknown>
  /** The commits that came into the log between two instants, both included, as a stream tells of them. */
  readonly commitsBetween: (from: string, to: string, streamArn: string) => AsyncIterable<DynamoDBRecord>
  /** Instant, ISO 8601 in UTC. */
  readonly now: string
}

/** What came of one message. */
export interface Replayed {
  readonly id: string
  readonly kind: FailedEvent['type']
  /** `done` and `passed-over` are removed from the queue, `failed` stays. */
  readonly outcome: 'done' | 'passed-over' | 'failed'
  readonly detail: string
}

/** Most commits of one call: as many as the stream would send at once. */
const batchOf = (name: FunctionName): number =>
  functionOf(name).triggers.reduce((size, trigger) => (trigger.type === 'stream' ? trigger.batchSize : size), 100)

/**
 * Does again what a function gave up, message by message, and removes a message only when its work is done. Everything that
 * the functions do can be done twice, so a replay that was broken off is simply started again.
 */
export const replay = async (name: FunctionName, deps: ReplayDeps): Promise<readonly Replayed[]> => {
  const { queue } = deps
  const results: Replayed[] = []
  const failed: QueuedMessage[] = []
  for (let messages = await queue.receive(); messages.length > 0; messages = await queue.receive())
    for (const message of messages) {
      const result = await replayOne(name, message, deps)
      results.push(result)
      if (result.outcome === 'failed') failed.push(message)
      else await queue.remove(message)
    }
  for (const message of failed) await queue.giveBack(message)
  return results
}

const replayOne = async (name: FunctionName, message: QueuedMessage, deps: ReplayDeps): Promise<Replayed> => {
  const event = failedEventOf(message.body)
  const result = { id: message.id, kind: event.type }
  try {
    return { ...result, ...(await redo(name, message, event, deps)) }
  } catch (error) {
    return { ...result, outcome: 'failed', detail: error instanceof Error ? error.message : String(error) }
  }
}

type Redone = Pick<Replayed, 'outcome' | 'detail'>

const redo = async (
  name: FunctionName,
  { id, body, receipt }: QueuedMessage,
  event: FailedEvent,
  { invoke, commitsBetween, now }: ReplayDeps
): Promise<Redone> => {
  switch (event.type) {
    case 'call': {
      const { firedAt } = event
      if (firedAt !== undefined && isOver(name, firedAt, now))
        return { outcome: 'passed-over', detail: `of ${dateInShanghai(firedAt)}: the run of today says what stands` }
      await invoke(event.event)
      return { outcome: 'done', detail: firedAt ?? '' }
    }
    case 'message':
      refuseFailures(
        await invoke({ Records: [{ messageId: id, receiptHandle: receipt, body, eventSource: 'aws:sqs' }] })
      )
      return { outcome: 'done', detail: body.slice(0, 80) }
    case 'changes': {
      // A change of the state stands for the page of a project; without knowing which, all pages are looked at.
      if (functionOf(name).triggers.some(trigger => trigger.type === 'stream' && trigger.table === 'state')) {
        await invoke({})
        return { outcome: 'done', detail: `everything, for ${event.from} to ${event.to}` }
      }
      let count = 0
      let batch: DynamoDBRecord[] = []
      const flush = async () => {
        if (batch.length > 0) refuseFailures(await invoke({ Records: batch }))
        count += batch.length
        batch = []
      }
      for await (const record of commitsBetween(moved(event.from, -slack), moved(event.to, slack), event.streamArn)) {
        batch.push(record)
        if (batch.length === batchOf(name)) await flush()
      }
      await flush()
      // Whatever was there must still be: the log forgets nothing.
      if (count === 0) throw new Error(`the log has no commit of ${event.from} to ${event.to}`)
      return { outcome: 'done', detail: `${count} commits, ${event.from} to ${event.to}` }
    }
  }
}

/** A run that is no use on another day than its own. */
const isOver = (name: FunctionName, firedAt: string, now: string): boolean =>
  dateInShanghai(firedAt) !== dateInShanghai(now) &&
  functionOf(name).triggers.some(trigger => trigger.type === 'schedule' && trigger.sameDayOnly === true)

/** A commit has its instant from before it was written, by another clock than the stream's. */
const slack = 300_000

const moved = (instant: string, milliseconds: number): string =>
  new Date(Date.parse(instant) + milliseconds).toISOString()

/** @throws Error when an answer names records that failed. */
const refuseFailures = (answer: unknown): void => {
  if (typeof answer !== 'object' || answer === null || !('batchItemFailures' in answer)) return
  const { batchItemFailures } = answer
  if (Array.isArray(batchItemFailures) && batchItemFailures.length > 0)
    throw new Error(`${batchItemFailures.length} records failed again; the log of the function says why`)
}
