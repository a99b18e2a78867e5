import { type QueryCommandInput, ScanCommand } from '@aws-sdk/client-dynamodb'
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SQSClient
} from '@aws-sdk/client-sqs'
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod'
import { jsonTextOf } from '../../functions/schema/fields.ts'
import { jsonOfItem } from '../dynamodb-json.ts'
import { streamRecord } from '../stream-record.ts'
import type { FailedEventQueue, QueuedMessage, ReplayDeps } from './replay.ts'

/** Longer than any function runs, so that nobody else takes a message that is being worked on. */
const heldSeconds = 900

/** A queue of SQS. */
export const sqsQueue = (client: SQSClient, QueueUrl: string): FailedEventQueue => ({
  receive: async () => {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: heldSeconds })
    )
    return Messages.flatMap(({ MessageId, Body, ReceiptHandle }): readonly QueuedMessage[] =>
      MessageId === undefined || Body === undefined || ReceiptHandle === undefined
        ? []
        : [{ id: MessageId, body: Body, receipt: ReceiptHandle }]
    )
  },
  remove: async ({ receipt }) => {
    await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: receipt }))
  },
  giveBack: async ({ receipt }) => {
    await client.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: receipt, VisibilityTimeout: 0 }))
  }
})

const errorSchema = jsonTextOf(z.object({ errorMessage: z.string() }))
const answerSchema = jsonTextOf(z.unknown())

/** Calls a function of Lambda and waits for its answer. */
export const lambdaInvoke =
  (client: LambdaClient, FunctionName: string): ReplayDeps['invoke'] =>
  async event => {
    const { FunctionError, Payload } = await client.send(
      new InvokeCommand({ FunctionName, Payload: JSON.stringify(event) })
    )
    const text = Payload === undefined ? '' : new TextDecoder().decode(Payload)
    if (FunctionError !== undefined) throw new Error(errorSchema.safeParse(text).data?.errorMessage ?? FunctionError)
    return answerSchema.safeParse(text).data
  }

/**
 * The commits of a stretch of time, found in the log itself: the stream forgets after a day. On a demonstration's clock, which
 * stands still, all of them.
 */
export const commitsIn = (
  client: DynamoDBDocumentClient,
  TableName: string,
  demonstrationClock: boolean
): ReplayDeps['commitsBetween'] =>
  async function* (from, to, streamArn) {
    let start: QueryCommandInput['ExclusiveStartKey']
    do {
      const page = await client.send(
        new ScanCommand({
          TableName,
          ...(!demonstrationClock && {
            FilterExpression: '#at BETWEEN :from AND :to',
            ExpressionAttributeNames: { '#at': 'at' },
            ExpressionAttributeValues: { ':from': { S: from }, ':to': { S: to } }
          }),
          ConsistentRead: true,
          ExclusiveStartKey: start
        })
      )
      for (const item of page.Items ?? [])
        yield streamRecord({
          table: 'log',
          streamArn,
          project: item.project?.S ?? '',
          ordinal: Number(item.version?.N),
          before: undefined,
          after: jsonOfItem(item)
        })
      start = page.LastEvaluatedKey
    } while (start)
  }

/** The clients, by the credentials and the region of the environment. A call is made once: a second one would run beside the first. */
export const cloudClients = () => ({ sqs: new SQSClient(), lambda: new LambdaClient({ maxAttempts: 1 }) })
