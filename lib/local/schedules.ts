import { createHash } from 'node:crypto'
import type { ScheduledEvent } from 'aws-lambda'
import * as z from 'zod'
import { dateInShanghai, type IsoDate } from '../../functions/core/dates.ts'
import type { FunctionName } from '../functions.ts'
import { lastFiring, type Schedule } from '../schedules.ts'
import type { LocalStore } from './local-store.ts'

/** Settings and surroundings of {@link localSchedules}. */
export interface LocalScheduleOptions {
  readonly schedules: readonly Schedule[]
  /** The day on which the clock stands; every schedule of that day is due. Absent: the real clock. */
  readonly fixedDate?: IsoDate | undefined
  readonly store: LocalStore
  readonly fire: (name: FunctionName, event: ScheduledEvent) => Promise<unknown>
  /** Told of every firing that failed; it will be repeated. */
  readonly report: (name: FunctionName, error: unknown) => void
  /** Milliseconds since 1970. */
  readonly now?: () => number
  /** Wait before the n-th repetition, in milliseconds. */
  readonly backoff?: (attempt: number) => number
}

/** The daily schedules on this machine. */
export interface LocalSchedules {
  /** Fires what is due and has not fired for its day, in the order of the day; of these functions only, if named. */
  readonly fireDue: (names?: readonly FunctionName[]) => Promise<void>
  /** Looks again from time to time. */
  readonly start: () => void
  /** Finishes the firing under way. */
  readonly stop: () => Promise<void>
}

const lookEvery = 5_000
const longestBackoff = 300_000
const defaultBackoff = (attempt: number): number => Math.min(longestBackoff, 2000 * 2 ** attempt)

/**
 * Fires each schedule once a day. The day is recorded after the function has succeeded, so that a crash or a failure
 * fires it again; of several days missed only the last is made up for, since each run looks at everything anyway.
 */
export const localSchedules = (options: LocalScheduleOptions): LocalSchedules => {
  const { schedules, fixedDate, store, fire, report, now = Date.now, backoff = defaultBackoff } = options
  const failures = new Map<FunctionName, { readonly attempt: number; readonly notBefore: number }>()
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  let running: Promise<void> = Promise.resolve()

  const fireOne = async ({ function: name, beijing, sameDayOnly }: Schedule): Promise<void> => {
    const failure = failures.get(name)
    if (stopped || (failure && failure.notBefore > now())) return
    const firing = lastFiring(beijing, now())
    const day = fixedDate ?? dateInShanghai(new Date(firing).toISOString())
    if (sameDayOnly && fixedDate === undefined && day !== dateInShanghai(new Date(now()).toISOString())) return
    const key = `schedule/${name}/${beijing}/${day}`
    const time = fixedDate === undefined ? new Date(firing).toISOString() : instantOf(fixedDate, beijing)
    try {
      if (await store.get(key, z.unknown())) return
      await fire(name, scheduledEvent(name, key, time))
      await store.put({ [key]: new Date(now()).toISOString() })
      failures.delete(name)
    } catch (error) {
      const attempt = (failure?.attempt ?? 0) + 1
      failures.set(name, { attempt, notBefore: now() + backoff(attempt) })
      report(name, error)
    }
  }

  const fireDue = (names?: readonly FunctionName[]): Promise<void> => {
    const chosen = schedules.filter(schedule => names === undefined || names.includes(schedule.function))
    running = running
      .catch(() => {})
      .then(async () => {
        for (const schedule of chosen) await fireOne(schedule)
      })
    return running
  }

  const look = () => {
    void fireDue().finally(() => {
      if (!stopped) timer = setTimeout(look, lookEvery)
    })
  }

  return {
    fireDue,
    start: look,
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await running
    }
  }
}

/** The event of an EventBridge rule; the same firing has the same id every time. */
export const scheduledEvent = (name: FunctionName, firing: string, time: string): ScheduledEvent => ({
  version: '0',
  id: uuidOf(firing),
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account: '000000000000',
  time: `${time.slice(0, 19)}Z`,
  region: 'local',
  resources: [`arn:aws:events:local:000000000000:rule/${name}`],
  detail: {}
})

const instantOf = (date: IsoDate, beijing: string): string => new Date(`${date}T${beijing}:00+08:00`).toISOString()

const uuidOf = (text: string): string =>
  createHash('sha256')
    .update(text)
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5')
