/** What the event source mapping of a stream sends when it gives up: where in the stream it was, and nothing of what. */
export const streamFailure = (functionName: string, table: string, first: string, last = first): string =>
  JSON.stringify({
    requestContext: {
      requestId: '316aa6d0-8154-xmpl-9af7-85d5f4a6bc81',
      functionArn: `arn:aws:lambda:ap-east-1:123456789012:function:${functionName}`,
      condition: 'RetryAttemptsExhausted',
      approximateInvokeCount: 11
    },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    version: '1.0',
    timestamp: '2021-06-21T02:13:49.717Z',
    DDBStreamBatchInfo: {
      shardId: 'shardId-00000001573689847184-864758bb',
      startSequenceNumber: '800000000003126276362',
      endSequenceNumber: '800000000003126276362',
      approximateArrivalOfFirstRecord: first,
      approximateArrivalOfLastRecord: last,
      batchSize: 1,
      streamArn: `arn:aws:dynamodb:ap-east-1:123456789012:table/${table}/stream/2021-01-01T00:04:06.388`
    }
  })

/** A firing of a rule of EventBridge that reached no function. */
export const ruleEvent = (time: string) => ({
  version: '0',
  id: '89d1a02d-5ec7-412e-82f5-13505f849b41',
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account: '123456789012',
  time,
  region: 'ap-east-1',
  resources: ['arn:aws:events:ap-east-1:123456789012:rule/a-rule'],
  detail: {}
})

/** What Lambda sends of a call that nobody waited for, after its last try. */
export const callFailure = (functionName: string, requestPayload: unknown): string =>
  JSON.stringify({
    version: '1.0',
    timestamp: '2021-06-21T00:40:00.000Z',
    requestContext: {
      requestId: 'e4b46cbf-b738-xmpl-8880-a18cdf61200e',
      functionArn: `arn:aws:lambda:ap-east-1:123456789012:function:${functionName}:$LATEST`,
      condition: 'RetriesExhausted',
      approximateInvokeCount: 3
    },
    requestPayload,
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    responsePayload: { errorMessage: 'RequestId: e4b46cbf Process exited before completing request' }
  })
