import type { SQSBatchResponse, SQSEvent } from 'aws-lambda'
import * as z from 'zod'
import { jsonTextOf } from '../schema/fields.ts'
import { StorageError } from './dynamo.ts'
import type { Telemetry } from './telemetry.ts'

const bodySchema = jsonTextOf(z.object({ key: z.string().min(1) }))

/** A handler of a queue whose messages are keys. One that fails comes again, and no other; in the end it is kept aside. */
export const queueHandler =
  (telemetry: Telemetry, work: (key: string) => Promise<void>) =>
  async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
    const batchItemFailures: { itemIdentifier: string }[] = []
    for (const { messageId, body } of Records)
      try {
        const decoded = bodySchema.safeParse(body)
        if (!decoded.success) throw new StorageError('a message of the queue is no key', { cause: decoded.error })
        await work(decoded.data.key)
      } catch (error) {
        telemetry.error('a message of the queue could not be handled', error, { messageId })
        batchItemFailures.push({ itemIdentifier: messageId })
      }
    telemetry.count('messagesFailed', batchItemFailures.length)
    telemetry.flush()
    return { batchItemFailures }
  }
