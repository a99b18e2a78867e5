import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import type { RetryQueue } from '../core/ports.ts'
import { StorageError } from './dynamo.ts'

/** The longest that SQS holds a message back. What is due later is looked at then, and put back again. */
const longestDelay = 900

/** Retries in a queue of SQS; a message is the key of a delivery. */
export const sqsRetryQueue = (url: string, client: SQSClient = new SQSClient()): RetryQueue => ({
  add: async (key, seconds) => {
    const DelaySeconds = Math.min(longestDelay, Math.max(0, Math.ceil(seconds)))
    try {
      await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: JSON.stringify({ key }), DelaySeconds }))
    } catch (error) {
      throw new StorageError('a retry could not be queued', { cause: error })
    }
  }
})

/** On one machine the ledger itself is the queue: the runtime watches what in it is due. */
export const ledgerQueue: RetryQueue = { add: async () => {} }
