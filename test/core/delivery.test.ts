import { describe, expect, test } from 'vitest'
import {
  afterAbandonment,
  concluded,
  type Delivery,
  isLost,
  mostTries,
  newDelivery,
  postponed,
  type SendOutcome,
  standingOf,
  withAttempt
} from '../../functions/core/delivery.ts'

const start = '2021-06-21T00:31:00.000Z'
const at = (seconds: number) => new Date(Date.parse(start) + seconds * 1000).toISOString()
const entry = { key: 'one/1', channel: 'one', date: '2021-06-21', recipient: '张三', subject: '提醒', text: 'R1' }
const reason = { zh: '忙', en: 'busy' }
const busy: SendOutcome = { type: 'retry', afterSeconds: 60, reason }

const given = newDelivery(entry, start)
const onRobot = withAttempt(given, false, start)
const onWebhook = withAttempt(given, true, start)

/** The outcome must say something that the record does not. */
const must = (delivery: Delivery | undefined): Delivery => {
  if (!delivery) throw new Error('no news')
  return delivery
}

describe('where a delivery stands', () => {
  test.each<[string, Delivery, number, object]>([
    ['new', given, 0, { type: 'due' }],
    ['put off', postponed(given, at(30), start), 0, { type: 'waiting', until: at(30) }],
    ['put off, and its time has come', postponed(given, at(30), start), 30, { type: 'due' }],
    ['being sent by a robot', onRobot, 59, { type: 'open', until: at(60) }],
    ['being sent by a robot, for too long', onRobot, 60, { type: 'abandoned' }],
    ['being sent by a webhook, for too long', onWebhook, 10, { type: 'abandoned' }],
    ['sent', must(concluded(onRobot, 1, { type: 'sent' }, 1, start)), 0, { type: 'settled' }],
    ['refused', must(concluded(onRobot, 1, { type: 'refused', reason }, 1, start)), 0, { type: 'settled' }],
    ['queued by the first version, and left by a crash', { ...given, dueAt: undefined }, 0, { type: 'abandoned' }]
  ])('%s', (_what, delivery, seconds, standing) => {
    expect(standingOf(delivery, at(seconds))).toEqual(standing)
  })
})

describe('an outcome that comes late', () => {
  const abandoned = afterAbandonment(onRobot, false, at(60))

  test('of a robot that did send after all: the record is put right', () => {
    expect(abandoned).toMatchObject({ status: 'unknown' })
    expect(isLost(abandoned)).toBe(true)
    expect(must(concluded(abandoned, 1, { type: 'sent', code: '0' }, 1, at(90)))).toMatchObject({
      status: 'sent',
      partsSent: 1,
      history: [{ outcome: 'sent', code: '0', endedAt: at(90) }]
    })
  })

  test('of anything else says nothing new', () => {
    for (const outcome of [busy, { type: 'refused', reason }, { type: 'unknown', reason }] as const)
      expect(concluded(abandoned, 1, outcome, 1, at(90))).toBeUndefined()
  })

  test('of an earlier attempt does not end a later one, unless it sent', () => {
    const again = withAttempt(afterAbandonment(onWebhook, true, at(10)), true, at(11))
    expect(concluded(again, 1, busy, 1, at(12))).toBeUndefined()
    const sent = must(concluded(again, 1, { type: 'sent' }, 1, at(12)))
    expect(sent).toMatchObject({ status: 'sent', partsSent: 1 })
    // And the later one has nothing to add.
    expect(concluded(sent, 2, { type: 'sent' }, 1, at(13))).toBeUndefined()
    expect(concluded(sent, 2, busy, 1, at(13))).toBeUndefined()
  })
})

describe('waiting', () => {
  test('is as long as the receiver asked, doubled with every try of the same part, up to an hour; then it is given up', () => {
    const waits: number[] = []
    let delivery = given
    let now = 0
    while (!isLost(delivery)) {
      delivery = must(concluded(withAttempt(delivery, false, at(now)), delivery.attempts + 1, busy, 1, at(now)))
      if (delivery.dueAt === undefined) break
      waits.push((Date.parse(delivery.dueAt) - Date.parse(at(now))) / 1000)
      now += waits.at(-1) ?? 0
    }
    expect(waits).toEqual([60, 120, 240, 480, 960, 1920, 3600])
    expect([delivery.status, delivery.attempts]).toEqual(['failed', mostTries])
  })

  test('is never shorter than the receiver asked', () => {
    const { dueAt } = must(concluded(onRobot, 1, { ...busy, afterSeconds: 7200 }, 1, start))
    expect(dueAt).toBe(at(7200))
  })

  test('begins anew with every part', () => {
    const second = withAttempt(must(concluded(onRobot, 1, busy, 2, start)), false, at(60))
    const sent = must(concluded(second, 2, { type: 'sent' }, 2, at(60)))
    expect(sent).toMatchObject({ status: 'queued', partsSent: 1, dueAt: at(60) })
    const third = must(concluded(withAttempt(sent, false, at(60)), 3, busy, 2, at(60)))
    expect(third.dueAt).toBe(at(120))
  })
})

test('every change is one revision, so that of two writers one notices', () => {
  expect(
    [given, onRobot, postponed(given, at(1), start), afterAbandonment(onRobot, true, start)].map(d => d.revision)
  ).toEqual([0, 1, 1, 2])
  expect(concluded(onRobot, 1, { type: 'sent' }, 1, start)?.revision).toBe(2)
})
