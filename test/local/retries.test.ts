import { PutCommand } from '@aws-sdk/lib-dynamodb'
import { marshall } from '@aws-sdk/util-dynamodb'
import type { SQSEvent } from 'aws-lambda'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type LocalRetries, localRetries } from '../../lib/local/retries.ts'
import { type EmbeddedDynamo, startDynalite } from '../contract/dynalite.ts'
import { eventually } from './tracker.ts'

let dynamo: EmbeddedDynamo
let table: string
let asked: string[][]
let failing: Set<string>
let reported: unknown[]
let retries: LocalRetries
beforeAll(async () => {
  dynamo = await startDynalite()
})
afterAll(() => dynamo.stop())
beforeEach(async () => {
  table = await dynamo.makeTable('delivery')
  asked = []
  failing = new Set()
  reported = []
  retries = start()
})
afterEach(() => retries.stop())

const keysOf = (event: unknown): readonly string[] =>
  (event as SQSEvent).Records.map(({ body }) => JSON.parse(body).key)

const start = (): LocalRetries =>
  localRetries({
    client: dynamo.client,
    table,
    retry: async event => {
      const keys = keysOf(event)
      asked.push([...keys])
      if (keys.some(key => failing.has(`${key} throws`))) throw new Error('broken')
      const { Records } = event as SQSEvent
      return {
        batchItemFailures: Records.filter((_record, i) => failing.has(keys[i] ?? '')).map(({ messageId }) => ({
          itemIdentifier: messageId
        }))
      }
    },
    report: error => reported.push(error),
    waitAfterFailure: 30
  })

const soon = (milliseconds: number) => new Date(Date.now() + milliseconds).toISOString()
const item = (key: string, more: object = {}) => ({ key, recipient: '张三', ...more })
const store = (Item: Record<string, unknown>) => dynamo.client.send(new PutCommand({ TableName: table, Item }))

test('what the last process left is looked at: what is due, what was being sent, and nothing that is settled', async () => {
  await store(item('due', { dueAt: soon(-1000) }))
  await store(item('abandoned', { leaseUntil: soon(-1000) }))
  await store(item('settled'))
  await store(item('tomorrow', { dueAt: soon(86_400_000) }))
  await store({ key: 'flow/robot', revision: 1 })
  await retries.start()
  await eventually('both', async () => asked.flat().length === 2)
  expect(asked.flat().sort()).toEqual(['abandoned', 'due'])
})

test('what is written meanwhile is looked at when its time comes, ten at a time, each once', async () => {
  const began = Date.now()
  for (let i = 0; i < 25; i += 1) retries.nudge(marshall(item(`k${i}`, { dueAt: soon(200) })))
  // Sent before it was due.
  retries.nudge(marshall(item('k3')))
  await eventually('all', async () => asked.flat().length === 24)
  expect(Date.now() - began).toBeGreaterThanOrEqual(200)
  expect(new Set(asked.flat()).size).toBe(24)
  expect(Math.max(...asked.map(keys => keys.length))).toBeLessThanOrEqual(10)
})

test('one that fails comes again after a while, alone; so does a batch that throws, and it is told of', async () => {
  failing = new Set(['bad', 'worse throws'])
  for (const key of ['good', 'bad']) retries.nudge(marshall(item(key, { dueAt: soon(0) })))
  await eventually('twice', async () => asked.length === 2)
  expect(asked).toEqual([['good', 'bad'], ['bad']])
  failing.delete('bad')
  retries.nudge(marshall(item('worse', { dueAt: soon(0) })))
  await eventually('told', async () => reported.length >= 1)
  failing.clear()
  const times = asked.length
  await eventually('again', async () => asked.length > times)
  expect(asked.at(-1)).toContain('worse')
})
