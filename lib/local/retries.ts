import { type DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb'
import type { SQSEvent } from 'aws-lambda'
import * as z from 'zod'
import { functionOf } from '../functions.ts'
import type { Invoke } from './invoke.ts'

/** Settings and surroundings of {@link localRetries}. */
export interface LocalRetryOptions {
  readonly client: DynamoDBDocumentClient
  /** The table of deliveries. */
  readonly table: string
  readonly retry: Invoke
  /** Told of every invocation that failed; it will be repeated. */
  readonly report: (error: unknown) => void
  /** Milliseconds before what failed is given to the function again. */
  readonly waitAfterFailure?: number
}

/** Brings deliveries back when they are due, as the queue of SQS does in the cloud. */
export interface LocalRetries {
  /** Says that a record of the ledger was written, in DynamoDB's own JSON. */
  readonly nudge: (item: Readonly<Record<string, unknown>>) => void
  /** Looks through the ledger for what the last process left, and goes on from there. */
  readonly start: () => Promise<void>
  /** Finishes the invocation under way. */
  readonly stop: () => Promise<void>
}

const shortestWait = 50
const longestWait = 60_000
const defaultWaitAfterFailure = 5000

/**
 * The ledger is the queue: what is due, and what a dead process left open, stands in its records, so a `kill -9` loses
 * nothing. Only the time of each is kept in memory.
 */
export const localRetries = (options: LocalRetryOptions): LocalRetries => {
  const { client, table, retry, report, waitAfterFailure = defaultWaitAfterFailure } = options
  const dueAt = new Map<string, number>()
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()
  let stopped = false

  const wait = () => {
    clearTimeout(timer)
    const next = Math.min(...dueAt.values()) - Date.now()
    if (!stopped && dueAt.size > 0)
      timer = setTimeout(work, Math.min(longestWait, Math.max(shortestWait, Math.ceil(next))))
  }

  const work = () => {
    running = running.then(async () => {
      const keys = [...dueAt].filter(([, at]) => at <= Date.now()).map(([key]) => key)
      // Forgotten before, so that what the function writes meanwhile is remembered.
      for (const key of keys) dueAt.delete(key)
      for (let i = 0; i < keys.length && !stopped; i += batchSize) await invoke(keys.slice(i, i + batchSize))
      wait()
    })
  }

  const invoke = async (keys: readonly string[]) => {
    const failed = await retry(queueEvent(keys)).then(failuresOf, error => {
      report(error)
      return keys.map((_key, i) => String(i))
    })
    for (const id of failed) {
      const key = keys[Number(id)]
      if (key !== undefined) dueAt.set(key, Date.now() + waitAfterFailure)
    }
  }

  const remember = (key: string, at: string | undefined) => {
    if (at === undefined) dueAt.delete(key)
    else dueAt.set(key, Date.parse(at))
  }

  return {
    nudge: item => {
      const { data } = imageSchema.safeParse(item)
      if (!data) return
      remember(data.key.S, data.leaseUntil?.S ?? data.dueAt?.S)
      wait()
    },
    start: async () => {
      for await (const { Items = [] } of paginateScan({ client }, { TableName: table, ...unsettled }))
        for (const item of Items) {
          const { key, leaseUntil, dueAt: due } = itemSchema.parse(item)
          remember(key, leaseUntil ?? due)
        }
      wait()
    },
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await running
    }
  }
}

const batchSize = functionOf('retry-deliveries').triggers.reduce(
  (most, trigger) => (trigger.type === 'queue' ? trigger.batchSize : most),
  1
)

const unsettled = { FilterExpression: 'attribute_exists(leaseUntil) OR attribute_exists(dueAt)' }
const itemSchema = z.object({ key: z.string(), leaseUntil: z.string().optional(), dueAt: z.string().optional() })

const textImage = z.object({ S: z.string() })
const imageSchema = z.object({
  key: textImage,
  recipient: textImage,
  leaseUntil: textImage.optional(),
  dueAt: textImage.optional()
})

/** The event of a queue of SQS; the id of a message is its place. */
const queueEvent = (keys: readonly string[]): SQSEvent => ({
  Records: keys.map((key, i) => ({
    messageId: String(i),
    receiptHandle: String(i),
    body: JSON.stringify({ key }),
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: '0',
      SenderId: 'local',
      ApproximateFirstReceiveTimestamp: '0'
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:local:000000000000:retries',
    awsRegion: 'local'
  }))
})

const responseSchema = z.object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })) })

const failuresOf = (answer: unknown): readonly string[] =>
  responseSchema.parse(answer).batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)
