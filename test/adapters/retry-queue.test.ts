import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { mockClient } from 'aws-sdk-client-mock'
import { beforeEach, expect, test } from 'vitest'
import { sqsRetryQueue } from '../../functions/adapters/retry-queue.ts'

const sqs = mockClient(SQSClient)
beforeEach(() => sqs.reset())

const url = 'https://sqs.cn-north-1.amazonaws.com.cn/123456789012/retries'
const queue = sqsRetryQueue(url, new SQSClient({ region: 'cn-north-1' }))

test.each([
  [60, 60],
  [0.2, 1],
  [-5, 0],
  // The longest that SQS holds back: what is due later is looked at then, and put back.
  [3600, 900]
])(
  'a delivery that is due in %d s is held back for %d s, and nothing but its key is in the queue',
  async (due, held) => {
    sqs.on(SendMessageCommand).resolves({})
    await queue.add('wecom/abc', due)
    expect(sqs.commandCalls(SendMessageCommand)[0]?.args[0].input).toEqual({
      QueueUrl: url,
      MessageBody: '{"key":"wecom/abc"}',
      DelaySeconds: held
    })
  }
)

test('a queue that does not answer is a fault, so that the caller comes again', async () => {
  sqs.on(SendMessageCommand).rejects(new Error('reset'))
  await expect(queue.add('k', 1)).rejects.toMatchObject({ name: 'StorageError', cause: expect.any(Error) })
})
