import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { memoryPacer } from '../../functions/adapters/pacer.memory.ts'
import { dynamoPacer } from '../../functions/adapters/pacer.ts'
import type { Pacer } from '../../functions/core/ports.ts'
import { type EmbeddedDynamo, startDynalite } from './dynalite.ts'

let dynamo: EmbeddedDynamo
beforeAll(async () => {
  dynamo = await startDynalite()
})
afterAll(() => dynamo.stop())

const now = '2021-06-21T00:31:10.000Z'
const pace = (id: string) => ({ id, limits: [{ count: 3, seconds: 60 }], avoidMinutes: [] })

const twins: readonly [string, () => Promise<readonly Pacer[]>][] = [
  ['memory', async () => [memoryPacer()]],
  [
    'DynamoDB, two processes',
    async () => {
      const table = await dynamo.makeTable('delivery')
      return [dynamoPacer(dynamo.client, table), dynamoPacer(dynamo.client, table)]
    }
  ]
]

describe.each(twins)('a pacer: %s', (_name, make) => {
  test('gives away no more places than there are, whoever asks', async () => {
    const pacers = await make()
    const asked = Array.from({ length: 8 }, (_, i) => pacers[i % pacers.length]?.take(pace('robot'), now))
    const places = await Promise.all(asked)
    expect(places.filter(place => place?.type === 'free')).toHaveLength(3)
    // The others are told turns one behind the other, from the moment at which the first place is free again.
    const turns = places.flatMap(place => (place?.type === 'full' ? [Date.parse(place.until)] : [])).sort()
    expect(turns[0]).toBe(Date.parse('2021-06-21T00:32:15.000Z'))
    for (const [i, turn] of turns.slice(1).entries()) expect(turn - (turns[i] ?? 0)).toBeGreaterThan(21_000)
    expect(await pacers[0]?.take(pace('robot'), '2021-06-21T00:32:15.000Z')).toEqual({ type: 'free' })
    expect(await pacers[0]?.take(pace('another'), now)).toEqual({ type: 'free' })
  })

  test('keeps a receiver closed as long as it was asked to, and no shorter by a second word', async () => {
    const [pacer] = await make()
    await pacer?.close(pace('robot'), 600, now)
    await pacer?.close(pace('robot'), 60, now)
    expect(await pacer?.take(pace('robot'), now)).toEqual({ type: 'full', until: '2021-06-21T00:41:10.000Z' })
    expect(await pacer?.take(pace('robot'), '2021-06-21T00:41:10.000Z')).toEqual({ type: 'free' })
  })
})
