import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { emptyFlow, type Flow, takePlace } from '../../functions/core/pace.ts'

const instant = (milliseconds: number) => new Date(Date.parse('2021-06-21T00:31:00.000Z') + milliseconds).toISOString()
const none: readonly number[] = []

describe('the pace of a receiver', () => {
  test('over any stretch of its limits, whenever somebody asks, no more get through than they allow', () => {
    const limits = [
      { count: 5, seconds: 1 },
      { count: 20, seconds: 60 }
    ]
    const pauses = fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 50, maxLength: 300 })
    fc.assert(
      fc.property(pauses, waits => {
        let at = 0
        let flow: Flow = emptyFlow
        const taken: number[] = []
        for (const wait of waits) {
          at += wait
          const place = takePlace(flow, { id: 'robot', limits, avoidMinutes: none }, instant(at))
          flow = place.flow
          if (place.type === 'free') taken.push(at)
          else expect(place.until > instant(at)).toBe(true)
        }
        for (const { count, seconds } of limits)
          for (const from of taken)
            expect(taken.filter(one => one >= from && one < from + seconds * 1000).length).toBeLessThanOrEqual(count)
      })
    )
  })

  test('whoever comes when it was told to gets a place, if nobody else was quicker', () => {
    const pace = { id: 'robot', limits: [{ count: 1, seconds: 60 }], avoidMinutes: none }
    const first = takePlace(emptyFlow, pace, instant(0))
    if (first.type !== 'free') throw new Error('full')
    const second = takePlace(first.flow, pace, instant(30_000))
    expect(second).toMatchObject({ type: 'full', until: instant(65_000) })
    expect(takePlace(first.flow, pace, instant(64_999)).type).toBe('full')
    expect(takePlace(first.flow, pace, instant(65_000)).type).toBe('free')
  })

  test.each([
    ['2021-06-21T00:30:00.000Z', '2021-06-21T00:31:00.000Z'],
    ['2021-06-21T00:59:59.999Z', undefined],
    ['2021-06-21T01:00:59.999Z', '2021-06-21T01:01:00.000Z']
  ])('minutes to avoid are left out: %s waits until %s', (now, until) => {
    const place = takePlace(emptyFlow, { id: 'bot', limits: [], avoidMinutes: [0, 30] }, now)
    expect(place).toMatchObject(until === undefined ? { type: 'free' } : { type: 'full', until })
  })
})
