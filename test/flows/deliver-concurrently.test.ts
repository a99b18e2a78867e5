import { afterAll, beforeAll, expect, test } from 'vitest'
import { dynamoDeliveryLog } from '../../functions/adapters/delivery-log.ts'
import { dynamoPacer } from '../../functions/adapters/pacer.ts'
import type { Channel } from '../../functions/core/ports.ts'
import { deliver, retryDelivery } from '../../functions/flows/deliver.ts'
import { type EmbeddedDynamo, startDynalite } from '../contract/dynalite.ts'
import { startWorld } from './world.ts'

let dynamo: EmbeddedDynamo
beforeAll(async () => {
  dynamo = await startDynalite()
})
afterAll(() => dynamo.stop())

test('five processes that deliver the same thirty messages at once send each of them once, within the rate', async () => {
  const table = await dynamo.makeTable('delivery')
  const world = startWorld()
  const sentAt = new Map<string, number[]>()
  let now = Date.parse('2021-06-01T00:31:00.000Z')
  const channel: Channel = {
    name: 'robot',
    dropsCopies: false,
    pace: { id: 'robot', limits: [{ count: 20, seconds: 60 }], avoidMinutes: [] },
    partsOf: message => [message],
    send: async key => {
      sentAt.set(key, [...(sentAt.get(key) ?? []), now])
      return { type: 'sent' }
    }
  }
  const process = () => ({
    ...world,
    channels: async () => [channel],
    deliveries: dynamoDeliveryLog(dynamo.client, table),
    pacer: dynamoPacer(dynamo.client, table),
    realTime: { now: () => new Date(now).toISOString() }
  })
  const processes = Array.from({ length: 5 }, process)
  const messages = Array.from({ length: 30 }, (_, i) => ({ recipient: `第${i}人`, subject: '红色预警', text: 'R1' }))
  await Promise.all(
    processes.map(async deps => {
      for (const message of messages) await deliver(message, '2021-06-01', deps)
    })
  )
  expect([...sentAt.values()].flat().length).toBeLessThanOrEqual(20)
  for (let round = 0; world.retriesStored.size > 0; round += 1) {
    expect(round).toBeLessThan(10)
    const keys = [...world.retriesStored.keys()]
    now += 1000 * Math.max(...world.retriesStored.values())
    world.retriesStored.clear()
    await Promise.all(
      processes.map(async deps => {
        for (const key of keys) await retryDelivery(key, deps)
      })
    )
  }
  expect(sentAt.size).toBe(30)
  expect([...sentAt.values()].map(times => times.length)).toEqual(Array(30).fill(1))
  for (const from of [...sentAt.values()].flat())
    expect([...sentAt.values()].flat().filter(at => at >= from && at < from + 60_000).length).toBeLessThanOrEqual(20)
})
