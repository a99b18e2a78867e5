import type { ScheduledEvent } from 'aws-lambda'
import { expect, test } from 'vitest'
import type { FunctionName } from '../../lib/functions.ts'
import type { LocalStore } from '../../lib/local/local-store.ts'
import { localSchedules } from '../../lib/local/schedules.ts'
import { lastFiring, type Schedule, schedules, utcCron } from '../../lib/schedules.ts'

test.each([
  ['07:30', 'cron(30 23 * * ? *)'],
  ['08:30', 'cron(30 0 * * ? *)'],
  ['07:40', 'cron(40 23 * * ? *)'],
  ['00:00', 'cron(0 16 * * ? *)'],
  ['23:59', 'cron(59 15 * * ? *)']
])('%s in Beijing is %s', (beijing, cron) => {
  expect(utcCron(beijing)).toBe(cron)
})

test.each(['7:30', '24:00', '07:60', '07:30 ', ''])('%j is no time of day', text => {
  expect(() => utcCron(text)).toThrow(RangeError)
})

test.each([
  ['07:30', '2021-06-20T23:30:00.000Z', '2021-06-20T23:30:00.000Z'],
  ['07:30', '2021-06-20T23:29:59.999Z', '2021-06-19T23:30:00.000Z'],
  ['08:30', '2021-06-21T00:29:00.000Z', '2021-06-20T00:30:00.000Z'],
  ['08:30', '2021-06-21T15:59:00.000Z', '2021-06-21T00:30:00.000Z']
])('%s fired last before %s at %s', (beijing, now, fired) => {
  expect(new Date(lastFiring(beijing, Date.parse(now))).toISOString()).toBe(fired)
})

test('the review comes before the page, the checkpoint, the notices of what it found, what is still to be told and the digests', () => {
  expect(schedules.map(schedule => schedule.function)).toEqual([
    'review-schedules',
    'publish-status',
    'sign-checkpoint',
    'send-notices',
    'retry-deliveries',
    'send-digests'
  ])
})

const memoryStore = (): LocalStore => {
  const kept = new Map<string, unknown>()
  return {
    get: async (key, schema) => (kept.has(key) ? schema.parse(kept.get(key)) : undefined),
    put: async entries => {
      for (const [key, value] of Object.entries(entries)) kept.set(key, value)
    },
    close: async () => {}
  }
}

const daily: readonly Schedule[] = [
  { function: 'review-schedules', beijing: '07:30', sameDayOnly: false },
  { function: 'send-digests', beijing: '08:30', sameDayOnly: true }
]

const at = (text: string) => Date.parse(`${text}+08:00`)

const startOn = (store: LocalStore, clock: { now: number }, fixedDate?: string) => {
  const fired: string[] = []
  const events: ScheduledEvent[] = []
  const fails = new Set<FunctionName>()
  const timers = localSchedules({
    schedules: daily,
    store,
    fixedDate,
    now: () => clock.now,
    backoff: () => 60_000,
    report: () => {},
    fire: async (name, event) => {
      fired.push(`${name} ${event.time}`)
      events.push(event)
      if (fails.has(name)) throw new Error('down')
    }
  })
  return { timers, fired, events, fails }
}

test('fires once a day at its time in Beijing', async () => {
  const clock = { now: at('2026-03-02T07:29:59') }
  const store = memoryStore()
  await startOn(store, clock).timers.fireDue()
  const { timers, fired } = startOn(store, clock)
  await timers.fireDue()
  expect(fired).toEqual([])
  clock.now = at('2026-03-02T07:30:00')
  await timers.fireDue()
  clock.now = at('2026-03-02T09:00:00')
  await timers.fireDue()
  await timers.fireDue()
  clock.now = at('2026-03-03T07:31:00')
  await timers.fireDue()
  expect(fired).toEqual([
    'review-schedules 2026-03-01T23:30:00Z',
    'send-digests 2026-03-02T00:30:00Z',
    'review-schedules 2026-03-02T23:30:00Z'
  ])
})

test('makes up once for the last of the days missed, but not for a digest of another day', async () => {
  const clock = { now: at('2026-03-02T10:00:00') }
  const store = memoryStore()
  await startOn(store, clock).timers.fireDue()
  clock.now = at('2026-03-07T08:00:00')
  const { timers, fired } = startOn(store, clock)
  await timers.fireDue()
  expect(fired).toEqual(['review-schedules 2026-03-06T23:30:00Z'])
  clock.now = at('2026-03-07T09:00:00')
  await timers.fireDue()
  expect(fired).toEqual(['review-schedules 2026-03-06T23:30:00Z', 'send-digests 2026-03-07T00:30:00Z'])
})

test('fires everything of a fixed date, once per date across starts, whatever the real time', async () => {
  const clock = { now: at('2026-03-02T03:00:00') }
  const store = memoryStore()
  const first = startOn(store, clock, '2021-06-21')
  await first.timers.fireDue()
  expect(first.fired).toEqual(['review-schedules 2021-06-20T23:30:00Z', 'send-digests 2021-06-21T00:30:00Z'])
  clock.now = at('2026-03-05T12:00:00')
  const second = startOn(store, clock, '2021-06-21')
  await second.timers.fireDue()
  expect(second.fired).toEqual([])
  const third = startOn(store, clock, '2021-06-22')
  await third.timers.fireDue()
  expect(third.fired).toHaveLength(2)
})

test('fires again, after a wait, what failed; the others go on', async () => {
  const clock = { now: at('2026-03-02T10:00:00') }
  const { timers, fired, fails } = startOn(memoryStore(), clock)
  fails.add('review-schedules')
  await timers.fireDue()
  await timers.fireDue()
  expect(fired.map(line => line.split(' ')[0])).toEqual(['review-schedules', 'send-digests'])
  fails.clear()
  clock.now += 60_000
  await timers.fireDue()
  await timers.fireDue()
  expect(fired.map(line => line.split(' ')[0])).toEqual(['review-schedules', 'send-digests', 'review-schedules'])
})

test('fires only the functions that are named', async () => {
  const { timers, fired } = startOn(memoryStore(), { now: at('2026-03-02T10:00:00') })
  await timers.fireDue(['send-digests'])
  expect(fired).toEqual(['send-digests 2026-03-02T00:30:00Z'])
})

test('the same firing has the same id', async () => {
  const clock = { now: at('2026-03-02T10:00:00') }
  const one = startOn(memoryStore(), clock)
  const two = startOn(memoryStore(), clock)
  await one.timers.fireDue()
  await two.timers.fireDue()
  expect(one.events).toEqual(two.events)
  expect(one.events[0]?.id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
})
