import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { memoryStateStore } from '../../functions/adapters/state-store.memory.ts'
import type { SnapshotItem } from '../../functions/adapters/state-store.shared.ts'
import { dynamoStateStore } from '../../functions/adapters/state-store.ts'
import { type EmbeddedDynamo, startDynalite } from './dynalite.ts'
import { collect, snapshotOf } from './samples.ts'
import { stateStoreContract } from './state-store.contract.ts'

let dynamo: EmbeddedDynamo
beforeAll(async () => {
  dynamo = await startDynalite()
})
afterAll(() => dynamo.stop())

stateStoreContract('memory', async () => {
  const stored = new Map<string, SnapshotItem>()
  return {
    store: memoryStateStore(stored),
    damageBody: async project => {
      const item = stored.get(project)
      if (item) stored.set(project, { ...item, body: '{"status":"demolished"}' })
    }
  }
})

stateStoreContract('DynamoDB', async () => {
  const { client } = dynamo
  const TableName = await dynamo.makeTable('state')
  return {
    store: dynamoStateStore(client, TableName),
    damageBody: async project => {
      const UpdateExpression = 'SET body = :body'
      const ExpressionAttributeValues = { ':body': '{"status":"demolished"}' }
      await client.send(new UpdateCommand({ TableName, Key: { project }, UpdateExpression, ExpressionAttributeValues }))
    }
  }
})

test.each(['memory', 'DynamoDB'])('lists of %s leave out what cannot be read where somebody is told', async kind => {
  const told: string[] = []
  const tell = (error: Error) => void told.push(error.message)
  const TableName = await dynamo.makeTable('state')
  const stored = new Map<string, SnapshotItem>()
  const store = kind === 'memory' ? memoryStateStore(stored, tell) : dynamoStateStore(dynamo.client, TableName, tell)
  for (const id of ['a', 'b', 'c']) await store.put(snapshotOf(id))
  const broken = { body: '{', summary: '{' }
  const item = stored.get('b')
  if (item) stored.set('b', { ...item, ...broken })
  else
    await dynamo.client.send(
      new UpdateCommand({
        TableName,
        Key: { project: 'b' },
        UpdateExpression: 'SET body = :body, summary = :summary',
        ExpressionAttributeValues: { ':body': broken.body, ':summary': broken.summary }
      })
    )
  expect((await collect(store.all())).map(({ project }) => project).toSorted()).toEqual(['a', 'c'])
  const first = await store.list({}, 2)
  const second = first.cursor === undefined ? [] : (await store.list({}, 2, first.cursor)).summaries
  expect([...first.summaries, ...second].map(({ id }) => id).toSorted()).toEqual(['a', 'c'])
  expect(new Set(told).size).toBeGreaterThan(0)
})
