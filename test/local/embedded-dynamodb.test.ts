import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { PutItemCommand } from '@aws-sdk/client-dynamodb'
import {
  BatchWriteCommand,
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  UpdateCommand
} from '@aws-sdk/lib-dynamodb'
import { afterEach, expect, test, vi } from 'vitest'
import { repositoryRoot } from '../../lib/bundling.ts'
import { logSource, stateSource } from '../../lib/local/change-source.ts'
import { type EmbeddedDynamo, startEmbeddedDynamo } from '../../lib/local/embedded-dynamodb.ts'
import { localTableName } from '../../lib/local/local-functions.ts'
import { FolderInUseError, openLocalStore } from '../../lib/local/local-store.ts'
import { makeDirectory } from './tracker.ts'

const started: EmbeddedDynamo[] = []
const startDynamo = async (path?: string) => {
  const dynamo = await startEmbeddedDynamo(path)
  started.push(dynamo)
  return dynamo
}
afterEach(async () => {
  await Promise.all(started.splice(0).map(dynamo => dynamo.stop()))
})

const log = localTableName('log')
const state = localTableName('state')

test('tells of accepted writes, after them, and of nothing else', async () => {
  const { client, onWrite } = await startDynamo()
  const told: unknown[] = []
  onWrite((table, item) => told.push([table, item.project]))
  const put = (ConditionExpression?: string) =>
    client.send(new PutCommand({ TableName: log, Item: { project: 'a', version: 1 }, ConditionExpression }))
  await put()
  await expect(put('attribute_not_exists(version)')).rejects.toThrow()
  await client.send(new GetCommand({ TableName: log, Key: { project: 'a', version: 1 } }))
  await client.send(
    new UpdateCommand({
      TableName: state,
      Key: { project: 'b' },
      UpdateExpression: 'SET x = :x',
      ExpressionAttributeValues: { ':x': 1 }
    })
  )
  await client.send(new DeleteCommand({ TableName: state, Key: { project: 'b' } }))
  await client.send(new BatchWriteCommand({ RequestItems: { [state]: [{ PutRequest: { Item: { project: 'c' } } }] } }))
  expect(told).toEqual([
    [log, { S: 'a' }],
    [state, { S: 'b' }],
    [state, { S: 'b' }],
    [state, { S: 'c' }]
  ])
})

test('keeps what was written through a new start', async () => {
  const path = join(makeDirectory(), 'dynamodb')
  const first = await startEmbeddedDynamo(path)
  await first.client.send(new PutCommand({ TableName: log, Item: { project: 'a', version: 1 } }))
  await first.stop()
  const { client } = await startDynamo(path)
  const { Item } = await client.send(new GetCommand({ TableName: log, Key: { project: 'a', version: 1 } }))
  expect(Item).toEqual({ project: 'a', version: 1 })
})

test('closes whatever it reads with, read to its end or not', async () => {
  const { client } = await startDynamo(join(makeDirectory(), 'dynamodb'))
  for (const version of [1, 2, 3])
    await client.send(new PutCommand({ TableName: log, Item: { project: 'a', version } }))
  const fromDynalite = createRequire(createRequire(import.meta.url).resolve('dynalite'))
  const { AbstractValueIterator } = createRequire(fromDynalite.resolve('level'))('abstract-level')
  const close = vi.spyOn(AbstractValueIterator.prototype, 'close')
  for (const Limit of [undefined, 1])
    await client.send(
      new QueryCommand({
        TableName: log,
        KeyConditionExpression: '#project = :a',
        ExpressionAttributeNames: { '#project': 'project' },
        ExpressionAttributeValues: { ':a': 'a' },
        Limit
      })
    )
  await client.send(new ScanCommand({ TableName: log, Limit: 1 }))
  await vi.waitFor(() => expect(close).toHaveBeenCalledTimes(3))
  close.mockRestore()
})

test('survives a caller that hangs up in the middle of a request', async () => {
  const { client, endpoint } = await startDynamo()
  const controller = new AbortController()
  const stream = new ReadableStream({
    start: source => {
      source.enqueue(new TextEncoder().encode('{"TableName"'))
      setTimeout(() => controller.abort(), 50)
    }
  })
  await expect(
    fetch(endpoint, {
      method: 'POST',
      headers: { 'x-amz-target': 'DynamoDB_20120810.PutItem' },
      body: stream,
      duplex: 'half',
      signal: controller.signal
    } as RequestInit)
  ).rejects.toThrow()
  await client.send(new PutCommand({ TableName: log, Item: { project: 'a', version: 1 } }))
})

test('reads the log as a stream of insertions with stable identifiers', async () => {
  const { client } = await startDynamo()
  const source = logSource(client)
  for (const version of [1, 2, 3])
    await client.send(
      new PutItemCommand({
        TableName: log,
        Item: {
          project: { S: 'a' },
          version: { N: String(version) },
          packed: { B: new Uint8Array([0, 255]) },
          nested: { L: [{ M: { yes: { BOOL: true }, none: { NULL: true } } }] }
        }
      })
    )
  for await (const project of source.projects()) expect(project).toBe('a')
  expect(await source.head('a')).toEqual({ ordinal: 3 })
  const changes = await source.since('a', { ordinal: 1 }, 10)
  expect(changes.map(({ position }) => position.ordinal)).toEqual([2, 3])
  expect(changes[0]?.record).toMatchObject({
    eventName: 'INSERT',
    dynamodb: {
      Keys: { project: { S: 'a' }, version: { N: '2' } },
      NewImage: { packed: { B: 'AP8=' }, nested: { L: [{ M: { yes: { BOOL: true }, none: { NULL: true } } }] } }
    }
  })
  expect(changes[0]?.record.dynamodb).not.toHaveProperty('OldImage')
  const [first, second] = changes.map(({ record }) => BigInt(record.dynamodb?.SequenceNumber ?? ''))
  expect(first! < second!).toBe(true)
  const again = await source.since('a', { ordinal: 1 }, 1)
  expect(again[0]?.record.eventID).toBe(changes[0]?.record.eventID)
})

test('reads the state as a stream with the image delivered last as the old one', async () => {
  const { client } = await startDynamo()
  const source = stateSource(client)
  const put = (version: number) => client.send(new PutCommand({ TableName: state, Item: { project: 'a', version } }))
  await put(1)
  const [first] = await source.since('a', undefined, 10)
  expect(first?.record).toMatchObject({ eventName: 'INSERT' })
  expect(await source.since('a', first?.position, 10)).toEqual([])
  await put(2)
  await put(3)
  const [second] = await source.since('a', first?.position, 10)
  expect(second?.record).toMatchObject({
    eventName: 'MODIFY',
    dynamodb: { OldImage: { version: { N: '1' } }, NewImage: { version: { N: '3' } } }
  })
  await client.send(new DeleteCommand({ TableName: state, Key: { project: 'a' } }))
  const [third] = await source.since('a', second?.position, 10)
  expect(third?.record).toMatchObject({ eventName: 'REMOVE', dynamodb: { OldImage: { version: { N: '3' } } } })
  expect(await source.since('a', third?.position, 10)).toEqual([])
})

const samplePath = join(repositoryRoot, '..', 'shared', 'data', 'aws-events', 'sam_DynamoDBUpdate.json')
if (!existsSync(samplePath)) process.stdout.write(`skipped: ${samplePath} is not there\n`)

test.skipIf(!existsSync(samplePath))('a record has every field of the sample of AWS', async () => {
  const [insert, modify] = JSON.parse(readFileSync(samplePath, 'utf8')).Records
  const { client } = await startDynamo()
  const source = stateSource(client)
  const put = (version: number) => client.send(new PutCommand({ TableName: state, Item: { project: 'a', version } }))
  await put(1)
  const [first] = await source.since('a', undefined, 1)
  await put(2)
  const [second] = await source.since('a', first?.position, 1)
  for (const [wanted, change] of [
    [insert, first],
    [modify, second]
  ]) {
    expect(Object.keys(change.record).toSorted()).toEqual(Object.keys(wanted).toSorted())
    expect(Object.keys(change.record.dynamodb).toSorted()).toEqual(Object.keys(wanted.dynamodb).toSorted())
    expect(change.record.eventSource).toBe(wanted.eventSource)
  }
})

test('the local store holds its folder against a second one', async () => {
  const directory = makeDirectory()
  const store = await openLocalStore(directory)
  await expect(openLocalStore(directory)).rejects.toThrow(FolderInUseError)
  await store.close()
  await (await openLocalStore(directory)).close()
})
