import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { type DynamoDBDocumentClient, GetCommand, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod'
import type { DeliveryLog, Message } from '../core/ports.ts'
import { request } from './dynamo.ts'

/** What the ledger knows of one message. */
export interface Delivery {
  readonly key: string
  readonly status: 'queued' | 'sent' | 'failed'
  /** How often it was taken up. */
  readonly attempts: number
  /** Instant of the last change. */
  readonly at: string
  readonly recipient: string
  readonly subject: string
  readonly text: string
  /** Why the last attempt failed. */
  readonly reason?: string | undefined
  /** Second since 1970 after which the record may go. */
  readonly expiresAt: number
}

/** A ledger that can also be looked at. */
export interface ReadableDeliveryLog extends DeliveryLog {
  readonly find: (key: string) => Promise<Delivery | undefined>
}

const keptDays = 400

/** The second after which a delivery of `at` may be forgotten: a year and a month, so that last year's can be shown. */
export const expiryOf = (at: string): number => Math.floor(Date.parse(at) / 1000) + keptDays * 86_400

const deliverySchema = z.object({
  key: z.string(),
  status: z.enum(['queued', 'sent', 'failed']),
  attempts: z.number(),
  at: z.string(),
  recipient: z.string(),
  subject: z.string(),
  text: z.string(),
  reason: z.string().optional(),
  expiresAt: z.number()
}) satisfies z.ZodType<Delivery>

/** The ledger of deliveries in a DynamoDB table. */
export const dynamoDeliveryLog = (client: DynamoDBDocumentClient, TableName: string): ReadableDeliveryLog => {
  /** False when the condition did not hold. */
  const update = async (key: string, input: Omit<UpdateCommandInput, 'TableName' | 'Key'>): Promise<boolean> => {
    try {
      await request(
        'write of a delivery',
        () => client.send(new UpdateCommand({ TableName, Key: { key }, ...input })),
        error => error instanceof ConditionalCheckFailedException
      )
      return true
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false
      throw error
    }
  }

  return {
    claim: async (key, { recipient, subject, text }: Message, at) => {
      const claimed = await update(key, {
        UpdateExpression:
          'SET #status = :queued, #attempts = if_not_exists(#attempts, :none) + :one, #at = :at, #recipient = :recipient, #subject = :subject, #text = :text, #expiresAt = :expiresAt',
        ConditionExpression: 'attribute_not_exists(#key) OR #status <> :sent',
        ExpressionAttributeNames: {
          '#key': 'key',
          '#status': 'status',
          '#attempts': 'attempts',
          '#at': 'at',
          '#recipient': 'recipient',
          '#subject': 'subject',
          '#text': 'text',
          '#expiresAt': 'expiresAt'
        },
        ExpressionAttributeValues: {
          ':queued': 'queued',
          ':sent': 'sent',
          ':none': 0,
          ':one': 1,
          ':at': at,
          ':recipient': recipient,
          ':subject': subject,
          ':text': text,
          ':expiresAt': expiryOf(at)
        }
      })
      return claimed ? 'claimed' : 'already-sent'
    },

    sent: async (key, at) => {
      await update(key, {
        UpdateExpression: 'SET #status = :sent, #at = :at REMOVE #reason',
        ConditionExpression: 'attribute_exists(#key)',
        ExpressionAttributeNames: { '#key': 'key', '#status': 'status', '#at': 'at', '#reason': 'reason' },
        ExpressionAttributeValues: { ':sent': 'sent', ':at': at }
      })
    },

    failed: async (key, at, reason) => {
      await update(key, {
        UpdateExpression: 'SET #status = :failed, #at = :at, #reason = :reason',
        // Two runs may have taken up the same message; the one that failed does not undo the other's success.
        ConditionExpression: 'attribute_exists(#key) AND #status <> :sent',
        ExpressionAttributeNames: { '#key': 'key', '#status': 'status', '#at': 'at', '#reason': 'reason' },
        ExpressionAttributeValues: { ':failed': 'failed', ':sent': 'sent', ':at': at, ':reason': reason }
      })
    },

    find: async key => {
      const { Item } = await request('read of a delivery', () =>
        client.send(new GetCommand({ TableName, Key: { key }, ConsistentRead: true }))
      )
      return Item === undefined ? undefined : deliverySchema.parse(Item)
    }
  }
}
