import { Readable } from 'node:stream'
import {
  GetObjectCommand,
  HeadObjectCommand,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  S3Client
} from '@aws-sdk/client-s3'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import type { FunctionName } from '../../lib/functions.ts'

/** What a function asked of the services behind it, in the units in which they are charged. */
export interface Requests {
  /** Read request units of DynamoDB: 4 kB each, half for a read that may be a moment old. */
  readonly reads: number
  /** Write request units of DynamoDB: 1 kB each. */
  readonly writes: number
  /** PUT of S3. */
  readonly puts: number
  /** GET and HEAD of S3. */
  readonly gets: number
}

/** Nothing asked. */
export const none: Requests = { reads: 0, writes: 0, puts: 0, gets: 0 }

/** Sum of requests. */
export const sum = (all: readonly Requests[]): Requests =>
  all.reduce(
    (a, b) => ({ reads: a.reads + b.reads, writes: a.writes + b.writes, puts: a.puts + b.puts, gets: a.gets + b.gets }),
    none
  )

/** Requests, so many times. */
export const times = ({ reads, writes, puts, gets }: Requests, n: number): Requests => ({
  reads: reads * n,
  writes: writes * n,
  puts: puts * n,
  gets: gets * n
})

/** Runs functions of the tracker in this process and counts what they ask. */
export interface Counter {
  /**
   * Calls a function and answers what it asked meanwhile: in a new process, which remembers nothing of earlier calls and
   * asks most, or in the one of earlier calls in the `same`.
   * @throws Error when it fails or refuses.
   */
  readonly run: (name: FunctionName, event: unknown, process?: 'new' | 'same') => Promise<Requests>
  /** What a browser uploads to the place that it was offered. */
  readonly upload: (key: string, bytes: Uint8Array, contentType: string) => Requests
  readonly stop: () => void
}

type Send = (command: unknown) => Promise<unknown>

/**
 * Counts what the clients of the SDK send: DynamoDB says itself what a request consumed, a bucket in memory stands in for
 * S3.
 */
export const startCounter = (): Counter => {
  let counted = none
  let started = 0
  const add = (more: Partial<Requests>) => {
    counted = sum([counted, { ...none, ...more }])
  }
  // The clients’ own types of `send` are overloaded by command.
  const dynamo = DynamoDBDocumentClient.prototype as unknown as { send: Send }
  const s3 = S3Client.prototype as unknown as { send: Send }
  const before = { dynamo: dynamo.send, s3: s3.send }

  dynamo.send = async function (this: unknown, command) {
    const { input } = command as { input: Record<string, unknown> }
    input.ReturnConsumedCapacity = 'TOTAL'
    const answer = await before.dynamo.call(this, command)
    const units = (answer as { ConsumedCapacity?: { CapacityUnits?: number } }).ConsumedCapacity?.CapacityUnits ?? 0
    add(/^(Put|Update|Delete)/.test((command as object).constructor.name) ? { writes: units } : { reads: units })
    return answer
  }

  const bucket = new Map<string, PutObjectCommand['input']>()
  s3.send = async command => {
    if (command instanceof PutObjectCommand) {
      add({ puts: 1 })
      bucket.set(command.input.Key ?? '', command.input)
      return {}
    }
    add({ gets: 1 })
    if (command instanceof HeadObjectCommand) {
      const found = bucket.get(command.input.Key ?? '')
      if (!found) throw new NotFound({ message: 'none', $metadata: {} })
      return { Metadata: found.Metadata, ContentType: found.ContentType }
    }
    if (command instanceof GetObjectCommand) {
      const found = bucket.get(command.input.Key ?? '')
      if (!found) throw new NoSuchKey({ message: 'none', $metadata: {} })
      const bytes = Buffer.from(found.Body as Uint8Array)
      const text = bytes.toString('utf8')
      const body = { transformToString: async () => text, transformToByteArray: async () => bytes }
      return { Body: Object.assign(Readable.from([text]), body), ContentType: found.ContentType }
    }
    throw new Error('a command of S3 that nobody counts')
  }

  return {
    run: async (name, event, process = 'new') => {
      started += 1
      // What a function remembers, its door holds; under another address it is another door.
      const { handler } = await import(`../../functions/${name}.ts?process=${process === 'new' ? started : 'same'}`)
      counted = none
      const answer = await handler(event, {})
      if (answer?.statusCode >= 300) throw new Error(`${name} answered ${answer.statusCode}: ${answer.body}`)
      if (answer?.batchItemFailures?.length > 0) throw new Error(`${name} failed`)
      return counted
    },
    upload: (Key, Body, ContentType) => {
      bucket.set(Key, { Bucket: '', Key, Body, ContentType })
      return { ...none, puts: 1 }
    },
    stop: () => {
      dynamo.send = before.dynamo
      s3.send = before.s3
    }
  }
}
