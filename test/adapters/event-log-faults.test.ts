import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb'
import { mockClient } from 'aws-sdk-client-mock'
import { beforeEach, expect, test } from 'vitest'
import { noHash, sealCommit } from '../../functions/adapters/commit-seal.ts'
import { dynamoEventLog } from '../../functions/adapters/event-log.ts'
import { initialState } from '../../functions/core/evolve.ts'
import { commitAfter, stateAfter } from '../contract/samples.ts'

const table = mockClient(DynamoDBDocumentClient)
const log = dynamoEventLog(DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'cn-north-1' })), 'log')
const commit = commitAfter('p', initialState)
const after = stateAfter(initialState, commit)

beforeEach(() => table.reset())

const refusalWith = (hash: string) =>
  new ConditionalCheckFailedException({ $metadata: {}, message: 'it is there', Item: { hash: { S: hash } } })

test('an append is one request: the refusal itself tells whose commit is there', async () => {
  table
    .on(PutCommand)
    .rejectsOnce(refusalWith(sealCommit(commit, noHash).hash))
    .rejects(refusalWith('other'))
  expect((await log.append(commit, noHash, after)).type).toBe('appended')
  expect((await log.append(commit, noHash, after)).type).toBe('conflict')
  expect(table.commandCalls(GetCommand)).toHaveLength(0)
  expect(table.commandCalls(PutCommand)[0]?.args[0].input).toMatchObject({
    ConditionExpression: 'attribute_not_exists(#version)',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD'
  })
})

test('a load is one consistent query of at most sixteen items, newest first', async () => {
  table.on(QueryCommand).resolves({ Items: [] })
  await log.load('p')
  expect(table.calls()).toHaveLength(1)
  const { input } = table.commandCalls(QueryCommand)[0]?.args[0] ?? {}
  expect(input).toMatchObject({ Limit: 16, ConsistentRead: true, ScanIndexForward: false })
})

test('a request that fails is named, with what the SDK said as the cause', async () => {
  const throttled = new Error('ThrottlingException')
  table.on(PutCommand).rejects(throttled)
  table.on(QueryCommand).rejects(throttled)
  await expect(log.append(commit, noHash, after)).rejects.toMatchObject({
    name: 'StorageError',
    message: 'append of commit 1 of p failed',
    cause: throttled
  })
  await expect(log.load('p')).rejects.toMatchObject({ message: 'query of the log of p failed', cause: throttled })
})
